/**
 * A mask as runs of pixels, row by row: `rows[y]` holds `[start, end, start, end...]`, ascending, each run
 * half-open, runs neither touching nor overlapping.
 *
 * Masks are never changed. A stroke makes new rows only where it passed and shares all the others, so that a
 * stroke on a 12-megapixel mask costs what the stroke covers, and a history of masks costs what changed.
 */
export type Row = Int32Array;

export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
}

/** Half-open: `right` and `bottom` are the first column and row beyond. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What becomes of two masks: in either, in the first alone, in both, in exactly one. */
export type Join = "add" | "remove" | "common" | "differ";

export const NO_RUNS: Row = new Int32Array(0);

const JOINS: Record<Join, readonly [boolean, boolean, boolean, boolean]> = {
  // Indexed by (in a) + 2 * (in b).
  add: [false, true, true, true],
  remove: [false, true, false, false],
  common: [false, false, false, true],
  differ: [false, true, true, false],
};

let scratch = new Int32Array(256);

export function joinRows(a: Row, b: Row, how: Join): Row {
  const keeps = JOINS[how];
  if (scratch.length < a.length + b.length) {
    scratch = new Int32Array(2 * (a.length + b.length));
  }
  let [i, j, n, inside] = [0, 0, 0, false];
  while (i < a.length || j < b.length) {
    const nextA = a[i] ?? Number.POSITIVE_INFINITY;
    const nextB = b[j] ?? Number.POSITIVE_INFINITY;
    const x = Math.min(nextA, nextB);
    i += nextA === x ? 1 : 0;
    j += nextB === x ? 1 : 0;
    const now = keeps[(i & 1) + 2 * (j & 1)] === true;
    if (now !== inside) {
      scratch[n] = x;
      n += 1;
      inside = now;
    }
  }
  return n === 0 ? NO_RUNS : scratch.slice(0, n);
}

export function sameRow(a: Row, b: Row): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

export function blank({ width, height }: Size): Mask {
  return { width, height, rows: new Array<Row>(height).fill(NO_RUNS) };
}

/** The very mask `a` when nothing changes, so that a stroke without effect can be told from one with. */
export function joined(a: Mask, b: Mask, how: Exclude<Join, "differ">): Mask {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(`A mask of ${b.width} x ${b.height} does not fit one of ${a.width} x ${a.height}.`);
  }
  let rows: Row[] | null = null;
  for (let y = 0; y < a.height; y += 1) {
    const before = a.rows[y] ?? NO_RUNS;
    const other = b.rows[y] ?? NO_RUNS;
    if (other.length === 0 && how !== "common") {
      continue;
    }
    const after = joinRows(before, other, how);
    if (!sameRow(before, after)) {
      rows ??= a.rows.slice();
      rows[y] = after;
    }
  }
  return rows === null ? a : { ...a, rows };
}

export function isBlank(mask: Mask): boolean {
  return mask.rows.every((row) => row.length === 0);
}

const areas = new WeakMap<Mask, number>();

/** Pixels in the mask. */
export function areaOf(mask: Mask): number {
  const known = areas.get(mask);
  if (known !== undefined) {
    return known;
  }
  let sum = 0;
  for (const row of mask.rows) {
    for (let at = 0; at < row.length; at += 2) {
      sum += (row[at + 1] ?? 0) - (row[at] ?? 0);
    }
  }
  areas.set(mask, sum);
  return sum;
}

/** The smallest box around the mask; null when it is blank. */
export function boundsOf(mask: Mask): Box | null {
  let [left, right, top, bottom] = [mask.width, 0, -1, 0];
  mask.rows.forEach((row, y) => {
    if (row.length > 0) {
      top = top < 0 ? y : top;
      bottom = y + 1;
      left = Math.min(left, row[0] ?? left);
      right = Math.max(right, row[row.length - 1] ?? right);
    }
  });
  return top < 0 ? null : { left, top, right, bottom };
}

/** Is the pixel under this point (in pixels of the picture) in the mask? */
export function covers(mask: Mask, x: number, y: number): boolean {
  const row = mask.rows[Math.floor(y)] ?? NO_RUNS;
  const column = Math.floor(x);
  for (let at = 0; at < row.length; at += 2) {
    if (column < (row[at] ?? 0)) {
      return false;
    }
    if (column < (row[at + 1] ?? 0)) {
      return true;
    }
  }
  return false;
}

/** A mask with one run in each of some rows; runs are cut at the edges of the picture. */
export function fromRuns(
  { width, height }: Size,
  runs: Iterable<readonly [y: number, start: number, end: number]>,
): Mask {
  const rows = new Array<Row>(height).fill(NO_RUNS);
  for (const [y, start, end] of runs) {
    const run = Int32Array.of(Math.max(0, start), Math.min(width, end));
    const before = rows[y];
    if (before !== undefined && (run[0] ?? 0) < (run[1] ?? 0)) {
      rows[y] = before.length === 0 ? run : joinRows(before, run, "add");
    }
  }
  return { width, height, rows };
}

/**
 * Rows become columns: how COCO's column-major runs and ours turn into each other.
 *
 * Between a row and the next, the columns that differ are those where a vertical run begins or ends.
 */
export function transposed(mask: Mask): Mask {
  const { width, height, rows } = mask;
  const columns = new Array<Row>(width).fill(NO_RUNS);
  const { left, top, right, bottom } = boundsOf(mask) ?? { left: 0, top: 0, right: 0, bottom: -1 };
  const turns: Row[] = [];
  const counts = new Int32Array(right - left);
  for (let y = top; y <= bottom; y += 1) {
    const [above, below] = [rows[y - 1] ?? NO_RUNS, rows[y] ?? NO_RUNS];
    const turn = above === below ? NO_RUNS : joinRows(above, below, "differ");
    turns.push(turn);
    eachColumn(turn, (x) => {
      counts[x - left] = (counts[x - left] ?? 0) + 1;
    });
  }
  counts.forEach((count, x) => {
    columns[left + x] = count === 0 ? NO_RUNS : new Int32Array(count);
  });
  counts.fill(0);
  turns.forEach((turn, nth) => {
    eachColumn(turn, (x) => {
      const at = counts[x - left] ?? 0;
      (columns[x] ?? NO_RUNS)[at] = top + nth;
      counts[x - left] = at + 1;
    });
  });
  return { width: height, height: width, rows: columns };
}

function eachColumn(row: Row, each: (x: number) => void): void {
  for (let at = 0; at < row.length; at += 2) {
    const end = row[at + 1] ?? 0;
    for (let x = row[at] ?? 0; x < end; x += 1) {
      each(x);
    }
  }
}
