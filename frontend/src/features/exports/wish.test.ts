import { expect, test } from "vitest";
import { outlinesOf, readConfidence, readSearch, relaxed, wishOf } from "./wish";

test("an address keeps what can be read and drops the rest", () => {
  expect(readSearch({ job: "j", outcome: ["split", "odd"], min_confidence: 2, format: "xml" })).toEqual({
    job: "j",
    outcome: ["split"],
  });
});

test("only the export of a dataset can keep the last job of each label", () => {
  expect(readSearch({ job: "j", dataset: "d", latest: true })).toEqual({ job: "j" });
  expect(readSearch({ dataset: "d", latest: true })).toEqual({ dataset: "d", latest: true });
});

test("only JSON Lines have room for each reviewer's verdict", () => {
  expect(readSearch({ job: "j", reviewers: true })).toEqual({ job: "j" });
  const asked = { job: "j", format: "jsonl", reviewers: true } as const;
  expect(readSearch(asked)).toEqual(asked);
});

test("outlines are asked for as COCO and filtered by class alone", () => {
  const search = { job: "j", outcome: ["split" as const], label_classes: ["c"], min_confidence: 0.9 };
  const wish = wishOf({ job: "j", label_classes: ["c"] });
  expect(outlinesOf(search)).toEqual({ ...wish, format: "coco" });
  expect(outlinesOf({ ...search, format: "csv" })).toEqual({ ...wish, format: "csv" });
});

test.each([
  "csv",
  "jsonl",
  "coco",
  "masks",
  "sagemaker",
])("%s is a format of labels and of outlines", (format) => {
  expect(readSearch({ job: "j", format })).toEqual({ job: "j", format });
  expect(readSearch({ dataset: "d", format })).toEqual({ dataset: "d", format });
});

test("each filter can be taken away alone, to see which one leaves no row", () => {
  const wish = wishOf({ job: "j", outcome: ["split"], min_confidence: 0.99 });
  expect(relaxed(wish).map(({ filter }) => filter)).toEqual(["outcome", "confidence"]);
  expect(relaxed(wish)[0]?.wish).toEqual({ ...wish, outcome: [] });
  expect(relaxed(wishOf({ job: "j" }))).toEqual([]);
});

test.each([
  ["", undefined],
  ["0.85", 0.85],
  ["0,85", 0.85],
  ["0", 0],
])("%j is a lowest confidence", (typed, value) => {
  expect(readConfidence(typed)).toBe(value);
});

test.each(["85", "-1", "high", "85 %"])("%j is refused in words", (typed) => {
  expect(readConfidence(typed)).toMatch(/fraction from 0 to 1/);
});
