import { Link } from "@tanstack/react-router";
import { counted, share } from "@/shared/lib/format";
import type { ClassProgress, Job, Progress } from "./api";
import { Bars, filledTo } from "./Bars";
import { Cut } from "./Cut";
import classes from "./JobProgress.module.css";

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
      <Bars
        bars={row.bars}
        done={row.opinions}
        all={row.batches * job.reviewers_per_item}
        wanted={job.reviewers_per_item}
        held={row.held > 0}
      />
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
        <span className={classes.small}>undecided</span>
      )}
    </li>
  );
};

const meaning = (wanted: number): string =>
  wanted === 1
    ? "one bar is a batch, filled when it is done"
    : `one bar is a batch, it fills with its ${wanted} opinions`;

/** Classes in the order in which they are dealt; one bar is a batch. */
export const JobClasses = ({ job, progress }: { job: Job; progress: Progress }) => (
  <section className={classes.part} aria-labelledby="classes-title">
    <header className={classes.partHead}>
      <h2 id="classes-title" className={classes.partTitle}>
        Classes
      </h2>
      <p className={classes.legend}>
        {progress.by_class.some((row) => row.bars !== null)
          ? meaning(job.reviewers_per_item)
          : "one bar is all batches of a class"}
        <span aria-hidden className={classes.bar} data-held style={filledTo(0, 1)} /> someone holds it
      </p>
    </header>
    <ul>
      {progress.by_class.map((row) => (
        <ClassRow key={row.label_class.id} job={job} row={row} />
      ))}
    </ul>
    <Cut listed={progress.by_class.length} all={progress.classes} what="classes, those not finished first" />
  </section>
);
