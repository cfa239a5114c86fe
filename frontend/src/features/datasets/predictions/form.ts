import { limitOf } from "../limits";
import type { Only, Wish } from "./api";

/** What a person chose and typed. */
export interface PredictWish {
  model: string;
  /** Only the pictures that the next four say; else all. */
  narrowed: boolean;
  source: string;
  label_classes: string[];
  low: string;
  high: string;
  least: string;
  top_k: string;
}

const MOST_NOTED = 20;

export const EMPTY: PredictWish = {
  model: "",
  narrowed: false,
  source: "",
  label_classes: [],
  low: "",
  high: "",
  least: "",
  top_k: "5",
};

type Typed = "low" | "high" | "least" | "top_k";

const limits = ({ low, high, least }: PredictWish) => ({
  low: limitOf(low),
  high: limitOf(high),
  least: limitOf(least),
});

const RANGE = "From 0 to 1, such as 0.80";

/** What is wrong with the fields, by name; fields that are fine are left out. */
export const problemsOf = (wish: PredictWish): Partial<Record<Typed, string>> => {
  const { low, high, least } = limits(wish);
  const noted = Number(wish.top_k);
  const isEmpty = typeof low === "number" && typeof high === "number" && high <= low && high !== 1;
  return {
    ...(low === "wrong" ? { low: RANGE } : {}),
    ...(high === "wrong" ? { high: RANGE } : {}),
    ...(isEmpty ? { high: "Above where it starts" } : {}),
    ...(least === "wrong" ? { least: RANGE } : {}),
    ...(Number.isInteger(noted) && noted >= 1 && noted <= MOST_NOTED
      ? {}
      : { top_k: `From 1 to ${MOST_NOTED}` }),
  };
};

const onlyOf = (wish: PredictWish): Only => {
  const { low, high } = limits(wish);
  return {
    ...(wish.source === "" ? {} : { source: wish.source }),
    ...(wish.label_classes.length === 0 ? {} : { label_classes: wish.label_classes }),
    ...(typeof low === "number" ? { min_confidence: low } : {}),
    ...(typeof high === "number" ? { max_confidence: high } : {}),
  };
};

/** The wish as the API takes it; null while something in it is wrong. */
export const wishOf = (dataset: string, wish: PredictWish): Wish | null => {
  const problems = problemsOf(wish);
  const shown: readonly Typed[] = wish.narrowed ? ["low", "high", "least", "top_k"] : ["least", "top_k"];
  if (shown.some((field) => problems[field] !== undefined)) return null;
  const { least } = limits(wish);
  return {
    dataset,
    model_version: wish.model,
    only: wish.narrowed ? onlyOf(wish) : {},
    ...(typeof least === "number" ? { min_confidence: least } : {}),
    top_k: Number(wish.top_k),
  };
};
