import { describe, expect, it } from "vitest";
import { classChoices, type Drawable, drawable, reasonTitle, scopeOf, sourceChoices } from "./masks";

const row = (source: string, name: string, labels: number, missing: number): Drawable => ({
  source,
  label_class: { id: `id-${name}`, name },
  labels,
  missing,
});

const ROWS = [row("a.csv", "Lobster", 5, 2), row("a.csv", "Crab", 3, 3), row("b.csv", "Crab", 1200, 0)];

describe("what a run would draw", () => {
  it("counts all where nothing is chosen", () => {
    expect(drawable(ROWS, "", [])).toEqual({ labels: 1208, missing: 5 });
  });

  it("is narrowed by source and classes together", () => {
    expect(drawable(ROWS, "a.csv", ["id-Crab"])).toEqual({ labels: 3, missing: 3 });
    expect(drawable(ROWS, "b.csv", ["id-Lobster"])).toEqual({ labels: 0, missing: 0 });
  });

  it("names each source and class once, with its labels", () => {
    expect(sourceChoices(ROWS)).toEqual([
      { value: "a.csv", label: "a.csv, 8 labels" },
      { value: "b.csv", label: "b.csv, 1\u202F200 labels" },
    ]);
    expect(classChoices(ROWS).map(({ label }) => label)).toEqual([
      "Crab, 1\u202F203 labels",
      "Lobster, 5 labels",
    ]);
  });
});

describe("the words of a run", () => {
  it("lets an unknown reason speak for itself", () => {
    expect(reasonTitle("worker_died")).toBe("The worker stopped each time");
    expect(reasonTitle("too_dark")).toBe("Too dark");
  });

  it("says what it was narrowed to", () => {
    expect(scopeOf({ source: "", label_classes: [] })).toBe("all sources");
    expect(scopeOf({ source: "a.csv", label_classes: [{ id: "1", name: "Crab" }] })).toBe("a.csv; Crab");
  });
});
