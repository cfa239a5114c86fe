/**
 * COCO run-length encoding: column by column, runs of 0 and 1 in turn, beginning with 0.
 *
 * `counts` is a list of numbers, or text in COCO's compressed form (five bits a character, each number after
 * the third as its difference to the one two before), as pycocotools reads and writes it.
 */
import { type Mask, NO_RUNS, type Row, type Size, transposed } from "./mask";

export interface Rle {
  /** Height first, as COCO has it. */
  readonly size: readonly number[];
  readonly counts: string | readonly number[];
}

/** Runs that do not make a mask of this picture; the message says why. */
export class RleError extends Error {
  override readonly name = "RleError";
}

export function encode(mask: Mask): Rle {
  return { size: [mask.height, mask.width], counts: toText(toCounts(mask)) };
}

/** @throws RleError when the size is not the picture's, or the runs do not add up to it. */
export function decode({ size, counts }: Rle, { width, height }: Size): Mask {
  if (size[0] !== height || size[1] !== width) {
    throw new RleError(`The mask is ${size[1]} x ${size[0]}, the picture ${width} x ${height}.`);
  }
  return fromCounts(typeof counts === "string" ? fromText(counts) : counts, { width, height });
}

export function toCounts(mask: Mask): number[] {
  const { height } = mask;
  const turns: number[] = [];
  transposed(mask).rows.forEach((column, x) => {
    for (let nth = 0; nth < column.length; nth += 1) {
      const at = x * height + (column[nth] ?? 0);
      // A run that ends with its column goes on where the next column begins.
      if (turns.at(-1) === at) {
        turns.pop();
      } else {
        turns.push(at);
      }
    }
  });
  const end = mask.width * height;
  if (turns.at(-1) !== end) {
    turns.push(end);
  }
  return turns.map((turn, index) => turn - (turns[index - 1] ?? 0));
}

export function fromCounts(counts: readonly number[], { width, height }: Size): Mask {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.some((count) => !Number.isInteger(count) || count < 0) || total !== width * height) {
    throw new RleError(`The runs of the mask do not add up to ${width} x ${height} pixels.`);
  }
  const columns: number[][] = Array.from({ length: width }, () => []);
  let at = 0;
  counts.forEach((count, index) => {
    if (index % 2 === 1) {
      addRun(columns, height, at, at + count);
    }
    at += count;
  });
  const rows = columns.map((column): Row => (column.length === 0 ? NO_RUNS : Int32Array.from(column)));
  return transposed({ width: height, height: width, rows });
}

/** One run through the columns that it passes; runs that meet (a run of no zeros between) become one. */
function addRun(columns: number[][], height: number, from: number, to: number): void {
  for (let at = from; at < to; ) {
    const x = Math.floor(at / height);
    const end = Math.min(to, (x + 1) * height);
    const column = columns[x];
    if (column?.at(-1) === at - x * height) {
      column.pop();
      column.push(end - x * height);
    } else {
      column?.push(at - x * height, end - x * height);
    }
    at = end;
  }
}

const BITS = 5;
const MORE = 0x20;
const SIGN = 0x10;
const FIRST = 48;

export function toText(counts: readonly number[]): string {
  const codes: number[] = [];
  counts.forEach((count, index) => {
    let left = index > 2 ? count - (counts[index - 2] ?? 0) : count;
    for (let more = true; more; ) {
      const bits = left & 0x1f;
      left >>= BITS;
      more = bits & SIGN ? left !== -1 : left !== 0;
      codes.push(bits + (more ? MORE : 0) + FIRST);
    }
  });
  return codes.reduce((text, code) => text + String.fromCharCode(code), "");
}

export function fromText(text: string): number[] {
  const counts: number[] = [];
  for (let at = 0; at < text.length; ) {
    let [value, shift, more] = [0, 0, true];
    while (more) {
      const code = text.charCodeAt(at) - FIRST;
      if (!(code >= 0 && code < 64) || shift > 30) {
        throw new RleError("The runs of the mask are no COCO text.");
      }
      at += 1;
      value |= (code & 0x1f) << shift;
      shift += BITS;
      more = (code & MORE) !== 0;
      if (!more && code & SIGN && shift < 32) {
        value |= -1 << shift;
      }
    }
    counts.push(counts.length > 2 ? value + (counts.at(-2) ?? 0) : value);
  }
  return counts;
}
