import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";

type Schemas = components["schemas"];
export type TrainingRow = Schemas["TrainingRunRowOut"];
export type Training = Schemas["TrainingRunOut"];
export type Wish = Schemas["TrainingRunInRequest"];
export type Export = Schemas["ExportOut"];

const ALL = { page_size: 2000 };
const at = (run_id: string) => ({ path: { run_id } });

/** Is a worker at it, or about to be? */
export const isAtWork = ({ state }: Pick<TrainingRow, "state">): boolean =>
  state === "queued" || state === "running";

/** The trainings on a dataset, newest first; followed while one is at work. */
export const trainingsQuery = (dataset: string) =>
  queryOptions({
    queryKey: ["training-runs", "on", dataset],
    queryFn: async ({ signal }) => {
      const params = { query: { dataset, ...ALL } };
      const { results } = await answer(api.GET("/api/v1/training-runs/", { params, signal }));
      return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    },
    ...polled<TrainingRow[]>((runs) => runs.some(isAtWork)),
  });

/** One training with its log. */
export const trainingQuery = (run: string) =>
  queryOptions({
    queryKey: ["training-runs", run],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/training-runs/{run_id}/", { params: at(run), signal })),
    ...polled<Training>(isAtWork),
  });

/** Exports of a dataset that can be learned from. */
export const exportsQuery = (dataset: string) =>
  queryOptions({
    queryKey: ["exports", "of", dataset],
    queryFn: async ({ signal }) => {
      const { results } = await answer(api.GET("/api/v1/exports/", { params: { query: ALL }, signal }));
      return results.filter(
        (one) => one.dataset === dataset && one.state === "done" && ["csv", "jsonl"].includes(one.format),
      );
    },
  });

export const startTraining = (body: Wish): Promise<Training> =>
  answer(api.POST("/api/v1/training-runs/", { body }));

export const cancelTraining = (run: string): Promise<Training> =>
  answer(api.POST("/api/v1/training-runs/{run_id}/cancel/", { params: at(run) }));
