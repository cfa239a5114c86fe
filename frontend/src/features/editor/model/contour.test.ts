import { describe, expect, it } from "vitest";
import { drawn, loopsOf } from "./contour";
import { draw, noise } from "./drawing";
import { areaOf } from "./mask";
import { brushed } from "./shapes";

/** Twice the area that loops enclose, holes counted against it. */
const shoelace = (loop: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < loop.length; at += 2) {
    const next = (at + 2) % loop.length;
    sum += (loop[at] ?? 0) * (loop[next + 1] ?? 0) - (loop[next] ?? 0) * (loop[at + 1] ?? 0);
  }
  return sum / 2;
};

describe("the outline", () => {
  it("of one pixel is its four corners", () => {
    expect(loopsOf(draw("..", ".#")).map((loop) => [...loop])).toEqual([[1, 1, 2, 1, 2, 2, 1, 2]]);
  });
  it("of a ring is two loops", () => {
    const areas = loopsOf(draw("###", "#.#", "###")).map((loop) => Math.abs(shoelace(loop)));
    expect(areas.sort()).toEqual([1, 9]);
  });
  it("of anything holds each corner of each pixel border once", () => {
    const mask = noise(20, 20, 0.5, 11);
    const corners = loopsOf(mask).reduce((sum, loop) => sum + loop.length / 2, 0);
    const unique = new Set(loopsOf(mask).flatMap((loop) => pairs(loop)));
    expect(unique.size).toBe(corners);
  });
  it("is drawn by the even-odd rule as the very mask", () => {
    const disc = brushed({ width: 40, height: 40 }, { x: 20, y: 20 }, { x: 20, y: 20 }, 30);
    const sum = loopsOf(disc).reduce((total, loop) => total + Math.abs(shoelace(loop)), 0);
    expect(sum).toBe(areaOf(disc));
  });
});

describe("the drawn line", () => {
  const [step] = loopsOf(draw("#..", "##.", "###"));
  it("is exact when single pixels are shown", () => {
    expect([...drawn(step ?? new Int32Array(), 0)]).toEqual([...(step ?? [])]);
  });
  it("turns a staircase into a slope, and a long side only loses its corners", () => {
    const line = drawn(step ?? new Int32Array(), 0.1);
    expect(Math.abs(shoelace(line))).toBeCloseTo(6 - 6 / 8 + 2 / 8, 5);
  });
  it("leaves out what cannot be seen", () => {
    const disc = brushed({ width: 900, height: 900 }, { x: 450, y: 450 }, { x: 450, y: 450 }, 800);
    const [loop] = loopsOf(disc);
    const [fine, coarse] = [0.1, 8].map((closest) => drawn(loop ?? new Int32Array(), closest).length);
    expect(coarse).toBeLessThan((fine ?? 0) / 3);
  });
});

function pairs(loop: Int32Array): string[] {
  return Array.from({ length: loop.length / 2 }, (_, nth) => `${loop[2 * nth]} ${loop[2 * nth + 1]}`);
}
