/** Draws the two layers: the picture with its pixel grid, and the masks. */

import { drawn, type Line, loopsOf } from "../model/contour";
import { type Doc, maskOf, type Outline } from "../model/document";
import type { Mask, Size } from "../model/mask";
import { type Paint, type Pattern, paintOf } from "../model/palette";
import { PIXEL_SCALE, type View } from "../model/view";

/** A picture with a smaller copy, which is drawn while little of it can be seen anyway. */
export interface Loaded {
  readonly full: HTMLImageElement;
  readonly small: ImageBitmap | null;
}

const SMALL = 2_048;

export async function loadPicture(url: string): Promise<Loaded> {
  const full = new Image();
  full.decoding = "async";
  full.src = url;
  await full.decode();
  const { naturalWidth: width, naturalHeight: height } = full;
  const shrink = SMALL / Math.max(width, height);
  const small =
    shrink < 0.75
      ? await createImageBitmap(full, {
          resizeWidth: Math.round(width * shrink),
          resizeHeight: Math.round(height * shrink),
          resizeQuality: "medium",
        })
      : null;
  return { full, small };
}

/** Makes the canvas as sharp as the screen, empties it, and lets one unit be one pixel of the picture. */
function prepared(canvas: HTMLCanvasElement, frame: Size, view: View): CanvasRenderingContext2D | null {
  const sharp = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(frame.width * sharp), Math.round(frame.height * sharp)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, width, height);
  context?.setTransform(sharp * view.scale, 0, 0, sharp * view.scale, sharp * view.x, sharp * view.y);
  return context;
}

export function paintPicture(
  canvas: HTMLCanvasElement,
  loaded: Loaded,
  picture: Size,
  frame: Size,
  view: View,
): void {
  const context = prepared(canvas, frame, view);
  if (!context) {
    return;
  }
  const { full, small } = loaded;
  const enough = small !== null && picture.width * view.scale * window.devicePixelRatio <= small.width * 1.2;
  context.imageSmoothingEnabled = view.scale < PIXEL_SCALE;
  context.drawImage(enough ? small : full, 0, 0, picture.width, picture.height);
  if (view.scale >= PIXEL_SCALE) {
    paintGrid(context, picture, frame, view);
  }
}

function paintGrid(
  context: CanvasRenderingContext2D,
  picture: Size,
  frame: Size,
  { scale, x, y }: View,
): void {
  const first = (at: number) => Math.max(0, Math.floor(-at / scale));
  const last = (at: number, room: number, most: number) => Math.min(most, Math.ceil((room - at) / scale));
  const [left, right] = [first(x), last(x, frame.width, picture.width)];
  const [top, bottom] = [first(y), last(y, frame.height, picture.height)];
  context.beginPath();
  for (let column = left; column <= right; column += 1) {
    context.moveTo(column, top);
    context.lineTo(column, bottom);
  }
  for (let row = top; row <= bottom; row += 1) {
    context.moveTo(left, row);
    context.lineTo(right, row);
  }
  context.lineWidth = 1 / scale;
  context.strokeStyle = "rgb(255 255 255 / 16%)";
  context.stroke();
}

/** Between two drawn corners, in pixels of the picture; 0 where single pixels are shown. */
export function closestAt(scale: number): number {
  return scale >= PIXEL_SCALE ? 0 : Math.max(0.1, 0.75 / 2 ** Math.floor(Math.log2(scale)));
}

const paths = new WeakMap<Mask, Map<number, Path2D>>();

function pathOf(mask: Mask, closest: number): Path2D {
  const known = paths.get(mask) ?? new Map<number, Path2D>();
  paths.set(mask, known);
  const before = known.get(closest);
  if (before) {
    return before;
  }
  const path = new Path2D();
  for (const loop of loopsOf(mask)) {
    addLine(path, drawn(loop, closest));
  }
  known.set(closest, path);
  return path;
}

function addLine(path: Path2D, line: Line): void {
  path.moveTo(line[0] ?? 0, line[1] ?? 0);
  for (let at = 2; at < line.length; at += 2) {
    path.lineTo(line[at] ?? 0, line[at + 1] ?? 0);
  }
  path.closePath();
}

/** The same line as text, for the SVG on top. */
export function svgPath(mask: Mask, { scale, x, y }: View): string {
  const part = (line: Line): string => {
    let text = "";
    for (let at = 0; at < line.length; at += 2) {
      const [px, py] = [(line[at] ?? 0) * scale + x, (line[at + 1] ?? 0) * scale + y];
      text += `${at === 0 ? "M" : "L"}${px.toFixed(1)} ${py.toFixed(1)}`;
    }
    return `${text}Z`;
  };
  return loopsOf(mask)
    .map((loop) => part(drawn(loop, closestAt(scale))))
    .join("");
}

