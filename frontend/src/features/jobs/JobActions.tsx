import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "@/shared/api/problem";
import { CommandButton } from "@/shared/commands/CommandButton";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { clock, counted, listed, moment } from "@/shared/lib/format";
import { kindOf } from "@/shared/lib/kinds";
import { Dotted } from "@/shared/ui/Badge";
import { Confirm } from "@/shared/ui/Confirm";
import { Refused } from "@/shared/ui/Problems";
import {
  closeJob,
  correctingQuery,
  type Job,
  jobQuery,
  outliningQuery,
  pauseJob,
  progressQuery,
  reopenJob,
  startJob,
} from "./api";
import { STATES } from "./words";

type Step = UseMutationResult<Job, Error, void>;

const useStep = (job: Job, step: (id: string) => Promise<Job>): Step => {
  const client = useQueryClient();
  // Not waited for: the next step may be taken as soon as the answer to this one is here.
  const refresh = () => void client.invalidateQueries({ queryKey: ["jobs"] });
  return useMutation({
    mutationFn: () => step(job.id),
    onSuccess: (changed) => {
      client.setQueryData(jobQuery(job.id).queryKey, changed);
      refresh();
    },
    onError: refresh,
  });
};

const stateWords = (job: Job): string => {
  const { word } = STATES[job.state];
  if (job.state === "running" && job.started_at) return `${word} since ${moment(job.started_at)}`;
  return job.state_changed_at && job.state !== "draft" ? `${word} at ${moment(job.state_changed_at)}` : word;
};

/** What is left undone if the job is closed now. */
const CloseQuestion = ({ job }: { job: Job }) => {
  const { data } = useQuery(progressQuery(job.id));
  if (!data) return null;
  const unfinished = data.batches - data.finished;
  const holders = listed([...new Set(data.held.map((one) => one.person.name))]);
  return (
    <>
      <p>
        {unfinished === 0
          ? "All batches are finished."
          : `${counted(unfinished, "batch", "batches")} of ${data.batches} are not finished: their ${counted(data.outcomes.pending, "picture")} stay pending.`}
      </p>
      {holders && (
        <p>{holders} hold batches now. Their marks are kept, and come back if you open it again.</p>
      )}
      <p>Nobody is dealt anything from then on. You can open it again at any time.</p>
    </>
  );
};

/** The same where people outline. */
const CloseOutlines = ({ job }: { job: Job }) => {
  const { data } = useQuery(outliningQuery(job.id));
  if (!data) return null;
  const unfinished = data.pictures - data.finished;
  const holders = [...new Set(data.held.map((one) => one.person.name))];
  return (
    <>
      <p>
        {unfinished === 0
          ? "All pictures are finished."
          : `${counted(unfinished, "picture")} of ${data.pictures} ${unfinished === 1 ? "is" : "are"} not finished. What was drawn on them is kept, and exported as unfinished.`}
      </p>
      {holders.length > 0 && (
        <p>
          {listed(holders)} {holders.length === 1 ? "holds" : "hold"} pictures now. They come back if you open
          the job again.
        </p>
      )}
      <p>Nobody is dealt anything from then on. You can open it again at any time.</p>
    </>
  );
};

/** The same where classes are corrected. */
const CloseCorrections = ({ job }: { job: Job }) => {
  const { data } = useQuery(correctingQuery(job.id));
  if (!data) return null;
  const open = data.items - data.answered;
  const holders = listed([...new Set(data.held.map((one) => one.person.name))]);
  return (
    <>
      <p>{open === 0 ? "All labels are answered." : `${counted(open, "label")} have no answer yet.`}</p>
      {holders && (
        <p>{holders} hold batches now. Their answers are kept, and come back if you open it again.</p>
      )}
      <p>Nobody is dealt anything from then on. You can open it again at any time.</p>
    </>
  );
};

const CLOSE = {
  verification: CloseQuestion,
  correction: CloseCorrections,
  segmentation: CloseOutlines,
} as const;

