/** How objects are told apart: colour, pattern and number together, never colour alone. */
export type Pattern = "solid" | "stripes" | "dots" | "checks" | "rings" | "bars";

export interface Paint {
  readonly color: string;
  readonly pattern: Pattern;
}

/** Blue, amber and pink stay apart for every kind of colour blindness; then the same with other patterns. */
const PAINTS: readonly Paint[] = [
  { color: "#2F7BFF", pattern: "solid" },
  { color: "#FFB000", pattern: "stripes" },
  { color: "#E0559F", pattern: "dots" },
  { color: "#2F7BFF", pattern: "checks" },
  { color: "#FFB000", pattern: "rings" },
  { color: "#E0559F", pattern: "bars" },
];

/** The paint of the nth class; a class keeps its paint in every picture. */
export function paintOf(index: number): Paint {
  return PAINTS[Math.max(0, index) % PAINTS.length] as Paint;
}
