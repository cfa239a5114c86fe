/** A canvas that keeps what it shows, and paints only what is new. */
import {
  boxInLayer,
  common,
  isEmpty,
  type Laid,
  type Layout,
  laidAnew,
  type Move,
  movedTo,
} from "../model/damage";
import type { Box, Size } from "../model/mask";
import type { View } from "../model/view";

/** How a scene is painted, with one unit for one pixel of the picture. */
export interface Painter<Scene> {
  /** Where two scenes look different, in pixels of the picture; null when everywhere. */
  readonly changes: (before: Scene, after: Scene) => readonly Box[] | null;
  readonly paint: (context: CanvasRenderingContext2D, scene: Scene, view: View) => void;
  /** CSS pixels that lines reach beyond what they go around. */
  readonly room: number;
}

interface Shown<Scene> extends Laid {
  readonly scene: Scene;
  readonly layout: Layout;
}

const sameLayout = (a: Layout, b: Layout): boolean =>
  a.margin === b.margin && a.frame.width === b.frame.width && a.frame.height === b.frame.height;

export class Sheet<Scene> {
  private readonly canvas: HTMLCanvasElement;
  private readonly painter: Painter<Scene>;
  /** CSS pixels. */
  private readonly margin: number;
  private shown: Shown<Scene> | null = null;

  /**
   * @param margin - how far the canvas goes beyond its frame on each side, in CSS pixels: so far the picture can
   *   be moved before anything is painted
   */
  constructor(canvas: HTMLCanvasElement, painter: Painter<Scene>, margin = 0) {
    this.canvas = canvas;
    this.painter = painter;
    this.margin = margin;
  }

  /** Shows a scene, as sharp as the screen is. */
  show(scene: Scene, frame: Size, view: View): void {
    const sharp = window.devicePixelRatio || 1;
    const pixels = (css: number) => Math.round(css * sharp);
    const margin = pixels(this.margin);
    const layout = { frame: { width: pixels(frame.width), height: pixels(frame.height) }, margin };
    // Whole pixels: what is there can then be moved without being drawn anew.
    const lies = { scale: view.scale * sharp, x: pixels(view.x) + margin, y: pixels(view.y) + margin };
    const before = this.shown && sameLayout(this.shown.layout, layout) ? this.shown : null;
    if (!before) {
      this.resize(layout, sharp);
    }
    const move = this.move(before, scene, lies, layout);
    this.shown = { scene, layout, view: move.view, painted: move.painted };
    this.canvas.style.transform = `translate(${(lies.x - move.view.x) / sharp}px, ${(lies.y - move.view.y) / sharp}px)`;
    this.draw(move, scene, view);
  }

  /** What was painted is lost: the browser gave the canvas a new memory. */
  forget(): void {
    this.shown = null;
  }

  /** What has to be painted to show something else. */
  private move(before: Shown<Scene> | null, scene: Scene, view: View, layout: Layout): Move {
    const changed = before && this.painter.changes(before.scene, scene);
    if (!before || !changed) {
      return laidAnew(view, layout);
    }
    const move = movedTo(before, view, layout);
    const room = this.painter.room * (window.devicePixelRatio || 1);
    const boxes = changed.map((box) => common(move.painted, boxInLayer(box, move.view, room)));
    return { ...move, boxes: [...move.boxes, ...boxes.filter((box) => !isEmpty(box))] };
  }

  private resize({ frame, margin }: Layout, sharp: number): void {
    const { canvas } = this;
    canvas.width = frame.width + 2 * margin;
    canvas.height = frame.height + 2 * margin;
    canvas.style.width = `${canvas.width / sharp}px`;
    canvas.style.height = `${canvas.height / sharp}px`;
    canvas.style.left = `${-margin / sharp}px`;
    canvas.style.top = `${-margin / sharp}px`;
  }

  private draw({ shift, boxes, view }: Move, scene: Scene, css: View): void {
    const context = this.canvas.getContext("2d");
    if (!context) {
      return;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (shift.x !== 0 || shift.y !== 0) {
      context.globalCompositeOperation = "copy";
      context.drawImage(this.canvas, shift.x, shift.y);
      context.globalCompositeOperation = "source-over";
    }
    for (const { left, top, right, bottom } of boxes) {
      context.save();
      context.beginPath();
      context.rect(left, top, right - left, bottom - top);
      context.clip();
      context.clearRect(left, top, right - left, bottom - top);
      context.setTransform(view.scale, 0, 0, view.scale, view.x, view.y);
      this.painter.paint(context, scene, css);
      context.restore();
    }
  }
}
