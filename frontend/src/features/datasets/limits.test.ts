import { expect, test } from "vitest";
import { limitOf } from "./limits";

test.each([
  ["", undefined],
  [" 0.8 ", 0.8],
  ["0,85", 0.85],
  ["1", 1],
  ["80", "wrong"],
  ["-1", "wrong"],
  ["high", "wrong"],
] as const)("%j is read as %j", (typed, limit) => {
  expect(limitOf(typed)).toBe(limit);
});
