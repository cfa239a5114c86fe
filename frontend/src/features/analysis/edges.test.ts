import { expect, test } from "vitest";
import {
  bucketName,
  edgeAfterKey,
  edgesFrom,
  equalCount,
  equalWidth,
  histogramEdges,
  merged,
  moveEdge,
  readEdges,
} from "./edges";

const EDGES = [0.8, 0.85, 0.9, 0.95, 1];

test("buckets are named in percent, without the noise of binary fractions", () => {
  expect(bucketName(0.57, 0.58)).toBe("57 to 58");
  expect(bucketName(0.8125, 1)).toBe("81.25 to 100");
});

test.each([
  ["0.8, 0.9, 1", [0.8, 0.9, 1]],
  ["0 1", [0, 1]],
  ["0.8;0.85", [0.8, 0.85]],
])("edges can be typed as %j", (text, edges) => {
  expect(readEdges(text)).toEqual(edges);
});

test.each([
  ["0.8", /two edges/],
  ["0.9, 0.8", /0.8 does not lie above 0.9/],
  ["0.8, 0.8", /does not lie above/],
  ["80, 90", /from 0 to 1/],
  ["0.8, high", /“high” is not a number/],
  [Array.from({ length: 30 }, (_, index) => index / 100).join(), /At most 21/],
])("%j is refused in words", (text, words) => {
  expect(readEdges(text)).toMatch(words);
});

test("nonsense in an address becomes the default", () => {
  expect(edgesFrom("x,y")).toEqual(EDGES);
  expect(edgesFrom(undefined)).toEqual(EDGES);
});

test("an edge stops one step before its neighbour and never crosses it", () => {
  expect(moveEdge(EDGES, 1, 0.99)).toEqual([0.8, 0.89, 0.9, 0.95, 1]);
  expect(moveEdge(EDGES, 1, 0)).toEqual([0.8, 0.81, 0.9, 0.95, 1]);
  expect(moveEdge(EDGES, 0, 0, 0.5)).toEqual([0.5, 0.85, 0.9, 0.95, 1]);
  expect(moveEdge(EDGES, 4, 2)).toEqual(EDGES);
  expect(moveEdge([0.8, 0.805, 0.81], 1, 0.9)).toEqual([0.8, 0.805, 0.81]);
});

test("moving by hand lands on whole hundredths, not near them", () => {
  expect(moveEdge([0, 1], 0, 0.1 + 0.2)).toEqual([0.3, 1]);
});

test("keys move by one step, with Shift by ten, and to the ends", () => {
  expect(edgeAfterKey("ArrowRight", false, 0.5)).toBeCloseTo(0.51);
  expect(edgeAfterKey("ArrowLeft", true, 0.5)).toBeCloseTo(0.4);
  expect(edgeAfterKey("PageUp", false, 0.5)).toBeCloseTo(0.6);
  expect(edgeAfterKey("Home", false, 0.5)).toBe(0);
  expect(edgeAfterKey("Enter", false, 0.5)).toBeNull();
});

test("buckets of equal width lie on the grid that the tallies answer", () => {
  expect(equalWidth(0.8, 1, 4)).toEqual(EDGES);
  expect(equalWidth(0, 1, 3)).toEqual([0, 0.333, 0.667, 1]);
});

const bars = (totals: readonly number[]) =>
  totals.map((total, index) => ({ low: index / 10, high: (index + 1) / 10, total }));

test("buckets of equal count hold about as many pictures each", () => {
  expect(equalCount(bars([5, 5, 5, 5, 5, 5, 5, 5, 5, 5]), 0, 1, 2)).toEqual([0, 0.5, 1]);
  expect(equalCount(bars([0, 0, 0, 0, 0, 0, 4, 4, 4, 4]), 0, 1, 4)).toEqual([0, 0.7, 0.8, 0.9, 1]);
});

test("where all pictures share one confidence there is no equal count, and no empty sliver", () => {
  expect(equalCount(bars([0, 0, 0, 0, 0, 0, 0, 0, 0, 90]), 0, 1, 4)).toEqual([0, 1]);
  expect(equalCount(bars([0, 0, 0, 90, 0, 0, 0, 0, 0, 0]), 0, 1, 4)).toEqual([0, 1]);
  expect(equalCount(bars([0, 0]), 0, 1, 4)).toEqual([0, 1]);
});

test("pictures outside the edges do not move them", () => {
  expect(equalCount(bars([90, 90, 0, 0, 0, 0, 1, 1, 1, 1]), 0.6, 1, 2)).toEqual([0.6, 0.8, 1]);
});

test.each([
  0, 0.5, 0.8, 0.8125, 0.999, 1,
])("the histogram from %d asks for no more edges than one may", (low) => {
  const edges = histogramEdges(low).split(",").map(Number);
  expect(edges.length).toBeLessThanOrEqual(101);
  expect(edges.length).toBeGreaterThanOrEqual(2);
  expect(edges.at(-1)).toBe(1);
  expect(edges[0]).toBeLessThanOrEqual(low);
  expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
});

test("bars are put together without losing a picture", () => {
  const all = merged(bars([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 4);
  expect(all.map((bar) => bar.total)).toEqual([6, 15, 24, 10]);
  expect(all.at(-1)?.high).toBe(1);
  expect(merged([], 4)).toEqual([]);
});
