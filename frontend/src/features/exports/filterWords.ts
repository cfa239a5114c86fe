import { confidence, counted } from "@/shared/lib/format";
import type { Sources } from "./useSources";
import { OUTCOMES } from "./wish";

const listIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

/** The classes of all jobs, by id: exports speak of ids. */
const namesOf = ({ jobs }: Sources): Map<string, string> =>
  new Map(jobs.flatMap((job) => job.by_class.map(({ label_class }) => [label_class.id, label_class.name])));

const classWords = (ids: readonly string[], sources: Sources): string => {
  const names = ids.map((id) => namesOf(sources).get(id));
  const known = names.filter((name) => name !== undefined);
  return known.length === ids.length && ids.length <= 3
    ? known.join(", ")
    : counted(ids.length, "class", "classes");
};

/** The filters of an export, as its row keeps them, in words; empty where there were none. */
export const filterWords = (filters: unknown, sources: Sources): string => {
  if (typeof filters !== "object" || filters === null) return "";
  const { outcome, label_classes, min_confidence, latest, reviewers } = filters as Record<string, unknown>;
  const outcomes = listIn(outcome).map(
    (name) => OUTCOMES.find((one) => one.outcome === name)?.word.toLowerCase() ?? name,
  );
  const ids = listIn(label_classes);
  return [
    outcomes.join(", "),
    ids.length > 0 ? classWords(ids, sources) : "",
    typeof min_confidence === "number" ? `confidence from ${confidence(min_confidence)}` : "",
    latest === true ? "last job of each label" : "",
    reviewers === true ? "with each reviewer’s verdict" : "",
  ]
    .filter(Boolean)
    .join(", ");
};
