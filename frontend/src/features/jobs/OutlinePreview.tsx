import { useQuery } from "@tanstack/react-query";
import { count, counted, duration } from "@/shared/lib/format";
import { Empty } from "@/shared/ui/States";
import { datasetQuery, type JobWish, type Preview } from "./api";
import classes from "./JobPreview.module.css";
import { Figure } from "./PreviewFigure";

const Figures = ({ preview, wish }: OutlinePreviewProps) => {
  const pace = preview.seconds_per_item;
  const each = wish.reviewers_per_item ?? 1;
  return (
    <dl className={classes.figures} aria-live="polite">
      <Figure
        label="Pictures"
        value={count(preview.items)}
        detail={each === 1 ? "each outlined once" : `each outlined by ${each} people`}
      />
      {wish.from_job && (
        <Figure label="Masks to correct" value={count(preview.masks)} detail="found wrong or disputed" />
      )}
      <Figure
        label="Work in all"
        value={pace === null ? "–" : duration(pace * preview.looks)}
        detail={pace === null ? "no estimate before the first pictures" : "at the pace of past outlines"}
      />
    </dl>
  );
};

const Some = ({ preview }: { preview: Preview }) => (
  <section className={classes.panel} aria-label="Some of the pictures">
    <h2 className={classes.title}>
      {preview.sample.length < preview.items
        ? `${preview.sample.length} of the pictures`
        : counted(preview.items, "picture")}
    </h2>
    <div className={classes.grid}>
      {preview.sample.map((tile) => (
        <div key={tile.image} className={classes.tile}>
          <img src={tile.thumb_url} alt="" loading="lazy" className={classes.picture} />
        </div>
      ))}
    </div>
  </section>
);

const MOST_CLASSES = 50;

const Classes = ({ preview }: { preview: Preview }) => (
  <section className={classes.panel} aria-label="What is outlined">
    <h2 className={classes.title}>{counted(preview.by_class.length, "class", "classes")} to choose from</h2>
    <ul>
      {preview.by_class.slice(0, MOST_CLASSES).map(({ label_class }) => (
        <li key={label_class.id} className={classes.classRow}>
          <span className={classes.className}>{label_class.name}</span>
        </li>
      ))}
    </ul>
    {preview.by_class.length > MOST_CLASSES && (
      <p className={classes.detail}>
        {counted(preview.by_class.length - MOST_CLASSES, "more class", "more classes")}
      </p>
    )}
  </section>
);

/** Nothing to outline: no class, or no picture. */
const Nothing = ({ preview, wish }: OutlinePreviewProps) => {
  const dataset = useQuery(datasetQuery(wish.dataset));
  if (wish.from_job)
    return <Empty title="No mask to correct">No mask of these classes was found wrong or disputed.</Empty>;
  if (dataset.data?.images === 0)
    return <Empty title="No pictures">This dataset has no pictures yet. Import some first.</Empty>;
  if (preview.by_class.length === 0)
    return <Empty title="No class yet">Name on the left what is to be outlined, such as “Cup”.</Empty>;
  return <Empty title="No pictures">All pictures of this dataset were erased.</Empty>;
};

interface OutlinePreviewProps {
  readonly preview: Preview;
  readonly wish: JobWish;
}

/** What a job in which people outline would make: pictures, hours, what there is to choose from. */
export const OutlinePreview = ({ preview, wish }: OutlinePreviewProps) => {
  if (preview.items === 0) return <Nothing preview={preview} wish={wish} />;
  return (
    <div className={classes.preview}>
      <Figures preview={preview} wish={wish} />
      <Some preview={preview} />
      <Classes preview={preview} />
    </div>
  );
};
