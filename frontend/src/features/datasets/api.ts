import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";

type Schemas = components["schemas"];
export type Dataset = Schemas["DatasetOut"];
export type DatasetDetail = Schemas["DatasetDetailOut"];
export type Binned = Schemas["BinnedOut"];
export type LabelClass = Schemas["ClassOut"];
export type ClassShare = Schemas["ClassShareOut"];
export type Label = Schemas["LabelOut"];
export type Picture = Schemas["ImageOut"];
export type Job = Schemas["JobOut"];
export type Import = Schemas["ImportRowOut"];
export type Overview = Schemas["OverviewOut"];

const ALL = { query: { page_size: 2000 } };
const at = (dataset_id: string) => ({ path: { dataset_id } });
const BUSY = ["queued", "checking", "running"];

/** Is a worker at it, or about to be? */
export const isBusy = ({ state }: Pick<Import, "state">): boolean => BUSY.includes(state ?? "");

export const datasetsQuery = queryOptions({
  queryKey: ["datasets"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/datasets/", { params: ALL, signal }))).results,
});

export const binQuery = queryOptions({
  queryKey: ["datasets", "bin"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/datasets/bin/", { params: ALL, signal }))).results,
});

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ["datasets", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/datasets/{dataset_id}/", { params: at(id), signal })),
  });

export const classesQuery = (id: string) =>
  queryOptions({
    queryKey: ["datasets", id, "classes"],
    queryFn: async ({ signal }) => {
      const params = { ...at(id), ...ALL };
      return (await answer(api.GET("/api/v1/datasets/{dataset_id}/classes/", { params, signal }))).results;
    },
  });

/** What was judged over all jobs: the share checked, and what is in dispute. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/overview/", { signal })),
});

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/jobs/", { params: ALL, signal }))).results,
});

/** All imports, or those into one dataset; followed while one of them is at work. */
export const importsQuery = (dataset?: string) =>
  queryOptions({
    queryKey: ["imports", dataset ?? "all"],
    queryFn: async ({ signal }) => {
      const params = { query: { page_size: 2000, dataset } };
      return (await answer(api.GET("/api/v1/imports/", { params, signal }))).results;
    },
    ...polled<Import[]>((imports) => imports.some(isBusy)),
  });

export interface LabelFilter {
  readonly label_class?: string;
  readonly source?: string;
  readonly min_confidence?: number;
  readonly max_confidence?: number;
}

/** Where the next page begins, from the address that a list gives. */
export const cursorOf = (next: string | null): string | undefined =>
  next === null ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);

export const labelsQuery = (dataset: string, filter: LabelFilter) =>
  infiniteQueryOptions({
    queryKey: ["datasets", dataset, "labels", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { dataset, ...filter, cursor, page_size: 60 };
      return answer(api.GET("/api/v1/labels/", { params: { query }, signal }));
    },
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
  });

export const pictureQuery = (image_id: string) =>
  queryOptions({
    queryKey: ["pictures", image_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/images/{image_id}/", { params: { path: { image_id } }, signal })),
  });

export const makeDataset = (name: string): Promise<DatasetDetail> =>
  answer(api.POST("/api/v1/datasets/", { body: { name } }));

export const renameDataset = (id: string, name: string): Promise<DatasetDetail> =>
  answer(api.PATCH("/api/v1/datasets/{dataset_id}/", { params: at(id), body: { name } }));

/** The name is asked for again, so that nobody deletes another dataset than they mean. */
export const deleteDataset = (id: string, name: string) =>
  // The generator of the schema knows no body for DELETE, so its type is `undefined`; the server wants one.
  api.DELETE("/api/v1/datasets/{dataset_id}/", { params: at(id), body: { name } as unknown as undefined });

export const restoreDataset = (id: string): Promise<DatasetDetail> =>
  answer(api.POST("/api/v1/datasets/{dataset_id}/restore/", { params: at(id) }));

export const renameClass = (class_id: string, name: string) =>
  answer(api.PATCH("/api/v1/classes/{class_id}/", { params: { path: { class_id } }, body: { name } }));

export const mergeClass = (class_id: string, into: string): Promise<LabelClass> =>
  answer(api.POST("/api/v1/classes/{class_id}/merge/", { params: { path: { class_id } }, body: { into } }));

export const erasePicture = (image_id: string) =>
  api.DELETE("/api/v1/images/{image_id}/", { params: { path: { image_id } } });
