/** Moves of the focus over a grid of uniform cells. Nothing wraps: at an edge the focus stays. */

export type Move = "left" | "right" | "up" | "down" | "first" | "last";

/** The index that a move leads to, in a grid of `count` cells with `columns` in a row. */
export function moved(from: number, move: Move, columns: number, count: number): number {
  const column = from % columns;
  switch (move) {
    case "left":
      return column > 0 ? from - 1 : from;
    case "right":
      return column < columns - 1 && from + 1 < count ? from + 1 : from;
    case "up":
      return from >= columns ? from - columns : from;
    case "down":
      return from + columns < count ? from + columns : from;
    case "first":
      return 0;
    case "last":
      return count - 1;
  }
}
