import { Progress } from "@mantine/core";
import { IconChecklist, IconMoodEmpty, IconPolygon, IconTags } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { clock, count, counted, duration, listed } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { type OpenBatch, type OwnJob, type OwnWork, ownWorkQuery } from "./api";
import { byUse, screenOf, whyNot } from "./facts";
import classes from "./LabelerHome.module.css";
import { OwnFigures, Sent } from "./OwnFigures";

const useGo = (jobs: readonly OwnJob[]) => {
  const navigate = useNavigate();
  return (job: string) => void navigate({ to: screenOf(job, jobs), params: { job } });
};

const kept = ({ marks, saved_at }: OpenBatch): string =>
  marks > 0 && saved_at
    ? ` Your ${counted(marks, "mark")} from ${clock(saved_at)} ${marks === 1 ? "is" : "are"} kept.`
    : "";

const Continue = ({ open, work }: { open: OpenBatch; work: OwnWork }) => {
  const { seconds_per_batch: seconds } = work;
  const go = useGo(work.jobs);
  const outlines = screenOf(open.job.id, work.jobs) === "/edit/$job";
  const command: Command = {
    id: "home.continue",
    label: "Continue",
    group: "Home",
    keys: ["Enter"],
    run: () => go(open.job.id),
  };
  useCommands([command]);
  return (
    <section className={classes.card} aria-label="Pick up where you left off">
      <div className={classes.strip}>
        {open.tiles.map((tile) => (
          <img key={tile.id} src={tile.thumb_url} alt="" className={classes.stripPicture} />
        ))}
      </div>
      <div className={classes.cardBody}>
        <div className={classes.grow}>
          <p className={classes.second}>{open.job.name}</p>
          <h2 className={classes.className}>{outlines ? "Outlines" : open.label_class.name}</h2>
          <p className={classes.second}>
            {outlines ? "Picture" : "Batch"} {count(open.batch_number)} of {count(open.batches)}.{kept(open)}
          </p>
        </div>
        <p className={classes.size}>
          {counted(open.items, "picture")}
          {seconds !== null && <strong> about {duration(seconds)}</strong>}
        </p>
        <CommandButton command={command} size="lg" showKey />
      </div>
    </section>
  );
};

const sentShare = (job: OwnJob): number => (job.batches === 0 ? 0 : (100 * job.batches_sent) / job.batches);

const JobRow = ({ job, command }: { job: OwnJob; command: Command }) => (
  <li className={classes.job}>
    <div className={classes.grow}>
      <h3 className={classes.jobName}>{job.name}</h3>
      <p className={classes.kind}>
        {job.kind === "segmentation" && (
          <>
            <IconPolygon size={16} aria-hidden /> Outlines, a picture at a time
          </>
        )}
        {job.kind === "correction" && (
          <>
            <IconTags size={16} aria-hidden /> The right class, a picture at a time
          </>
        )}
        {job.kind === "verification" && (
          <>
            <IconChecklist size={16} aria-hidden /> Right or wrong, {job.batch_size} at a time
          </>
        )}
      </p>
    </div>
    <div className={classes.jobProgress}>
      <p>
        {job.kind === "segmentation"
          ? counted(job.batches_sent, "picture")
          : counted(job.batches_sent, "batch", "batches")}{" "}
        of yours, of {count(job.batches)}
      </p>
      <Progress value={sentShare(job)} size={6} aria-label={`Your share of ${job.name}`} />
    </div>
    {job.available ? (
      <CommandButton command={command} variant="default" size="lg" />
    ) : (
      <p className={classes.waiting}>{whyNot(job)}</p>
    )}
  </li>
);

const NUMBERED = ["Digit1", "Digit2", "Digit3"];

const Jobs = ({ jobs, alone }: { jobs: readonly OwnJob[]; alone: boolean }) => {
  const go = useGo(jobs);
  const commands = jobs.map(
    (job, index): Command => ({
      id: `home.job.${job.id}`,
      label: job.started ? "Continue" : "Start",
      group: "Home",
      // Without a batch in hand the first job is what Enter means.
      keys: [...(alone && index === 0 ? ["Enter"] : []), ...NUMBERED.slice(index, index + 1)],
      enabled: job.available,
      run: () => go(job.id),
    }),
  );
  useCommands(commands.map((command, at) => ({ ...command, label: `${command.label}: ${jobs[at]?.name}` })));
  return (
    <section aria-labelledby="jobs-title">
      <header className={classes.head}>
        <h2 id="jobs-title" className={classes.headTitle}>
          {alone ? "Your jobs" : "Your other jobs"}
        </h2>
        <span className={classes.second}>{jobs.length}</span>
      </header>
      <ul className={classes.card}>
        {jobs.map((job, index) => {
          const command = commands[index];
          return command && <JobRow key={job.id} job={job} command={command} />;
        })}
      </ul>
    </section>
  );
};

const Nothing = ({ admins }: { admins: readonly string[] }) => {
  const noTeam = useMe().teams.length === 0;
  const whom = admins.length === 0 ? "An admin" : listed(admins);
  const adds = admins.length > 1 ? "add" : "adds";
  return (
    <Empty icon={<IconMoodEmpty size={32} aria-hidden />} title="Nothing to do right now">
      <p>
        {whom} {adds} work here. It shows up by itself.
      </p>
      {noTeam && <p>You are in no team yet, so jobs that belong to a team are not shown to you.</p>}
    </Empty>
  );
};

const Work = ({ work }: { work: OwnWork }) => {
  const others = byUse(work.jobs.filter((job) => job.id !== work.open?.job.id));
  const nothing = !work.open && others.length === 0;
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <h1 className={classes.title}>{work.open ? "Pick up where you left off" : "Your work"}</h1>
        {work.open && <Continue open={work.open} work={work} />}
        {others.length > 0 && <Jobs jobs={others} alone={!work.open} />}
        {nothing && <Nothing admins={work.admins} />}
      </div>
      <aside className={classes.side} aria-label="Your week">
        <OwnFigures work={work} />
        <Sent work={work} />
      </aside>
    </div>
  );
};

/** Where a labeler starts: the batch in hand, the other jobs, what was sent, own figures. */
export const LabelerHome = () => {
  const work = useQuery(ownWorkQuery);
  return (
    <main id="main" tabIndex={-1} className={classes.page}>
      {work.data ? (
        <Work work={work.data} />
      ) : work.isError ? (
        <Failed what="Your work" error={work.error} onRetry={() => void work.refetch()} />
      ) : (
        <Loading what="your work" />
      )}
    </main>
  );
};
