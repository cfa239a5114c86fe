import { expect, test } from "vitest";
import { inSight, moved, stepped } from "./grid";

const SIZE = { rows: 3, columns: 4 };

test("arrows stop at the edges of the table", () => {
  expect(moved({ row: 0, column: 0 }, "left", SIZE)).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 2, column: 3 }, "down", SIZE)).toEqual({ row: 2, column: 3 });
  expect(moved({ row: 1, column: 1 }, "right", SIZE)).toEqual({ row: 1, column: 2 });
});

test("Home and End go to the ends of the row, with Ctrl to those of the table", () => {
  expect(moved({ row: 1, column: 2 }, "start", SIZE)).toEqual({ row: 1, column: 0 });
  expect(moved({ row: 1, column: 2 }, "end", SIZE)).toEqual({ row: 1, column: 3 });
  expect(moved({ row: 1, column: 2 }, "top", SIZE)).toEqual({ row: 0, column: 2 });
  expect(moved({ row: 1, column: 2 }, "bottom", SIZE)).toEqual({ row: 2, column: 2 });
});

test("among pictures up and down keep the column, and nothing wraps", () => {
  expect(stepped(1, "down", 4, 10)).toBe(5);
  expect(stepped(7, "down", 4, 10)).toBe(7);
  expect(stepped(3, "up", 4, 10)).toBe(3);
  expect(stepped(3, "right", 4, 10)).toBe(4);
  expect(stepped(9, "right", 4, 10)).toBe(9);
  expect(stepped(4, "end", 4, 10)).toBe(9);
  expect(stepped(0, "end", 4, 0)).toBe(0);
});

test("of ten thousand rows only those in sight are drawn, and some around them", () => {
  expect(inSight(52_000, 520, 52, 10_000, 5)).toEqual({ first: 995, last: 1015 });
  expect(inSight(0, 520, 52, 4, 5)).toEqual({ first: 0, last: 4 });
});
