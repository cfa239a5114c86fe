/** What a hand draws, as pixels: the way of a round brush, and a polygon. A pixel is in when its middle is. */
import { fromRuns, type Mask, type Size } from "./mask";

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Run = [y: number, start: number, end: number];

/**
 * The pixels that a round brush covers on its way from one point to another.
 *
 * @param diameter - in pixels of the picture; the pixel under each end is always in
 */
export function brushed(size: Size, from: Point, to: Point, diameter: number): Mask {
  const radius = diameter / 2;
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius));
  const bottom = Math.min(size.height - 1, Math.floor(Math.max(from.y, to.y) + radius));
  const corners = band(from, to, radius);
  const runs: Run[] = [under(from), under(to)];
  for (let y = top; y <= bottom; y += 1) {
    const xs = [
      ...crossings(corners, y + 0.5),
      ...chord(from, radius, y + 0.5),
      ...chord(to, radius, y + 0.5),
    ];
    if (xs.length > 0) {
      runs.push(run(y, Math.min(...xs), Math.max(...xs)));
    }
  }
  return fromRuns(size, runs);
}

/** The pixels in a polygon; where it crosses itself, in and out by turns. */
export function polygonFilled(size: Size, corners: readonly Point[]): Mask {
  const ys = corners.map(({ y }) => y);
  const runs: Run[] = [];
  const bottom = Math.min(size.height, Math.ceil(Math.max(...ys)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < bottom; y += 1) {
    const xs = crossings(corners, y + 0.5).sort((a, b) => a - b);
    for (let at = 0; at + 1 < xs.length; at += 2) {
      runs.push(run(y, xs[at] ?? 0, xs[at + 1] ?? 0));
    }
  }
  return fromRuns(size, runs);
}

function under({ x, y }: Point): Run {
  return [Math.floor(y), Math.floor(x), Math.floor(x) + 1];
}

/** From a stretch of a line to the pixels whose middles lie on it. */
function run(y: number, from: number, to: number): Run {
  return [y, Math.ceil(from - 0.5), Math.floor(to - 0.5) + 1];
}

/** Where a disc begins and ends on a line; nothing when the line misses it. */
function chord(centre: Point, radius: number, y: number): number[] {
  const square = radius * radius - (y - centre.y) ** 2;
  return square < 0 ? [] : [centre.x - Math.sqrt(square), centre.x + Math.sqrt(square)];
}

/** The straight part of a brush's way, as a rectangle. */
function band(from: Point, to: Point, radius: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) {
    return [];
  }
  const aside = { x: (-(to.y - from.y) / length) * radius, y: ((to.x - from.x) / length) * radius };
  return [
    { x: from.x + aside.x, y: from.y + aside.y },
    { x: to.x + aside.x, y: to.y + aside.y },
    { x: to.x - aside.x, y: to.y - aside.y },
    { x: from.x - aside.x, y: from.y - aside.y },
  ];
}

/** Where the sides of a polygon cross the line at `y`. */
function crossings(corners: readonly Point[], y: number): number[] {
  return corners.flatMap((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    return a.y <= y === b.y <= y ? [] : [a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)];
  });
}
