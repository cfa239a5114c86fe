import { expect, test } from "vitest";
import type { Analysis, Bucket, Row } from "./api";
import { behind, type Cell, countedBy, isThere, partsOf, titleOf } from "./cells";

const counts = (confirmed: number, disconfirmed: number, pending = 0) => ({
  total: confirmed + disconfirmed + pending,
  decided: confirmed + disconfirmed,
  confirmed,
  disconfirmed,
  split: 0,
  incorrect: disconfirmed,
  unsure: 0,
  pending,
  percent_correct: null,
  interval: null,
});

const buckets: Bucket[] = [
  { low: 0.8, high: 0.9, ...counts(1, 4, 2) },
  { low: 0.9, high: 1, ...counts(9, 0) },
];
const crab: Row = {
  ...counts(10, 4, 2),
  buckets,
  outside: 3,
  label_class: { id: "crab-id", name: "Crab" },
};

const analysis: Analysis = {
  table: {
    edges: [0.8, 0.9, 1],
    classes: [crab],
    totals: { ...counts(10, 4, 2), buckets, outside: 3 },
    class_average: { percent_correct: null, buckets: [] },
    outside: 3,
  },
  thresholds: new Map([
    [
      "crab-id",
      {
        label_class: crab.label_class,
        threshold: 0.9,
        reason: "stopped" as const,
        kept: 9,
        empty_passed: [],
      },
    ],
  ]),
};

const asked = (cell: Cell) => behind(analysis, cell, countedBy(cell));

test("a bucket opens the pictures of its class between its edges", () => {
  expect(asked({ row: "crab-id", column: "b0" })).toEqual({
    label_class: "crab-id",
    min_confidence: 0.8,
    max_confidence: 0.9,
    outcome: [],
  });
});

test("a percentage opens what it is over: the decided pictures", () => {
  expect(asked({ row: "crab-id", column: "correct" }).outcome).toEqual([
    "confirmed",
    "disconfirmed",
    "split",
  ]);
  expect(asked({ row: "average", column: "b1" })).toEqual({
    min_confidence: 0.9,
    max_confidence: 1,
    outcome: ["confirmed", "disconfirmed", "split"],
  });
});

test("what is kept reaches from the threshold to 1, beyond the edges", () => {
  expect(asked({ row: "crab-id", column: "kept" })).toMatchObject({ min_confidence: 0.9, max_confidence: 1 });
  expect(partsOf(analysis, { row: "crab-id", column: "kept" })?.total).toBe(9);
});

test("outside opens what the edges leave out", () => {
  expect(asked({ row: "totals", column: "outside" })).toEqual({
    min_confidence: 0.8,
    max_confidence: 1,
    outside: true,
    outcome: [],
  });
  expect(partsOf(analysis, { row: "totals", column: "outside" })).toBeNull();
});

test("what is open has a name", () => {
  expect(titleOf(analysis, { row: "crab-id", column: "b0" })).toBe("Crab, 80 to 90");
  expect(titleOf(analysis, { row: "totals", column: "total" })).toBe("All classes, 80 to 100");
  expect(titleOf(analysis, { row: "crab-id", column: "kept" })).toBe("Crab, kept, 90 and above");
});

test("an address may speak of a class or a bucket that is not there", () => {
  expect(isThere(analysis, { row: "crab-id", column: "b1" })).toBe(true);
  expect(isThere(analysis, { row: "crab-id", column: "b2" })).toBe(false);
  expect(isThere(analysis, { row: "gone", column: "total" })).toBe(false);
});
