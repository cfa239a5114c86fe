import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";
import type { Wish } from "./wish";

type Schemas = components["schemas"];
export type Job = Schemas["JobOut"];
export type Dataset = Schemas["DatasetOut"];
export type Export = Schemas["ExportOut"];
export type Preview = Schemas["PreviewOut"];

const ALL = { query: { page_size: 2000 } };

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/jobs/", { params: ALL, signal }))).results,
});

export const datasetsQuery = queryOptions({
  queryKey: ["datasets"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/datasets/", { params: ALL, signal }))).results,
});

export const datasetQuery = (dataset_id: string | undefined) =>
  queryOptions({
    queryKey: ["datasets", dataset_id],
    enabled: dataset_id !== undefined,
    queryFn: ({ signal }) => {
      const path = { dataset_id: dataset_id ?? "" };
      return answer(api.GET("/api/v1/datasets/{dataset_id}/", { params: { path }, signal }));
    },
  });

const rowsAsked = (wish: Wish) => ({
  job: wish.job,
  dataset: wish.dataset,
  outcome: [...wish.outcome],
  label_classes: [...wish.label_classes],
  min_confidence: wish.min_confidence,
  ...(wish.latest ? { latest: true } : {}),
});

const fetchPreview = (wish: Wish, signal: AbortSignal): Promise<Preview> =>
  answer(
    api.GET("/api/v1/exports/preview/", {
      params: { query: { ...rowsAsked(wish), format: wish.format } },
      signal,
    }),
  );

/** How many rows a wish has, and the first of them. */
export const previewQuery = (wish: Wish | null) =>
  queryOptions({
    queryKey: ["export-preview", wish && [rowsAsked(wish), wish.format]],
    enabled: wish !== null,
    queryFn: ({ signal }) => {
      if (wish === null) throw new Error("A preview was asked for without a wish.");
      return fetchPreview(wish, signal);
    },
    placeholderData: keepPreviousData,
  });

/** How many rows each of these wishes has, in their order. */
export const countsQuery = (wishes: readonly Wish[]) =>
  queryOptions({
    queryKey: ["export-counts", wishes.map((wish) => [rowsAsked(wish), wish.format])],
    queryFn: async ({ signal }) =>
      Promise.all(wishes.map(async (wish) => (await fetchPreview(wish, signal)).rows)),
  });

const isWorking = (one: Export): boolean => one.state === "queued" || one.state === "running";

/** All exports, the newest first; followed while one of them is being written. */
export const exportsQuery = queryOptions({
  queryKey: ["exports"],
  queryFn: async ({ signal }) => {
    const { results } = await answer(api.GET("/api/v1/exports/", { params: ALL, signal }));
    return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  },
  ...polled<Export[]>((all) => all.some(isWorking)),
});

export const makeExport = (wish: Wish): Promise<Export> =>
  answer(
    api.POST("/api/v1/exports/", {
      body: {
        ...rowsAsked(wish),
        format: wish.format,
        guard_formulas: wish.guard_formulas,
        reviewers: wish.reviewers,
      },
    }),
  );

export const cancelExport = (export_id: string) =>
  api.POST("/api/v1/exports/{export_id}/cancel/", { params: { path: { export_id } } });
