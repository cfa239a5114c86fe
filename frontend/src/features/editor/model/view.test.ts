import { describe, expect, it } from "vitest";
import { centredOn, fitted, panned, revealing, stepped, toFrame, toPicture, zoomed } from "./view";

const PICTURE = { width: 600, height: 400 };
const FRAME = { width: 1044, height: 844 };

describe("the view", () => {
  it("fits the whole picture with a margin, in the middle", () => {
    const view = fitted(PICTURE, FRAME);
    expect(view.scale).toBeCloseTo(1000 / 600);
    expect(toFrame(view, { x: 300, y: 200 })).toEqual({ x: 522, y: 422 });
  });
  it("leaves the foot of the frame free, and is in the middle where it does not reach it", () => {
    const high = { width: 400, height: 1600 };
    const view = fitted(high, FRAME, 80);
    expect(toFrame(view, { x: 200, y: 0 })).toEqual({ x: 522, y: 22 });
    expect(toFrame(view, { x: 200, y: 1600 })).toEqual({ x: 522, y: 764 });
    const wide = { width: 600, height: 100 };
    expect(fitted(wide, FRAME, 80)).toEqual(fitted(wide, FRAME));
  });
  it("keeps the point under the pointer while it zooms", () => {
    const at = { x: 700, y: 500 };
    const before = fitted(PICTURE, FRAME);
    const after = zoomed(before, 3, at, PICTURE, FRAME);
    expect(toPicture(after, at).x).toBeCloseTo(toPicture(before, at).x);
    expect(toPicture(after, at).y).toBeCloseTo(toPicture(before, at).y);
  });
  it("zooms neither beyond single pixels nor to nothing", () => {
    const view = fitted(PICTURE, FRAME);
    expect(zoomed(view, 1e9, { x: 0, y: 0 }, PICTURE, FRAME).scale).toBe(40);
    expect(zoomed(view, 1e-9, { x: 0, y: 0 }, PICTURE, FRAME).scale).toBeGreaterThan(0.4);
    expect(stepped(view, 1, PICTURE, FRAME).scale).toBeCloseTo(view.scale * 1.25);
  });
  it("never loses the picture", () => {
    const gone = panned(fitted(PICTURE, FRAME), { x: 9999, y: -9999 }, PICTURE, FRAME);
    expect(gone.x).toBe(FRAME.width - 64);
    expect(toFrame(gone, { x: 0, y: 400 }).y).toBeCloseTo(64);
  });
  it("brings a point into the frame, and leaves alone what is there", () => {
    const near = { scale: 20, x: 0, y: 0 };
    const shown = toFrame(revealing(near, { x: 300, y: 200 }, PICTURE, FRAME), { x: 300, y: 200 });
    expect(shown.x).toBeLessThan(FRAME.width);
    expect(shown.y).toBeLessThan(FRAME.height);
    expect(revealing(near, { x: 10, y: 10 }, PICTURE, FRAME)).toBe(near);
    expect(toFrame(centredOn(near, { x: 300, y: 200 }, PICTURE, FRAME), { x: 300, y: 200 })).toEqual({
      x: 522,
      y: 422,
    });
  });
});
