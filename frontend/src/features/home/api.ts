import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

type Schemas = components["schemas"];
export type OwnWork = Schemas["OwnWorkOut"];
export type OpenBatch = Schemas["OpenBatchOut"];
export type OwnJob = Schemas["OwnJobOut"];
export type SentBatch = Schemas["SentBatchOut"];
export type Job = Schemas["JobOut"];
export type Overview = Schemas["OverviewOut"];

const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Often enough that new work shows up by itself. */
const EVERY_MS = 10_000;

export const ownWorkQuery = queryOptions({
  queryKey: ["own-work"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/me/work/", { params: { query: { timezone } }, signal })),
  refetchInterval: EVERY_MS,
});

const first = (page_size: number) => ({ query: { page_size } });

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/jobs/", { params: first(2000), signal }))).results,
  refetchInterval: EVERY_MS,
});

/** Is there anything yet? One row of each answers that. */
export const startQuery = queryOptions({
  queryKey: ["first-start"],
  queryFn: async ({ signal }) => {
    const [datasets, people] = await Promise.all([
      answer(api.GET("/api/v1/datasets/", { params: first(1), signal })),
      answer(api.GET("/api/v1/users/", { params: first(2), signal })),
    ]);
    return { datasets: datasets.results.length, people: people.results.length };
  },
});

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/overview/", { signal })),
  refetchInterval: EVERY_MS,
});

/** Opens a sent batch again; the review screen then finds it among the batches in hand. */
export const reopen = (assignment_id: string) =>
  answer(api.POST("/api/v1/assignments/{assignment_id}/reopen/", { params: { path: { assignment_id } } }));
