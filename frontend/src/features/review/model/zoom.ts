/**
 * The enlarged picture: how large it is drawn and where.
 *
 * `scale` is CSS pixels for one picture pixel (1 = original size, 1.63 = enlarged to 163 %). `x`, `y` are the
 * CSS pixels from the middle of the view to the middle of the picture.
 */
import type { Part } from "@/shared/ui/Outline";
import type { Size } from "./packing";

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const LARGEST_SCALE = 16;
const STEP = 1.25;

export function fitScale(picture: Size, frame: Size): number {
  return Math.min(frame.width / picture.width, frame.height / picture.height);
}

export function fitted(picture: Size, frame: Size): View {
  return { scale: fitScale(picture, frame), x: 0, y: 0 };
}

/** A part of the picture as large as the frame takes it, but none of its pixels larger than the largest scale. */
export function fittedTo(part: Part, picture: Size, frame: Size): View {
  return around(part, Math.min(fitScale(part, frame), LARGEST_SCALE), picture, frame);
}

/** One CSS pixel for each of the picture's, around the middle or around a part. */
export function original(part: Part | null | undefined, picture: Size, frame: Size): View {
  return part ? around(part, 1, picture, frame) : { scale: 1, x: 0, y: 0 };
}

function around(part: Part, scale: number, picture: Size, frame: Size): View {
  const x = (picture.width / 2 - part.x - part.width / 2) * scale;
  const y = (picture.height / 2 - part.y - part.height / 2) * scale;
  return held({ scale, x, y }, picture, frame);
}

/** Zooms by a factor so that the picture's point under `at` (CSS pixels from the middle of the view) stays there. */
export function zoomed(view: View, factor: number, at: Point, picture: Size, frame: Size): View {
  const smallest = Math.min(1, fitScale(picture, frame));
  const scale = clamp(view.scale * factor, smallest, LARGEST_SCALE);
  const grown = scale / view.scale;
  const moved = { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
  return held(moved, picture, frame);
}

export function stepped(view: View, direction: 1 | -1, picture: Size, frame: Size): View {
  return zoomed(view, direction === 1 ? STEP : 1 / STEP, { x: 0, y: 0 }, picture, frame);
}

export function panned(view: View, by: Point, picture: Size, frame: Size): View {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, frame);
}

/** Keeps the picture from leaving the view: it moves only as far as it is larger than the view. */
function held(view: View, picture: Size, frame: Size): View {
  const roomX = Math.max(0, (picture.width * view.scale - frame.width) / 2);
  const roomY = Math.max(0, (picture.height * view.scale - frame.height) / 2);
  return { ...view, x: clamp(view.x, -roomX, roomX), y: clamp(view.y, -roomY, roomY) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** "348 × 348 at 163 %", the numbers that say whether pixels are invented. */
export function describe(picture: Size, view: View): string {
  return `${picture.width} × ${picture.height} at ${Math.round(view.scale * 100)}\u2009%`;
}
