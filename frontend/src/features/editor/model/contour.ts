/** The outline of a mask as closed lines along the sides of its pixels, to be filled by the even-odd rule. */
import { joinRows, type Mask, NO_RUNS } from "./mask";

/** Corners x, y, x, y... in pixels of the picture. */
export type Loop = Int32Array;

interface Corners {
  readonly xs: number[];
  readonly ys: number[];
}

/** Where rows differ, their borders run; a border's ends are corners, in pairs along the row. */
function cornersOf({ rows, height }: Mask): Corners {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y <= height; y += 1) {
    const [above, below] = [rows[y - 1] ?? NO_RUNS, rows[y] ?? NO_RUNS];
    if (above !== below) {
      for (const x of joinRows(above, below, "differ")) {
        xs.push(x);
        ys.push(y);
      }
    }
  }
  return { xs, ys };
}

/** The corner at the other end of each corner's vertical side: in a column, corners pair up downwards. */
function columnPartners({ xs }: Corners): Int32Array {
  const partners = new Int32Array(xs.length);
  const open = new Map<number, number>();
  xs.forEach((x, index) => {
    const above = open.get(x);
    if (above === undefined) {
      open.set(x, index);
    } else {
      partners[above] = index;
      partners[index] = above;
      open.delete(x);
    }
  });
  return partners;
}

const traced = new WeakMap<Mask, readonly Loop[]>();

export function loopsOf(mask: Mask): readonly Loop[] {
  const before = traced.get(mask);
  if (before) {
    return before;
  }
  const corners = cornersOf(mask);
  const partners = columnPartners(corners);
  const seen = new Uint8Array(corners.xs.length);
  const loops: Loop[] = [];
  for (let first = 0; first < seen.length; first += 1) {
    if (!seen[first]) {
      loops.push(follow(first, corners, partners, seen));
    }
  }
  traced.set(mask, loops);
  return loops;
}

function follow(first: number, { xs, ys }: Corners, partners: Int32Array, seen: Uint8Array): Loop {
  const loop: number[] = [];
  let at = first;
  do {
    const across = at ^ 1;
    seen[at] = 1;
    seen[across] = 1;
    loop.push(xs[at] ?? 0, ys[at] ?? 0, xs[across] ?? 0, ys[across] ?? 0);
    at = partners[across] ?? first;
  } while (at !== first);
  return Int32Array.from(loop);
}

/** Corners of a line that is drawn. */
export type Line = Float64Array;

/**
 * A loop as it is drawn: exact steps, or with each corner cut by half a pixel (a staircase becomes a slope) and
 * without corners that lie closer together than can be seen.
 *
 * @param closest - pixels of the picture between two drawn corners; 0 keeps the steps exact
 */
export function drawn(loop: Loop, closest: number): Line {
  if (closest === 0) {
    return Float64Array.from(loop);
  }
  const line: number[] = [];
  const far = (x: number, y: number) =>
    line.length === 0 || Math.abs(x - (line.at(-2) ?? 0)) + Math.abs(y - (line.at(-1) ?? 0)) >= closest;
  const put = (x: number, y: number) => void (far(x, y) && line.push(x, y));
  const toward = (from: number, to: number) => from + Math.max(-0.5, Math.min(0.5, (to - from) / 2));
  const count = loop.length;
  for (let at = 0; at < count; at += 2) {
    const [x, y] = [loop[at] ?? 0, loop[at + 1] ?? 0];
    const before = (at + count - 2) % count;
    const after = (at + 2) % count;
    put(toward(x, loop[before] ?? x), toward(y, loop[before + 1] ?? y));
    put(toward(x, loop[after] ?? x), toward(y, loop[after + 1] ?? y));
  }
  return Float64Array.from(line);
}
