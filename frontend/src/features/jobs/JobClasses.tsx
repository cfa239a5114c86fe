import { Link } from "@tanstack/react-router";
import { counted, share } from "@/shared/lib/format";
import type { ClassProgress, Job, Progress } from "./api";
import classes from "./JobProgress.module.css";

/** More batches than this are drawn as one bar. */
const MOST_BLOCKS = 60;

type Block = "finished" | "held" | "open";

const blocksOf = ({ finished, held, batches }: ClassProgress): Block[] =>
  Array.from({ length: batches }, (_, at) =>
    at < finished ? "finished" : at < finished + held ? "held" : "open",
  );

const Blocks = ({ row }: { row: ClassProgress }) => {
  if (row.batches > MOST_BLOCKS)
    return (
      <span aria-hidden className={classes.long}>
        <span className={classes.longDone} style={{ width: `${(100 * row.finished) / row.batches}%` }} />
      </span>
    );
  return (
    <span aria-hidden className={classes.blocks}>
      {blocksOf(row).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place in the row.
        <span key={at} className={classes.block} data-block={block} />
      ))}
    </span>
  );
};

const state = ({ finished, held, batches }: ClassProgress): string => {
  if (finished === batches) return "finished";
  const holding = held > 0 ? `, ${held} held now` : "";
  return `${finished} of ${counted(batches, "batch", "batches")}${holding}`;
};

const ClassRow = ({ job, row }: { job: Job; row: ClassProgress }) => {
  const { disconfirmed, split, confirmed } = row.outcomes;
  const decided = disconfirmed + split + confirmed;
  return (
    <li className={classes.classRow}>
      <span>
        <Link
          to="/jobs/$job"
          params={{ job: job.id }}
          search={{ show: "pictures", label_class: row.label_class.id }}
          className={classes.name}
        >
          {row.label_class.name}
        </Link>
        <span className={classes.small}>{state(row)}</span>
      </span>
      <Blocks row={row} />
      {decided > 0 ? (
        <Link
          to="/jobs/$job"
          params={{ job: job.id }}
          search={{ show: "pictures", label_class: row.label_class.id, outcome: ["disconfirmed", "split"] }}
          className={classes.link}
          title={`${disconfirmed + split} of ${decided} decided pictures of ${row.label_class.name}`}
        >
          {share(disconfirmed + split, decided)} wrong
        </Link>
      ) : (
        <span className={classes.small}>nothing decided yet</span>
      )}
    </li>
  );
};

/** Classes in the order in which they are dealt; one block is a batch. */
export const JobClasses = ({ job, progress }: { job: Job; progress: Progress }) => (
  <section className={classes.part} aria-labelledby="classes-title">
    <header className={classes.partHead}>
      <h2 id="classes-title" className={classes.partTitle}>
        Classes
      </h2>
      <p className={classes.legend}>
        one block is a batch
        <span aria-hidden className={classes.block} data-block="finished" /> finished
        <span aria-hidden className={classes.block} data-block="held" /> someone holds it
      </p>
    </header>
    <ul>
      {progress.by_class.map((row) => (
        <ClassRow key={row.label_class.id} job={job} row={row} />
      ))}
    </ul>
  </section>
);