const CloseJob = ({ job }: { job: Job }) => {
  const [asked, setAsked] = useState(false);
  const close = useStep(job, closeJob);
  const Question = CLOSE[kindOf(job)];
  return (
    <>
      <Button variant="outline" color="wrong" onClick={() => setAsked(true)}>
        Close job
      </Button>
      <Confirm
        opened={asked}
        title={`Close ${job.name}`}
        action="Close job"
        busy={close.isPending}
        error={close.error}
        onConfirm={() => close.mutate(undefined, { onSuccess: () => setAsked(false) })}
        onClose={() => setAsked(false)}
      >
        <Question job={job} />
      </Confirm>
    </>
  );
};

const StartDraft = ({ job }: { job: Job }) => {
  const start = useStep(job, startJob);
  const force = useStep(job, (id) => startJob(id, true));
  const tooFew = start.error instanceof Problem && start.error.code === "too_few_reviewers";
  return (
    <>
      {!tooFew && <Refused error={start.error} />}
      <Button loading={start.isPending} disabled={job.items === 0} onClick={() => start.mutate()}>
        {job.kind === "segmentation"
          ? `Deal ${counted(job.batches, "picture")}`
          : `Create ${counted(job.batches, "batch", "batches")}`}
      </Button>
      <Confirm
        opened={tooFew && !force.isSuccess}
        title="Fewer reviewers than opinions"
        action="Start anyway"
        busy={force.isPending}
        error={force.error}
        onConfirm={() => force.mutate()}
        onClose={() => start.reset()}
      >
        The team has fewer active labelers than this job wants opinions for each picture. You can start now
        and add people later; until then some pictures stay pending.
      </Confirm>
    </>
  );
};

const PauseOrGoOn = ({ job }: { job: Job }) => {
  const running = job.state === "running";
  const pause = useStep(job, running ? pauseJob : startJob);
  const command: Command = {
    id: "job.pause",
    label: running ? "Pause" : "Go on",
    group: "Job",
    keys: ["KeyP"],
    enabled: !pause.isPending,
    run: () => pause.mutate(),
  };
  useCommands([command]);
  const Icon = running ? IconPlayerPause : IconPlayerPlay;
  return (
    <>
      <Refused error={pause.error} />
      <CommandButton command={command} variant="default" leftSection={<Icon size={16} aria-hidden />} />
    </>
  );
};

const Reopen = ({ job }: { job: Job }) => {
  const reopen = useStep(job, reopenJob);
  return (
    <>
      <Refused error={reopen.error} />
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
        Open again
      </Button>
    </>
  );
};

/** Whether what is shown is live, in words: figures that stand still must say so. */
const Live = ({ job, watched }: { job: Job; watched: Pick<UseQueryResult, "isError" | "dataUpdatedAt"> }) => {
  if (!watched.isError) return <Dotted tone={STATES[job.state].tone}>{stateWords(job)}</Dotted>;
  return (
    <span role="alert">
      <Dotted tone="unsure">
        Live view stopped at {clock(new Date(watched.dataUpdatedAt))}, trying again
      </Dotted>
    </span>
  );
};

const LiveCheck = ({ job }: { job: Job }) => <Live job={job} watched={useQuery(progressQuery(job.id))} />;

const LiveOutlines = ({ job }: { job: Job }) => <Live job={job} watched={useQuery(outliningQuery(job.id))} />;

const LiveCorrections = ({ job }: { job: Job }) => (
  <Live job={job} watched={useQuery(correctingQuery(job.id))} />
);

const LIVE = {
  verification: LiveCheck,
  correction: LiveCorrections,
  segmentation: LiveOutlines,
} as const;

/** What can be done with the job in its state, and the state itself. Analysts only read. */
export const JobActions = ({ job, mayChange }: { job: Job; mayChange: boolean }) => {
  const LiveState = LIVE[kindOf(job)];
  return (
    <>
      <LiveState job={job} />
      {mayChange && job.state === "draft" && <StartDraft job={job} />}
      {mayChange && (job.state === "running" || job.state === "paused") && (
        <>
          <PauseOrGoOn job={job} />
          <CloseJob job={job} />
        </>
      )}
      {mayChange && job.state === "closed" && <Reopen job={job} />}
    </>
  );
};
