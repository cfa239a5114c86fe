import { Button } from "@mantine/core";
import { IconListCheck, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { count, day } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted } from "@/shared/ui/Badge";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type Job, jobsQuery } from "./api";
import classes from "./Jobs.module.css";
import { STATES } from "./words";

const COLUMNS = [
  { label: "Job" },
  { label: "State" },
  { label: "Pictures", number: true },
  { label: "Batches", number: true },
  { label: "Opinions", number: true },
  { label: "Team" },
  { label: "Made" },
];

/** What somebody can act on first: running before paused, drafts and what is closed. */
const RANK: Record<Job["state"], number> = { running: 0, starting: 1, paused: 2, draft: 3, closed: 4 };

const sorted = (jobs: readonly Job[]): Job[] =>
  jobs.toSorted((a, b) => RANK[a.state] - RANK[b.state] || b.created_at.localeCompare(a.created_at));

const JobRow = ({ job }: { job: Job }) => (
  <tr>
    <td>
      <Link to="/jobs/$job" params={{ job: job.id }} className={classes.link}>
        {job.name}
      </Link>
      <span className={classes.second}>
        {job.dataset_name}
        {job.kind === "segmentation" && ", outlines"}
        {job.kind === "correction" && ", corrections"}
      </span>
    </td>
    <td>
      <Dotted tone={STATES[job.state].tone}>{STATES[job.state].word}</Dotted>
    </td>
    <td data-number>{count(job.items)}</td>
    <td data-number>{job.kind === "segmentation" ? "–" : count(job.batches)}</td>
    <td data-number>{job.reviewers_per_item}</td>
    <td>{job.team_name ?? "All labelers"}</td>
    <td>{day(job.created_at)}</td>
  </tr>
);

const NoJobs = ({ mayMake }: { mayMake: boolean }) => (
  <Empty
    icon={<IconListCheck size={32} aria-hidden />}
    title="No jobs yet"
    action={
      mayMake && (
        <Button component={Link} to="/jobs/new">
          Make the first job
        </Button>
      )
    }
  >
    A job deals the labels of a dataset to people in batches of one class, and counts what they say; or its
    pictures, to be outlined.
  </Empty>
);

const JobList = ({ mayMake }: { mayMake: boolean }) => {
  const jobs = useQuery(jobsQuery);
  if (jobs.isError) return <Failed what="The jobs" error={jobs.error} onRetry={() => void jobs.refetch()} />;
  if (!jobs.data) return <Loading what="jobs" />;
  if (jobs.data.length === 0) return <NoJobs mayMake={mayMake} />;
  return (
    <Table caption="Jobs" columns={COLUMNS}>
      {sorted(jobs.data).map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </Table>
  );
};

export const JobsPage = () => {
  const mayMake = useMe().role === "admin";
  const navigate = useNavigate();
  const make: Command = {
    id: "jobs.new",
    label: "New job",
    group: "Jobs",
    keys: ["KeyN"],
    enabled: mayMake,
    run: () => void navigate({ to: "/jobs/new" }),
  };
  useCommands(mayMake ? [make] : []);
  return (
    <Page
      title="Jobs"
      flush
      actions={mayMake && <CommandButton command={make} leftSection={<IconPlus size={16} aria-hidden />} />}
    >
      <JobList mayMake={mayMake} />
    </Page>
  );
};
