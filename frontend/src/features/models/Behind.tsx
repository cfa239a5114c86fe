import { Drawer } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { KeysRest } from "@/shared/commands/commands";
import { shortConfidence } from "@/shared/lib/format";
import { Picture } from "@/shared/ui/Picture";
import { Failed } from "@/shared/ui/Problems";
import { ShowMore } from "@/shared/ui/ShowMore";
import { Empty, Loading } from "@/shared/ui/States";
import { type Example, type ExampleFilter, examplesQuery, type Training } from "./api";
import classes from "./Behind.module.css";
import "@mantine/core/styles/Drawer.layer.css";

/** A number whose pictures are looked at. */
export interface Asked {
  readonly title: string;
  readonly filter: ExampleFilter;
}

const said = ({ given, confidence }: Example): string =>
  given === null ? "not asked" : `${given.name}, ${shortConfidence(confidence)}`;

const Tile = ({ example, dataset }: { example: Example; dataset: string }) => (
  <li>
    <Link
      to="/datasets/$dataset"
      params={{ dataset }}
      search={{ show: "pictures", picture: example.image }}
      className={classes.tile}
    >
      <span className={classes.mat}>
        <Picture src={example.thumb_url} alt="" lazy />
      </span>
      <span className={classes.name}>{example.right.name}</span>
      <span className={classes.second}>says {said(example)}</span>
      {example.before && <span className={classes.second}>before: {example.before.name}</span>}
      <span className={classes.ref}>{example.image_ref}</span>
    </Link>
  </li>
);

const Tiles = ({ training, asked }: { training: Training; asked: Asked }) => {
  const pages = useInfiniteQuery(examplesQuery(training.id, asked.filter));
  const found = pages.data?.pages.flatMap((page) => page.results);
  if (pages.isError)
    return <Failed what="The pictures" error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!found) return <Loading what="pictures" />;
  if (found.length === 0) return <Empty title="No picture lies here" />;
  return (
    <>
      <ul aria-label="Pictures" className={classes.grid}>
        {found.map((example) => (
          <Tile key={example.id} example={example} dataset={training.dataset} />
        ))}
      </ul>
      <ShowMore of={pages} />
    </>
  );
};

interface BehindProps {
  readonly training: Training;
  readonly asked: Asked | null;
  readonly onClose: () => void;
}

/** The held-out pictures behind a number: what each is, what this version says, what the one before said. */
export const Behind = ({ training, asked, onClose }: BehindProps) => (
  <Drawer
    opened={asked !== null}
    onClose={onClose}
    position="right"
    size="min(52rem, 100%)"
    title={asked?.title}
    closeButtonProps={{ "aria-label": "Close" }}
    overlayProps={{ backgroundOpacity: 0.4 }}
    classNames={{ content: classes.content, header: classes.content, title: classes.title }}
  >
    <KeysRest />
    {asked && <Tiles training={training} asked={asked} />}
  </Drawer>
);
