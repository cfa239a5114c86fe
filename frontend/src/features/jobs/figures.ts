import type { Correcting, Job, Outlining, Progress, ReviewerProgress } from "./api";

/** What the key figures of a job are made of; null where there is no evidence. */
export interface Figures {
  readonly looksDone: number;
  readonly looksWanted: number;
  /** Wrong and split among the decided, in percent. */
  readonly wrongPercent: number | null;
  readonly wrong: number;
  /** Seconds until all looks are done, by those who hold a batch now; null without a pace. */
  readonly secondsLeft: number | null;
  readonly atWork: number;
}

/**
 * The key figures from the progress of a job.
 *
 * Time left = looks left, at the median seconds for a look (a batch's median over its size), shared by
 * those who hold a batch now; by one person when nobody does.
 */
export const figuresOf = (job: Job, progress: Progress): Figures => {
  const { confirmed, disconfirmed, split } = progress.outcomes;
  const decided = confirmed + disconfirmed + split;
  const wrong = disconfirmed + split;
  const { judged: looksDone, at_work: atWork } = progress;
  const looksWanted = progress.items * job.reviewers_per_item;
  const { median_seconds } = progress.batch_time;
  const pace = median_seconds === null ? null : median_seconds / job.batch_size;
  const looksLeft = Math.max(0, looksWanted - looksDone);
  return {
    looksDone,
    looksWanted,
    wrong,
    wrongPercent: decided === 0 ? null : (100 * wrong) / decided,
    secondsLeft: pace === null ? null : (looksLeft * pace) / Math.max(1, atWork),
    atWork,
  };
};

/** Seconds until all pictures are outlined, by those who hold one now; null without a pace. */
export const outlinesLeft = (
  job: Job,
  { pictures, sent, at_work, picture_time }: Outlining,
): number | null => {
  const pace = picture_time.median_seconds;
  const left = Math.max(0, pictures * job.reviewers_per_item - sent);
  return pace === null ? null : (left * pace) / Math.max(1, at_work);
};

/** Seconds until all labels are answered, by those who hold a batch now; null without a pace. */
export const correctionsLeft = (
  { batch_size }: Pick<Job, "batch_size">,
  { items, answered, at_work, batch_time }: Correcting,
): number | null =>
  batch_time.median_seconds === null
    ? null
    : ((items - answered) * batch_time.median_seconds) / batch_size / Math.max(1, at_work);

/** How often a reviewer's verdict differs from another's on the same picture, 0 to 1; null where nobody else looked. */
export const differs = ({ compared, agreed }: ReviewerProgress): number | null =>
  compared === 0 ? null : (compared - agreed) / compared;

/** By who may need help; never a ranking by speed or amount. */
export const byNeed = (reviewers: readonly ReviewerProgress[]): ReviewerProgress[] =>
  reviewers.toSorted(
    (a, b) => (differs(b) ?? 0) - (differs(a) ?? 0) || a.person.name.localeCompare(b.person.name),
  );
