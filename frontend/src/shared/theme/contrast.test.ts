import { describe, expect, it } from "vitest";
import { contrast } from "./contrast";
import { dark, heat, light, type Token } from "./tokens";

/** WCAG 2.2: 4.5 for text (1.4.3), 3 for the outline of a control (1.4.11). */
const TEXT = 4.5;
const OUTLINE = 3;

const surfaces: Token[] = ["bg", "surface", "sunken"];
const texts: Token[] = ["ink", "ink2", "ink3", "focus", "wrong", "unsure", "ok"];
const paints = ["focus", "wrong", "unsure", "ok"] as const;

describe("contrast", () => {
  it("agrees with the ends of the scale and with a published value", () => {
    expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#FFFFFF")).toBeCloseTo(4.48, 2);
    expect(contrast("#123456", "#123456")).toBe(1);
  });

  it("does not depend on the order", () => {
    expect(contrast(light.ink, light.bg)).toBe(contrast(light.bg, light.ink));
  });
});

describe.each([
  ["light", light],
  ["dark", dark],
] as [string, Record<Token, string>][])("the %s scheme", (_name, tokens) => {
  it.each(
    texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)),
  )("keeps %s readable on %s", (text, surface) => {
    expect(contrast(tokens[text], tokens[surface])).toBeGreaterThanOrEqual(TEXT);
  });

  it.each(surfaces)("keeps the outline of a control visible on %s", (surface) => {
    expect(contrast(tokens.edge, tokens[surface])).toBeGreaterThanOrEqual(OUTLINE);
  });

  it.each(paints)("keeps %s readable on its soft fill, and its own text on the solid one", (paint) => {
    expect(contrast(tokens[paint], tokens[`${paint}-soft`])).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(tokens[`on-${paint}`], tokens[paint])).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(tokens[`on-${paint}`], tokens[`${paint}-hover`])).toBeGreaterThanOrEqual(TEXT);
  });

  it("keeps the primary button and a quiet badge readable", () => {
    expect(contrast(tokens["on-ink"], tokens.ink)).toBeGreaterThanOrEqual(7);
    expect(contrast(tokens["on-ink"], tokens["ink-hover"])).toBeGreaterThanOrEqual(7);
    expect(contrast(tokens.ink, tokens["ink-soft"])).toBeGreaterThanOrEqual(7);
  });

  it("keeps the unsure badge readable on a photograph", () => {
    expect(contrast(tokens["on-unsure-fill"], tokens["unsure-fill"])).toBeGreaterThanOrEqual(7);
  });
});

describe("the heat map", () => {
  it.each(Object.entries(heat))("keeps %s readable", (_name, { fill, text }) => {
    expect(contrast(fill, text)).toBeGreaterThanOrEqual(6);
  });
});
