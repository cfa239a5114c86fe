import type { Arrow } from "../moves";

export interface Place {
  readonly group: number;
  readonly at: number;
}

/**
 * The picture that an arrow leads to: left and right read on from group to group, up and down go to the
 * group before and after; at the ends it stays.
 *
 * @param sizes - how many pictures each group shows
 */
export const stepIn = (sizes: readonly number[], { group, at }: Place, arrow: Arrow): Place => {
  const here = { group, at };
  if (arrow === "ArrowRight" && at + 1 < (sizes[group] ?? 0)) return { group, at: at + 1 };
  if (arrow === "ArrowLeft" && at > 0) return { group, at: at - 1 };
  const next = group + (arrow === "ArrowRight" || arrow === "ArrowDown" ? 1 : -1);
  const size = sizes[next];
  if (size === undefined) return here;
  if (arrow === "ArrowRight") return { group: next, at: 0 };
  if (arrow === "ArrowLeft") return { group: next, at: size - 1 };
  return { group: next, at: Math.min(at, size - 1) };
};
