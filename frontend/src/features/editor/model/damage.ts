/**
 * Which parts of a layer are to be painted anew: after a move of the picture what came into the frame, after a
 * stroke what the stroke changed, and nothing else.
 */
import { type Doc, maskOf, type Outline } from "./document";
import { type Box, joinRows, type Mask, NO_RUNS, type Size } from "./mask";
import type { Point } from "./shapes";
import type { View } from "./view";

/** What a layer holds that is larger than its frame by a margin. All in pixels of the layer. */
export interface Laid {
  /** How the picture lies in the layer. */
  readonly view: View;
  /** The part of the layer that is painted. */
  readonly painted: Box;
}

export interface Layout {
  readonly frame: Size;
  /** How far the layer goes beyond the frame, on each side. */
  readonly margin: number;
}

export interface Move extends Laid {
  /** How far what is painted moves within the layer. */
  readonly shift: Point;
  /** What is to be painted after that. */
  readonly boxes: readonly Box[];
}

export const isEmpty = ({ left, top, right, bottom }: Box): boolean => left >= right || top >= bottom;

export function common(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

const shifted = (box: Box, { x, y }: Point): Box => ({
  left: box.left + x,
  top: box.top + y,
  right: box.right + x,
  bottom: box.bottom + y,
});

/** Nothing of what is painted can be used: what the frame shows is painted anew. */
export function laidAnew(view: View, { frame, margin }: Layout): Move {
  const { width, height } = frame;
  const painted = { left: margin, top: margin, right: margin + width, bottom: margin + height };
  return { view, painted, shift: { x: 0, y: 0 }, boxes: [painted] };
}

/**
 * How a layer comes to show another view: as long as its margin goes, it only slides under the frame; then what
 * it shows moves within it. What comes into sight is painted as far as the margin goes, so that not every step
 * has to paint.
 */
export function movedTo(laid: Laid, view: View, layout: Layout): Move {
  const anew = laidAnew(view, layout);
  const offset = { x: view.x - laid.view.x, y: view.y - laid.view.y };
  if (laid.view.scale !== view.scale || !Number.isInteger(offset.x) || !Number.isInteger(offset.y)) {
    return anew;
  }
  const { frame, margin } = layout;
  const layer = { left: 0, top: 0, right: frame.width + 2 * margin, bottom: frame.height + 2 * margin };
  const slides = Math.max(Math.abs(offset.x), Math.abs(offset.y)) <= margin;
  const shift = slides ? { x: 0, y: 0 } : offset;
  const seen = slides ? shifted(anew.painted, { x: -offset.x, y: -offset.y }) : anew.painted;
  const kept = common(shifted(laid.painted, shift), layer);
  if (isEmpty(common(kept, seen))) {
    return anew;
  }
  return { view: slides ? laid.view : view, shift, ...grown(kept, seen, layer) };
}

/** The painted part, grown to the layer's edge wherever it does not cover what is seen, with what that adds. */
function grown(painted: Box, seen: Box, layer: Box): Pick<Move, "painted" | "boxes"> {
  const left = seen.left < painted.left ? layer.left : painted.left;
  const right = seen.right > painted.right ? layer.right : painted.right;
  const top = seen.top < painted.top ? layer.top : painted.top;
  const bottom = seen.bottom > painted.bottom ? layer.bottom : painted.bottom;
  const boxes = [
    { left, top, right, bottom: painted.top },
    { left, top: painted.bottom, right, bottom },
    { left, top: painted.top, right: painted.left, bottom: painted.bottom },
    { left: painted.right, top: painted.top, right, bottom: painted.bottom },
  ];
  return { painted: { left, top, right, bottom }, boxes: boxes.filter((box) => !isEmpty(box)) };
}

/** The smallest box that holds every pixel in which two masks differ; null when they are the same. */
export function differenceOf(before: Mask | null, after: Mask | null): Box | null {
  const { width, height } = before ?? after ?? { width: 0, height: 0 };
  let [left, right, top, bottom] = [width, 0, -1, 0];
  for (let y = 0; y < height; y += 1) {
    const [a, b] = [before?.rows[y] ?? NO_RUNS, after?.rows[y] ?? NO_RUNS];
    const runs = a === b ? NO_RUNS : joinRows(a, b, "differ");
    if (runs.length > 0) {
      top = top < 0 ? y : top;
      bottom = y + 1;
      left = Math.min(left, runs[0] ?? left);
      right = Math.max(right, runs[runs.length - 1] ?? right);
    }
  }
  return top < 0 ? null : { left, top, right, bottom };
}

const looksOf = ({ outlines, selected }: Doc): string =>
  JSON.stringify([selected, outlines.map(({ id, labelClass, hidden }) => [id, labelClass, hidden])]);

/** Where two documents look different, in pixels of the picture; null when more than masks has changed. */
export function changesBetween(before: Doc, after: Doc): readonly Box[] | null {
  if (before === after) {
    return [];
  }
  if (looksOf(before) !== looksOf(after)) {
    return null;
  }
  const changed = (now: Outline, index: number): Box | null => {
    const then = before.outlines[index];
    return now === then || now.hidden ? null : differenceOf(then ? maskOf(then) : null, maskOf(now));
  };
  return after.outlines.flatMap((outline, index) => changed(outline, index) ?? []);
}

/** A box of the picture as it lies in the layer, in whole pixels, with room for what is drawn around it. */
export function boxInLayer(box: Box, { scale, x, y }: View, room: number): Box {
  return {
    left: Math.floor(box.left * scale + x - room),
    top: Math.floor(box.top * scale + y - room),
    right: Math.ceil(box.right * scale + x + room),
    bottom: Math.ceil(box.bottom * scale + y + room),
  };
}
