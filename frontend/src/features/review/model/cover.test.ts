import { describe, expect, it } from "vitest";
import { cover } from "./cover";

const PACKING = { columns: 7, rows: 4, cell: { width: 190, height: 170 }, scrolls: false };

describe("the enlarged picture at 7 columns", () => {
  const at = (index: number) => cover(index, PACKING, 10, 1390);

  it("covers the four right columns while the tile is on the left", () => {
    for (const index of [0, 1, 2, 7, 16]) {
      expect(at(index)).toEqual({ left: 600, right: 0 });
    }
  });
  it("covers the four left columns while the tile is on the right", () => {
    for (const index of [4, 5, 6, 20]) {
      expect(at(index)).toEqual({ left: 0, right: 600 });
    }
  });
  it("never covers the tile that it shows", () => {
    for (let index = 0; index < 7; index += 1) {
      const { left, right } = at(index);
      const tile = { from: index * 200, to: index * 200 + 190 };
      expect(tile.to <= left || (right > 0 && tile.from >= 1390 - right)).toBe(true);
    }
  });
  it("takes the whole width where there is no room beside the tile", () => {
    const narrow = { columns: 3, rows: 9, cell: { width: 115, height: 115 }, scrolls: true };
    expect(cover(0, narrow, 6, 357)).toEqual({ left: 0, right: 0 });
  });
});
