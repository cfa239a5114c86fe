import { Progress as Bar } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count, counted, duration, percent, stopwatch } from "@/shared/lib/format";
import { Failed } from "@/shared/ui/Problems";
import { correctionQuery, type Job, type Progress, progressQuery } from "./api";
import { Figure, FiguresLoading } from "./Figure";
import { figuresOf } from "./figures";
import { JobClasses } from "./JobClasses";
import { JobNotes } from "./JobNotes";
import classes from "./JobProgress.module.css";
import { JobReviewers } from "./JobReviewers";
import { JobTimes } from "./JobTimes";
import { Starting } from "./Starting";
import { agreementReason } from "./words";

const Done = ({ job, progress }: { job: Job; progress: Progress }) => {
  const { looksDone, looksWanted } = figuresOf(job, progress);
  return (
    <Figure label="Reviews done" value={count(looksDone)}>
      of {count(looksWanted)}
      {job.reviewers_per_item > 1 && `, each picture seen by ${job.reviewers_per_item}`}
      <Bar
        value={looksWanted === 0 ? 0 : (100 * looksDone) / looksWanted}
        aria-label="Reviews done"
        size={6}
        mt={8}
      />
    </Figure>
  );
};

/** Has people give the right class to what was found wrong. */
const CorrectClasses = ({ job, wrong }: { job: Job; wrong: number }) => (
  <div>
    <Link to="/jobs/new" search={{ kind: "correction", from: job.id }} className={classes.link}>
      {wrong === 1 ? "Correct the wrong one" : `Correct the ${count(wrong)} wrong ones`}
    </Link>
  </div>
);

/** The way to the editor, where wrong labels have masks. */
const CorrectMasks = ({ job }: { job: Job }) => {
  const { data } = useQuery(correctionQuery(job));
  if (!data?.masks) return null;
  return (
    <div>
      <Link to="/jobs/new" search={{ kind: "segmentation", from: job.id }} className={classes.link}>
        Correct {counted(data.masks, "mask")} in the editor
      </Link>
    </div>
  );
};

const Wrong = ({ job, progress, mayChange }: { job: Job; progress: Progress; mayChange: boolean }) => {
  const { wrong, wrongPercent } = figuresOf(job, progress);
  return (
    <Figure label="Wrong so far" value={percent(wrongPercent)}>
      {wrongPercent === null ? (
        "nothing decided yet"
      ) : (
        <Link
          to="/jobs/$job"
          params={{ job: job.id }}
          search={{ show: "pictures", outcome: ["disconfirmed", "split"] }}
          className={classes.link}
        >
          {counted(wrong, "picture")}, splits counted
        </Link>
      )}
      {mayChange && wrong > 0 && (
        <>
          <CorrectClasses job={job} wrong={wrong} />
          <CorrectMasks job={job} />
        </>
      )}
    </Figure>
  );
};

const Agreement = ({ progress }: { progress: Progress }) => {
  const { krippendorff_alpha: alpha, items } = progress.agreement;
  return (
    <Figure
      label="Agreement"
      value={alpha.value === null ? "–" : alpha.value.toFixed(2).replace("-", "\u2212")}
    >
      {alpha.value === null
        ? agreementReason(alpha.reason)
        : `Krippendorff alpha, ${counted(items, "picture")} seen by two or more`}
    </Figure>
  );
};

const Figures = ({ job, progress, mayChange }: { job: Job; progress: Progress; mayChange: boolean }) => {
  const { secondsLeft, atWork } = figuresOf(job, progress);
  const { lower_seconds, median_seconds, upper_seconds } = progress.batch_time;
  return (
    <dl className={classes.figures}>
      <Done job={job} progress={progress} />
      <Figure label="Left at this pace" value={secondsLeft === null ? "–" : duration(secondsLeft)}>
        {secondsLeft === null
          ? "no estimate before the first batches"
          : atWork > 0
            ? `with ${counted(atWork, "person", "people")} at work now`
            : "of work for one person; nobody holds a batch now"}
      </Figure>
      <Figure label="Time for a batch" value={median_seconds === null ? "–" : stopwatch(median_seconds)}>
        {lower_seconds === null || upper_seconds === null
          ? "none sent yet"
          : `middle half ${stopwatch(lower_seconds)} to ${stopwatch(upper_seconds)}`}
      </Figure>
      <Wrong job={job} progress={progress} mayChange={mayChange} />
      <Agreement progress={progress} />
    </dl>
  );
};

/** How far a job is, live: once a second while the page is visible. */
export const JobProgress = ({ job, mayChange }: { job: Job; mayChange: boolean }) => {
  const progress = useQuery(progressQuery(job.id));
  if (job.state === "starting") return <Starting job={job} />;
  if (!progress.data && progress.isError)
    return <Failed what="The progress" error={progress.error} onRetry={() => void progress.refetch()} />;
  if (!progress.data) return <FiguresLoading />;
  return (
    <>
      <Figures job={job} progress={progress.data} mayChange={mayChange} />
      <div className={classes.halves}>
        <div>
          <JobClasses job={job} progress={progress.data} />
          <JobTimes times={progress.data.batch_time} />
        </div>
        <div className={classes.side}>
          <JobReviewers job={job} progress={progress.data} mayChange={mayChange} />
          <JobNotes notes={progress.data.notes} all={progress.data.noted} />
        </div>
      </div>
    </>
  );
};
