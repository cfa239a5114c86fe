import { expect, test } from "vitest";
import { stepIn } from "./steps";

// Three groups:  0 1 / 0 1 2 / 0 1
test.each([
  [0, 0, "ArrowRight", 0, 1],
  [0, 1, "ArrowRight", 1, 0],
  [1, 0, "ArrowLeft", 0, 1],
  [1, 2, "ArrowDown", 2, 1],
  [1, 1, "ArrowUp", 0, 1],
  [0, 0, "ArrowLeft", 0, 0],
  [2, 1, "ArrowRight", 2, 1],
  [2, 0, "ArrowDown", 2, 0],
  [0, 1, "ArrowUp", 0, 1],
] as const)("from picture %i/%i %s leads to %i/%i", (group, at, arrow, toGroup, to) => {
  expect(stepIn([2, 3, 2], { group, at }, arrow)).toEqual({ group: toGroup, at: to });
});
