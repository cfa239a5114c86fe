import { describe, expect, it } from "vitest";
import { draw, text } from "./drawing";
import { areaOf, blank, boundsOf, covers, fromRuns, isBlank, joined, transposed } from "./mask";
import { brushed } from "./shapes";

const A = draw("##...", "##...", ".....");
const B = draw(".....", ".###.", "...#.");

describe("joining masks", () => {
  it("adds", () => {
    expect(text(joined(A, B, "add"))).toEqual(["##...", "####.", "...#."]);
  });
  it("takes away", () => {
    expect(text(joined(A, B, "remove"))).toEqual(["##...", "#....", "....."]);
  });
  it("keeps what is common", () => {
    expect(text(joined(A, B, "common"))).toEqual([".....", ".#...", "....."]);
  });
  it("gives back the very mask when nothing changes, and shares the rows that it left alone", () => {
    expect(joined(A, draw("#....", ".....", "....."), "add")).toBe(A);
    expect(joined(A, B, "add").rows[0]).toBe(A.rows[0]);
  });
  it("makes one run of two that touch", () => {
    const both = joined(draw("##..."), draw("..##."), "add");
    expect([...(both.rows[0] ?? [])]).toEqual([0, 4]);
  });
  it("refuses a mask of another size", () => {
    expect(() => joined(A, draw("#"), "add")).toThrow(/1 x 1 does not fit one of 5 x 3/);
  });
});

describe("what is known of a mask", () => {
  it("counts pixels and bounds them", () => {
    expect(areaOf(B)).toBe(4);
    expect(boundsOf(B)).toEqual({ left: 1, top: 1, right: 4, bottom: 3 });
    expect(boundsOf(blank(B))).toBeNull();
    expect(isBlank(blank(B))).toBe(true);
  });
  it("knows the pixel under a point", () => {
    expect(covers(B, 3.9, 2.1)).toBe(true);
    expect(covers(B, 4, 2.1)).toBe(false);
    expect(covers(B, -1, 9)).toBe(false);
  });
  it("cuts runs at the edges of the picture", () => {
    expect(
      text(
        fromRuns({ width: 3, height: 1 }, [
          [0, -5, 1],
          [0, 2, 9],
          [4, 0, 1],
        ]),
      ),
    ).toEqual(["#.#"]);
  });
  it("turns rows into columns and back", () => {
    const odd = draw("#.#.#", ".###.", "#...#");
    expect(text(transposed(odd))).toEqual(["#.#", ".#.", "##.", ".#.", "#.#"]);
    expect(text(transposed(transposed(odd)))).toEqual(text(odd));
  });
});

describe("a stroke on a 12-megapixel mask", () => {
  it("costs far less than a frame", () => {
    const size = { width: 4000, height: 3000 };
    let mask = brushed(size, { x: 2000, y: 1500 }, { x: 2100, y: 1500 }, 2400);
    const times: number[] = [];
    for (let nth = 0; nth < 60; nth += 1) {
      const from = { x: 700 + nth * 40, y: 300 + nth * 30 };
      const start = performance.now();
      mask = joined(mask, brushed(size, from, { x: from.x + 40, y: from.y + 30 }, 80), "add");
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    expect(areaOf(mask)).toBeGreaterThan(4_500_000);
    expect(times[30]).toBeLessThan(16);
  });
});
