/**
 * How the picture lies in its frame. `scale` is CSS pixels for one pixel of the picture; `x`, `y` is the place
 * of the picture's top left corner in the frame.
 */
import type { Size } from "./mask";
import type { Point } from "./shapes";

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const LARGEST_SCALE = 40;
/** From here on single pixels are shown: the grid, the exact steps of a mask. */
export const PIXEL_SCALE = 6;
const STEP = 1.25;
const MARGIN = 22;
/** CSS pixels of the picture that stay in the frame, however far it is moved. */
const STAYS = 64;

/** The whole picture in the middle of its frame; higher up where it would reach into `foot`, the lowest pixels. */
export function fitted(picture: Size, frame: Size, foot = MARGIN): View {
  const scale = Math.min(
    LARGEST_SCALE,
    Math.max(1, frame.width - 2 * MARGIN) / picture.width,
    Math.max(1, frame.height - MARGIN - foot) / picture.height,
  );
  const height = picture.height * scale;
  return {
    scale,
    x: (frame.width - picture.width * scale) / 2,
    y: Math.min((frame.height - height) / 2, frame.height - foot - height),
  };
}

/** Zooms so that the picture's point under `at` (in the frame) stays there. */
export function zoomed(view: View, factor: number, at: Point, picture: Size, frame: Size): View {
  const smallest = Math.min(1, fitted(picture, frame).scale) / 2;
  const scale = Math.min(LARGEST_SCALE, Math.max(smallest, view.scale * factor));
  const grown = scale / view.scale;
  return held(
    { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown },
    picture,
    frame,
  );
}

export function stepped(view: View, direction: 1 | -1, picture: Size, frame: Size): View {
  const middle = { x: frame.width / 2, y: frame.height / 2 };
  return zoomed(view, direction === 1 ? STEP : 1 / STEP, middle, picture, frame);
}

export function panned(view: View, by: Point, picture: Size, frame: Size): View {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, frame);
}

/** Brings a point of the picture into the frame, if it is not there. */
export function revealing(view: View, { x, y }: Point, picture: Size, frame: Size): View {
  const at = toFrame(view, { x, y });
  const off = (value: number, most: number) =>
    Math.max(0, MARGIN * 2 - value) + Math.min(0, most - MARGIN * 2 - value);
  const by = { x: off(at.x, frame.width), y: off(at.y, frame.height) };
  return by.x === 0 && by.y === 0 ? view : panned(view, by, picture, frame);
}

export function centredOn(view: View, { x, y }: Point, picture: Size, frame: Size): View {
  const { scale } = view;
  return held({ scale, x: frame.width / 2 - x * scale, y: frame.height / 2 - y * scale }, picture, frame);
}

export function toPicture({ scale, x, y }: View, at: Point): Point {
  return { x: (at.x - x) / scale, y: (at.y - y) / scale };
}

export function toFrame({ scale, x, y }: View, at: Point): Point {
  return { x: at.x * scale + x, y: at.y * scale + y };
}

function held(view: View, picture: Size, frame: Size): View {
  const held = (at: number, length: number, room: number) => {
    const stays = Math.min(STAYS, length, room);
    return Math.min(room - stays, Math.max(stays - length, at));
  };
  return {
    ...view,
    x: held(view.x, picture.width * view.scale, frame.width),
    y: held(view.y, picture.height * view.scale, frame.height),
  };
}
