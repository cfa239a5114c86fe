import { Button, Group, RingProgress } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClockPause } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { count, counted, duration, rateWords, share } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import { cancelRun, isAtWork, type Only, type Run, runQuery, startRun } from "./api";
import { Changed } from "./Changed";
import classes from "./Predictions.module.css";
import { Shards } from "./Shards";
import { Unreadable } from "./Unreadable";
import { useQuiet } from "./useQuiet";
import { endOf, inHand, onlyWords, outcomesOf, wishOf } from "./words";
import "@mantine/core/styles/RingProgress.layer.css";

const QUEUED_MS = 10_000;
const STILL_MS = 60_000;

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly children?: ReactNode;
}

const Figure = ({ label, value, children }: FigureProps) => (
  <div>
    <dt className={classes.small}>{label}</dt>
    <dd className={classes.value}>{value}</dd>
    <dd className={classes.small}>{children}</dd>
  </div>
);

const Figures = ({ run }: { run: Run }) => {
  const { done, total, rate, seconds_left } = run.progress;
  const held = inHand(run.shards);
  return (
    <dl className={classes.figures}>
      <Figure label="Pictures" value={count(done)}>
        of {count(total ?? 0)}
      </Figure>
      <Figure label="Speed" value={rate === null ? "–" : `${rateWords(rate)} /s`}>
        {held !== null && held > 0 && `${counted(held, "shard")} with workers`}
      </Figure>
      <Figure label="Time left" value={seconds_left === null ? "–" : duration(seconds_left)} />
      <Figure label="Unreadable" value={count(run.unreadable)}>
        {run.unreadable > 0 && "listed below, the run goes on"}
      </Figure>
    </dl>
  );
};

/** Nobody takes the run, or nothing came of it for a while: says so, and what to do. */
const Waiting = ({ run }: { run: Run }) => {
  const queued = run.state === "queued";
  const quiet = useQuiet(`${run.id} ${run.state} ${run.progress.done}`, queued ? QUEUED_MS : STILL_MS);
  if (!quiet) return null;
  return (
    <div role="status" className={classes.notice}>
      <IconClockPause size={18} aria-hidden />
      <p>
        <strong>
          {queued ? "No worker has taken this run yet." : "No picture was labelled in the last minute."}
        </strong>{" "}
        Other work may come first. If none is under way, no worker runs: start one, and the run goes on by
        itself. <code>make doctor</code> says what is missing.
      </p>
    </div>
  );
};

const useCancel = (run: Run) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => cancelRun(run.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["prediction-runs"] }),
  });
};

interface PanelProps {
  readonly run: Run;
  /** Which pictures it is about. */
  readonly scope: string;
}

const Ring = ({ run, title }: { run: Run; title: string }) => {
  const { done, total } = run.progress;
  const percent = share(done, total ?? 0);
  return (
    <RingProgress
      size={88}
      thickness={8}
      roundCaps
      rootColor="var(--ink-soft)"
      sections={done > 0 && total ? [{ value: (100 * done) / total, color: "var(--ink)" }] : []}
      label={<span className={classes.percent}>{percent}</span>}
      role="progressbar"
      aria-label={title}
      aria-valuenow={done}
      aria-valuemax={total ?? undefined}
      aria-valuetext={percent}
    />
  );
};

const AtWork = ({ run, scope }: PanelProps) => {
  const isAdmin = useMe().role === "admin";
  const cancel = useCancel(run);
  const title = run.state === "queued" ? "Waiting for a worker" : "Labelling pictures";
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          <span role="status">{title}</span>
          <span className={classes.small}>
            by {run.model_version.name} {run.model_version.version}, {scope}. You can leave this page. It goes
            on.
          </span>
        </h2>
        {isAdmin && (
          <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        )}
      </div>
      <div className={classes.live}>
        <Ring run={run} title={title} />
        <Figures run={run} />
      </div>
      <Shards shards={run.shards} />
      <Waiting run={run} />
      <Refused error={cancel.error} />
    </>
  );
};

