import { count, counted, duration } from "@/shared/lib/format";
import { smallLook } from "@/shared/lib/looks";
import { Picture } from "@/shared/ui/Picture";
import { Empty } from "@/shared/ui/States";
import type { Preview } from "./api";
import classes from "./JobPreview.module.css";
import { Figure } from "./PreviewFigure";

/** What a job in which classes are corrected would make: labels, batches, hours, what they are now. */
export const CorrectPreview = ({ preview }: { preview: Preview }) => {
  const { items, batches, seconds_per_item: pace, by_class, sample } = preview;
  if (items === 0)
    return <Empty title="Nothing to correct">No label of this check came to that outcome.</Empty>;
  return (
    <div className={classes.preview}>
      <dl className={classes.figures} aria-live="polite">
        <Figure label="Labels" value={count(items)} detail="each corrected by one person" />
        <Figure
          label="Batches"
          value={count(batches)}
          detail={counted(by_class.length, "class", "classes")}
        />
        <Figure
          label="Work in all"
          value={pace === null ? "–" : duration(pace * items)}
          detail={pace === null ? "no estimate before the first batches" : "at the pace of past corrections"}
        />
      </dl>
      <section className={classes.panel} aria-label="Some of the labels">
        <h2 className={classes.title}>
          {sample.length < items ? `${sample.length} of the labels` : counted(items, "label")}
        </h2>
        <div className={classes.grid}>
          {sample.map((tile) => (
            <div
              key={`${tile.image}${tile.label_class?.id}${tile.close_up?.outline}`}
              className={classes.tile}
            >
              <Picture {...smallLook(tile)} alt={tile.label_class?.name ?? ""} lazy />
            </div>
          ))}
        </div>
      </section>
      <section className={classes.panel} aria-label="By class">
        <h2 className={classes.title}>Labelled as</h2>
        <ul>
          {by_class.map(({ label_class, items: wrong }) => (
            <li key={label_class.id} className={classes.classRow}>
              <span className={classes.className}>{label_class.name}</span>
              <span className={classes.detail}>{count(wrong)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
