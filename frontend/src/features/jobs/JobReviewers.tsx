import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { clock, count, counted, duration, percent, stopwatch } from "@/shared/lib/format";
import { Face } from "@/shared/ui/Face";
import { Refused } from "@/shared/ui/Problems";
import { Empty } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type Held, type Job, type Progress, type ReviewerProgress, takeBack } from "./api";
import { Cut } from "./Cut";
import { byNeed, differs } from "./figures";
import classes from "./JobProgress.module.css";

const COLUMNS = [
  { label: "Name" },
  { label: "Batches", number: true },
  { label: "Per batch", number: true },
  { label: "Marked wrong", number: true },
  { label: "Differs from others", number: true },
];

const ReviewerRow = ({ reviewer, several }: { reviewer: ReviewerProgress; several: boolean }) => {
  const { person, batches, seen, disconfirmed, seconds_per_batch } = reviewer;
  const apart = differs(reviewer);
  return (
    <tr>
      <td>
        <span className={classes.person}>
          <Face name={person.name} /> {person.name}
        </span>
      </td>
      <td data-number>{count(batches)}</td>
      <td data-number>{seconds_per_batch === null ? "–" : stopwatch(seconds_per_batch)}</td>
      <td data-number>{percent(seen === 0 ? null : (100 * disconfirmed) / seen)}</td>
      <td data-number>{percent(several && apart !== null ? 100 * apart : null)}</td>
    </tr>
  );
};

/** Says that times and differences do not rest on everything that was sent; nothing where they do. */
const latest = ({ by_reviewer, recent_batches }: Progress): string =>
  by_reviewer.some((one) => one.seen < one.judged)
    ? `from the latest ${counted(recent_batches, "batch", "batches")}`
    : "";

const since = (held: Held): string => duration((Date.now() - new Date(held.dealt_at).getTime()) / 1000);

const HeldRow = ({ held, job, mayChange }: { held: Held; job: Job; mayChange: boolean }) => {
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: () => takeBack(held.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs", job.id] }),
  });
  return (
    <li className={classes.held}>
      <Face name={held.person.name} />
      <div className={classes.grow}>
        <p>
          <strong>{held.person.name}</strong> has held {held.label_class.name}, batch {held.batch_number}, for{" "}
          {since(held)}
        </p>
        <p className={classes.small}>
          Returns to the queue by itself at {clock(held.lease_expires_at)}. {counted(held.marks, "mark")}{" "}
          kept.
        </p>
        <Refused error={back.error} />
      </div>
      {mayChange && (
        <Button
          variant="default"
          loading={back.isPending}
          aria-label={`Take back ${held.label_class.name}, batch ${held.batch_number}, from ${held.person.name}`}
          onClick={() => back.mutate()}
        >
          Take back
        </Button>
      )}
    </li>
  );
};

interface HeldListProps {
  readonly job: Job;
  readonly progress: Pick<Progress, "held" | "held_batches">;
  readonly mayChange: boolean;
}

export const HeldList = ({ job, progress, mayChange }: HeldListProps) =>
  progress.held.length > 0 && (
    <>
      <ul aria-label="Held now" className={classes.heldList}>
        {progress.held.map((held) => (
          <HeldRow key={held.id} held={held} job={job} mayChange={mayChange} />
        ))}
      </ul>
      <Cut
        listed={progress.held.length}
        all={progress.held_batches}
        what="held batches, the first to return"
      />
    </>
  );

interface ReviewersProps {
  readonly job: Job;
  readonly progress: Progress;
  readonly mayChange: boolean;
}

interface NobodyProps {
  readonly job: Job;
  readonly mayChange: boolean;
  readonly done: string;
  readonly who: string;
}

/** In the place of a job's people while none of them has done (`done`) anything. */
export const Nobody = ({ job, mayChange, done, who }: NobodyProps) => (
  <Empty
    title={`Nobody has ${done} yet`}
    action={
      mayChange && (
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link {...props} to="/jobs/$job" params={{ job: job.id }} search={{ show: "settings" }} />
          )}
        >
          Choose {who}
        </Button>
      )
    }
  >
    {job.team_name ? `The labelers of ${job.team_name} see this job.` : "All labelers see this job."}
  </Empty>
);

/** Who works on the job, sorted by who may need help, and what each holds now. */
export const JobReviewers = ({ job, progress, mayChange }: ReviewersProps) => (
  <section aria-labelledby="reviewers-title">
    <header className={classes.partHead}>
      <h2 id="reviewers-title" className={classes.partTitle}>
        Reviewers
      </h2>
      {progress.by_reviewer.length > 0 && (
        <p className={classes.legend}>
          sorted by who may need help{latest(progress) && `, ${latest(progress)}`}
        </p>
      )}
    </header>
    {progress.by_reviewer.length === 0 ? (
      <Nobody job={job} mayChange={mayChange} done="sent a batch" who="reviewers" />
    ) : (
      <Table caption="Reviewers, by who may need help" columns={COLUMNS}>
        {byNeed(progress.by_reviewer).map((reviewer) => (
          <ReviewerRow key={reviewer.person.id} reviewer={reviewer} several={job.reviewers_per_item > 1} />
        ))}
      </Table>
    )}
    <HeldList job={job} progress={progress} mayChange={mayChange} />
  </section>
);
