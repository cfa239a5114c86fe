/**
 * Pointer, finger and pen over the picture.
 *
 * A mouse and a pen act where they press. A finger hides what it points at: its point is aimed under a loupe and
 * lands when the finger lifts. A second finger moves and zooms, and a tap of three undoes.
 */
import type { Snapshot } from "../engine/snapshot";
import { joined, type Mask, type Size } from "../model/mask";
import { brushed, type Point } from "../model/shapes";
import { panned, toFrame, toPicture, type View, zoomed } from "../model/view";
import type { Actions } from "./actions";
import type { Board } from "./board";

export interface Field {
  readonly view: View;
  readonly picture: Size;
  readonly frame: Size;
  readonly show: (view: View) => void;
}

export interface Desk {
  readonly field: Field;
  readonly board: Board;
  readonly snapshot: Snapshot;
  readonly actions: Actions;
  readonly undo: () => void;
}

export interface Press {
  readonly id: number;
  readonly type: string;
  readonly button: number;
  readonly alt: boolean;
  /** In the frame. */
  readonly at: Point;
}

type Mode =
  | { kind: "none" }
  | { kind: "pan"; last: Point }
  | { kind: "drag"; index: number }
  | { kind: "aim" }
  | { kind: "stroke"; last: Point; mask: Mask; adds: boolean }
  | { kind: "pinch"; tapUntil: number; most: number };

const NEAR = 12;
const NEAR_TOUCH = 22;
const TAP_MS = 350;
const STROKES = ["brush", "eraser"];
const DRAGS_POINTS = ["select", "points", "add", "remove"];

export class Gestures {
  private mode: Mode = { kind: "none" };
  private readonly fingers = new Map<number, Point>();
  private readonly desk: () => Desk;
  private readonly now: () => number;

  constructor(desk: () => Desk, now: () => number = () => performance.now()) {
    this.desk = desk;
    this.now = now;
  }

  get busy(): boolean {
    return this.mode.kind !== "none";
  }

  down(press: Press): void {
    const { board } = this.desk();
    board.setCross(null);
    if (press.type === "touch") {
      this.fingers.set(press.id, press.at);
      if (this.fingers.size > 1) {
        this.pinch();
        return;
      }
    }
    if (board.moving || board.tool === "move" || press.button === 1) {
      this.mode = { kind: "pan", last: press.at };
    } else if (press.button === 0) {
      this.begin(press);
    }
  }

  move(press: Press, way: readonly Point[] = [press.at]): void {
    const { field, board } = this.desk();
    const before = this.fingers.get(press.id);
    if (before) {
      this.fingers.set(press.id, press.at);
    }
    const at = toPicture(field.view, press.at);
    if (press.type !== "touch" || this.mode.kind === "stroke") {
      board.live.pointer.set(at);
    }
    const { mode } = this;
    switch (mode.kind) {
      case "pan":
        field.show(panned(field.view, difference(press.at, mode.last), field.picture, field.frame));
        mode.last = press.at;
        break;
      case "drag":
        board.live.drag.set({ index: mode.index, at });
        if (press.type === "touch") {
          board.live.aim.set({ at, finger: press.at });
        }
        break;
      case "aim":
        board.live.aim.set({ at, finger: press.at });
        break;
      case "stroke":
        this.draw(mode, way);
        break;
      case "pinch":
        this.spread(press, before);
        break;
      default:
    }
  }

  up(press: Press): void {
    const { field, board, actions, undo } = this.desk();
    const { mode } = this;
    this.fingers.delete(press.id);
    if (mode.kind === "pinch") {
      if (this.fingers.size === 0) {
        this.mode = { kind: "none" };
        if (mode.most === 3 && this.now() < mode.tapUntil) {
          undo();
        }
      }
      return;
    }
    this.mode = { kind: "none" };
    board.live.aim.set(null);
    const drag = board.live.drag.get();
    board.live.drag.set(null);
    if (mode.kind === "drag" && drag) {
      actions.movePoint(drag.index, drag.at);
    }
    if (mode.kind === "aim") {
      actions.use(toPicture(field.view, press.at), press.alt);
    }
    if (mode.kind === "stroke") {
      board.live.stroke.set(null);
      actions.paint(mode.mask, mode.adds);
    }
  }

