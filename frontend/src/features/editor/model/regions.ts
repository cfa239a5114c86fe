/** What hangs together in a mask: its pieces, and its holes with their sizes. */

import { areaOf, type Box, boundsOf, covers, fromRuns, joinRows, type Mask, NO_RUNS, type Row } from "./mask";
import type { Point } from "./shapes";

export interface Region {
  readonly mask: Mask;
  /** Pixels. */
  readonly area: number;
  readonly box: Box;
}

interface Span {
  readonly y: number;
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** Follows each span to the one that stands for all that it hangs together with. */
class Groups {
  private readonly parents: number[] = [];

  add(): number {
    this.parents.push(this.parents.length);
    return this.parents.length - 1;
  }

  find(index: number): number {
    let at = index;
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at] ?? at] ?? at;
      at = this.parents[at] ?? at;
    }
    return at;
  }

  unite(a: number, b: number): void {
    this.parents[this.find(a)] = this.find(b);
  }
}

/** @param reach - 1: corners that touch hang together too; 0: only sides. */
function groupsOf(rows: Iterable<readonly [y: number, row: Row]>, reach: 0 | 1): Span[][] {
  const groups = new Groups();
  const all: Span[] = [];
  let above: Span[] = [];
  for (const [y, row] of rows) {
    const line: Span[] = [];
    for (let at = 0; at < row.length; at += 2) {
      line.push({ y, start: row[at] ?? 0, end: row[at + 1] ?? 0, index: groups.add() });
    }
    meet(above, line, reach, groups);
    all.push(...line);
    above = line;
  }
  const found = new Map<number, Span[]>();
  for (const span of all) {
    const root = groups.find(span.index);
    const group = found.get(root);
    if (group) {
      group.push(span);
    } else {
      found.set(root, [span]);
    }
  }
  return [...found.values()];
}

function meet(above: readonly Span[], below: readonly Span[], reach: number, groups: Groups): void {
  let [i, j] = [0, 0];
  for (let a = above[i], b = below[j]; a && b; a = above[i], b = below[j]) {
    if (a.start < b.end + reach && b.start < a.end + reach) {
      groups.unite(a.index, b.index);
    }
    if (a.end < b.end) {
      i += 1;
    } else {
      j += 1;
    }
  }
}

function regionOf(mask: Mask, spans: readonly Span[]): Region {
  const found = fromRuns(
    mask,
    spans.map(({ y, start, end }) => [y, start, end] as const),
  );
  const box = boundsOf(found) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  return { mask: found, area: areaOf(found), box };
}

const largestFirst = (a: Region, b: Region): number => b.area - a.area;

/** The parts of a mask that hang together, also by a corner; the largest first. */
export function piecesOf(mask: Mask): Region[] {
  return groupsOf(mask.rows.entries(), 1)
    .map((spans) => regionOf(mask, spans))
    .sort(largestFirst);
}

const known = new WeakMap<Mask, readonly Region[]>();

/** What the mask encloses without covering it; the largest first. A bay at the picture's edge is no hole. */
export function holesOf(mask: Mask): readonly Region[] {
  const before = known.get(mask);
  if (before) {
    return before;
  }
  const box = boundsOf(mask);
  const holes = box ? enclosed(mask, box) : [];
  known.set(mask, holes);
  return holes;
}

function enclosed(mask: Mask, { left, top, right, bottom }: Box): Region[] {
  const around = Int32Array.of(left - 1, right + 1);
  const lines: [number, Row][] = [];
  for (let y = top - 1; y <= bottom; y += 1) {
    lines.push([y, joinRows(around, mask.rows[y] ?? NO_RUNS, "remove")]);
  }
  const outside = (span: Span) => span.y < top || span.y >= bottom || span.start < left || span.end > right;
  return groupsOf(lines, 0)
    .filter((spans) => !spans.some(outside))
    .map((spans) => regionOf(mask, spans))
    .sort(largestFirst);
}

const middles = new WeakMap<Mask, Point | null>();

/** A point in the mask, for its name: the middle of the longest run, of the middle rows where they have any. */
export function middleOf(mask: Mask): Point | null {
  const before = middles.get(mask);
  if (before !== undefined) {
    return before;
  }
  const box = boundsOf(mask);
  const third = box ? (box.bottom - box.top) / 3 : 0;
  const middle =
    box &&
    (longestRun(mask, Math.floor(box.top + third), Math.ceil(box.bottom - third)) ??
      longestRun(mask, box.top, box.bottom));
  middles.set(mask, middle);
  return middle;
}

function longestRun({ rows }: Mask, from: number, to: number): Point | null {
  let best = { length: 0, x: 0, y: 0 };
  for (let y = from; y < to; y += 1) {
    const row = rows[y] ?? NO_RUNS;
    for (let at = 0; at < row.length; at += 2) {
      const [start, end] = [row[at] ?? 0, row[at + 1] ?? 0];
      if (end - start > best.length) {
        best = { length: end - start, x: (start + end) / 2, y: y + 0.5 };
      }
    }
  }
  return best.length > 0 ? { x: best.x, y: best.y } : null;
}

/** The region under a point, of several; null when there is none. */
export function regionAt(regions: readonly Region[], x: number, y: number): Region | null {
  return regions.find(({ mask }) => covers(mask, x, y)) ?? null;
}
