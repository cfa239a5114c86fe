import { counted } from "@/shared/lib/format";
import { workScreen } from "@/shared/lib/kinds";
import type { Job, Overview, OwnJob, OwnWork, SentBatch } from "./api";

/** "2 wrong, 1 unsure"; "none wrong" says that silence was meant. */
export const marked = ({ wrong, unsure }: Pick<SentBatch, "wrong" | "unsure">): string => {
  const parts = [wrong > 0 ? `${wrong} wrong` : "none wrong", ...(unsure > 0 ? [`${unsure} unsure`] : [])];
  return parts.join(", ");
};

/** The screen on which a job is worked. */
export const screenOf = (job: string, jobs: readonly Pick<OwnJob, "id" | "kind">[]) =>
  workScreen(jobs.find(({ id }) => id === job) ?? { kind: "verification" });

/** Looked at since Monday. */
export const weekTotal = (work: OwnWork): number => work.week.reduce((sum, day) => sum + day.items, 0);

/** What there is to press for: work before what waits. */
export const byUse = (jobs: readonly OwnJob[]): OwnJob[] =>
  jobs.toSorted((a, b) => Number(b.available) - Number(a.available) || Number(b.started) - Number(a.started));

/** Why a job gives this person nothing now, in words; undefined when it does. */
export const whyNot = (job: OwnJob): string | undefined => {
  if (job.available) return undefined;
  return job.state === "paused" ? "Paused. Your marks are kept." : "Nothing left for you now";
};

export interface Need {
  readonly id: string;
  readonly kind: "dispute" | "draft" | "paused";
  readonly job: string;
  readonly title: string;
  readonly detail: string;
}

/** What waits for an admin: pictures in dispute, drafts to start, jobs that stand still. */
export const needsOf = (jobs: readonly Job[], overview: Overview): Need[] => [
  ...overview.disputed.map(
    ({ job, items }): Need => ({
      id: `dispute ${job.id}`,
      kind: "dispute",
      job: job.id,
      title: `${counted(items, "picture")} in dispute`,
      detail: job.name,
    }),
  ),
  ...jobs.flatMap((job): Need[] => {
    const { id, name: detail, state } = job;
    if (state === "draft")
      return [{ id: `draft ${id}`, kind: "draft", job: id, title: "A draft waits to be started", detail }];
    if (state === "paused")
      return [{ id: `paused ${id}`, kind: "paused", job: id, title: "A job is paused", detail }];
    return [];
  }),
];
