import { describe, expect, it } from "vitest";
import {
  annotate,
  type Batch,
  counts,
  differing,
  type Item,
  look,
  mark,
  merge,
  nextMarked,
  openBatch,
  range,
  redo,
  toggled,
  toggledUnsure,
  toVerdicts,
  undo,
} from "./batch";

const item = (id: string, position: number): Item => ({
  id,
  position,
  thumb_url: `/t/${id}`,
  full_url: `/f/${id}`,
  width: 4,
  height: 3,
});
const ITEMS = [item("a", 0), item("b", 1), item("c", 2), item("d", 3)];
const marks = (batch: Batch) => batch.tiles.map((tile) => tile.mark);

describe("opening a batch", () => {
  it("starts every tile as right where the job confirms", () => {
    expect(marks(openBatch(ITEMS, "confirm"))).toEqual(["right", "right", "right", "right"]);
  });
  it("starts with nothing chosen where the job says so", () => {
    expect(marks(openBatch(ITEMS, "none"))).toEqual(["none", "none", "none", "none"]);
  });
  it("shows the tiles by position, whatever order they came in", () => {
    const batch = openBatch([ITEMS[2], ITEMS[0], ITEMS[1]] as Item[], "confirm");
    expect(batch.items.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
  it("puts the marks, notes and looks of a draft back", () => {
    const draft = { a: "disconfirm", b: { value: "unsure", note: "dark", looked: true } } as const;
    const batch = openBatch(ITEMS, "confirm", draft);
    expect(marks(batch)).toEqual(["wrong", "unsure", "right", "right"]);
    expect(batch.tiles[1]).toMatchObject({ note: "dark", looked: true });
  });
  it("tries a picture again that an earlier screen could not load", () => {
    const batch = openBatch(ITEMS, "confirm", { a: { value: "unsure", note: "unreadable" } });
    expect(batch.tiles[0]).toMatchObject({ mark: "right", note: "" });
  });
});

describe("marking", () => {
  it("takes a click, a range and a drag back in one step each", () => {
    let batch = mark(openBatch(ITEMS, "confirm"), [0], "wrong", 1);
    batch = mark(batch, range(3, 1), "unsure", 2);
    expect(marks(batch)).toEqual(["wrong", "unsure", "unsure", "unsure"]);
    batch = mark(batch, [0], "right", 3, 7);
    batch = mark(batch, [1], "right", 4, 7);
    batch = mark(batch, [2], "right", 5, 7);
    batch = undo(batch, 6);
    expect(marks(batch)).toEqual(["wrong", "unsure", "unsure", "unsure"]);
    batch = undo(batch, 7);
    expect(marks(batch)).toEqual(["wrong", "right", "right", "right"]);
    batch = undo(batch, 8);
    expect(marks(batch)).toEqual(["right", "right", "right", "right"]);
    expect(undo(batch, 9)).toBe(batch);
  });
  it("puts back what was taken back, until something new is marked", () => {
    const marked = mark(openBatch(ITEMS, "confirm"), [2], "wrong", 1);
    const back = undo(marked, 2);
    expect(marks(redo(back, 3))).toEqual(["right", "right", "wrong", "right"]);
    const other = mark(back, [0], "unsure", 3);
    expect(redo(other, 4)).toBe(other);
  });
  it("makes no step where nothing changes", () => {
    const batch = openBatch(ITEMS, "confirm");
    expect(mark(batch, [0, 1], "right", 1)).toBe(batch);
    expect(mark(batch, [99], "wrong", 1)).toBe(batch);
  });
  it("does not join two drags", () => {
    let batch = mark(openBatch(ITEMS, "confirm"), [0], "wrong", 1, 1);
    batch = mark(batch, [1], "wrong", 2, 2);
    expect(marks(undo(batch, 3))).toEqual(["wrong", "right", "right", "right"]);
  });
  it("toggles wrong and right, unsure and right", () => {
    expect([toggled("none"), toggled("right"), toggled("wrong"), toggled("unsure")]).toEqual([
      "wrong",
      "wrong",
      "right",
      "wrong",
    ]);
    expect([toggledUnsure("unsure"), toggledUnsure("wrong")]).toEqual(["right", "unsure"]);
  });
  it("finds the next and the previous mark, and stays where there is none", () => {
    const batch = mark(openBatch(ITEMS, "confirm"), [0, 3], "wrong", 1);
    expect([nextMarked(batch, 0, 1), nextMarked(batch, 3, 1), nextMarked(batch, 2, -1)]).toEqual([3, 3, 0]);
  });
});

describe("what is counted and sent", () => {
  it("counts a picture that never loaded as unsure", () => {
    const batch = mark(openBatch(ITEMS, "confirm"), [1], "wrong", 1);
    expect(counts(batch)).toEqual({ right: 3, wrong: 1, unsure: 0, none: 0 });
    expect(counts(batch, new Set(["a"]))).toEqual({ right: 2, wrong: 1, unsure: 1, none: 0 });
  });
  it("names every tile, with notes and looks only where there are some", () => {
    let batch = mark(openBatch(ITEMS, "confirm"), [1], "wrong", 1);
    batch = annotate(look(mark(batch, [2], "unsure", 2), 2, 3), 2, " blurred ", 4);
    expect(toVerdicts(batch, new Set(["d"]))).toEqual({
      a: "confirm",
      b: "disconfirm",
      c: { value: "unsure", note: "blurred", looked: true },
      d: { value: "unsure", note: "unreadable" },
    });
  });
  it("leaves out what nobody has chosen", () => {
    expect(toVerdicts(mark(openBatch(ITEMS, "none"), [1], "right", 1))).toEqual({ b: "confirm" });
  });
  it("tells on which tiles two sets of verdicts differ", () => {
    expect(differing({ a: "confirm", b: "unsure" }, { a: { value: "confirm" }, c: "unsure" })).toEqual([
      "b",
      "c",
    ]);
  });
});

describe("merging a draft of another tab", () => {
  const start = openBatch(ITEMS, "confirm");
  const base = toVerdicts(start);

  it("keeps what only I changed and takes what only they changed", () => {
    const mine = mark(start, [0], "wrong", 50);
    const merged = merge(mine, base, { ...base, b: "unsure" }, 10);
    expect(marks(merged)).toEqual(["wrong", "unsure", "right", "right"]);
  });
  it("lets the later of two changes win", () => {
    const theirs = { ...base, a: "unsure" } as const;
    expect(marks(merge(mark(start, [0], "wrong", 50), base, theirs, 40))[0]).toBe("wrong");
    expect(marks(merge(mark(start, [0], "wrong", 50), base, theirs, 60))[0]).toBe("unsure");
  });
  it("never forgets that the confidence was looked at", () => {
    const merged = merge(look(start, 0, 5), base, { ...base, a: "disconfirm" }, 60);
    expect(merged.tiles[0]).toMatchObject({ mark: "wrong", looked: true });
  });
  it("lets undo reach no mark that the other side has replaced", () => {
    const merged = merge(mark(start, [0], "wrong", 50), base, { ...base, b: "unsure" }, 10);
    expect(undo(merged, 99)).toBe(merged);
  });
  it("keeps undo where nothing on the screen moved", () => {
    const mine = mark(start, [0], "wrong", 50);
    expect(marks(undo(merge(mine, base, base, 60), 70))).toEqual(["right", "right", "right", "right"]);
  });
});
