import { Progress as Bar, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { clock, count, counted } from "@/shared/lib/format";
import { Refused } from "@/shared/ui/Problems";
import { isAtWork, type Job, type LabelRun, labelOutlines, type Outlining } from "./api";
import classes from "./JobProgress.module.css";

const Said = ({ job, run }: { job: Job; run: LabelRun }) => {
  const { done, total } = run.progress;
  if (isAtWork(run))
    return (
      <>
        <p>
          Making labels, {count(done)} of {counted(total ?? 0, "picture")}
        </p>
        <Bar
          value={total ? (100 * done) / total : 0}
          aria-label="Pictures whose outlines are labels"
          size={6}
        />
      </>
    );
  if (run.state !== "done") return <p>No labels were made. {run.message}</p>;
  return (
    <p>
      <Link
        to="/datasets/$dataset"
        params={{ dataset: job.dataset }}
        search={{ show: "pictures" }}
        className={classes.link}
      >
        {counted(run.added, "label")} added
      </Link>
      , {count(run.unchanged)} there already{run.finished_at && `, at ${clock(run.finished_at)}`}
    </p>
  );
};

interface OutlineLabelsProps {
  readonly job: Job;
  readonly outlining: Outlining;
  readonly mayChange: boolean;
}

/** What people drew becomes labels of the dataset, to be checked and exported as any others. */
export const OutlineLabels = ({ job, outlining, mayChange }: OutlineLabelsProps) => {
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => labelOutlines(job.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs", job.id, "outlining"] }),
  });
  const { labels: run, sent } = outlining;
  return (
    <section className={classes.part} aria-labelledby="labels-title">
      <header className={classes.partHead}>
        <h2 id="labels-title" className={classes.partTitle}>
          Labels of the dataset
        </h2>
        {mayChange && (
          <Button
            variant="default"
            disabled={sent === 0}
            loading={make.isPending || isAtWork(run)}
            onClick={() => make.mutate()}
          >
            {run ? "Add what is new" : "Make labels of the outlines"}
          </Button>
        )}
      </header>
      <div className={classes.strip} aria-live="polite">
        {run ? (
          <Said job={job} run={run} />
        ) : (
          <p className={classes.small}>
            Accepted outlines on pictures that were sent become labels with a mask, each under its annotator’s
            name; done again, only what is new is added.
          </p>
        )}
        <Refused error={make.error} />
      </div>
    </section>
  );
};
