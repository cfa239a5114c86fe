import { describe, expect, it } from "vitest";
import { draw, noise, text } from "./drawing";
import { decode, encode, fromCounts, fromText, RleError, toCounts, toText } from "./rle";

describe("COCO runs", () => {
  it("go down the columns and begin with zeros", () => {
    expect(toCounts(draw(".#", "##"))).toEqual([1, 3]);
    expect(toCounts(draw("#.", "#."))).toEqual([0, 2, 2]);
    expect(toCounts(draw("..", ".."))).toEqual([4]);
    expect(toCounts(draw("##", "##"))).toEqual([0, 4]);
  });
  it.each([1, 2, 3, 4, 5])("come back as the very mask (%i)", (seed) => {
    const mask = noise(23, 17, seed / 6, seed);
    expect(text(fromCounts(toCounts(mask), mask))).toEqual(text(mask));
    expect(text(decode(encode(mask), mask))).toEqual(text(mask));
  });
  it("take runs with empty ones between as one", () => {
    expect(text(fromCounts([0, 1, 0, 2, 1], { width: 2, height: 2 }))).toEqual(["##", "#."]);
  });
  // Written by pycocotools 2.0.11: mask.encode of these very arrays.
  it.each(REFERENCE())("are the text that pycocotools writes: %s", (counts, size, lines) => {
    expect(encode(draw(...lines))).toEqual({ size, counts });
    expect(text(decode({ size, counts }, { width: size[1] ?? 0, height: size[0] ?? 0 }))).toEqual(lines);
  });
  it.each([
    [[5, 10, 100_000, 7, 12_000_000, 1, 0, 3]],
    [[0]],
    [[0, 31, 32, 15, 16]],
  ])("survive their text: %j", (counts) => {
    expect(fromText(toText(counts))).toEqual(counts);
  });
});

describe("runs that make no mask", () => {
  const size = { width: 2, height: 2 };
  it.each([[[3]], [[2, 3]], [[1.5, 2.5]], [[5, -1]]])("are refused: %j", (counts) => {
    expect(() => fromCounts(counts, size)).toThrow(RleError);
  });
  it("are refused for another size", () => {
    expect(() => decode({ size: [2, 3], counts: [6] }, size)).toThrow(
      "The mask is 3 x 2, the picture 2 x 2.",
    );
  });
  it.each(["P", "\u0001", "~~~~~~~~~"])("are refused as text: %j", (counts) => {
    expect(() => decode({ size: [2, 2], counts }, size)).toThrow(RleError);
  });
});

function REFERENCE(): [counts: string, size: number[], lines: string[]][] {
  return [
    ["02200O03OM114ON0M0", [5, 7], ["##..#..", "#.##...", "..#..##", ".##....", "#.##..#"]],
    ["0<", [3, 4], ["####", "####", "####"]],
    [
      "0112231KM20O6OK0O10O10O2003NM30N051JO250L1ON1OO030M001011NO30N0O110O20N031LO11010NO13O01M01O1040J01100OO034M00L010O22",
      [6, 40],
      [
        "#.###.#.#.#.##....#.#......#####.###...#",
        "..#.#.....####..##.#.##.#####.........##",
        "##.#..###.##.#.##.#####..##...#..#.#...#",
        "##.#.##.##.#..##...##.........#...##....",
        "##.#...##.###.##..#.##.#.#.#...#..##..#.",
        ".#....##.###..###.#.#.#...#..#...#.###..",
      ],
    ],
  ];
}
