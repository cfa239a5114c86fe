import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { counted, duration } from "@/shared/lib/format";
import { polled } from "@/shared/lib/polling";
import { cursorOf } from "./api";

type Schemas = components["schemas"];
export type MaskRun = Schemas["MaskRunOut"];
export type Refusal = Schemas["MaskRefusalOut"];
export type Segmenter = Schemas["SegmenterOut"];
export type Drawable = Schemas["ForecastRowOut"];
export type MaskWish = Schemas["MaskRunInRequest"];

const ALL = { page_size: 2000 };
const at = (run_id: string) => ({ path: { run_id } });

/** Is a worker at it, or about to be? */
export const isAtWork = ({ state }: Pick<MaskRun, "state">): boolean =>
  state === "queued" || state === "running";

/** The runs over a dataset, newest first; followed while one of them is at work. */
export const maskRunsQuery = (dataset: string) =>
  queryOptions({
    queryKey: ["mask-runs", dataset],
    queryFn: async ({ signal }) => {
      const params = { query: { dataset, ...ALL } };
      const { results } = await answer(api.GET("/api/v1/mask-runs/", { params, signal }));
      return results.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    },
    ...polled<MaskRun[]>((runs) => runs.some(isAtWork)),
  });

/** What could be drawn with a segmenter, by source and class. */
export const drawableQuery = (dataset: string, segmenter: string) =>
  queryOptions({
    queryKey: ["mask-runs", dataset, "forecast", segmenter],
    queryFn: async ({ signal }) => {
      const params = { query: { dataset, segmenter } };
      return (await answer(api.GET("/api/v1/mask-runs/forecast/", { params, signal }))).results;
    },
    placeholderData: keepPreviousData,
  });

export const segmentersQuery = queryOptions({
  queryKey: ["segmenters"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/segmenters/", { signal }))).results,
});

export const refusalsQuery = (run: string) =>
  infiniteQueryOptions({
    queryKey: ["mask-runs", "refused", run],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const params = { ...at(run), query: { cursor, page_size: 60 } };
      return answer(api.GET("/api/v1/mask-runs/{run_id}/refused/", { params, signal }));
    },
    getNextPageParam: ({ next }) => cursorOf(next),
  });

export const startMasks = (body: MaskWish): Promise<MaskRun> =>
  answer(api.POST("/api/v1/mask-runs/", { body }));

export const cancelMasks = (run: string): Promise<MaskRun> =>
  answer(api.POST("/api/v1/mask-runs/{run_id}/cancel/", { params: at(run) }));

/** Labels to draw from and those without a mask yet, over the chosen source and classes (none: all). */
export const drawable = (
  rows: readonly Drawable[],
  source: string,
  classes: readonly string[],
): { labels: number; missing: number } => {
  const chosen = rows.filter(
    (row) =>
      (source === "" || row.source === source) &&
      (classes.length === 0 || classes.includes(row.label_class.id)),
  );
  const sum = (of: "labels" | "missing") => chosen.reduce((total, row) => total + row[of], 0);
  return { labels: sum("labels"), missing: sum("missing") };
};

export interface Choice {
  readonly value: string;
  readonly label: string;
}

const countedChoices = (rows: readonly Drawable[], of: (row: Drawable) => Choice): Choice[] => {
  const names = new Map(rows.map((row) => [of(row).value, of(row).label]));
  return [...names].map(([value, name]) => {
    const labels = rows.filter((row) => of(row).value === value).reduce((sum, row) => sum + row.labels, 0);
    return { value, label: `${name}, ${counted(labels, "label")}` };
  });
};

/** The sources that have something to draw from. */
export const sourceChoices = (rows: readonly Drawable[]): Choice[] =>
  countedChoices(rows, ({ source }) => ({ value: source, label: source }));

/** The classes that have something to draw from, by name. */
export const classChoices = (rows: readonly Drawable[]): Choice[] =>
  countedChoices(rows, ({ label_class: { id, name } }) => ({ value: id, label: name })).toSorted((a, b) =>
    a.label.localeCompare(b.label),
  );

const REASONS: Record<string, string> = {
  point_outside: "Box or point outside the picture",
  equal_points: "Points lie on each other",
  points_on_a_line: "The points enclose nothing",
  box_too_small: "No more than one pixel wide or high",
  picture_unreadable: "The picture cannot be read",
  picture_erased: "The picture was erased",
  worker_died: "The worker stopped each time",
};

/** Why a label got no mask, in a few words; a code that has none yet speaks for itself. */
export const reasonTitle = (code: string): string => {
  const plain = code.replaceAll("_", " ");
  return REASONS[code] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
};

export const leftWords = (seconds: number | null): string => (seconds === null ? "–" : duration(seconds));

/** What a run draws from: "boxes.csv; Crab, Lobster". */
export const scopeOf = (
  { source, label_classes }: Pick<MaskRun, "source" | "label_classes">,
  all = "all sources",
): string => [source || all, label_classes.map(({ name }) => name).join(", ")].filter(Boolean).join("; ");
