/** How many wrong ones a business accepts for so many right ones; `1:10` is one wrong to ten right. */
export interface Ratio {
  readonly wrong: number;
  readonly right: number;
}

/** The ratios that are offered; any other can be typed. */
export const OFFERED: readonly string[] = ["1:4", "1:10", "1:20", "1:100"];
export const DEFAULT_RATIO = "1:10";

/** Reads `1:10`; null for anything but two whole numbers of at least 1. */
export const parseRatio = (text: string): Ratio | null => {
  const [, wrong, right] = /^(\d{1,9}):(\d{1,9})$/.exec(text.trim()) ?? [];
  const ratio = { wrong: Number(wrong ?? 0), right: Number(right ?? 0) };
  return ratio.wrong > 0 && ratio.right > 0 ? ratio : null;
};

export const ratioText = ({ wrong, right }: Ratio): string => `${wrong}:${right}`;

/** The share right that just meets the ratio: 1:10 is 10/11, not 9/10. */
export const targetOf = ({ wrong, right }: Ratio): number => right / (wrong + right);
