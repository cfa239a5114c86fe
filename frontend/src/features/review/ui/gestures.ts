/**
 * What a pointer does to the grid, told apart by what it is and how it moves.
 *
 * A mouse or pen marks as it goes down and paints the same mark over every tile it is drawn across; with Shift
 * it marks the range from the last tile. A finger marks when it taps, opens the menu when it rests, and enlarges
 * when two spread. The class knows tiles by index and is told what lies under a point, so it needs no screen.
 */

export interface Press {
  readonly id: number;
  readonly kind: "mouse" | "touch";
  readonly shift: boolean;
  readonly x: number;
  readonly y: number;
}

export interface Marks {
  /** The first tile of a stroke: answers nothing, decides the mark of the whole stroke. */
  begin(index: number, stroke: number): void;
  paint(index: number): void;
  range(from: number, to: number): void;
  toggle(index: number): void;
  focus(index: number): void;
  menu(index: number): void;
  enlarge(index: number): void;
}

/** Milliseconds after which a resting finger opens the menu. */
export const LONG_PRESS = 450;
/** Pixels that a resting finger may tremble. */
const TREMBLE = 10;
/** Pixels that two fingers must spread to enlarge. */
const SPREAD = 24;

interface Finger {
  readonly x: number;
  readonly y: number;
}

export class Gestures {
  private readonly marks: Marks;
  private readonly at: (x: number, y: number) => number | null;
  private strokes = 0;
  private stroke: { last: number } | null = null;
  private anchor = 0;
  private readonly fingers = new Map<number, Finger>();
  private spread = 0;
  private resting: ReturnType<typeof setTimeout> | null = null;
  /** The finger has done something already: the click that follows is no tap. */
  private spent = false;
  private pressed: "mouse" | "touch" | null = null;

  constructor(marks: Marks, at: (x: number, y: number) => number | null) {
    this.marks = marks;
    this.at = at;
  }

  down(index: number, press: Press): void {
    this.pressed = press.kind;
    if (press.kind === "touch") {
      this.fingerDown(index, press);
      return;
    }
    this.marks.focus(index);
    if (press.shift) {
      this.marks.range(this.anchor, index);
      return;
    }
    this.anchor = index;
    this.strokes += 1;
    this.stroke = { last: index };
    this.marks.begin(index, this.strokes);
  }

  move({ id, x, y }: Pick<Press, "id" | "x" | "y">): void {
    if (this.stroke) {
      this.draw(this.at(x, y));
    }
    const finger = this.fingers.get(id);
    if (finger) {
      this.fingerMoves(id, finger, { x, y });
    }
  }

  up(id: number): void {
    this.stroke = null;
    this.fingers.delete(id);
    this.rest(null);
  }

  /** Has the finger done something already, so that its lifting means nothing more? */
  get isSpent(): boolean {
    return this.spent;
  }

  /** The browser's own click: a finger's tap, or a press by a screen reader or the keyboard. */
  click(index: number, byPointer: boolean): void {
    const done = byPointer && (this.pressed === "mouse" || this.spent);
    this.pressed = null;
    this.spent = false;
    if (done) {
      return;
    }
    this.anchor = index;
    this.marks.focus(index);
    this.marks.toggle(index);
  }

  private draw(index: number | null): void {
    if (index !== null && this.stroke && index !== this.stroke.last) {
      this.stroke.last = index;
      this.anchor = index;
      this.marks.paint(index);
    }
  }

  private fingerDown(index: number, { id, x, y }: Press): void {
    this.fingers.set(id, { x, y });
    this.spent = false;
    if (this.fingers.size > 1) {
      this.rest(null);
      this.spread = this.distance();
      return;
    }
    this.rest(
      setTimeout(() => {
        this.spent = true;
        this.marks.menu(index);
      }, LONG_PRESS),
    );
  }

  private fingerMoves(id: number, from: Finger, to: Finger): void {
    if (this.fingers.size === 1) {
      if (Math.hypot(to.x - from.x, to.y - from.y) > TREMBLE) {
        this.rest(null);
      }
      return;
    }
    this.fingers.set(id, to);
    const middle = this.middle();
    const index = this.at(middle.x, middle.y);
    if (index !== null && this.distance() - this.spread > SPREAD) {
      this.spent = true;
      this.spread = Number.POSITIVE_INFINITY;
      this.marks.enlarge(index);
    }
  }

  private distance(): number {
    const [a, b] = [...this.fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  private middle(): Finger {
    const all = [...this.fingers.values()];
    const mean = (of: (finger: Finger) => number) =>
      all.reduce((sum, finger) => sum + of(finger), 0) / all.length;
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  }

  private rest(timer: ReturnType<typeof setTimeout> | null): void {
    if (this.resting !== null) {
      clearTimeout(this.resting);
    }
    this.resting = timer;
  }
}
