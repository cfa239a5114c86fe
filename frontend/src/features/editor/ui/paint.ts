/** Draws the two layers: the picture with its pixel grid, and the masks. */

import { drawn, type Line, loopsOf } from "../model/contour";
import { changesBetween } from "../model/damage";
import { type Doc, maskOf, type Outline } from "../model/document";
import type { Mask, Size } from "../model/mask";
import { type Paint, type Pattern, paintOf } from "../model/palette";
import { PIXEL_SCALE, type View } from "../model/view";
import type { Painter } from "./sheet";

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

export interface PictureScene {
  readonly loaded: Loaded;
  readonly picture: Size;
}

export const PICTURE: Painter<PictureScene> = {
  room: 0,
  changes: (before, after) => (before.loaded === after.loaded ? [] : null),
  paint: (context, { loaded: { full, small }, picture }, view) => {
    const wide = picture.width * view.scale * window.devicePixelRatio;
    context.imageSmoothingEnabled = view.scale < PIXEL_SCALE;
    context.drawImage(small && wide <= small.width * 1.2 ? small : full, 0, 0, picture.width, picture.height);
    if (view.scale >= PIXEL_SCALE) {
      paintGrid(context, picture, view);
    }
  },
};

/** The sides of the pixels, those that the canvas shows. */
function paintGrid(context: CanvasRenderingContext2D, picture: Size, { scale }: View): void {
  const { width, height } = context.canvas;
  const toPicture = context.getTransform().inverse();
  const [from, to] = [
    toPicture.transformPoint({ x: 0, y: 0 }),
    toPicture.transformPoint({ x: width, y: height }),
  ];
  const [left, right] = [Math.max(0, Math.floor(from.x)), Math.min(picture.width, Math.ceil(to.x))];
  const [top, bottom] = [Math.max(0, Math.floor(from.y)), Math.min(picture.height, Math.ceil(to.y))];
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
  /** Ids, in the order of their paints. */
  readonly classes: readonly string[];
  readonly hidden: boolean;
}

export const MASKS: Painter<MaskScene> = {
  room: 5,
  changes: (before, after) => {
    const same = before.classes === after.classes && before.hidden === after.hidden;
    return same ? changesBetween(before.doc, after.doc) : null;
  },
  paint: (context, { doc, classes, hidden }, { scale }) => {
    // The top of the list is drawn last; the one in hand above all.
    const last = (one: Outline) => (one.id === doc.selected ? 1 : 0);
    const order = [...doc.outlines].reverse().sort((a, b) => last(a) - last(b));
    for (const one of hidden ? [] : order) {
      const mask = one.hidden ? null : maskOf(one);
      if (mask) {
        const paint = paintOf(classes.indexOf(one.labelClass ?? ""));
        const path = pathOf(mask, closestAt(scale));
        fill(context, path, paint, scale);
        outline(context, path, paint.color, scale, one.id === doc.selected);
      }
    }
  },
};
