import { expect, test } from "vitest";
import type { Bucket, Threshold } from "./api";
import { passedOver, walkReason } from "./walk";

const bucket = (low: number, high: number, total: number, incorrect: number, decided = total): Bucket => ({
  low,
  high,
  total,
  decided,
  incorrect,
  confirmed: decided - incorrect,
  disconfirmed: incorrect,
  split: 0,
  unsure: 0,
  pending: total - decided,
  percent_correct: null,
  interval: null,
});

const walk = (threshold: number | null, reason: Threshold["reason"], empty: number[][] = []): Threshold => ({
  label_class: { id: "cat", name: "Cat" },
  threshold,
  reason,
  kept: 9,
  empty_passed: empty,
});

/** Cat of the published sample. */
const CAT = [
  bucket(0.8, 0.85, 1, 1),
  bucket(0.85, 0.9, 0, 0),
  bucket(0.9, 0.95, 5, 0),
  bucket(0.95, 1, 4, 0),
];

test("a walk that stopped names the bucket that stopped it", () => {
  const cat = walk(0.85, "stopped", [[0.85, 0.9]]);
  expect(walkReason(cat, CAT)).toBe("Stopped at 80 to 85: 1 of 1 wrong");
  expect(passedOver(cat)).toBe("Without pictures, passed over: 85 to 90");
});

test("without a threshold it is the highest bucket that holds pictures", () => {
  const buckets = [bucket(0.9, 0.95, 10, 6), bucket(0.95, 1, 0, 0)];
  expect(walkReason(walk(null, "top_bucket_fails"), buckets)).toBe("Stopped at 90 to 95: 6 of 10 wrong");
});

test("pictures that nobody judged stop the walk, and are said to", () => {
  const buckets = [bucket(0.9, 0.95, 400, 0, 0), bucket(0.95, 1, 25, 0)];
  expect(walkReason(walk(0.95, "unreviewed"), buckets)).toBe(
    "Stopped at 90 to 95: 400 pictures, none judged",
  );
});

test("all and nothing are said in words", () => {
  expect(walkReason(walk(0.8, "all_pass"), CAT)).toBe("Every bucket passes");
  expect(walkReason(walk(null, "no_data"), [])).toBe("No pictures between the edges");
  expect(passedOver(walk(null, "no_data", [[0.8, 1]]))).toBe("");
});
