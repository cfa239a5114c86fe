import { IconChartDots2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count, day } from "@/shared/lib/format";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import classes from "./AnalysisPage.module.css";
import { type Job, jobsQuery } from "./api";

const COLUMNS = [
  { label: "Job" },
  { label: "Pictures", number: true },
  { label: "Opinions each", number: true },
  { label: "Classes", number: true },
  { label: "Started" },
];

const JobRow = ({ job }: { job: Job }) => (
  <tr>
    <td>
      <Link to="/analysis/$job" params={{ job: job.id }} className={classes.link}>
        {job.name}
      </Link>
      <span className={classes.second}>{job.dataset_name}</span>
    </td>
    <td data-number>{count(job.items)}</td>
    <td data-number>{job.reviewers_per_item}</td>
    <td data-number>{count(job.by_class.length)}</td>
    <td>{job.started_at ? day(job.started_at) : "–"}</td>
  </tr>
);

/** Jobs that have something to analyse: checks that were started, the newest first. */
const started = (jobs: readonly Job[]): Job[] =>
  jobs
    .filter((job) => job.kind === "verification" && job.started_at !== null)
    .toSorted((a, b) => (b.started_at ?? "").localeCompare(a.started_at ?? ""));

const Jobs = () => {
  const jobs = useQuery(jobsQuery);
  if (jobs.isError) return <Failed what="The jobs" error={jobs.error} onRetry={() => void jobs.refetch()} />;
  if (!jobs.data) return <Loading what="jobs" />;
  const found = started(jobs.data);
  if (found.length === 0)
    return (
      <Empty icon={<IconChartDots2 size={32} aria-hidden />} title="No check has started yet">
        Its verdicts fill a table of classes by confidence here.
      </Empty>
    );
  return (
    <Table caption="Jobs to analyse" columns={COLUMNS}>
      {found.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </Table>
  );
};

/** Which job to analyse. */
export const AnalysisListPage = () => (
  <Page title="Analysis" flush>
    <Jobs />
  </Page>
);