  cancel(id: number): void {
    this.fingers.delete(id);
    this.drop();
  }

  leave(): void {
    this.desk().board.live.pointer.set(null);
  }

  wheel(delta: number, at: Point): void {
    const { view, picture, frame, show } = this.desk().field;
    show(zoomed(view, Math.exp(-delta * 0.0015), at, picture, frame));
  }

  private begin(press: Press): void {
    const { field, board, actions, snapshot } = this.desk();
    const at = toPicture(field.view, press.at);
    const near = this.pointNear(press);
    if (near !== null && !snapshot.selected?.locked) {
      board.setChosen(near);
      this.mode = { kind: "drag", index: near };
    } else if (this.closes(press)) {
      actions.closePolygon(!press.alt);
    } else if (STROKES.includes(board.tool)) {
      const adds = (board.tool === "brush") !== press.alt;
      this.mode = { kind: "stroke", last: at, mask: brushed(field.picture, at, at, board.brush), adds };
      board.live.stroke.set(this.mode);
    } else if (press.type === "touch") {
      this.mode = { kind: "aim" };
      board.live.aim.set({ at, finger: press.at });
    } else {
      actions.use(at, press.alt);
    }
  }

  /** The outer point that a press takes hold of. */
  private pointNear({ at, type }: Press): number | null {
    const { field, board, snapshot } = this.desk();
    if (!DRAGS_POINTS.includes(board.tool) || !snapshot.selected) {
      return null;
    }
    const reach = type === "touch" ? NEAR_TOUCH : NEAR;
    const distances = snapshot.selected.points.map((point) => {
      const { x, y } = difference(toFrame(field.view, point), at);
      return Math.hypot(x, y);
    });
    const nearest = Math.min(...distances);
    return nearest <= reach ? distances.indexOf(nearest) : null;
  }

  /** A press on the first corner closes the polygon. */
  private closes({ at, type }: Press): boolean {
    const { field, board } = this.desk();
    const [first] = board.corners;
    if (!first || board.tool !== "polygon" || board.corners.length < 3) {
      return false;
    }
    return distance(toFrame(field.view, first), at) <= (type === "touch" ? NEAR_TOUCH : NEAR);
  }

  private draw(mode: Extract<Mode, { kind: "stroke" }>, way: readonly Point[]): void {
    const { field, board } = this.desk();
    for (const step of way) {
      const at = toPicture(field.view, step);
      mode.mask = joined(mode.mask, brushed(field.picture, mode.last, at, board.brush), "add");
      mode.last = at;
    }
    board.live.stroke.set({ mask: mode.mask, adds: mode.adds });
  }

  private pinch(): void {
    const before = this.mode.kind === "pinch" ? this.mode : null;
    this.drop();
    const most = Math.max(this.fingers.size, before?.most ?? 0);
    this.mode = { kind: "pinch", tapUntil: before?.tapUntil ?? this.now() + TAP_MS, most };
  }

  /** Two fingers: the picture follows both. */
  private spread({ id, at }: Press, before: Point | undefined): void {
    const other = [...this.fingers].find(([finger]) => finger !== id)?.[1];
    if (!before || !other || this.fingers.size !== 2) {
      return;
    }
    const { view, picture, frame, show } = this.desk().field;
    const factor = distance(at, other) / Math.max(1, distance(before, other));
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const shift = { x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 };
    show(zoomed(panned(view, shift, picture, frame), factor, middle, picture, frame));
  }

  private drop(): void {
    const { live } = this.desk().board;
    this.mode = { kind: "none" };
    live.stroke.set(null);
    live.aim.set(null);
    live.drag.set(null);
  }
}

const difference = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
