/** A place in the table: row and column, both from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export type Move = "left" | "right" | "up" | "down" | "start" | "end" | "top" | "bottom";

const clamp = (value: number, size: number): number => Math.min(Math.max(value, 0), Math.max(size - 1, 0));

/** One step; it stops at the edges and never wraps, so that the hand knows where it is. */
export const moved = ({ row, column }: Place, move: Move, { rows, columns }: Size): Place => {
  const to: Record<Move, Place> = {
    left: { row, column: column - 1 },
    right: { row, column: column + 1 },
    up: { row: row - 1, column },
    down: { row: row + 1, column },
    start: { row, column: 0 },
    end: { row, column: columns - 1 },
    top: { row: 0, column },
    bottom: { row: rows - 1, column },
  };
  const next = to[move];
  return { row: clamp(next.row, rows), column: clamp(next.column, columns) };
};

/** One step through pictures that stand in `columns`: up and down keep the column, left and right read on. */
export const stepped = (index: number, move: Move, columns: number, count: number): number => {
  const by: Partial<Record<Move, number>> = { left: -1, right: 1, up: -columns, down: columns };
  if (move === "start" || move === "top") return 0;
  if (move === "end" || move === "bottom") return Math.max(count - 1, 0);
  const next = index + (by[move] ?? 0);
  return next < 0 || next >= count ? index : next;
};

export interface Window {
  readonly first: number;
  readonly last: number;
}

/** Which of `count` rows of one height are in sight, with some above and below; `last` is not among them. */
export const inSight = (top: number, height: number, row: number, count: number, spare = 12): Window => ({
  first: Math.max(0, Math.floor(top / row) - spare),
  last: Math.min(count, Math.ceil((top + height) / row) + spare),
});
