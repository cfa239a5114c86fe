import type { ClassName } from "../engine/wire";
import type { Outline } from "../model/document";
import { type Pattern, paintOf } from "../model/palette";
import classes from "./Swatch.module.css";

const DRAWINGS: Record<Pattern, string> = {
  solid: "",
  stripes: "M-4 12L12-4M0 20L20 0M8 24L24 8",
  dots: "M6 6h.01M14 6h.01M6 14h.01M14 14h.01",
  checks: "M5 0V10M15 10V20",
  rings: "M10 6a4 4 0 1 0 .01 0",
  bars: "M5 0V20M10 0V20M15 0V20",
};
const WIDTHS: Record<Pattern, number> = { solid: 0, stripes: 2, dots: 4, checks: 10, rings: 2, bars: 2 };

/** An object's colour and pattern, as its mask has them. */
export const Swatch = ({ outline, classList }: { outline: Outline; classList: readonly ClassName[] }) => {
  const { color, pattern } = paintOf(classList.findIndex(({ id }) => id === outline.labelClass));
  return (
    <svg viewBox="0 0 20 20" width={18} height={18} className={classes.swatch} aria-hidden="true">
      <rect width={20} height={20} rx={4} fill={color} opacity={pattern === "solid" ? 0.65 : 0.14} />
      <path
        d={DRAWINGS[pattern]}
        stroke={color}
        strokeWidth={WIDTHS[pattern]}
        strokeLinecap={pattern === "dots" ? "round" : "butt"}
        fill="none"
      />
      <rect x={1} y={1} width={18} height={18} rx={3.5} fill="none" stroke={color} strokeWidth={2} />
    </svg>
  );
};
