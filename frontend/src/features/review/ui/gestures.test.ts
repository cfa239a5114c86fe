import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Gestures, LONG_PRESS, type Press } from "./gestures";

const mouse = (x: number, shift = false): Press => ({ id: 1, kind: "mouse", shift, x, y: 0 });
const finger = (x: number, id = 7): Press => ({ id, kind: "touch", shift: false, x, y: 0 });

/** Tiles are ten pixels wide and lie in one row. */
function hand() {
  const done: string[] = [];
  const gestures = new Gestures(
    {
      begin: (index) => done.push(`begin ${index}`),
      paint: (index) => done.push(`paint ${index}`),
      range: (from, to) => done.push(`range ${from} ${to}`),
      toggle: (index) => done.push(`toggle ${index}`),
      focus: () => undefined,
      menu: (index) => done.push(`menu ${index}`),
      enlarge: (index) => done.push(`enlarge ${index}`),
    },
    (x) => (x < 0 ? null : Math.floor(x / 10)),
  );
  return { gestures, done };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a mouse", () => {
  it("marks once with a click", () => {
    const { gestures, done } = hand();
    gestures.down(2, mouse(25));
    gestures.up(1);
    gestures.click(2, true);
    expect(done).toEqual(["begin 2"]);
  });
  it("paints over the tiles it is drawn across, each once as it comes", () => {
    const { gestures, done } = hand();
    gestures.down(0, mouse(5));
    for (const x of [7, 12, 14, -3, 25]) {
      gestures.move({ id: 1, x, y: 0 });
    }
    gestures.up(1);
    gestures.move({ id: 1, x: 45, y: 0 });
    expect(done).toEqual(["begin 0", "paint 1", "paint 2"]);
  });
  it("marks a range with Shift from the tile it touched last", () => {
    const { gestures, done } = hand();
    gestures.down(1, mouse(15));
    gestures.up(1);
    gestures.down(5, mouse(55, true));
    gestures.up(1);
    expect(done).toEqual(["begin 1", "range 1 5"]);
  });
});

describe("a finger", () => {
  it("marks with a tap, when the tap has ended", () => {
    const { gestures, done } = hand();
    gestures.down(3, finger(35));
    gestures.up(7);
    expect(done).toEqual([]);
    gestures.click(3, true);
    expect(done).toEqual(["toggle 3"]);
  });
  it("opens the menu when it rests, and marks nothing then", () => {
    const { gestures, done } = hand();
    gestures.down(3, finger(35));
    vi.advanceTimersByTime(LONG_PRESS);
    gestures.up(7);
    gestures.click(3, true);
    expect(done).toEqual(["menu 3"]);
  });
  it("only scrolls when it moves", () => {
    const { gestures, done } = hand();
    gestures.down(3, finger(35));
    gestures.move({ id: 7, x: 60, y: 0 });
    vi.advanceTimersByTime(LONG_PRESS);
    gestures.up(7);
    expect(done).toEqual([]);
  });
  it("enlarges once when two spread", () => {
    const { gestures, done } = hand();
    gestures.down(3, finger(35));
    gestures.down(4, finger(45, 8));
    gestures.move({ id: 8, x: 65, y: 0 });
    gestures.move({ id: 8, x: 75, y: 0 });
    gestures.move({ id: 8, x: 95, y: 0 });
    gestures.up(7);
    gestures.up(8);
    gestures.click(4, true);
    expect(done).toEqual(["enlarge 5"]);
  });
});

describe("a screen reader or the keyboard", () => {
  it("presses a tile without a pointer", () => {
    const { gestures, done } = hand();
    gestures.click(6, false);
    expect(done).toEqual(["toggle 6"]);
  });
  it("presses after a mouse press that ended elsewhere", () => {
    const { gestures, done } = hand();
    gestures.down(0, mouse(5));
    gestures.up(1);
    gestures.click(6, false);
    expect(done).toEqual(["begin 0", "toggle 6"]);
  });
});
