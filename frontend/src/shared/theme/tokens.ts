/**
 * The colours of labelapp, once for each scheme. They become CSS variables of the same name
 * (`ink2` is `var(--ink2)`), so that a style sheet and a canvas speak of the same grey.
 *
 * Surfaces are neutral grey: on a review screen photographs are the only colour. Contrast is
 * held by `contrast.test.ts`, which computes it from these values.
 */
export const light = {
  bg: "#F3F3F2",
  surface: "#FFFFFF",
  raised: "#FFFFFF",
  sunken: "#E9E9E7",
  mat: "#E9E9E7",
  canvas: "#D4D4D1",
  line: "#E0E0DD",
  line2: "#CBCBC7",
  edge: "#82827C",
  ink: "#191918",
  ink2: "#4A4A46",
  ink3: "#666661",
  focus: "#1D5BD6",
  wrong: "#B8370A",
  unsure: "#7F5A00",
  ok: "#0A6660",
  "on-ink": "#FFFFFF",
  "on-focus": "#FFFFFF",
  "on-wrong": "#FFFFFF",
  "on-unsure": "#FFFFFF",
  "on-ok": "#FFFFFF",
  "ink-soft": "#E9E9E7",
  "focus-soft": "#E5EDFC",
  "wrong-soft": "#FBEAE2",
  "unsure-soft": "#FAF0D2",
  "ok-soft": "#DEF0EE",
  "ink-hover": "#33332F",
  "focus-hover": "#174CB4",
  "wrong-hover": "#9A2D07",
  "unsure-hover": "#6A4B00",
  "ok-hover": "#08544F",
  "unsure-fill": "#FFD84D",
  "on-unsure-fill": "#191918",
  bar: "#8A8A83",
  "bar-soft": "#CBCBC7",
  shadow: "0 1px 2px rgb(0 0 0 / 6%), 0 8px 28px rgb(0 0 0 / 14%)",
} as const;

export type Token = keyof typeof light;

export const dark: Record<Token, string> = {
  bg: "#111111",
  surface: "#191919",
  raised: "#222221",
  sunken: "#0B0B0B",
  mat: "#0B0B0B",
  canvas: "#0B0B0B",
  line: "#2B2B2A",
  line2: "#3C3C3A",
  edge: "#7D7D78",
  ink: "#EDEDEA",
  ink2: "#BCBCB7",
  ink3: "#94948E",
  focus: "#82B1FF",
  wrong: "#FF8B5E",
  unsure: "#EBC04E",
  ok: "#5CCABF",
  "on-ink": "#151515",
  "on-focus": "#151515",
  "on-wrong": "#151515",
  "on-unsure": "#151515",
  "on-ok": "#151515",
  "ink-soft": "#2B2B2A",
  "focus-soft": "#16243D",
  "wrong-soft": "#34190E",
  "unsure-soft": "#2E2409",
  "ok-soft": "#0E2A28",
  "ink-hover": "#FFFFFF",
  "focus-hover": "#A2C5FF",
  "wrong-hover": "#FFA37F",
  "unsure-hover": "#F3D078",
  "ok-hover": "#7ED9D0",
  "unsure-fill": "#FFD84D",
  "on-unsure-fill": "#191918",
  bar: "#8E8E88",
  "bar-soft": "#3C3C3A",
  shadow: "0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 60%)",
};

/**
 * The heat map diverges around the target, not around 50 %. A strong colour is kept for the case
 * where the whole interval lies on one side of the target. The same in both schemes.
 */
export const heat = {
  "surely-below": { fill: "#A8400A", text: "#FFFFFF" },
  "looks-far-below": { fill: "#F5CDA9", text: "#3D2408" },
  "looks-below": { fill: "#FBE5D0", text: "#3D2408" },
  "looks-above": { fill: "#DFECF7", text: "#0F2B45" },
  "looks-far-above": { fill: "#C4DCF0", text: "#0F2B45" },
  "surely-above": { fill: "#1B5E9E", text: "#FFFFFF" },
} as const;

/** Fonts bundled with the app; the system's own stand in for letters that they lack. */
export const fonts = {
  text: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  code: '"JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
} as const;
