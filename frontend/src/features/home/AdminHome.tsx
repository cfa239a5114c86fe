import { Button } from "@mantine/core";
import {
  IconArrowsSplit2,
  IconCheck,
  IconPlayerPause,
  IconPlayerPlay,
  type TablerIcon,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { count, counted } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted } from "@/shared/ui/Badge";
import { Page } from "@/shared/ui/Page";
import { Failed } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import classes from "./AdminHome.module.css";
import { type Job, jobsQuery, overviewQuery, ownWorkQuery, startQuery } from "./api";
import { type Need, needsOf, screenOf } from "./facts";

interface Step {
  readonly title: string;
  readonly why: string;
  readonly action: string;
  readonly to: Pick<LinkProps, "to" | "search">;
  readonly done: boolean;
}

const stepsOf = (datasets: number, jobs: number, people: number): Step[] => [
  {
    title: "Import labels",
    why: "A CSV of labels, with or without pictures. You see what was understood before anything is written.",
    action: "Import",
    to: { to: "/datasets" },
    done: datasets > 0,
  },
  {
    title: "Make a check",
    why: "Choose which labels people look at. They are dealt in batches of one class.",
    action: "Make a check",
    to: { to: "/jobs/new" },
    done: jobs > 0,
  },
  {
    title: "Invite people",
    why: "Each gets a one-time link to choose a password.",
    action: "Invite",
    to: { to: "/people", search: { add: true } },
    done: people > 1,
  },
];

const Steps = ({ steps }: { steps: readonly Step[] }) => {
  const next = steps.findIndex((step) => !step.done);
  return (
    <section aria-labelledby="steps-title" className={classes.steps}>
      <h2 id="steps-title" className={classes.title}>
        Three steps to the first result
      </h2>
      <ol>
        {steps.map(({ title, why, action, to, done }, index) => (
          <li key={title} className={classes.step}>
            <span className={classes.number} data-done={done || undefined} aria-hidden>
              {done ? <IconCheck size={16} /> : index + 1}
            </span>
            <div className={classes.grow}>
              <h3 className={classes.stepTitle}>
                {title}
                {done && <span className={classes.second}> Done</span>}
              </h3>
              <p className={classes.second}>{why}</p>
            </div>
            <Button
              variant={index === next ? "filled" : "default"}
              renderRoot={(props) => <Link {...props} {...to} />}
            >
              {action}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
};

const ICONS: Record<Need["kind"], TablerIcon> = {
  dispute: IconArrowsSplit2,
  draft: IconPlayerPlay,
  paused: IconPlayerPause,
};

/** The pictures of a job on which reviewers differed or could not tell. */
const IN_DISPUTE = { show: "pictures" as const, outcome: ["split" as const, "unsure" as const] };

const NeedRow = ({ need }: { need: Need }) => {
  const Icon = ICONS[need.kind];
  return (
    <li>
      <Link
        to="/jobs/$job"
        params={{ job: need.job }}
        search={need.kind === "dispute" ? IN_DISPUTE : {}}
        className={classes.need}
      >
        <Icon size={18} aria-hidden />
        <span>
          <span className={classes.stepTitle}>{need.title}</span>
          <span className={classes.second}>{need.detail}</span>
        </span>
      </Link>
    </li>
  );
};

const NeedsYou = ({ jobs }: { jobs: readonly Job[] }) => {
  const overview = useQuery(overviewQuery);
  if (overview.isError)
    return <Failed what="What needs you" error={overview.error} onRetry={() => void overview.refetch()} />;
  const needs = overview.data ? needsOf(jobs, overview.data) : [];
  return (
    <section aria-labelledby="needs-title">
      <h2 id="needs-title" className={classes.title}>
        Needs you
      </h2>
      {overview.data && needs.length === 0 && <p className={classes.second}>Nothing waits for you.</p>}
      <ul>
        {needs.map((need) => (
          <NeedRow key={need.id} need={need} />
        ))}
      </ul>
    </section>
  );
};

const Running = ({ jobs }: { jobs: readonly Job[] }) => {
  const running = jobs.filter((job) => job.state === "running" || job.state === "starting");
  return (
    <section aria-labelledby="running-title">
      <h2 id="running-title" className={classes.title}>
        At work
      </h2>
      {running.length === 0 && <p className={classes.second}>No job is running.</p>}
      <ul>
        {running.map((job) => (
          <li key={job.id}>
            <Link to="/jobs/$job" params={{ job: job.id }} className={classes.need}>
              <span className={classes.grow}>
                <span className={classes.stepTitle}>{job.name}</span>
                <span className={classes.second}>
                  {job.dataset_name}, {counted(job.items, "picture")}
                  {job.kind === "segmentation"
                    ? " to outline"
                    : `, ${counted(job.batches, "batch", "batches")}`}
                </span>
              </span>
              <Dotted tone="ok">{job.state === "running" ? "Running" : "Starting"}</Dotted>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** An admin may review like anybody: the open jobs that have a batch for them. */
const OwnReviews = () => {
  const { data } = useQuery(ownWorkQuery);
  const jobs = data?.jobs.filter((job) => job.available) ?? [];
  if (jobs.length === 0) return null;
  return (
    <section aria-labelledby="own-title">
      <h2 id="own-title" className={classes.title}>
        You can review
      </h2>
      <ul>
        {jobs.slice(0, 5).map((job) => (
          <li key={job.id} className={classes.own}>
            <span className={classes.grow}>
              <span className={classes.stepTitle}>{job.name}</span>
              <span className={classes.second}>
                {count(job.batches)} {job.kind === "segmentation" ? "pictures" : "batches"} in all
              </span>
            </span>
            <Button
              variant="default"
              aria-label={`${job.started ? "Continue" : "Start"} ${job.name}`}
              renderRoot={(props) => (
                <Link {...props} to={screenOf(job.id, [job])} params={{ job: job.id }} />
              )}
            >
              {job.started ? "Continue" : "Start"}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};

const AdminWork = () => {
  const start = useQuery(startQuery);
  const jobs = useQuery(jobsQuery);
  const failed = [start, jobs].find((query) => query.isError);
  if (failed) return <Failed what="Your home" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!start.data || !jobs.data) return <Loading what="your home" />;
  const steps = stepsOf(start.data.datasets, jobs.data.length, start.data.people);
  return (
    <div className={classes.home}>
      {steps.some((step) => !step.done) && <Steps steps={steps} />}
      {jobs.data.length > 0 && (
        <div className={classes.halves}>
          <NeedsYou jobs={jobs.data} />
          <div className={classes.stack}>
            <Running jobs={jobs.data} />
            <OwnReviews />
          </div>
        </div>
      )}
    </div>
  );
};

/** Where an admin starts: three steps at first, later what needs them. */
export const AdminHome = () => {
  const me = useMe();
  return (
    <Page title={`Hello, ${me.name || me.username}`}>
      <AdminWork />
    </Page>
  );
};
