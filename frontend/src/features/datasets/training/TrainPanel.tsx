import { Button, Group, Progress } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { count, duration, rateWords, share } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Failed, Refused } from "@/shared/ui/Problems";
import { Loading } from "@/shared/ui/States";
import classes from "../predictions/Predictions.module.css";
import { cancelTraining, isAtWork, type Training, trainingQuery } from "./api";
import { countWords, partWords, stageWords } from "./words";

const useCancel = (run: Training) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => cancelTraining(run.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["training-runs"] }),
  });
};

const progressWords = ({ progress: { done, total, rate, seconds_left } }: Training): string =>
  [
    total !== null && total > 1 && `${count(done)} of ${count(total)}`,
    rate !== null && `${rateWords(rate)} /s`,
    seconds_left !== null && `${duration(seconds_left)} left`,
  ]
    .filter(Boolean)
    .join(", ");

const AtWork = ({ run }: { run: Training }) => {
  const isAdmin = useMe().role === "admin";
  const cancel = useCancel(run);
  const { done, total } = run.progress;
  const stage = stageWords(run);
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          <span role="status">{stage}</span>
          {total !== null && total > 0 && <span className={classes.second}>{share(done, total)}</span>}
          <span className={classes.small}>{progressWords(run)}</span>
        </h2>
        {isAdmin && (
          <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        )}
      </div>
      <Progress value={total ? (100 * done) / total : 0} size={8} aria-label={stage} />
      <p className={classes.small}>
        {run.name} {run.version}. You can leave this page. It goes on.
      </p>
      <Refused error={cancel.error} />
    </>
  );
};

const ICONS = {
  done: <IconCircleCheck size={20} aria-hidden className={classes.ok} />,
  failed: <IconAlertTriangle size={20} aria-hidden className={classes.wrong} />,
} as const;

const titleOf = ({ state, name, version }: Training): string => {
  if (state === "done") return `${name} ${version} is trained`;
  return state === "failed" ? `${name} ${version} was not trained` : "Cancelled; no version was made";
};

const Ended = ({ run }: { run: Training }) => {
  const isAdmin = useMe().role === "admin";
  const { state, made } = run;
  return (
    <>
      <h2 className={classes.heading}>
        {state === "done" || state === "failed" ? (
          ICONS[state]
        ) : (
          <IconCircleX size={20} aria-hidden className={classes.quiet} />
        )}
        <span role="status">{titleOf(run)}</span>
      </h2>
      {run.message !== "" && (
        <p role={state === "failed" ? "alert" : undefined} className={classes.second}>
          {run.message}
        </p>
      )}
      {made && (
        <Group gap="sm">
          <LinkButton to="/models/$version" params={{ version: made.id }}>
            See how good it is
          </LinkButton>
          {isAdmin && (
            <LinkButton
              variant="default"
              to="/datasets/$dataset"
              params={{ dataset: run.dataset }}
              search={{ show: "predictions", model: made.id }}
            >
              Label with it
            </LinkButton>
          )}
        </Group>
      )}
    </>
  );
};

/** What else on the screen changes when a training has come to its end. */
const useRefreshed = (run: Training | undefined) => {
  const client = useQueryClient();
  const ended = run !== undefined && !isAtWork(run) ? run.dataset : null;
  useEffect(() => {
    if (ended === null) return;
    for (const key of [["model-versions"], ["training-runs", "on", ended]])
      void client.invalidateQueries({ queryKey: key });
  }, [client, ended]);
};

/** One training: how far it is or what came of it, what it learned from, its log. */
export const TrainPanel = ({ id }: { id: string }) => {
  const { data: run, error, refetch } = useQuery(trainingQuery(id));
  useRefreshed(run);
  if (error && !run) return <Failed what="The training" error={error} onRetry={() => void refetch()} />;
  if (!run) return <Loading what="the training" />;
  const told = [partWords(run.examples), countWords(run.counts)].filter(Boolean).join("; ");
  return (
    <section aria-label="The training" className={classes.part}>
      {isAtWork(run) ? <AtWork run={run} /> : <Ended run={run} />}
      <p className={classes.second}>
        {told.charAt(0).toUpperCase() + told.slice(1)}. On {run.base.name} {run.base.version}.
      </p>
      {run.log !== "" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
        <section className={classes.log} aria-label="Log" tabIndex={0}>
          <pre>{run.log.trim()}</pre>
        </section>
      )}
    </section>
  );
};
