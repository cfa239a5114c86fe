import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { sendForm } from "@/shared/api/upload";
import { polled } from "@/shared/lib/polling";

type Schemas = components["schemas"];
export type Version = Schemas["ModelVersionRowOut"];
export type Card = Schemas["ModelVersionOut"];
export type Framing = Schemas["FramingEnum"];
export type Run = Schemas["PredictionRunRowOut"];
export type Training = Schemas["TrainingRunRowOut"];
export type Example = Schemas["TrainingExampleOut"];

const ALL = { page_size: 2000 };

/** All versions of all models, the newest first. */
export const versionsQuery = queryOptions({
  queryKey: ["model-versions"],
  queryFn: async ({ signal }) => {
    const { results } = await answer(api.GET("/api/v1/model-versions/", { params: { query: ALL }, signal }));
    return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  },
});

export const cardQuery = (version_id: string) =>
  queryOptions({
    queryKey: ["model-versions", version_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/model-versions/{version_id}/", { params: { path: { version_id } }, signal })),
  });

/** Is a worker at it, or about to be? */
export const isAtWork = ({ state }: Pick<Run, "state">): boolean => state === "queued" || state === "running";

/** What a version was run over, newest first; followed while one run is at work. */
export const runsQuery = (model_version: string) =>
  queryOptions({
    queryKey: ["prediction-runs", "of", model_version],
    queryFn: async ({ signal }) => {
      const params = { query: { model_version, ...ALL } };
      const { results } = await answer(api.GET("/api/v1/prediction-runs/", { params, signal }));
      return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    },
    ...polled<Run[]>((runs) => runs.some(isAtWork)),
  });

export const datasetsQuery = queryOptions({
  queryKey: ["datasets"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/datasets/", { params: { query: ALL }, signal }))).results,
});

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/jobs/", { params: { query: ALL }, signal }))).results,
});

/** The training that a version came of; null for one that was not trained here. */
export const trainingQuery = (made: string) =>
  queryOptions({
    queryKey: ["training-runs", "of", made],
    queryFn: async ({ signal }) => {
      const params = { query: { made } };
      return (await answer(api.GET("/api/v1/training-runs/", { params, signal }))).results[0] ?? null;
    },
  });

export interface ExampleFilter {
  readonly part?: "held_out";
  readonly right?: string;
  readonly given?: string;
  readonly wrong?: boolean;
  readonly differs?: "new" | "old" | "either";
}

/** Pictures that a training had, a page at a time. */
export const examplesQuery = (run_id: string, filter: ExampleFilter) =>
  infiniteQueryOptions({
    queryKey: ["training-runs", run_id, "examples", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const params = { path: { run_id }, query: { ...filter, cursor, page_size: 48 } };
      return answer(api.GET("/api/v1/training-runs/{run_id}/examples/", { params, signal }));
    },
    getNextPageParam: ({ next }) =>
      next === null ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined),
  });

/** Sends a model; the server tries it out before it answers. */
export const bringModel = (
  form: FormData,
  onSent: (bytes: number, total: number) => void,
  signal: AbortSignal,
): Promise<Card> => sendForm<Card>("/api/v1/model-versions/", form, onSent, signal);
