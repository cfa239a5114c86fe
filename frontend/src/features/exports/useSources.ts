import { useQuery } from "@tanstack/react-query";
import { type Dataset, datasetQuery, datasetsQuery, type Job, jobsQuery } from "./api";
import type { Wish } from "./wish";

/** Where labels can be taken from. */
export interface Sources {
  /** Jobs that were started, the newest first. */
  readonly jobs: readonly Job[];
  readonly datasets: readonly Dataset[];
}

const newestFirst = (jobs: readonly Job[]): Job[] =>
  jobs
    .filter((job) => job.started_at !== null)
    .toSorted((a, b) => (b.started_at ?? "").localeCompare(a.started_at ?? ""));

export const useSources = () => {
  const jobs = useQuery(jobsQuery);
  const datasets = useQuery(datasetsQuery);
  const data: Sources | undefined =
    jobs.data && datasets.data ? { jobs: newestFirst(jobs.data), datasets: datasets.data } : undefined;
  return {
    data,
    error: jobs.error ?? datasets.error,
    refetch: () => {
      void jobs.refetch();
      void datasets.refetch();
    },
  };
};

/** Is the wish of a job in which people outline? */
export const isOutlined = (wish: Wish, { jobs }: Sources): boolean =>
  jobs.some(({ id, kind }) => id === wish.job && kind === "segmentation");

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The classes that the rows of a wish may have. */
export const useClasses = (wish: Wish, { jobs }: Sources): readonly Named[] => {
  const job = jobs.find((each) => each.id === wish.job);
  const dataset = useQuery(datasetQuery(wish.dataset));
  return (job?.by_class ?? dataset.data?.by_class ?? []).map(({ label_class }) => label_class);
};
