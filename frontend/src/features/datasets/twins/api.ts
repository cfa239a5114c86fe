import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";
import { cursorOf } from "../api";

type Schemas = components["schemas"];
export type Twins = Schemas["NearDuplicatesOut"];
export type Search = Schemas["TwinSearchOut"];
export type Group = Schemas["TwinGroupOut"];
export type Named = Schemas["NamedPictureOut"];

const at = (dataset_id: string) => ({ path: { dataset_id } });

/** Is a worker at it, or about to be? */
export const isAtWork = (search: Pick<Search, "state"> | null): boolean =>
  search?.state === "queued" || search?.state === "running";

/** How the search stands and what it found; followed while it is at work. */
export const twinsQuery = (dataset: string) =>
  queryOptions({
    queryKey: ["datasets", dataset, "near-duplicates"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/datasets/{dataset_id}/near-duplicates/", { params: at(dataset), signal })),
    ...polled<Twins>(({ search }) => isAtWork(search)),
  });

/** The groups of one search: a later one has others. */
export const groupsQuery = (dataset: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ["datasets", dataset, "near-duplicates", "groups", search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const params = { ...at(dataset), query: { cursor, page_size: 50 } };
      return answer(api.GET("/api/v1/datasets/{dataset_id}/near-duplicates/groups/", { params, signal }));
    },
    getNextPageParam: ({ next }) => cursorOf(next),
  });

/** All pictures of a group that has more than its list shows. */
export const groupQuery = (dataset: string, group_id: number) =>
  infiniteQueryOptions({
    queryKey: ["datasets", dataset, "near-duplicates", "group", group_id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const params = { path: { dataset_id: dataset, group_id }, query: { cursor, page_size: 200 } };
      const path = "/api/v1/datasets/{dataset_id}/near-duplicates/groups/{group_id}/";
      return answer(api.GET(path, { params, signal }));
    },
    getNextPageParam: ({ next }) => cursorOf(next),
  });

export const searchTwins = (dataset: string): Promise<Twins> =>
  answer(api.POST("/api/v1/datasets/{dataset_id}/near-duplicates/", { params: at(dataset) }));
