import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type RefObject, useRef, useState } from "react";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { count, counted } from "@/shared/lib/format";
import { Picture } from "@/shared/ui/Picture";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import type { Arrow } from "../moves";
import { PictureDialog } from "../PictureDialog";
import tiles from "../PicturesTab.module.css";
import { type Group, groupQuery, groupsQuery, type Named } from "./api";
import { type Place, stepIn } from "./steps";
import classes from "./Twins.module.css";

const route = getRouteApi("/signed-in/shell/datasets/$dataset");

interface TilesProps {
  readonly pictures: readonly Named[];
  readonly group: number;
  readonly here: Place;
  readonly onOpen: (picture: Named, at: number) => void;
}

const Tiles = ({ pictures, group, here, onOpen }: TilesProps) => (
  <ul className={classes.pictures} aria-label="Nearly the same">
    {pictures.map((picture, at) => (
      <li key={picture.id}>
        <button
          type="button"
          className={tiles.tile}
          data-tile={`${group}.${at}`}
          tabIndex={here.group === group && here.at === at ? 0 : -1}
          onClick={() => onOpen(picture, at)}
        >
          <span className={tiles.mat}>
            <Picture src={picture.thumb_url} alt="" lazy />
          </span>
          <span className={classes.ref} title={picture.ref}>
            {picture.ref.split("/").at(-1)}
          </span>
        </button>
      </li>
    ))}
  </ul>
);

interface OneProps extends Omit<TilesProps, "pictures"> {
  readonly dataset: string;
  readonly found: Group;
  /** The list has grown: as many pictures are shown now. */
  readonly onGrown: (pictures: readonly Named[]) => void;
}

const One = ({ dataset, found, onGrown, ...rest }: OneProps) => {
  const [whole, setWhole] = useState(false);
  const pages = useInfiniteQuery({ ...groupQuery(dataset, found.id), enabled: whole });
  const all = pages.data?.pages.flatMap((page) => page.results);
  const pictures = all ?? found.pictures;
  const more = whole ? pages.hasNextPage : found.size > found.pictures.length;
  const grow = async () => {
    setWhole(true);
    const { data } = whole ? await pages.fetchNextPage() : await pages.refetch();
    onGrown(data?.pages.flatMap((page) => page.results) ?? found.pictures);
  };
  return (
    <section className={classes.group} aria-label={counted(found.size, "picture")}>
      <div className={classes.groupHead}>
        <h3 className={classes.title}>{counted(found.size, "picture")}</h3>
        {more && (
          <Button variant="default" size="xs" loading={pages.isFetching} onClick={() => void grow()}>
            {whole ? "Show more" : `Show all ${count(found.size)}`}
          </Button>
        )}
      </div>
      <Tiles pictures={pictures} {...rest} />
    </section>
  );
};

const ARROWS: Record<Arrow, string> = {
  ArrowLeft: "Previous picture",
  ArrowRight: "Next picture",
  ArrowUp: "Previous group",
  ArrowDown: "Next group",
};

/** One tab stop among all pictures; arrows walk through them. */
const useSteps = (list: RefObject<HTMLDivElement | null>, sizes: readonly number[]) => {
  const [here, setHere] = useState<Place>({ group: 0, at: 0 });
  const step = (arrow: Arrow) => {
    const inside = list.current?.contains(document.activeElement) ?? false;
    const next = inside ? stepIn(sizes, here, arrow) : here;
    setHere(next);
    list.current?.querySelector<HTMLElement>(`[data-tile="${next.group}.${next.at}"]`)?.focus();
  };
  const commands = Object.entries(ARROWS).map(
    ([arrow, label]): Command => ({
      id: `twins.${arrow}`,
      label,
      group: "Near-duplicates",
      keys: [arrow],
      repeats: true,
      run: () => step(arrow as Arrow),
    }),
  );
  useCommands(commands);
  return { here, setHere };
};

/** The groups that a search found, page by page; each picture can be opened among its group. */
export const Groups = ({ dataset, search }: { dataset: string; search: string }) => {
  const { picture } = route.useSearch();
  const navigate = route.useNavigate();
  const pages = useInfiniteQuery(groupsQuery(dataset, search));
  const [grown, setGrown] = useState<ReadonlyMap<number, readonly Named[]>>(new Map());
  const list = useRef<HTMLDivElement>(null);
  const found = pages.data?.pages.flatMap((page) => page.results) ?? [];
  const shown = (group: Group) => grown.get(group.id) ?? group.pictures;
  const { here, setHere } = useSteps(
    list,
    found.map((group) => shown(group).length),
  );
  const open = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, picture: next }), replace: true });
  const among = found.map(shown).find((pictures) => pictures.some(({ id }) => id === picture));
  if (pages.isError)
    return <Failed what="The groups" error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <Loading what="groups" />;
  return (
    <div ref={list} className={classes.groups}>
      {found.map((group, place) => (
        <One
          key={group.id}
          dataset={dataset}
          found={group}
          group={place}
          here={here}
          onGrown={(pictures) => setGrown(new Map(grown).set(group.id, pictures))}
          onOpen={({ id }, at) => {
            setHere({ group: place, at });
            open(id);
          }}
        />
      ))}
      {pages.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Show more groups
          </Button>
        </div>
      )}
      <PictureDialog picture={picture} among={among?.map(({ id }) => id) ?? []} onShow={open} />
    </div>
  );
};
