import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";

type Schemas = components["schemas"];
export type Import = Schemas["ImportOut"];
export type Question = Schemas["QuestionOut"];
export type PreviewRow = Schemas["PreviewRowOut"];
export type Skip = Schemas["SkipOut"];
export type MissingImages = Schemas["MissingImagesEnum"];
export type Role = Schemas["MappingIn"]["columns"][string];
export type Scale = "fraction" | "percent";
export type Change = Schemas["PatchedImportChangeInRequest"];

const at = (import_id: string) => ({ path: { import_id } });

/** Is a worker at it, or about to be? */
export const isBusy = ({ state }: Import): boolean => ["queued", "checking", "running"].includes(state);

export const datasetQuery = (dataset_id: string) =>
  queryOptions({
    queryKey: ["datasets", dataset_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/datasets/{dataset_id}/", { params: { path: { dataset_id } }, signal })),
  });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/imports/{import_id}/", { params: at(id), signal })),
    ...polled<Import>(isBusy),
  });

export const changeImport = (id: string, body: Change): Promise<Import> =>
  answer(api.PATCH("/api/v1/imports/{import_id}/", { params: at(id), body }));

export const cancelImport = (id: string): Promise<Import> =>
  answer(api.POST("/api/v1/imports/{import_id}/cancel/", { params: at(id) }));
