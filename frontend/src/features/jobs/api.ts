import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { polled } from "@/shared/lib/polling";

type Schemas = components["schemas"];
export type Job = Schemas["JobOut"];
export type Progress = Schemas["JobProgressOut"];
export type ClassProgress = Schemas["ClassProgressOut"];
export type ReviewerProgress = Schemas["ReviewerProgressOut"];
export type Held = Schemas["HeldBatchOut"];
export type Outlining = Schemas["OutliningOut"];
export type Correcting = Schemas["CorrectingOut"];
export type Correction = Schemas["CorrectionOut"];
export type Answer = "class" | "none_of_these" | "unsure" | "pending";
export type LabelRun = Schemas["LabelRunOut"];
export type HeldPicture = Schemas["HeldPictureOut"];
export type SkippedPicture = Schemas["SkippedPictureOut"];
export type Person = Schemas["UserOut"];
export type Item = Schemas["ItemOut"];
export type JobWish = Schemas["JobInRequest"];
export type JobChange = Schemas["PatchedJobChangeInRequest"];
export type Preview = Schemas["JobPreviewOut"];
export type Example = Schemas["ExampleInRequest"];
export type Outcome = "pending" | "confirmed" | "disconfirmed" | "split" | "unsure";

const ALL = { query: { page_size: 2000 } };
const at = (job_id: string) => ({ path: { job_id } });

/** Does the state of this job, or the work in it, still change by itself? */
const isLive = (job: Pick<Job, "state">): boolean => job.state === "running" || job.state === "starting";

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/jobs/", { params: ALL, signal }))).results,
  refetchInterval: 10_000,
});

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/jobs/{job_id}/", { params: at(id), signal })),
    ...polled<Job>((job) => job.state === "starting"),
  });

export const progressQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", id, "progress"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/jobs/{job_id}/progress/", { params: at(id), signal })),
    ...polled<Progress>((progress) => isLive(progress as Pick<Job, "state">)),
  });

/** Are labels being made of what people drew? */
export const isAtWork = (run: LabelRun | null): boolean =>
  run !== null && ["queued", "running"].includes(run.state);

export const outliningQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", id, "outlining"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/jobs/{job_id}/outlining/", { params: at(id), signal })),
    ...polled<Outlining>(
      (outlining) => isLive(outlining as Pick<Job, "state">) || isAtWork(outlining.labels),
    ),
  });

export const correctingQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", id, "correcting"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/jobs/{job_id}/correcting/", { params: at(id), signal })),
    ...polled<Correcting>((correcting) => isLive(correcting as Pick<Job, "state">)),
  });

export interface CorrectionFilter {
  readonly value?: Answer;
  readonly label_class?: string;
  readonly right_class?: string;
}

export const correctionsQuery = (job: string, filter: CorrectionFilter) =>
  infiniteQueryOptions({
    queryKey: ["jobs", job, "corrections", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { job, ...filter, cursor, page_size: 60 };
      return answer(api.GET("/api/v1/corrections/", { params: { query }, signal }));
    },
    getNextPageParam: (page) => cursorOf(page.next),
  });

export interface ItemFilter {
  readonly outcome: readonly Outcome[];
  readonly label_class?: string;
}

const cursorOf = (next: string | null): string | undefined =>
  next === null ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);

export const itemsQuery = (job: string, { outcome, label_class }: ItemFilter) =>
  infiniteQueryOptions({
    queryKey: ["jobs", job, "items", { outcome, label_class }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { job, outcome: [...outcome], label_class, cursor, page_size: 60 };
      return answer(api.GET("/api/v1/items/", { params: { query }, signal }));
    },
    getNextPageParam: (page) => cursorOf(page.next),
  });

export const previewQuery = (wish: JobWish | null) =>
  queryOptions({
    queryKey: ["job-preview", wish],
    enabled: wish !== null,
    queryFn: ({ signal }) => {
      if (wish === null) throw new Error("A preview was asked for without a job.");
      return answer(api.POST("/api/v1/jobs/preview/", { body: wish, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** What a job would correct of a check's masks: none where its labels have none. Asked now and then. */
export const correctionQuery = ({ id, dataset }: Pick<Job, "id" | "dataset">) =>
  queryOptions({
    queryKey: ["jobs", id, "correction"],
    queryFn: ({ signal }) => {
      const body = { name: "Preview", dataset, kind: "segmentation", from_job: id };
      return answer(api.POST("/api/v1/jobs/preview/", { body, signal }));
    },
    refetchInterval: 30_000,
  });

export const datasetsQuery = queryOptions({
  queryKey: ["datasets"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/v1/datasets/", { params: ALL, signal }))).results,
});

export const datasetQuery = (dataset_id: string) =>
  queryOptions({
    queryKey: ["datasets", dataset_id],
    enabled: dataset_id !== "",
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/datasets/{dataset_id}/", { params: { path: { dataset_id } }, signal })),
  });

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/teams/", { params: ALL, signal }))).results,
});

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/users/", { params: ALL, signal }))).results,
});

/** Names a class before any label has it. */
export const addClass = (dataset_id: string, name: string) =>
  answer(
    api.POST("/api/v1/datasets/{dataset_id}/classes/", { params: { path: { dataset_id } }, body: { name } }),
  );

export const makeJob = (body: JobWish): Promise<Job> => answer(api.POST("/api/v1/jobs/", { body }));

export const changeJob = (id: string, body: JobChange): Promise<Job> =>
  answer(api.PATCH("/api/v1/jobs/{job_id}/", { params: at(id), body }));

export const startJob = (id: string, force = false): Promise<Job> =>
  answer(api.POST("/api/v1/jobs/{job_id}/start/", { params: at(id), body: { force } }));

export const pauseJob = (id: string): Promise<Job> =>
  answer(api.POST("/api/v1/jobs/{job_id}/pause/", { params: at(id) }));

export const closeJob = (id: string): Promise<Job> =>
  answer(api.POST("/api/v1/jobs/{job_id}/close/", { params: at(id) }));

export const reopenJob = (id: string): Promise<Job> =>
  answer(api.POST("/api/v1/jobs/{job_id}/reopen/", { params: at(id) }));

/** The name is asked for again, so that nobody deletes another job than they mean. */
export const deleteJob = (id: string, name: string) =>
  // The generator of the schema knows no body for DELETE, so its type is `undefined`; the server wants one.
  api.DELETE("/api/v1/jobs/{job_id}/", { params: at(id), body: { name } as unknown as undefined });

/** Makes labels of the outlines on the pictures that were sent. */
export const labelOutlines = (id: string) =>
  answer(api.POST("/api/v1/jobs/{job_id}/labels/", { params: at(id) }));

export const takeBack = (assignment_id: string) =>
  api.POST("/api/v1/assignments/{assignment_id}/release/", { params: { path: { assignment_id } } });
