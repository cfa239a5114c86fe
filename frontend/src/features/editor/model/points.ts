/** The four outermost points of an object: without order, each with the side that its place gives it. */
import type { Size } from "./mask";
import type { Point } from "./shapes";

export type Side = "top" | "left" | "bottom" | "right";

export const SIDES: readonly Side[] = ["top", "left", "bottom", "right"];
export const WANTED = 4;

const OUTWARDS: Record<Side, Point> = {
  top: { x: 0, y: -1 },
  left: { x: -1, y: 0 },
  bottom: { x: 0, y: 1 },
  right: { x: 1, y: 0 },
};

/**
 * The side of each point, all different: the choice that lies farthest out in sum. With four points whose
 * extremes are four different ones, that is top = least y, left = least x, and so on.
 */
export function sidesOf(points: readonly Point[], size: Size): Side[] {
  const centre = points.length > 1 ? middle(points) : { x: size.width / 2, y: size.height / 2 };
  let best: { sides: Side[]; out: number } = { sides: [], out: Number.NEGATIVE_INFINITY };
  const choose = (sides: Side[], out: number): void => {
    const point = points[sides.length];
    if (!point || sides.length === WANTED) {
      best = out > best.out ? { sides, out } : best;
      return;
    }
    for (const side of SIDES.filter((free) => !sides.includes(free))) {
      const { x, y } = OUTWARDS[side];
      choose([...sides, side], out + (point.x - centre.x) * x + (point.y - centre.y) * y);
    }
  };
  choose([], 0);
  return best.sides;
}

export function missingSides(points: readonly Point[], size: Size): Side[] {
  const sides = sidesOf(points, size);
  return SIDES.filter((side) => !sides.includes(side));
}

function middle(points: readonly Point[]): Point {
  const { left, top, right, bottom } = frameOf(points);
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

export function frameOf(points: readonly Point[]): {
  left: number;
  top: number;
  right: number;
  bottom: number;
} {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** In the picture, and to a tenth of a pixel: the prompt that the server keeps is the one on the screen. */
export function inPicture({ x, y }: Point, { width, height }: Size): Point {
  const held = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
  return { x: held(x, width), y: held(y, height) };
}

export type Fault = "equal" | "line" | "tiny";

/** Why four points cannot be an object's; null when they can. */
export function faultOf(points: readonly Point[]): Fault | null {
  const [a, ...others] = points;
  if (!a) {
    return null;
  }
  if (new Set(points.map(({ x, y }) => `${x} ${y}`)).size < points.length) {
    return "equal";
  }
  const { left, top, right, bottom } = frameOf(points);
  if (right - left <= 1 && bottom - top <= 1) {
    return "tiny";
  }
  const [b] = others;
  const onLine = ({ x, y }: Point) => b && (b.x - a.x) * (y - a.y) === (b.y - a.y) * (x - a.x);
  return points.length === WANTED && others.every(onLine) ? "line" : null;
}