const ICONS = {
  done: <IconCircleCheck size={20} aria-hidden className={classes.ok} />,
  failed: <IconAlertTriangle size={20} aria-hidden className={classes.wrong} />,
} as const;

const iconOf = ({ state }: Run): ReactNode =>
  state === "done" || state === "failed" ? (
    ICONS[state]
  ) : (
    <IconCircleX size={20} aria-hidden className={classes.quiet} />
  );

/** Where the labels are, and what to do with them; for a run that broke off, going on. */
const Next = ({ run, onStarted }: { run: Run; onStarted: (run: Run) => void }) => {
  const isAdmin = useMe().role === "admin";
  const again = useMutation({ mutationFn: () => startRun(wishOf(run)), onSuccess: onStarted });
  const made = run.labelled + run.unchanged > 0;
  return (
    <>
      <Group gap="sm">
        {isAdmin && made && (
          <LinkButton to="/jobs/new" search={{ dataset: run.dataset, source: run.label_source }}>
            Make a job of them
          </LinkButton>
        )}
        {made && (
          <LinkButton
            variant="default"
            to="/datasets/$dataset"
            params={{ dataset: run.dataset }}
            search={{ show: "pictures", source: run.label_source }}
          >
            See the labels
          </LinkButton>
        )}
        {isAdmin && run.state !== "done" && (
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            Go on with the rest
          </Button>
        )}
      </Group>
      {isAdmin && made && <Changed run={run} />}
      <Refused error={again.error} />
    </>
  );
};

const Took = ({ run: { started_at, finished_at, progress } }: { run: Run }) => {
  if (started_at === null || finished_at === null) return null;
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  return (
    <Figure label="Took" value={duration(seconds)}>
      {seconds >= 1 && progress.done > 0 && `${rateWords(progress.done / seconds)} pictures a second`}
    </Figure>
  );
};

const Ended = ({ run, scope, onStarted }: PanelProps & { onStarted: (run: Run) => void }) => (
  <>
    <h2 className={classes.heading}>
      {iconOf(run)}
      <span role="status">{endOf(run)}</span>
      <span className={classes.small}>
        by {run.model_version.name} {run.model_version.version}, {scope}
      </span>
    </h2>
    <dl className={classes.figures}>
      {outcomesOf(run).map(({ label, value }) => (
        <Figure key={label} label={label} value={count(value)} />
      ))}
      <Took run={run} />
    </dl>
    {run.message !== "" && (
      <p role={run.state === "failed" ? "alert" : undefined} className={classes.second}>
        {run.message} What was labelled is kept.
      </p>
    )}
    <Next run={run} onStarted={onStarted} />
  </>
);

/** What else on the screen changes when a run has come to its end. */
const useRefreshed = (run: Run | undefined) => {
  const client = useQueryClient();
  const ended = run !== undefined && !isAtWork(run) ? run.dataset : null;
  useEffect(() => {
    if (ended === null) return;
    for (const key of [["datasets", ended], ["prediction-runs", "on", ended], ["overview"]])
      void client.invalidateQueries({ queryKey: key });
  }, [client, ended]);
};

interface RunPanelProps {
  readonly id: string;
  /** Class names by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly onStarted: (run: Run) => void;
}

/** One run: how far it is, or what came of it, and what could not be read. */
export const RunPanel = ({ id, names, onStarted }: RunPanelProps) => {
  const { data: run, error, refetch } = useQuery(runQuery(id));
  useRefreshed(run);
  if (error && !run) return <Failed what="The run" error={error} onRetry={() => void refetch()} />;
  if (!run) return <Loading what="the run" />;
  const scope = onlyWords(run.only as Only, names);
  return (
    <section aria-label="The run" className={classes.part}>
      {isAtWork(run) ? (
        <AtWork run={run} scope={scope} />
      ) : (
        <Ended run={run} scope={scope} onStarted={onStarted} />
      )}
      {run.unreadable > 0 && <Unreadable key={run.id} run={run} />}
    </section>
  );
};
