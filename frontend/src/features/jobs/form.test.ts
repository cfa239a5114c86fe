import { describe, expect, it } from "vitest";
import { CHECKS, emptyForm, isPreviewable, previewOf, wishOf } from "./form";

const form = { ...emptyForm("d1"), name: " Fruit check " };

describe("the form of a job", () => {
  it("sends what was left empty as no limit", () => {
    expect(wishOf(form)).toMatchObject({
      name: "Fruit check",
      min_confidence: null,
      max_confidence: null,
      cap_per_class: null,
      team: null,
      batch_size: 25,
    });
  });

  it("takes a decimal comma", () => {
    expect(wishOf({ ...form, min_confidence: "0,8" }).min_confidence).toBe(0.8);
  });

  it.each(["1.5", "-0.1", "high"])("refuses %s as a confidence", (value) => {
    expect(CHECKS.min_confidence(value, form)).not.toBeNull();
  });

  it("wants the upper end above the lower one, unless it is 1, which includes 1", () => {
    const check = (low: string, high: string) =>
      CHECKS.max_confidence(high, { ...form, min_confidence: low });
    expect(check("0.8", "0.8")).not.toBeNull();
    expect(check("0.9", "0.8")).not.toBeNull();
    expect(check("0.8", "0.9")).toBeNull();
    expect(check("1", "1")).toBeNull();
    expect(check("0.8", "")).toBeNull();
  });

  it.each(["0", "101", "2.5", ""])("refuses %j as the size of a batch", (value) => {
    expect(CHECKS.batch_size(value, form)).not.toBeNull();
  });
});

describe("a job of only what changed", () => {
  const changed = { ...form, source: "model:fruit@2", changed_since: "model:fruit@1", crossed: "0,9" };

  it("names the other source, and the confidence that was crossed", () => {
    expect(wishOf(changed)).toMatchObject({ changed_since: "model:fruit@1", crossed: 0.9, unjudged: false });
    expect(wishOf({ ...changed, changed_since: "" })).toMatchObject({ changed_since: "", crossed: null });
  });

  it("wants a source, and another one, before the server is asked", () => {
    expect(isPreviewable(changed)).toBe(true);
    expect(isPreviewable({ ...changed, source: "" })).toBe(false);
    expect(isPreviewable({ ...changed, source: "model:fruit@1" })).toBe(false);
    expect(isPreviewable({ ...changed, source: "", changed_since: "" })).toBe(true);
  });

  it("reads the crossed confidence only where it is asked for", () => {
    expect(isPreviewable({ ...changed, crossed: "high" })).toBe(false);
    expect(isPreviewable({ ...changed, changed_since: "", crossed: "high" })).toBe(true);
  });
});

describe("the form of a job in which people outline", () => {
  const outlines = { ...form, kind: "segmentation" as const };

  it("sends only what outlining asks, whatever was typed for a check", () => {
    const typed = {
      ...outlines,
      min_confidence: "0.8",
      source: "model",
      batch_size: "9",
      cap_per_class: "40",
    };
    expect(wishOf(typed)).toEqual({
      name: "Fruit check",
      dataset: "d1",
      kind: "segmentation",
      from_job: null,
      label_classes: [],
      cap_per_class: 40,
      reviewers_per_item: 1,
      team: null,
      people: [],
      instructions: "",
      lease_minutes: 30,
    });
  });

  it("names the check whose masks it corrects, which a check itself does not", () => {
    const corrects = emptyForm("d1", "segmentation", "j1");
    expect(wishOf(corrects)).toMatchObject({ kind: "segmentation", from_job: "j1" });
    expect(wishOf({ ...corrects, kind: "verification" })).not.toHaveProperty("from_job");
  });

  it("is not held up by a field that it does not show", () => {
    expect(isPreviewable({ ...form, min_confidence: "high" })).toBe(false);
    expect(isPreviewable({ ...outlines, min_confidence: "high", batch_size: "0" })).toBe(true);
    expect(isPreviewable({ ...outlines, cap_per_class: "0" })).toBe(false);
  });
});

describe("the form of a job in which classes are corrected", () => {
  const corrects = emptyForm("d1", "correction", "j1");

  it("sends which wrong labels, how many at once, and what may be answered", () => {
    const typed = { ...corrects, name: "Fruit", outcomes: ["unsure" as const], min_confidence: "0.8" };
    expect(wishOf({ ...typed, allow_new_class: true })).toEqual({
      name: "Fruit",
      dataset: "d1",
      kind: "correction",
      from_job: "j1",
      outcomes: ["unsure"],
      batch_size: 10,
      allow_unsure: true,
      allow_new_class: true,
      label_classes: [],
      cap_per_class: null,
      reviewers_per_item: 1,
      team: null,
      people: [],
      instructions: "",
      lease_minutes: 30,
    });
  });

  it("takes what is wrong or split at first, and checks the size of a batch", () => {
    expect(corrects.outcomes).toEqual(["disconfirmed", "split"]);
    expect(isPreviewable({ ...corrects, batch_size: "0" })).toBe(false);
    expect(isPreviewable({ ...corrects, outcomes: [] })).toBe(false);
  });
});

describe("the preview", () => {
  it("needs a dataset but no name", () => {
    expect(isPreviewable({ ...form, name: "" })).toBe(true);
    expect(previewOf(emptyForm())).toBeNull();
  });

  it("does not change while somebody types the name, the guide or picks the reviewers", () => {
    const picked = { team: "t1", people: ["p1"] };
    const typed = { ...form, ...picked, name: "Other", instructions: "Green all over", lease_minutes: "60" };
    expect(previewOf(typed)).toEqual(previewOf(form));
  });
});
