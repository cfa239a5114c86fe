import { count, percent, THIN } from "@/shared/lib/format";
import type { Counts, Item, Outcome } from "./api";
import { openWords } from "./cells";
import { HEAT_WORDS, heatOf } from "./heat";
import type { Ratio } from "./ratio";

export const OUTCOME_WORDS: Record<Outcome, string> = {
  confirmed: "Right",
  disconfirmed: "Wrong",
  split: "Split",
  unsure: "Unsure",
  pending: "Not judged",
};

/** [0.434, 0.9025] -> "43–90". */
export const intervalText = (interval: readonly number[] | null): string => {
  if (!interval) return "";
  const [low = 0, high = 1] = interval;
  return `${Math.round(100 * low)}–${Math.round(100 * high)}`;
};

/** "8 of 11": right of decided. */
export const rightOf = ({ decided, incorrect }: Pick<Counts, "decided" | "incorrect">): string =>
  `${count(decided - incorrect)} of ${count(decided)}`;

/** 72.73 -> "72.7", where the heading says that it is a percentage. */
export const bare = (value: number | null): string => (value === null ? "–" : value.toFixed(1));

/** What colour and bar say: "right, 95 % interval 9–91, looks below the target". */
export const evidenceWords = (counts: Counts, ratio: Ratio): string =>
  counts.decided === 0
    ? ""
    : [
        "right",
        `95${THIN}% interval ${intervalText(counts.interval)}`,
        HEAT_WORDS[heatOf(counts, ratio)],
      ].join(", ");

/** A cell in full, to be read when the pointer rests on it. */
export const cellWords = (counts: Counts, ratio: Ratio): string => {
  if (counts.decided === 0)
    return [`${count(counts.total)} pictures`, openWords(counts)].filter(Boolean).join(", ");
  const right = `${percent(counts.percent_correct, 2)} correct: ${rightOf(counts)} ${evidenceWords(counts, ratio)}`;
  return [right, openWords(counts)].filter(Boolean).join(", ");
};

/** What people said of one picture: "2 right, 1 wrong". */
export const opinions = (item: Pick<Item, "confirm_count" | "disconfirm_count" | "unsure_count">): string =>
  [
    [item.confirm_count, "right"] as const,
    [item.disconfirm_count, "wrong"] as const,
    [item.unsure_count, "unsure"] as const,
  ]
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${count(number)} ${word}`)
    .join(", ") || "not judged yet";
