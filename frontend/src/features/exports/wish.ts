import type { components } from "@/shared/api/schema";
import { FORMAT_NAMES, type Format } from "./formats";

export type Outcome = components["schemas"]["OutcomeEnum"];

export const OUTCOMES: readonly { readonly outcome: Outcome; readonly word: string }[] = [
  { outcome: "confirmed", word: "Confirmed" },
  { outcome: "disconfirmed", word: "Disconfirmed" },
  { outcome: "split", word: "Split" },
  { outcome: "unsure", word: "Unsure" },
  { outcome: "pending", word: "Pending" },
];

/** What is asked for: which rows, and how they are written. Either `job` or `dataset` is there. */
export interface Wish {
  readonly job?: string;
  readonly dataset?: string;
  /** None means all, those no job has included. */
  readonly outcome: readonly Outcome[];
  /** Ids; none means all. */
  readonly label_classes: readonly string[];
  readonly min_confidence?: number;
  /** Of a dataset: each label as the last job that judged it. */
  readonly latest: boolean;
  readonly format: Format;
  readonly guard_formulas: boolean;
  /** JSON Lines: who judged each item, and how. */
  readonly reviewers: boolean;
}

/** The same as it stands in the address; defaults are left out. */
export interface ExportSearch {
  job?: string;
  dataset?: string;
  outcome?: Outcome[];
  label_classes?: string[];
  min_confidence?: number;
  latest?: true;
  format?: Format;
  plain?: true;
  reviewers?: true;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

const fraction = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 && value <= 1 ? value : undefined;

const formatIn = (value: unknown): Format | undefined => FORMAT_NAMES.find((format) => format === value);

const without = <Value>(name: string, value: Value | undefined) =>
  value === undefined ? {} : { [name]: value };

/** Reads the address; what cannot be read is left out. */
export const readSearch = (search: Record<string, unknown>): ExportSearch => {
  const chosen = texts(search.outcome);
  const outcome = OUTCOMES.map((one) => one.outcome).filter((one) => chosen.includes(one));
  const label_classes = texts(search.label_classes);
  const job = text(search.job);
  const dataset = job === undefined ? text(search.dataset) : undefined;
  return {
    ...without("job", job),
    ...without("dataset", dataset),
    ...(outcome.length > 0 ? { outcome } : {}),
    ...(label_classes.length > 0 ? { label_classes } : {}),
    ...without("min_confidence", fraction(search.min_confidence)),
    ...(search.latest === true && dataset !== undefined ? { latest: true } : {}),
    ...without("format", formatIn(search.format)),
    ...(search.plain === true ? { plain: true } : {}),
    ...(search.reviewers === true && search.format === "jsonl" ? { reviewers: true } : {}),
  };
};

export const wishOf = (search: ExportSearch): Wish => ({
  job: search.job,
  dataset: search.dataset,
  outcome: search.outcome ?? [],
  label_classes: search.label_classes ?? [],
  min_confidence: search.min_confidence,
  latest: search.latest === true,
  format: search.format ?? "csv",
  guard_formulas: search.plain !== true,
  reviewers: search.reviewers === true,
});

/** The same of a job in which people outline: its objects are filtered by class alone, and COCO is what most
    people want. */
export const outlinesOf = (search: ExportSearch): Wish => ({
  ...wishOf({ job: search.job, label_classes: search.label_classes, plain: search.plain }),
  format: search.format ?? "coco",
});

/** A filter, by name, and the wish without it: to say which filter leaves no row. */
export interface Relaxed {
  readonly filter: string;
  readonly wish: Wish;
}

export const relaxed = (wish: Wish): Relaxed[] => [
  ...(wish.outcome.length > 0 ? [{ filter: "outcome", wish: { ...wish, outcome: [] } }] : []),
  ...(wish.label_classes.length > 0 ? [{ filter: "classes", wish: { ...wish, label_classes: [] } }] : []),
  ...(wish.min_confidence === undefined
    ? []
    : [{ filter: "confidence", wish: { ...wish, min_confidence: undefined } }]),
];

/** What somebody typed as the lowest confidence: a fraction, nothing, or in words what is wrong. */
export const readConfidence = (typed: string): number | undefined | string => {
  if (typed.trim() === "") return undefined;
  const value = Number(typed.trim().replace(",", "."));
  return value >= 0 && value <= 1 ? value : "Use a fraction from 0 to 1, such as 0.85";
};
