import { expect, it } from "vitest";
import { EMPTY, problemsOf, wishOf } from "./form";

const WISH = { ...EMPTY, model: "m" };

it("asks for all pictures where nothing narrows, whatever was typed before", () => {
  const left = { ...WISH, source: "a.csv", low: "9" };
  expect(wishOf("d", left)).toEqual({ dataset: "d", model_version: "m", only: {}, top_k: 5 });
});

it("sends only what was chosen", () => {
  const wish = { ...WISH, narrowed: true, label_classes: ["1"], high: "0,5", least: "0" };
  expect(wishOf("d", wish)).toMatchObject({
    only: { label_classes: ["1"], max_confidence: 0.5 },
    min_confidence: 0,
  });
});

it("sends nothing that is out of range", () => {
  expect(wishOf("d", { ...WISH, top_k: "21" })).toBeNull();
  expect(wishOf("d", { ...WISH, top_k: "" })).toBeNull();
  expect(wishOf("d", { ...WISH, least: "2" })).toBeNull();
  expect(wishOf("d", { ...WISH, narrowed: true, low: "0.8", high: "0.8" })).toBeNull();
});

it("lets the range from 1 to 1 be, which holds the label that is sure", () => {
  expect(problemsOf({ ...WISH, narrowed: true, low: "1", high: "1" })).toEqual({});
});
