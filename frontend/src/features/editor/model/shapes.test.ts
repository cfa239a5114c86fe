import { describe, expect, it } from "vitest";
import { text } from "./drawing";
import { areaOf, boundsOf } from "./mask";
import { brushed, polygonFilled } from "./shapes";

const SIZE = { width: 7, height: 5 };

describe("the brush", () => {
  it("paints the one pixel under a point", () => {
    const at = { x: 2.5, y: 1.5 };
    expect(text(brushed(SIZE, at, at, 1))).toEqual([".......", "..#....", ".......", ".......", "......."]);
  });
  it("is round", () => {
    const at = { x: 3.5, y: 2.5 };
    expect(text(brushed(SIZE, at, at, 4))).toEqual(["...#...", "..###..", ".#####.", "..###..", "...#..."]);
  });
  it("leaves no gaps however fast it moves, and stops at the edge of the picture", () => {
    const stroke = brushed({ width: 200, height: 100 }, { x: -5, y: 10 }, { x: 190, y: 90 }, 9);
    expect(boundsOf(stroke)?.left).toBe(0);
    const rows = stroke.rows.slice(12, 90);
    expect(rows.every((row) => row.length === 2)).toBe(true);
  });
  it("covers what a disc moved along the line covers", () => {
    const size = { width: 60, height: 60 };
    const [from, to, radius] = [{ x: 12.3, y: 20.1 }, { x: 44.8, y: 31.7 }, 6];
    const stroke = brushed(size, from, to, 2 * radius);
    const distance = (x: number, y: number) => {
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const t = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);
      const at = Math.max(0, Math.min(1, t));
      return Math.hypot(x - from.x - at * dx, y - from.y - at * dy);
    };
    let inside = 0;
    for (let y = 0; y < 60; y += 1) {
      for (let x = 0; x < 60; x += 1) {
        inside += distance(x + 0.5, y + 0.5) <= radius ? 1 : 0;
      }
    }
    expect(areaOf(stroke)).toBe(inside);
  });
});

describe("a polygon", () => {
  it("takes the pixels whose middles it holds", () => {
    const square = [
      { x: 1, y: 1 },
      { x: 4, y: 1 },
      { x: 4, y: 4 },
      { x: 1, y: 4 },
    ];
    expect(text(polygonFilled(SIZE, square))).toEqual([
      ".......",
      ".###...",
      ".###...",
      ".###...",
      ".......",
    ]);
  });
  it("is cut at the edges of the picture", () => {
    const big = [
      { x: -9, y: -9 },
      { x: 30, y: -9 },
      { x: 30, y: 30 },
      { x: -9, y: 30 },
    ];
    expect(areaOf(polygonFilled(SIZE, big))).toBe(35);
  });
  it("has a hole where it crosses itself", () => {
    const twice = [0, 1].flatMap(() => [
      { x: 0, y: 0 },
      { x: 5, y: 0 },
      { x: 5, y: 5 },
      { x: 0, y: 5 },
    ]);
    expect(areaOf(polygonFilled(SIZE, twice))).toBe(0);
  });
});
