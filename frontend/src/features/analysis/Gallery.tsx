import { Drawer, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCoveringCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { count } from "@/shared/lib/format";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { type Analysis, type Item, type Job, picturesQuery } from "./api";
import { behind, type Cell, type Only, type Parts, partsOf, titleOf } from "./cells";
import { Enlarged } from "./Enlarged";
import classes from "./Gallery.module.css";
import { Tiles } from "./Tiles";
import { useGallery } from "./useGallery";
import { OUTCOME_WORDS } from "./words";
import "@mantine/core/styles/Drawer.layer.css";

interface GalleryProps {
  readonly job: Job;
  readonly analysis: Analysis;
  readonly cell: Cell;
  readonly only: Only | undefined;
  readonly onOnly: (only: Only | undefined) => void;
  readonly onClose: () => void;
}

const CHOICES = ["confirmed", "disconfirmed", "split", "unsure", "pending"] as const;

/** "Wrong 7"; where the table does not say how many, the word alone. */
const choices = (parts: Parts | null) => {
  const named = (word: string, number: number | undefined) =>
    number === undefined ? word : `${word} ${count(number)}`;
  const undecided = parts ? parts.unsure + parts.pending > 0 : true;
  return [
    { value: "all", label: named("All", parts?.total) },
    ...(undecided ? [{ value: "decided", label: named("Decided", parts?.decided) }] : []),
    ...CHOICES.filter((one) => !parts || parts[one] > 0).map((one) => ({
      value: one,
      label: named(OUTCOME_WORDS[one], parts?.[one]),
    })),
  ];
};

/** A choice that holds no picture is not offered; asked for by an address it falls back to a fitting one. */
const chosenOf = (only: Only | undefined, offered: readonly { value: string }[]): string => {
  const value = only ?? "all";
  return offered.some((choice) => choice.value === value) ? value : "all";
};

interface PicturesProps extends GalleryProps {
  readonly large: boolean;
  readonly onLarge: (large: boolean) => void;
}

const Pictures = ({ job, analysis, cell, only, large, onLarge }: PicturesProps) => {
  const pictures = useInfiniteQuery(picturesQuery(job.id, behind(analysis, cell, only)));
  const items: readonly Item[] = pictures.data?.pages.flatMap((page) => page.results) ?? [];
  const gallery = useGallery({
    items,
    large,
    onLarge,
    more: pictures.hasNextPage && !pictures.isFetchingNextPage ? () => void pictures.fetchNextPage() : null,
  });
  const navigate = useNavigate();
  const alike: Command = {
    id: "gallery.alike",
    label: "Find pictures like this one",
    group: "Pictures",
    keys: ["KeyL"],
    enabled: large && gallery.current !== undefined,
    run: () =>
      void navigate({
        to: "/datasets/$dataset",
        params: { dataset: job.dataset },
        search: { show: "alike", like: gallery.current?.image },
      }),
  };
  useCoveringCommands([...gallery.commands, alike]);
  if (pictures.isError)
    return <Failed what="The pictures" error={pictures.error} onRetry={() => void pictures.refetch()} />;
  if (!pictures.data) return <Loading what="pictures" />;
  if (items.length === 0) return <Empty title="No picture lies here" />;
  return (
    <>
      <Tiles items={items} gallery={gallery} covered={large} />
      {large && gallery.current && (
        <Enlarged
          item={gallery.current}
          gallery={gallery}
          known={items.length}
          more={pictures.hasNextPage}
          alike={alike}
        />
      )}
    </>
  );
};

/** The pictures behind a number, over the table: by outcome, page by page, each to be seen large. */
export const Gallery = (props: GalleryProps) => {
  const { analysis, cell, only, onOnly, onClose } = props;
  const [large, setLarge] = useState(false);
  const offered = choices(partsOf(analysis, cell));
  const chosen = chosenOf(only, offered);
  const shown = chosen === "all" ? undefined : (chosen as Only);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(60rem, 100%)"
      title={titleOf(analysis, cell)}
      closeButtonProps={{ "aria-label": "Close" }}
      overlayProps={{ backgroundOpacity: 0.4 }}
      // Esc leaves the enlarged picture first.
      closeOnEscape={!large}
      returnFocus={false}
      classNames={{
        body: classes.body,
        content: classes.content,
        header: classes.header,
        title: classes.title,
      }}
    >
      <SegmentedControl
        aria-label="Outcome"
        className={classes.choices}
        data={offered}
        value={chosen}
        onChange={(value) => onOnly(value === "all" ? undefined : (value as Only))}
      />
      <Pictures {...props} only={shown} large={large} onLarge={setLarge} key={shown ?? "all"} />
    </Drawer>
  );
};
