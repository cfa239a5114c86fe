import { expect, test } from "vitest";
import { nextCard } from "./moves";

// Five cards in two columns:  0 1 / 2 3 / 4
test.each([
  [0, "ArrowRight", 1],
  [1, "ArrowRight", 1],
  [1, "ArrowLeft", 0],
  [2, "ArrowLeft", 2],
  [1, "ArrowDown", 3],
  [3, "ArrowDown", 3],
  [4, "ArrowUp", 2],
  [0, "ArrowUp", 0],
  [4, "ArrowRight", 4],
  [-1, "ArrowDown", 0],
] as const)("from card %i %s leads to %i, and stops at the edges", (at, arrow, next) => {
  expect(nextCard(at, arrow, 2, 5)).toBe(next);
});
