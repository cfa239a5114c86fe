import { expect, test } from "vitest";
import type { Import } from "./api";
import { changeOf, rolesOf, withRole } from "./useChanges";

const work = {
  columns: { path: "picture", name: "class", conf: "confidence", x: "extra" },
  mapping: {},
} as unknown as Import;

test("a role that two columns claim goes to the one chosen last", () => {
  expect(withRole(rolesOf(work), "x", "class")).toEqual({
    path: "picture",
    name: "extra",
    conf: "confidence",
    x: "class",
  });
});

test("a field that is no longer the one taken is left out, where it cannot be a detail", () => {
  const may: Import["facts"]["roles"] = { truth: ["class", "ignore"], guess: ["class", "ignore"] };
  expect(withRole({ truth: "class", guess: "ignore" }, "guess", "class", may)).toEqual({
    truth: "ignore",
    guess: "class",
  });
});

test("many columns may be details or left out", () => {
  expect(withRole({ a: "ignore", b: "extra" }, "b", "ignore")).toEqual({ a: "ignore", b: "ignore" });
});

test("a box that is still incomplete stays as it was chosen, though the server reads it as details", () => {
  const chosen = { ...work, mapping: { columns: { x: "x" } } } as unknown as Import;
  expect(rolesOf(chosen).x).toBe("x");
});

test("a change says all columns, since it replaces what was said before", () => {
  expect(changeOf(work, { columns: { x: "ignore" }, scale: "percent" }).mapping).toEqual({
    columns: { path: "picture", name: "class", conf: "confidence", x: "ignore" },
    confidence_scale: "percent",
  });
});
