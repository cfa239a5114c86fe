/** For tests: masks as they look. */
import { covers, fromRuns, type Mask } from "./mask";

/** `draw("##.", "..#")`: `#` is in the mask. */
export function draw(...lines: string[]): Mask {
  const size = { width: lines[0]?.length ?? 0, height: lines.length };
  const pixels = lines.flatMap((line, y) =>
    [...line].flatMap((sign, x) => (sign === "#" ? [[y, x, x + 1] as const] : [])),
  );
  return fromRuns(size, pixels);
}

export function text(mask: Mask): string[] {
  return Array.from({ length: mask.height }, (_, y) =>
    Array.from({ length: mask.width }, (__, x) => (covers(mask, x, y) ? "#" : ".")).join(""),
  );
}

/** The same each time: numbers from 0 to below 1. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function noise(width: number, height: number, share: number, seed: number): Mask {
  const next = chance(seed);
  return draw(
    ...Array.from({ length: height }, () =>
      Array.from({ length: width }, () => (next() < share ? "#" : ".")).join(""),
    ),
  );
}
