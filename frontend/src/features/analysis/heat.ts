import type { heat } from "@/shared/theme/tokens";
import { type Ratio, targetOf } from "./ratio";

export type Heat = keyof typeof heat | "none";

/** What a colour is decided by: fractions for the interval, whole numbers for the counts. */
export interface Evidence {
  readonly decided: number;
  readonly incorrect: number;
  readonly interval: readonly number[] | null;
}

/** Where the share of wrong ones is this many times the accepted one (or that part of it), a pale colour is deeper. */
const FAR = 3;

/**
 * The colour of a cell. A strong one only when the whole interval lies on one side of the target; without a
 * decided picture none at all. Whether the counts meet the ratio is compared in whole numbers.
 */
export const heatOf = ({ decided, incorrect, interval }: Evidence, ratio: Ratio): Heat => {
  if (decided === 0 || interval === null) return "none";
  const [low = 0, high = 1] = interval;
  const target = targetOf(ratio);
  if (high < target) return "surely-below";
  if (low > target) return "surely-above";
  const seen = incorrect * (ratio.wrong + ratio.right);
  const accepted = ratio.wrong * decided;
  if (seen > accepted) return seen >= FAR * accepted ? "looks-far-below" : "looks-below";
  return FAR * seen <= accepted ? "looks-far-above" : "looks-above";
};

/** The same in words, for those who do not see the colour. */
export const HEAT_WORDS: Record<Heat, string> = {
  "surely-below": "surely below the target",
  "looks-far-below": "looks far below the target",
  "looks-below": "looks below the target",
  "looks-above": "looks above the target",
  "looks-far-above": "looks far above the target",
  "surely-above": "surely above the target",
  none: "no evidence",
};

/** Can nobody tell yet on which side of the target this lies? */
export const isUnclear = (evidence: Evidence, ratio: Ratio): boolean =>
  !heatOf(evidence, ratio).startsWith("surely");
