import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";
import { cursorOf } from "../api";

type Schemas = components["schemas"];
export type RunRow = Schemas["PredictionRunRowOut"];
export type Run = Schemas["PredictionRunOut"];
export type Shard = Schemas["ShardOut"];
export type Wish = Schemas["PredictionRunInRequest"];
export type Only = Schemas["OnlyInRequest"];
export type Model = Schemas["ModelVersionRowOut"];

const ALL = { page_size: 2000 };
const at = (run_id: string) => ({ path: { run_id } });

/** Is a worker at it, or about to be? */
export const isAtWork = ({ state }: Pick<RunRow, "state">): boolean =>
  state === "queued" || state === "running";

/** The runs over a dataset, newest first; followed while one of them is at work. */
export const runsQuery = (dataset: string) =>
  queryOptions({
    queryKey: ["prediction-runs", "on", dataset],
    queryFn: async ({ signal }) => {
      const params = { query: { dataset, ...ALL } };
      const { results } = await answer(api.GET("/api/v1/prediction-runs/", { params, signal }));
      return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    },
    ...polled<RunRow[]>((runs) => runs.some(isAtWork)),
  });

/** One run with its shards. */
export const runQuery = (run: string) =>
  queryOptions({
    queryKey: ["prediction-runs", run],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/prediction-runs/{run_id}/", { params: at(run), signal })),
    ...polled<Run>(isAtWork),
  });

export const unreadableQuery = (run: string) =>
  infiniteQueryOptions({
    queryKey: ["prediction-runs", run, "unreadable"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const params = { ...at(run), query: { cursor, page_size: 60 } };
      return answer(api.GET("/api/v1/prediction-runs/{run_id}/unreadable/", { params, signal }));
    },
    getNextPageParam: ({ next }) => cursorOf(next),
  });

/** What can label, the newest first. */
export const modelsQuery = queryOptions({
  queryKey: ["model-versions"],
  queryFn: async ({ signal }) => {
    const { results } = await answer(api.GET("/api/v1/model-versions/", { params: { query: ALL }, signal }));
    return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  },
});

/** How many labels a selection holds; null asks nothing. */
export const matchingQuery = (dataset: string, only: Only | null) =>
  queryOptions({
    queryKey: ["datasets", dataset, "matching", only],
    enabled: only !== null,
    queryFn: async ({ signal }) => {
      const body = { name: "Preview", dataset, ...only };
      return (await answer(api.POST("/api/v1/jobs/preview/", { body, signal }))).items;
    },
    placeholderData: keepPreviousData,
  });

/** How many labels of a source say something else than another source did. */
export const changedQuery = (dataset: string, source: string, changed_since: string) =>
  queryOptions({
    queryKey: ["datasets", dataset, "changed", source, changed_since],
    queryFn: async ({ signal }) => {
      const body = { name: "Preview", dataset, source, changed_since };
      return (await answer(api.POST("/api/v1/jobs/preview/", { body, signal }))).items;
    },
  });

export const startRun = (body: Wish): Promise<Run> => answer(api.POST("/api/v1/prediction-runs/", { body }));

export const cancelRun = (run: string): Promise<Run> =>
  answer(api.POST("/api/v1/prediction-runs/{run_id}/cancel/", { params: at(run) }));
