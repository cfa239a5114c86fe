import { describe, expect, it } from "vitest";
import { fitInto, pack, type Size } from "./packing";

const squares = (count: number): Size[] => Array.from({ length: count }, () => ({ width: 300, height: 300 }));
/** The room that header, footer and margins leave of a window. */
const desk = (width: number, height: number) => ({
  width: width - 48,
  height: height - 92 - 64 - 32,
  gap: 10,
  device: "desk" as const,
});

describe("packing", () => {
  it("makes 7 x 4 of 25 at 1440 x 900", () => {
    expect(pack(squares(25), desk(1440, 900))).toMatchObject({ columns: 7, rows: 4, scrolls: false });
  });
  it("shows 25 without scrolling at 1280 x 720", () => {
    const packing = pack(squares(25), desk(1280, 720));
    expect(packing.scrolls).toBe(false);
    expect(packing.rows * packing.cell.height + (packing.rows - 1) * 10).toBeLessThanOrEqual(
      720 - 92 - 64 - 32,
    );
  });
  it("gives the smallest fitted side of all numbers of columns", () => {
    const pictures = [...squares(20), { width: 600, height: 200 }];
    const space = desk(1440, 900);
    const { cell } = pack(pictures, space);
    const side = (at: Size) =>
      Math.min(...pictures.map((picture) => Math.min(...Object.values(fitInto(picture, at)))));
    for (let columns = 1; columns <= pictures.length; columns += 1) {
      const rows = Math.ceil(pictures.length / columns);
      const other = {
        width: (space.width - 10 * (columns - 1)) / columns,
        height: (space.height - 10 * (rows - 1)) / rows,
      };
      if (other.width > 0 && other.height > 0) {
        expect(side(cell)).toBeGreaterThanOrEqual(side(other));
      }
    }
  });
  it("puts wide pictures in fewer columns than tall ones", () => {
    const wide = Array.from({ length: 24 }, () => ({ width: 400, height: 200 }));
    const tall = Array.from({ length: 24 }, () => ({ width: 200, height: 400 }));
    expect(pack(wide, desk(1440, 900)).columns).toBeLessThan(pack(tall, desk(1440, 900)).columns);
  });
  it("is 3 wide on a phone and scrolls", () => {
    const packing = pack(squares(25), { width: 370, height: 560, gap: 6, device: "phone" });
    expect(packing).toMatchObject({ columns: 3, rows: 9, scrolls: true });
    expect(packing.cell.height).toBe(packing.cell.width);
  });
  it("is 4 wide on a tablet and fits 25", () => {
    const packing = pack(squares(25), { width: 772, height: 992, gap: 10, device: "tablet" });
    expect(packing).toMatchObject({ columns: 4, scrolls: false });
  });
  it("scrolls rather than show 100 pictures too small to judge", () => {
    expect(pack(squares(100), desk(1024, 600)).scrolls).toBe(true);
  });
  it("takes pictures of unknown size for squares, and a single one whole", () => {
    expect(pack(Array(25).fill(null), desk(1440, 900)).columns).toBe(7);
    expect(pack([null], desk(1440, 900))).toMatchObject({ columns: 1, rows: 1 });
  });
});
