import { expect, it } from "vitest";
import type { Version } from "./api";
import {
  byName,
  calibrationWords,
  factsOf,
  inputWords,
  latestCheck,
  lessonOf,
  lessonWords,
  nextVersion,
} from "./facts";

const version = (id: string, name: string): Version => ({
  id,
  name,
  version: id,
  kind: "onnx",
  base: null,
  architecture: "",
  label_source: `model:${name}@${id}`,
  class_count: 2,
  weights_sha256: "",
  weights_bytes: 1,
  made_by: "",
  licence: "",
  created_by: "mira",
  created_at: "2026-11-21T10:00:00Z",
});

it("puts the versions of one model together, in the order that they came", () => {
  const found = byName([version("3", "b"), version("2", "a"), version("1", "b")]);
  expect(found.map(({ name, versions }) => [name, versions.map(({ id }) => id)])).toEqual([
    ["a", ["2"]],
    ["b", ["3", "1"]],
  ]);
});

it("goes round the versions, and nowhere from a single one", () => {
  const two = [version("1", "a"), version("2", "a")];
  expect(nextVersion(two, "2")?.id).toBe("1");
  expect(nextVersion(two.slice(0, 1), "1")).toBeUndefined();
});

it("tells a fitted temperature from none", () => {
  expect(calibrationWords({ calibration: { temperature: 1, verdicts: 0 } })).toContain("None");
  expect(calibrationWords({ calibration: { temperature: 1.2345, verdicts: 312 } })).toBe(
    "Temperature 1.234, fitted on 312 verdicts",
  );
  expect(calibrationWords({ calibration: { temperature: 1, verdicts: 12, fitted: false } })).toContain(
    "too few",
  );
});

it("knows where a version learned that was trained here", () => {
  const trained_on = {
    training_run: "r",
    dataset: { id: "d", name: "Groceries" },
    pictures: 412,
    held_out: 98,
    sha256: "",
  };
  const lesson = lessonOf({ kind: "head", trained_on });
  expect(lesson?.run).toBe("r");
  expect(lesson && lessonWords(lesson)).toBe("412 pictures, 98 more held out");
  expect(lessonOf({ kind: "tuned", trained_on })).toEqual(lesson);
  expect(lessonOf({ kind: "onnx", trained_on })).toBeNull();
});

it("says what it sees of a picture", () => {
  expect(inputWords({ size: 224, framing: "pad" })).toBe("224 × 224, whole picture, on a mat");
});

it("shows whatever was written into a card", () => {
  const told = { top_1: 0.91234, by: "Mira", empty: "", none: undefined, parts: [1, "b"], more: { a: 1 } };
  expect(factsOf(told)).toEqual([
    { label: "Top 1", value: "0.9123" },
    { label: "By", value: "Mira" },
    { label: "Parts", value: "1, b" },
    { label: "More", value: '{"a":1}' },
  ]);
});

it("names the check of a version that started last", () => {
  const job = (id: string, started_at: string | null, more = {}) => ({
    id,
    kind: "verification",
    source: "model:a@1",
    started_at,
    ...more,
  });
  const jobs = [
    job("old", "2026-11-20T10:00:00Z"),
    job("last", "2026-11-21T10:00:00Z"),
    job("draft", null),
    job("other", "2026-11-22T10:00:00Z", { source: "model:a@2" }),
    job("corrects", "2026-11-22T10:00:00Z", { kind: "correction" }),
  ];
  expect(latestCheck(jobs, "model:a@1")?.id).toBe("last");
  expect(latestCheck(jobs, "model:b@1")).toBeUndefined();
});
