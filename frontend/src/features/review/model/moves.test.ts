import { describe, expect, it } from "vitest";
import { moved } from "./moves";

describe("moving over a grid of 25 in 7 columns", () => {
  const move = (from: number, to: Parameters<typeof moved>[1]) => moved(from, to, 7, 25);

  it("goes one cell in each direction", () => {
    expect([move(8, "left"), move(8, "right"), move(8, "up"), move(8, "down")]).toEqual([7, 9, 1, 15]);
  });
  it("stops at the edges", () => {
    expect([move(7, "left"), move(6, "right"), move(3, "up"), move(22, "down")]).toEqual([7, 6, 3, 22]);
  });
  it("does not step on cells without a picture", () => {
    expect([move(24, "right"), move(18, "down"), move(17, "down")]).toEqual([24, 18, 24]);
  });
  it("knows the first and the last", () => {
    expect([move(12, "first"), move(12, "last")]).toEqual([0, 24]);
  });
});
