import { describe, expect, it } from "vitest";
import { draw, noise, text } from "./drawing";
import { areaOf, joined } from "./mask";
import { holesOf, middleOf, piecesOf, regionAt } from "./regions";

const RING = draw("#####.#", "#...#..", "#.#.#..", "#...#..", "#####..");

describe("pieces", () => {
  it("are told apart, the largest first", () => {
    expect(piecesOf(RING).map(({ area }) => area)).toEqual([16, 1, 1]);
  });
  it("hang together by a corner", () => {
    expect(piecesOf(draw("#.", ".#"))).toHaveLength(1);
  });
  it("together are the mask", () => {
    const mask = noise(31, 29, 0.45, 7);
    expect(piecesOf(mask).reduce((sum, { area }) => sum + area, 0)).toBe(areaOf(mask));
  });
});

describe("holes", () => {
  it("are listed with their sizes", () => {
    const [hole, ...others] = holesOf(RING);
    expect(others).toEqual([]);
    expect(hole).toMatchObject({ area: 8, box: { left: 1, top: 1, right: 4, bottom: 4 } });
  });
  it("filled are gone", () => {
    const [hole] = holesOf(RING);
    const filled = hole ? joined(RING, hole.mask, "add") : RING;
    expect(holesOf(filled)).toEqual([]);
    expect(text(filled)[2]).toBe("#####..");
  });
  it("do not leak through a corner", () => {
    expect(holesOf(draw(".#.", "#.#", ".#."))).toHaveLength(1);
  });
  it("are none where the mask is open to the edge of the picture", () => {
    expect(holesOf(draw("#.#", "#.#", "###"))).toEqual([]);
  });
  it("are found under a point", () => {
    expect(regionAt(holesOf(RING), 1.5, 1.5)?.area).toBe(8);
    expect(regionAt(holesOf(RING), 2.5, 2.5)).toBeNull();
  });
});

describe("the middle", () => {
  it("lies in the mask, where it is widest in its middle rows", () => {
    expect(middleOf(RING)).toEqual({ x: 0.5, y: 1.5 });
    expect(middleOf(draw("...", ".##", "..."))).toEqual({ x: 2, y: 1.5 });
  });
  it("is found where the middle rows are empty, and is none of a blank mask", () => {
    expect(middleOf(draw("##", "..", "..", "..", "..", "#."))).toEqual({ x: 1, y: 0.5 });
    expect(middleOf(draw("..", ".."))).toBeNull();
  });
});