const TILE = 12;

const DRAWINGS: Record<Exclude<Pattern, "solid">, (context: CanvasRenderingContext2D) => void> = {
  stripes: (context) => {
    for (const at of [-TILE, 0, TILE]) {
      context.moveTo(at, TILE);
      context.lineTo(at + TILE, 0);
    }
  },
  bars: (context) => {
    context.moveTo(TILE / 2, 0);
    context.lineTo(TILE / 2, TILE);
  },
  checks: (context) => {
    context.rect(0, 0, TILE / 2, TILE / 2);
    context.rect(TILE / 2, TILE / 2, TILE / 2, TILE / 2);
  },
  dots: (context) => context.arc(TILE / 2, TILE / 2, 1.8, 0, 2 * Math.PI),
  rings: (context) => context.arc(TILE / 2, TILE / 2, 3.6, 0, 2 * Math.PI),
};
const FILLED: readonly Pattern[] = ["dots", "checks"];

const tiles = new Map<string, HTMLCanvasElement>();

function tileOf({ color, pattern }: Paint): HTMLCanvasElement {
  const key = `${color} ${pattern}`;
  const known = tiles.get(key);
  if (known) {
    return known;
  }
  const tile = document.createElement("canvas");
  tile.width = TILE;
  tile.height = TILE;
  const context = tile.getContext("2d");
  if (context && pattern !== "solid") {
    context.strokeStyle = color;
    context.fillStyle = color;
    context.lineWidth = 1.6;
    context.beginPath();
    DRAWINGS[pattern](context);
    if (FILLED.includes(pattern)) {
      context.fill();
    } else {
      context.stroke();
    }
  }
  tiles.set(key, tile);
  return tile;
}

function fill(context: CanvasRenderingContext2D, path: Path2D, paint: Paint, scale: number): void {
  context.globalAlpha = paint.pattern === "solid" ? 0.42 : 0.16;
  context.fillStyle = paint.color;
  context.fill(path, "evenodd");
  const pattern = paint.pattern === "solid" ? null : context.createPattern(tileOf(paint), "repeat");
  if (pattern) {
    pattern.setTransform(new DOMMatrix().scale(1 / scale));
    context.globalAlpha = 0.9;
    context.fillStyle = pattern;
    context.fill(path, "evenodd");
  }
  context.globalAlpha = 1;
}

/** Always three strokes, so that it is seen on any picture: black, white, colour (dashed for the one in hand). */
function outline(
  context: CanvasRenderingContext2D,
  path: Path2D,
  color: string,
  scale: number,
  active: boolean,
): void {
  const strokes: [style: string, width: number][] = [
    ["rgb(0 0 0 / 60%)", active ? 5.5 : 4],
    ["#FFFFFF", active ? 3 : 2.6],
    [color, active ? 3 : 1.8],
  ];
  // Round joins of thousands of short sides cost more than all the rest, and cannot be seen.
  context.lineJoin = "bevel";
  strokes.forEach(([style, width], nth) => {
    context.setLineDash(active && nth === 2 ? [7 / scale, 5 / scale] : []);
    context.lineWidth = width / scale;
    context.strokeStyle = style;
    context.stroke(path);
  });
}

export interface MaskScene {
  readonly doc: Doc;
  readonly frame: Size;
  readonly view: View;
  readonly classes: readonly string[];
  readonly hidden: boolean;
}

export function paintMasks(
  canvas: HTMLCanvasElement,
  { doc, frame, view, classes, hidden }: MaskScene,
): void {
  const context = prepared(canvas, frame, view);
  if (!context || hidden) {
    return;
  }
  const closest = closestAt(view.scale);
  // The top of the list is drawn last; the one in hand above all.
  const order = [...doc.outlines].reverse();
  const last = (one: Outline) => (one.id === doc.selected ? 1 : 0);
  for (const one of order.sort((a, b) => last(a) - last(b))) {
    const mask = one.hidden ? null : maskOf(one);
    if (mask) {
      const paint = paintOf(classes.indexOf(one.labelClass ?? ""));
      const path = pathOf(mask, closest);
      fill(context, path, paint, view.scale);
      outline(context, path, paint.color, view.scale, one.id === doc.selected);
    }
  }
}
