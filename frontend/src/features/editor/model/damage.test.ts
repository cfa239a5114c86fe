import { describe, expect, it } from "vitest";
import { boxInLayer, changesBetween, common, differenceOf, laidAnew, type Move, movedTo } from "./damage";
import { added, changed, type Doc, EMPTY, newOutline, painted } from "./document";
import { chance, draw } from "./drawing";
import type { Box } from "./mask";
import { brushed } from "./shapes";
import { fitted, panned, type View } from "./view";

/** 12 megapixels in the frame of a laptop. */
const PICTURE = { width: 4_240, height: 2_832 };
const FRAME = { width: 1_076, height: 800 };

const LAYOUT = { frame: FRAME, margin: 128 };
const LAYER = { left: 0, top: 0, right: 1_332, bottom: 1_056 };

const areaOf = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);
const paintedBy = ({ boxes }: Move): number => boxes.reduce((sum, box) => sum + areaOf(box), 0);
const IN_FRAME = FRAME.width * FRAME.height;

/** A disc over half of the picture. */
const drawn = (): Doc => {
  const middle = { x: 2_100, y: 1_400 };
  return added(EMPTY, painted(newOutline("a", null), brushed(PICTURE, middle, middle, 2_100), true));
};
const stroked = (doc: Doc): Doc =>
  changed(doc, "a", (outline) =>
    painted(outline, brushed(PICTURE, { x: 3_100, y: 900 }, { x: 3_160, y: 940 }, 48), true),
  );

describe("what a move leaves to be painted", () => {
  const view = { scale: 0.38, x: -200, y: -90 };
  const first = laidAnew(view, LAYOUT);
  it("is at first the frame, and after a step the margin on the side that came into sight", () => {
    expect(paintedBy(first)).toBe(IN_FRAME);
    const move = movedTo(first, { ...view, x: -188, y: -95 }, LAYOUT);
    expect(move).toMatchObject({ view, shift: { x: 0, y: 0 } });
    expect(move.painted).toEqual({ left: 0, top: 128, right: 1_204, bottom: 1_056 });
    expect(paintedBy(move)).toBe(areaOf(move.painted) - IN_FRAME);
  });
  it("is nothing while the layer slides over what it has, and when nothing moved", () => {
    const step = movedTo(first, { ...view, x: -188, y: -95 }, LAYOUT);
    expect(movedTo(step, { ...view, x: -72, y: -218 }, LAYOUT).boxes).toEqual([]);
    expect(movedTo(first, view, LAYOUT).boxes).toEqual([]);
  });
  it("is the rest once the margin is used up, with what is there moved", () => {
    const step = movedTo(first, { ...view, x: -188 }, LAYOUT);
    const far = movedTo(step, { ...view, x: -71 }, LAYOUT);
    expect(far).toMatchObject({ view: { ...view, x: -71 }, shift: { x: 129, y: 0 } });
    expect(far.boxes).toEqual([{ left: 0, top: 128, right: 129, bottom: 928 }]);
  });
  it("covers what is seen, each pixel painted once, wherever one goes", () => {
    const next = chance(3);
    let move = first;
    let at: View = view;
    for (let step = 0; step < 400; step += 1) {
      at = { ...at, x: at.x + Math.round(next() * 90 - 45), y: at.y + Math.round(next() * 90 - 45) };
      const before = move;
      move = movedTo(move, at, LAYOUT);
      const seen = {
        left: 128 - at.x + move.view.x,
        top: 128 - at.y + move.view.y,
        right: 128 - at.x + move.view.x + FRAME.width,
        bottom: 128 - at.y + move.view.y + FRAME.height,
      };
      expect(common(move.painted, seen)).toEqual(seen);
      expect(common(move.painted, LAYER)).toEqual(move.painted);
      const { x, y } = move.shift;
      const { left, top, right, bottom } = before.painted;
      const kept = common(LAYER, { left: left + x, top: top + y, right: right + x, bottom: bottom + y });
      expect(paintedBy(move)).toBe(areaOf(move.painted) - areaOf(kept));
    }
  });
  it("is all that is seen after a zoom or a leap", () => {
    for (const other of [
      { ...view, scale: 0.5 },
      { ...view, x: 2_000 },
      { ...view, x: -199.5 },
    ]) {
      expect(movedTo(first, other, LAYOUT)).toEqual(laidAnew(other, LAYOUT));
    }
  });
  it("is less than a twentieth of the frame for a step, over a quick pan of 600 pixels", () => {
    let [move, sum] = [first, 0];
    for (let step = 1; step <= 60; step += 1) {
      move = movedTo(move, panned(view, { x: 10 * step, y: 3 * step }, PICTURE, FRAME), LAYOUT);
      sum += paintedBy(move);
    }
    expect(sum / 60).toBeLessThan(IN_FRAME / 20);
  });
});

describe("what a change of the document leaves to be painted", () => {
  it("is where the masks differ", () => {
    expect(differenceOf(draw("....", ".##.", "...."), draw("....", ".###", "..#."))).toEqual({
      left: 2,
      top: 1,
      right: 4,
      bottom: 3,
    });
    expect(differenceOf(null, draw("..", ".#"))).toEqual({ left: 1, top: 1, right: 2, bottom: 2 });
    expect(differenceOf(draw("#"), draw("#"))).toBeNull();
  });
  it("is the place of a stroke on a 12-megapixel mask, a hundredth of the frame", () => {
    const before = drawn();
    const [box, ...others] = changesBetween(before, stroked(before)) ?? [];
    expect(others).toEqual([]);
    expect(box).toBeDefined();
    const view = fitted(PICTURE, FRAME);
    const inLayer = boxInLayer(box as Box, view, 6);
    expect(areaOf(inLayer)).toBeLessThan(IN_FRAME / 100);
  });
  it("is nothing for a hidden object, and all when objects come, go, or look different", () => {
    const before = drawn();
    const hidden = changed(before, "a", (outline) => ({ ...outline, hidden: true }));
    expect(changesBetween(hidden, stroked(hidden))).toEqual([]);
    expect(changesBetween(before, hidden)).toBeNull();
    expect(changesBetween(before, { ...before, selected: null })).toBeNull();
    expect(changesBetween(before, added(before, newOutline("b", null)))).toBeNull();
  });
});
