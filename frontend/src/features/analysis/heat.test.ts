import { expect, test } from "vitest";
import { type Heat, heatOf, isUnclear } from "./heat";

const TEN = { wrong: 1, right: 10 };

const cell = (incorrect: number, decided: number, interval: [number, number]) => ({
  incorrect,
  decided,
  interval,
});

// Cells of the published sample table with their Wilson intervals.
test.each<[string, ReturnType<typeof cell>, Heat]>([
  ["60 of 60 right", cell(0, 60, [0.9398, 1]), "surely-above"],
  ["28 of 47 right", cell(19, 47, [0.4531, 0.7236]), "surely-below"],
  ["4 of 4 right", cell(0, 4, [0.5101, 1]), "looks-far-above"],
  ["38 of 39 right", cell(1, 39, [0.8682, 0.9955]), "looks-far-above"],
  ["61 of 63 right", cell(2, 63, [0.8914, 0.9913]), "looks-above"],
  ["9 of 10 right", cell(1, 10, [0.5958, 0.9821]), "looks-below"],
  ["3 of 5 right", cell(2, 5, [0.2307, 0.9276]), "looks-far-below"],
])("%s", (_name, evidence, expected) => {
  expect(heatOf(evidence, TEN)).toBe(expected);
});

test("a strong colour needs the whole interval on one side, not only the share", () => {
  expect(heatOf(cell(0, 31, [0.8897, 1]), TEN)).toBe("looks-far-above");
  expect(heatOf(cell(0, 60, [10 / 11, 1]), TEN)).toBe("looks-far-above");
});

test("exactly at the ratio is within it, whatever the fractions make of it", () => {
  for (const times of [1, 3, 7, 10, 49]) {
    expect(heatOf(cell(times, 11 * times, [0.5, 1]), TEN)).toBe("looks-above");
    expect(heatOf(cell(times + 1, 11 * times, [0.5, 1]), TEN)).toMatch(/below/);
  }
});

test("without a decided picture there is no colour, and nobody can tell", () => {
  const nothing = { decided: 0, incorrect: 0, interval: null };
  expect(heatOf(nothing, TEN)).toBe("none");
  expect(isUnclear(nothing, TEN)).toBe(true);
  expect(isUnclear(cell(0, 60, [0.94, 1]), TEN)).toBe(false);
});

test("a stricter ratio turns the same cell around", () => {
  const evidence = cell(0, 60, [0.9398, 1]);
  expect(heatOf(evidence, { wrong: 1, right: 100 })).toBe("looks-far-above");
  expect(heatOf(cell(2, 63, [0.8914, 0.9913]), { wrong: 1, right: 1000 })).toBe("surely-below");
});
