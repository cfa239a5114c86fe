import { IconChartDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { counted } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted } from "@/shared/ui/Badge";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import classes from "./AdminHome.module.css";
import { type Job, jobsQuery } from "./api";

const WORDS: Partial<Record<Job["state"], string>> = {
  running: "Running",
  paused: "Paused",
  closed: "Closed",
};

const JobRow = ({ job }: { job: Job }) => (
  <li>
    <Link to="/jobs/$job" params={{ job: job.id }} className={classes.need}>
      <span className={classes.grow}>
        <span className={classes.stepTitle}>{job.name}</span>
        <span className={classes.second}>
          {job.dataset_name}, {counted(job.items, "picture")} in{" "}
          {counted(job.by_class.length, "class", "classes")}
        </span>
      </span>
      <Dotted tone={job.state === "running" ? "ok" : "quiet"}>{WORDS[job.state] ?? "Starting"}</Dotted>
    </Link>
  </li>
);

const Results = () => {
  const jobs = useQuery(jobsQuery);
  if (jobs.isError) return <Failed what="The jobs" error={jobs.error} onRetry={() => void jobs.refetch()} />;
  if (!jobs.data) return <Loading what="jobs" />;
  const started = jobs.data.filter((job) => job.state !== "draft");
  if (started.length === 0)
    return (
      <Empty icon={<IconChartDots size={32} aria-hidden />} title="No results yet">
        As soon as an admin starts a job, its table and thresholds appear here.
      </Empty>
    );
  return (
    <section className={classes.home} aria-labelledby="results-title">
      <div>
        <h2 id="results-title" className={classes.title}>
          Results, by job
        </h2>
        <ul>
          {started.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      </div>
    </section>
  );
};

/** Where an analyst starts: the jobs that have something to read. */
export const AnalystHome = () => {
  const me = useMe();
  return (
    <Page title={`Hello, ${me.name || me.username}`}>
      <Results />
    </Page>
  );
};
