import { describe, expect, it } from "vitest";
import { faultOf, inPicture, missingSides, sidesOf } from "./points";

const SIZE = { width: 100, height: 80 };
const TOP = { x: 50, y: 5 };
const LEFT = { x: 10, y: 40 };
const BOTTOM = { x: 45, y: 75 };
const RIGHT = { x: 90, y: 30 };

const orders = <Thing>(things: readonly Thing[]): Thing[][] =>
  things.length < 2
    ? [[...things]]
    : things.flatMap((thing, nth) =>
        orders(things.filter((_, other) => other !== nth)).map((rest) => [thing, ...rest]),
      );

describe("four points", () => {
  it.each(
    orders([TOP, LEFT, BOTTOM, RIGHT]),
  )("have their sides from their places, in any order (%#)", (...points) => {
    const sides = sidesOf(points, SIZE);
    const expected = points.map((point) =>
      point === TOP ? "top" : point === LEFT ? "left" : point === BOTTOM ? "bottom" : "right",
    );
    expect(sides).toEqual(expected);
  });
  it("have four different sides also where one is outermost twice", () => {
    const corner = [
      { x: 0, y: 0 },
      { x: 5, y: 40 },
      { x: 30, y: 60 },
      { x: 60, y: 20 },
    ];
    expect(new Set(sidesOf(corner, SIZE)).size).toBe(4);
  });
});

describe("fewer points", () => {
  it("say which side is missing", () => {
    expect(missingSides([LEFT, BOTTOM, RIGHT], SIZE)).toEqual(["top"]);
    expect(missingSides([TOP, RIGHT, BOTTOM], SIZE)).toEqual(["left"]);
    expect(missingSides([], SIZE)).toHaveLength(4);
  });
  it("guess the side of the first from where it lies in the picture", () => {
    expect(sidesOf([TOP], SIZE)).toEqual(["top"]);
    expect(sidesOf([RIGHT], SIZE)).toEqual(["right"]);
  });
});

describe("a point", () => {
  it("stays in the picture and is kept to a tenth of a pixel", () => {
    expect(inPicture({ x: -3, y: 200 }, SIZE)).toEqual({ x: 0, y: 80 });
    expect(inPicture({ x: 3.149, y: 2.06 }, SIZE)).toEqual({ x: 3.1, y: 2.1 });
  });
});

describe("points that are no object's", () => {
  it.each([
    ["equal", [TOP, LEFT, TOP, RIGHT]],
    [
      "line",
      [
        { x: 0, y: 0 },
        { x: 10, y: 10 },
        { x: 20, y: 20 },
        { x: 5, y: 5 },
      ],
    ],
    [
      "tiny",
      [
        { x: 1, y: 1 },
        { x: 1.5, y: 1.2 },
        { x: 2, y: 1.5 },
        { x: 1.2, y: 2 },
      ],
    ],
  ] as const)("are told: %s", (fault, points) => {
    expect(faultOf(points)).toBe(fault);
  });
  it("are not these", () => {
    expect(faultOf([TOP, LEFT, BOTTOM, RIGHT])).toBeNull();
    expect(faultOf([])).toBeNull();
  });
});
