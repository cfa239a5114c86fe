import { expect, test } from "vitest";
import { THIN } from "@/shared/lib/format";
import type { Import, Question } from "./api";
import { importWords, obstacle, progressWords, scaleWords, skipTitle } from "./words";

const counts = (more: Partial<Import["counts"]>): Import["counts"] => ({
  rows: 0,
  labels: 0,
  images: 0,
  unchanged: 0,
  updated: 0,
  rejected: 0,
  ...more,
});

const question = (kind: Question["kind"], more: Partial<Question> = {}): Question => ({
  id: kind,
  kind,
  text: "",
  choices: [],
  answer: null,
  found: "",
  like: "",
  role: "",
  rows: 0,
  ...more,
});

test("the button carries the count of rows, or of pictures that come without labels", () => {
  expect(importWords({ counts: counts({ labels: 5000, updated: 100, unchanged: 1 }) })).toBe(
    `Import 5${THIN}101 rows`,
  );
  expect(importWords({ counts: counts({ labels: 1 }) })).toBe("Import 1 row");
  expect(importWords({ counts: counts({ images: 252 }) })).toBe("Import 252 pictures");
});

test("what stands in the way is named, the missing column first", () => {
  const work = { counts: counts({ labels: 1 }) };
  const text = "Several fields hold labels. Which one is to be taken?";
  expect(obstacle({ ...work, questions: [question("scale"), question("columns", { text })] })).toBe(
    "Several fields hold labels. Choose one in the header of its column.",
  );
  expect(obstacle({ ...work, questions: [question("scale")] })).toBe("Say what the confidences mean.");
  expect(obstacle({ ...work, questions: [question("similar_class", { answer: "merge" })] })).toBe("");
  expect(obstacle({ counts: counts({ rejected: 3 }), questions: [] })).toBe("There is nothing to import.");
});

test("progress says only what is known", () => {
  const none = { done: 12, total: null, rate: null, seconds_left: null, message: "" };
  expect(progressWords(none)).toBe("12");
  expect(progressWords({ ...none, done: 3310, total: 5125, rate: 96, seconds_left: 19 })).toBe(
    `3${THIN}310 of 5${THIN}125, 96 each second, about 19 s left`,
  );
});

test("percent is explained by the file's own highest value", () => {
  const confidence = { numbers: 2, missing: 0, lowest: "80.5", highest: "97.31", histogram: [] };
  expect(scaleWords({ confidence, confidence_scale: "percent", facts: { kind: "csv" } })).toBe(
    "Values run from 80.5 to 97.31, so 97.31 means 0.9731.",
  );
  const none = { confidence: { ...confidence, lowest: null }, confidence_scale: null };
  expect(scaleWords({ ...none, facts: { kind: "csv" } })).toContain("No column is the confidence");
  expect(scaleWords({ ...none, facts: { kind: "coco" } })).toContain("No annotation has a score");
  expect(scaleWords({ ...none, facts: { kind: "fiftyone" } })).toContain("of this field has a confidence");
});

test("a reason without words of its own is still readable", () => {
  expect(skipTitle({ code: "picture_not_found" })).toBe("Picture not found");
  expect(skipTitle({ code: "brand_new" })).toBe("Brand new");
});
