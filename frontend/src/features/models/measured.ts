import { count, percent, THIN } from "@/shared/lib/format";
import type { Card } from "./api";
import { isTrained } from "./facts";

/** A share of pictures with its 95 % interval; nulls where there was none. */
export interface Share {
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly good: number;
  readonly total: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ClassScore {
  readonly label_class: Named;
  readonly precision: Share;
  readonly recall: Share;
  readonly learned_from: number;
}

export interface Bin {
  readonly confidence: number;
  readonly share: number;
  readonly interval: readonly [number, number];
  readonly count: number;
}

export type Verdict = "better" | "worse" | "no_evidence";

/** Two versions on the held-out pictures of one class: the share that each finds. */
export interface ClassChange {
  readonly label_class: Named;
  readonly before: Share;
  readonly now: Share;
  readonly only_new: number;
  readonly only_old: number;
  readonly gain: number;
  readonly interval: readonly [number, number];
  readonly verdict: Verdict;
}

export interface Comparison {
  readonly with: Named & { readonly version: string };
  readonly pictures: number;
  readonly only_new: number;
  readonly only_old: number;
  readonly p: number;
  readonly gain: number;
  readonly interval: readonly [number, number];
  readonly verdict: Verdict;
  readonly accuracy_before: Share;
  /** Missing in versions that were trained before classes were compared. */
  readonly classes?: readonly ClassChange[];
}

/** What a training writes into the card of the version that it makes. */
export interface Measured {
  readonly held_out: number;
  readonly accuracy: Share;
  readonly macro_recall: number | null;
  readonly classes: readonly ClassScore[];
  readonly confusion: readonly (readonly number[])[];
  readonly reliability?: { readonly before: readonly Bin[]; readonly after: readonly Bin[] };
  readonly comparison?: Comparison | null;
}

/** The measures of a version that was trained here; null for others, whose card says what their makers say. */
export const measuredOf = ({ kind, metrics }: Pick<Card, "kind" | "metrics">): Measured | null =>
  isTrained({ kind }) && "confusion" in metrics ? (metrics as unknown as Measured) : null;

const inPercent = (value: number): string => (100 * value).toFixed(1);

/** 0.918 -> "91.8 %"; "–" without any. */
export const shareWords = ({ value }: Pick<Share, "value">): string =>
  percent(value === null ? null : 100 * value);

/** "89.2 to 93.9 %, 412 of 449". */
export const intervalWords = ({ interval, good, total }: Share): string =>
  interval === null
    ? "no picture held out"
    : `${inPercent(interval[0])} to ${inPercent(interval[1])}${THIN}%, ${count(good)} of ${count(total)}`;

const VERDICTS = { better: "better", worse: "worse", no_evidence: "not clear" } as const;

/** Whether it is better than the version before; "not clear" without evidence. */
export const verdictWord = ({ verdict }: Pick<Comparison, "verdict">): string => VERDICTS[verdict];

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(1)}`;

/** "+2.3 points, 95 % between −0.4 and +5.1". */
export const pointsWords = ({ gain, interval: [low, high] }: Pick<Comparison, "gain" | "interval">): string =>
  `${signed(gain)} points, 95${THIN}% between ${signed(low)} and ${signed(high)}`;

/** "+2.3 points, 95 % between −0.4 and +5.1; p = 0.09". */
export const gainWords = ({ p, ...found }: Pick<Comparison, "gain" | "interval" | "p">): string =>
  `${pointsWords(found)}; ${p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`}`;

/** What is clearly better or worse comes first, each by the size of the difference. */
export const clearestFirst = (changes: readonly ClassChange[]): ClassChange[] =>
  changes.toSorted(
    (a, b) =>
      Number(a.verdict === "no_evidence") - Number(b.verdict === "no_evidence") ||
      Math.abs(b.gain) - Math.abs(a.gain) ||
      a.label_class.name.localeCompare(b.label_class.name),
  );

export interface Mix {
  readonly right: Named;
  readonly given: Named;
  readonly pictures: number;
  /** Of the held-out pictures of the right class, 0 to 1. */
  readonly share: number;
}

/** What it takes for what, the most often mixed up first. */
export const mixUps = ({ classes, confusion }: Measured): Mix[] =>
  confusion
    .flatMap((row, right) => {
      const total = row.reduce((sum, pictures) => sum + pictures, 0);
      return row.flatMap((pictures, given): Mix[] => {
        const [a, b] = [classes[right]?.label_class, classes[given]?.label_class];
        if (right === given || pictures === 0 || !a || !b) return [];
        return [{ right: a, given: b, pictures, share: pictures / total }];
      });
    })
    .toSorted((a, b) => b.pictures - a.pictures || b.share - a.share);

/** The classes that it finds least often, of those that had pictures held out. */
export const weakestFirst = ({ classes }: Measured): ClassScore[] =>
  classes.toSorted((a, b) => (a.recall.value ?? 2) - (b.recall.value ?? 2));

/** The bins in words: "said 0.62, right 0.58; said 0.91, right 0.95". */
export const reliabilityWords = (bins: readonly Bin[]): string =>
  bins.map(({ confidence, share }) => `said ${confidence.toFixed(2)}, right ${share.toFixed(2)}`).join("; ");

/** So many classes can still be seen as a matrix. */
export const MOST_IN_MATRIX = 50;

export interface Matrix {
  /** The places in the list of classes that it shows, in their order. */
  readonly places: readonly number[];
  /** How many pictures each row has, with those of columns that are not shown. */
  readonly totals: readonly number[];
}

/** What of the confusion is shown: of many classes those that are mixed up most. */
export const matrixOf = (confusion: readonly (readonly number[])[]): Matrix => {
  const totals = confusion.map((row) => row.reduce((sum, one) => sum + one, 0));
  const all = confusion.map((_, at) => at);
  if (all.length <= MOST_IN_MATRIX) return { places: all, totals };
  const wrong = new Array<number>(all.length).fill(0);
  confusion.forEach((row, right) => {
    row.forEach((pictures, given) => {
      if (right === given) return;
      wrong[right] = (wrong[right] ?? 0) + pictures;
      wrong[given] = (wrong[given] ?? 0) + pictures;
    });
  });
  const worst = all.toSorted((one, other) => (wrong[other] ?? 0) - (wrong[one] ?? 0));
  return { places: worst.slice(0, MOST_IN_MATRIX).toSorted((one, other) => one - other), totals };
};
