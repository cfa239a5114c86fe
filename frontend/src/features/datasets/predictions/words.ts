import { confidence, count, counted, share } from "@/shared/lib/format";
import type { Tone } from "@/shared/ui/Badge";
import type { Only, Run, RunRow, Shard, Wish } from "./api";

const STATES: Readonly<Record<string, { words: string; tone: Tone }>> = {
  queued: { words: "Waiting", tone: "focus" },
  done: { words: "Done", tone: "ok" },
  failed: { words: "Stopped", tone: "wrong" },
  cancelled: { words: "Cancelled", tone: "quiet" },
};

/** A run's state in a word, with its share while it is at work. */
export const stateOf = ({ state, progress: { done, total } }: RunRow): { words: string; tone: Tone } =>
  STATES[state] ?? { words: `Labelling, ${share(done, total ?? 0)}`, tone: "focus" };

const range = ({ min_confidence: low, max_confidence: high }: Only): string => {
  const hasLow = low !== undefined && low !== null;
  const hasHigh = high !== undefined && high !== null;
  if (hasLow && hasHigh) return `confidence ${confidence(low)} to ${confidence(high)}`;
  if (hasLow) return `confidence from ${confidence(low)}`;
  return hasHigh ? `confidence below ${confidence(high)}` : "";
};

/** Which pictures a run was about: "labelled Crab, Lobster by model:a@1, confidence from 0.50". */
export const onlyWords = (only: Only, names: ReadonlyMap<string, string>): string => {
  const classes = (only.label_classes ?? []).map((id) => names.get(id) ?? id).join(", ");
  const said = [
    classes && `labelled ${classes}`,
    only.source && `${classes ? "" : "labelled "}by ${only.source}`,
  ];
  return [said.filter(Boolean).join(" "), range(only)].filter(Boolean).join(", ") || "all pictures";
};

/** The same wish again: what is labelled already is left as it is. */
export const wishOf = (run: Run): Wish => ({
  dataset: run.dataset,
  model_version: run.model_version.id,
  only: run.only as Only,
  ...(run.min_confidence === null ? {} : { min_confidence: run.min_confidence }),
  top_k: run.top_k,
});

export interface Outcome {
  readonly label: string;
  readonly value: number;
}

/** What came of the pictures, without those parts that are empty. */
export const outcomesOf = ({ labelled, unchanged, below, unreadable }: Run): Outcome[] =>
  [
    { label: "Labelled", value: labelled },
    { label: "Labelled before", value: unchanged },
    { label: "Below the minimum", value: below },
    { label: "Unreadable", value: unreadable },
  ].filter(({ value }, at) => at === 0 || value > 0);

/** How a run ended: "300 pictures labelled", "Cancelled; no picture labelled". */
export const endOf = ({ state, labelled, unchanged }: Run): string => {
  const made = labelled === 0 ? "no picture labelled" : `${counted(labelled, "picture")} labelled`;
  if (state === "cancelled") return `Cancelled; ${made}`;
  if (state === "failed") return `Stopped; ${made}`;
  if (labelled === 0 && unchanged > 0) return "Nothing new to label";
  return made.charAt(0).toUpperCase() + made.slice(1);
};

/** The run before it by another version of the same model, if that labelled anything; `runs` newest first. */
export const earlierOf = (run: RunRow, runs: readonly RunRow[]): RunRow | undefined =>
  runs.find(
    ({ model_version: { id, name }, created_at, labelled, unchanged }) =>
      name === run.model_version.name &&
      id !== run.model_version.id &&
      created_at < run.created_at &&
      labelled + unchanged > 0,
  );

/** "12 labels say something else than net 1 did." */
export const changedWords = (changed: number, { name, version }: RunRow["model_version"]): string => {
  if (changed === 0) return `Every label says what ${name} ${version} said.`;
  const says = changed === 1 ? "1 label says" : `${count(changed)} labels say`;
  return `${says} something else than ${name} ${version} did.`;
};

/** Shards that a worker holds now; null where not all of them are told one by one. */
export const inHand = ({ total, first }: Run["shards"]): number | null =>
  total > first.length ? null : first.filter(({ state }) => state === "running").length;

/** How much of a shard is done, 0 to 1. */
export const filled = ({ state, done, total }: Shard): number => {
  if (state === "done") return 1;
  return total === 0 ? 0 : Math.min(1, done / total);
};

/** "16 shards of up to 32 pictures, 4 done. 1 begun anew after its worker stopped." */
export const shardWords = ({ total, ended, restarted, first }: Run["shards"]): string => {
  const largest = Math.max(0, ...first.map((shard) => shard.total));
  const anew = restarted === 0 ? "" : ` ${count(restarted)} begun anew after their worker stopped.`;
  return `${counted(total, "shard")} of up to ${counted(largest, "picture")}, ${count(ended)} done.${anew}`;
};

/** The consequence, on the button. `left`: pictures that the model has not labelled yet. */
export const promise = (narrowed: boolean, left: number): string => {
  if (narrowed) return "Label these pictures";
  return left > 0 ? `Label ${counted(left, "picture")}` : "Label pictures";
};

/** What the line above the button says of the pictures that a run would be about. */
export const forecastWords = (pictures: number, before: number, model: string): string => {
  if (before === 0) return `${counted(pictures, "picture")}, none labelled by ${model} yet.`;
  if (before >= pictures) return `${model} has labelled all of them; only new ones would be labelled.`;
  return `${counted(pictures, "picture")}; ${count(before)} are labelled by ${model} already and stay as they are.`;
};
