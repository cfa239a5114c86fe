import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";
import { type Edges, edgesText, histogramEdges } from "./edges";

type Schemas = components["schemas"];
export type Job = Schemas["JobOut"];
export type Table = Schemas["TableOut"];
export type Row = Schemas["ClassRowOut"];
export type Totals = Schemas["TotalsOut"];
export type Bucket = Schemas["BucketOut"];
export type Counts = Omit<Bucket, "low" | "high">;
export type Threshold = Schemas["ThresholdOut"];
export type Outcome = Schemas["OutcomeEnum"];
export type Item = Omit<Schemas["ItemOut"], "outcome"> & { readonly outcome: Outcome };

const ALL = { query: { page_size: 2000 } };
const at = (job_id: string) => ({ job_id });

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/jobs/", { params: ALL, signal }))).results,
});

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/jobs/{job_id}/", { params: { path: at(id) }, signal })),
    refetchInterval: 10_000,
  });

export interface Question {
  readonly edges: Edges;
  readonly ratio: string;
  /** Empty buckets count as 0 in the class average, as once printed. */
  readonly published: boolean;
}

export interface Analysis {
  readonly table: Table;
  readonly thresholds: ReadonlyMap<string, Threshold>;
}

/** From here on an answer is a megabyte: once a second would keep the server busy with nothing else. */
const MANY_CLASSES = 500;
const SLOWLY_MS = 15_000;

const isLive = (job: Job): boolean => job.state === "running" || job.state === "starting";

/** Table and walk of one question, fetched together so that they never speak of different edges. */
export const analysisQuery = (job: Job, { edges, ratio, published }: Question) =>
  queryOptions({
    queryKey: ["jobs", job.id, "analysis", { edges, ratio, published }],
    queryFn: async ({ signal }): Promise<Analysis> => {
      const asked = { edges: edgesText(edges) };
      const path = at(job.id);
      const [table, walks] = await Promise.all([
        answer(
          api.GET("/api/v1/jobs/{job_id}/table/", {
            params: { path, query: { ...asked, published } },
            signal,
          }),
        ),
        answer(
          api.GET("/api/v1/jobs/{job_id}/thresholds/", {
            params: { path, query: { ...asked, error_ratio: ratio } },
            signal,
          }),
        ),
      ]);
      return { table, thresholds: new Map(walks.classes.map((each) => [each.label_class.id, each])) };
    },
    placeholderData: keepPreviousData,
    ...polled<Analysis>(() => isLive(job)),
    ...(job.by_class.length > MANY_CLASSES && isLive(job) ? { refetchInterval: SLOWLY_MS } : {}),
  });

/** How all confidences of the job lie, in fine bars, whatever the number of classes. */
export const histogramQuery = (job: Job, lowest: number) =>
  queryOptions({
    queryKey: ["jobs", job.id, "histogram", histogramEdges(lowest)],
    queryFn: async ({ signal }) => {
      const query = { edges: histogramEdges(lowest), totals_only: true };
      const path = at(job.id);
      const { totals } = await answer(
        api.GET("/api/v1/jobs/{job_id}/table/", { params: { path, query }, signal }),
      );
      return totals.buckets;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Which pictures of a job. */
export interface Behind {
  readonly label_class?: string;
  readonly outcome: readonly Outcome[];
  readonly min_confidence?: number;
  readonly max_confidence?: number;
  /** What the limits leave out instead. */
  readonly outside?: true;
}

const cursorOf = (next: string | null): string | undefined =>
  next === null ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);

const PAGE = 60;

export const picturesQuery = (job: string, behind: Behind) =>
  infiniteQueryOptions({
    queryKey: ["jobs", job, "items", behind],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const query = { ...behind, job, outcome: [...behind.outcome], cursor, page_size: PAGE };
      const page = await answer(api.GET("/api/v1/items/", { params: { query }, signal }));
      return { ...page, results: page.results as Item[] };
    },
    getNextPageParam: (page) => cursorOf(page.next),
  });
