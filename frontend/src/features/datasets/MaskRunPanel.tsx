import { Button, Group, Progress } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { count, counted, rateWords, share } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Refused } from "@/shared/ui/Problems";
import classes from "./MasksTab.module.css";
import { cancelMasks, isAtWork, leftWords, type MaskRun, scopeOf } from "./masks";
import { RefusedPictures } from "./RefusedPictures";

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

const Figures = ({ run }: { run: MaskRun }) => {
  const { done, total, rate, seconds_left } = run.progress;
  return (
    <dl className={classes.figures}>
      <Figure label="Labels" value={count(done)}>
        {total === null ? "being counted" : `of ${count(total)}`}
      </Figure>
      <Figure label="Speed" value={rate === null ? "–" : `${rateWords(rate)} /s`}>
        {run.segmenter}
      </Figure>
      <Figure label="Time left" value={leftWords(seconds_left)} />
      <Figure label="Refused" value={count(run.refused)}>
        {run.refused > 0 && "listed below"}
      </Figure>
    </dl>
  );
};

const useCancel = (run: MaskRun) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => cancelMasks(run.id),
    onSettled: () => client.invalidateQueries({ queryKey: ["mask-runs", run.dataset] }),
  });
};

const AtWork = ({ run }: { run: MaskRun }) => {
  const isAdmin = useMe().role === "admin";
  const cancel = useCancel(run);
  const { done, total } = run.progress;
  const title = run.state === "queued" ? "Waiting for a worker" : "Drawing masks";
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          <span role="status">{title}</span>
          {total !== null && total > 0 && <span className={classes.percent}>{share(done, total)}</span>}
          <span className={classes.small}>From {scopeOf(run)}. You can leave this page. It goes on.</span>
        </h2>
        {isAdmin && (
          <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        )}
      </div>
      <Progress value={total ? (100 * done) / total : 0} size={8} aria-label={title} />
      <Figures run={run} />
      <Refused error={cancel.error} />
    </>
  );
};

const ICONS = {
  done: <IconCircleCheck size={20} aria-hidden className={classes.ok} />,
  cancelled: <IconCircleX size={20} aria-hidden className={classes.quiet} />,
  failed: <IconAlertTriangle size={20} aria-hidden className={classes.wrong} />,
} as const;

const endOf = (run: MaskRun): keyof typeof ICONS =>
  run.state === "done" || run.state === "failed" ? run.state : "cancelled";

const titleOf = (run: MaskRun): string => {
  const drawn = run.drawn === 0 ? "no mask drawn" : `${counted(run.drawn, "mask")} drawn`;
  if (run.state === "cancelled") return `Cancelled; ${drawn}`;
  if (run.state === "failed") return `Stopped; ${drawn}`;
  return run.drawn === 0 ? "No mask drawn" : drawn;
};

const Ended = ({ run }: { run: MaskRun }) => {
  const isAdmin = useMe().role === "admin";
  const end = endOf(run);
  return (
    <>
      <h2 className={classes.heading}>
        {ICONS[end]}
        <span role="status">{titleOf(run)}</span>
        <span className={classes.small}>
          by {run.segmenter} from {scopeOf(run)}
        </span>
      </h2>
      {run.message !== "" && (
        <p role={end === "failed" ? "alert" : undefined} className={classes.second}>
          {run.message} What was drawn is kept; drawing again adds what is missing.
        </p>
      )}
      {run.drawn > 0 && (
        <Group gap="sm">
          {isAdmin && (
            <LinkButton to="/jobs/new" search={{ dataset: run.dataset, source: run.label_source }}>
              Review them
            </LinkButton>
          )}
          <LinkButton
            variant="default"
            to="/datasets/$dataset"
            params={{ dataset: run.dataset }}
            search={{ show: "pictures", source: run.label_source }}
          >
            See the labels
          </LinkButton>
        </Group>
      )}
    </>
  );
};

/** The latest run: how far it is, or what came of it, and what was refused. */
export const MaskRunPanel = ({ run }: { run: MaskRun }) => (
  <section aria-label="The latest run" className={classes.run}>
    {isAtWork(run) ? <AtWork run={run} /> : <Ended run={run} />}
    {run.refused > 0 && <RefusedPictures key={run.id} run={run} />}
  </section>
);
