import { expect, test } from "vitest";
import { readSearch } from "./search";

test("an address keeps what can be read and drops the rest", () => {
  expect(
    readSearch({ edges: "0.5,1", ratio: "1:20", published: true, row: "a", column: "b2", only: "split" }),
  ).toEqual({ edges: "0.5,1", ratio: "1:20", published: true, row: "a", column: "b2", only: "split" });
  expect(
    readSearch({ edges: "1,0.5", ratio: "1:0", published: "yes", row: 7, column: "b2", only: "split" }),
  ).toEqual({});
});

test("defaults do not stand in the address", () => {
  expect(readSearch({ edges: "0.8,0.85,0.9,0.95,1", ratio: "1:10", published: false })).toEqual({});
});

test("a cell is a row and a column, or nothing", () => {
  expect(readSearch({ row: "totals" })).toEqual({});
  expect(readSearch({ row: "totals", column: "everything" })).toEqual({});
  expect(readSearch({ row: "totals", column: "outside", only: "everyone" })).toEqual({
    row: "totals",
    column: "outside",
  });
});
