import { expect, test } from "vitest";
import type { Dataset, Import, Job, Overview } from "./api";
import { barsOf, checkedOf, needsOf, standingOf, thinWords } from "./facts";

const classes = (...labels: number[]): Dataset["by_class"] =>
  labels.map((n, at) => ({ label_class: { id: `c${at}`, name: `Class ${at}` }, labels: n }));

const dataset = (...labels: number[]): Dataset => ({
  id: "d",
  name: "Shelf",
  created_at: "2026-11-21T10:00:00Z",
  images: labels.length,
  labels: labels.reduce((a, b) => a + b, 0),
  classes: labels.length,
  by_class: classes(...labels),
  samples: [],
});

const work = (more: Partial<Import>): Import => ({
  id: "i",
  dataset: "d",
  state: "done",
  is_open: false,
  dry_run: false,
  file_name: "a.csv",
  images_name: "",
  source: "a.csv",
  counts: { rows: 0, labels: 0, images: 0, unchanged: 0, updated: 0, rejected: 0 },
  progress: { done: 0, total: null, rate: null, seconds_left: null, message: "" },
  message: "",
  error_code: "",
  created_by: "mira",
  created_at: "2026-11-21T10:00:00Z",
  finished_at: null,
  ...more,
});

const job = (state: Job["state"]): Job => ({ dataset: "d", state }) as Job;
const checked = (...labels: number[]): Overview => ({
  checked: labels.map((n, at) => ({ dataset: "d", label_class: `c${at}`, labels: n })),
  disputed: [],
});

test("bars stand relative to the largest class, and thin classes are told apart", () => {
  expect(barsOf(classes(100, 50, 12))).toEqual([
    { id: "c0", height: 1, thin: false },
    { id: "c1", height: 0.5, thin: false },
    { id: "c2", height: 0.12, thin: true },
  ]);
});

test("a class without labels has no bar and is not thin", () => {
  expect(barsOf(classes(30, 0))).toHaveLength(1);
  expect(thinWords(classes(30, 0))).toBe("");
});

test("a thousand classes become eighty bars of the same shape", () => {
  const bars = barsOf(classes(...Array.from({ length: 1000 }, (_, at) => 2000 - at)));
  expect(bars).toHaveLength(80);
  expect(bars[0]?.height).toBe(1);
  expect(bars.at(-1)?.height).toBeCloseTo(0.5, 1);
});

test("one thin class is named, several are counted", () => {
  expect(thinWords(classes(100, 2))).toBe("Class 1 has only 2");
  expect(thinWords(classes(100, 24, 25, 2))).toBe("2 classes under 25");
});

test("what was checked is never more than there is now", () => {
  expect(checkedOf(dataset(10, 10), checked(10, 12))).toBe(20);
  expect(checkedOf(dataset(10, 10), undefined)).toBe(0);
});

test("what runs now is said before what was done", () => {
  const shelf = dataset(10);
  expect(standingOf(shelf, [job("running")], [work({ state: "running" })], 10).words).toBe("Importing");
  expect(standingOf(shelf, [job("running")], [work({ state: "running", dry_run: true })], 10).words).toBe(
    "1 job running",
  );
  expect(standingOf(shelf, [job("paused")], [], 0).words).toBe("1 job paused");
  expect(standingOf(shelf, [job("closed")], [], 10).words).toBe("checked");
  expect(standingOf(shelf, [], [], 3).words).toBe("partly checked");
  expect(standingOf(shelf, [], [], 0).words).toBe("not checked yet");
  expect(standingOf(dataset(), [], [], 0).words).toBe("empty");
});

test("only the newest import of a dataset can need somebody", () => {
  const failed = work({ id: "1", state: "failed", message: "The zip cannot be read." });
  const again = work({ id: "2", created_at: "2026-11-21T11:00:00Z" });
  expect(needsOf([dataset(100)], [job("closed")], [failed], undefined)).toHaveLength(1);
  expect(needsOf([dataset(100)], [job("closed")], [again, failed], undefined)).toEqual([]);
});

test("questions and disputes come before classes that are thin", () => {
  const open = work({ state: "needs_answers", is_open: true });
  const overview = { checked: [], disputed: [{ job: { id: "j", name: "Night" }, dataset: "d", items: 3 }] };
  const needs = needsOf([dataset(100, 2)], [job("running")], [open], overview);
  expect(needs.map((need) => need.kind)).toEqual(["questions", "dispute", "thin"]);
});
