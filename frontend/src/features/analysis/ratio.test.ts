import { expect, test } from "vitest";
import { parseRatio, targetOf } from "./ratio";

test("1:10 asks for 10 right of 11, not for 90 %", () => {
  expect(targetOf({ wrong: 1, right: 10 })).toBeCloseTo(10 / 11, 12);
});

test.each(["0:10", "1:0", "1", "1:10:2", "a:b", "-1:4", "1.5:4", ""])("%j is no ratio", (text) => {
  expect(parseRatio(text)).toBeNull();
});

test("a ratio is two whole numbers", () => {
  expect(parseRatio(" 3:20 ")).toEqual({ wrong: 3, right: 20 });
});
