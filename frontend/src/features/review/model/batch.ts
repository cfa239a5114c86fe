/**
 * The marks on one batch: what each tile says, and how to take it back.
 *
 * Plain values in, plain values out: nothing here knows of the screen, the network or the clock (times are
 * handed in, milliseconds since 1970). A tile is spoken of by its index in the order shown, from 0.
 */

import type { CloseUp } from "@/shared/ui/Outline";

export type Mark = "right" | "wrong" | "unsure" | "none";

/** An answer in its own words, such as the class that a picture should have: `=` and what is sent. */
export type Named = `=${string}`;

export type AnyMark = Mark | Named;

export const named = (value: string): Named => `=${value}`;

/** What a named mark says; null for the others. */
export const saidBy = (mark: AnyMark): string | null => (mark.startsWith("=") ? mark.slice(1) : null);

/** The mark of a tile that is right, wrong or unsure, where no answer has words of its own. */
export const plain = (mark: AnyMark | undefined): Mark =>
  mark === "right" || mark === "wrong" || mark === "unsure" ? mark : "none";

/** One picture of a batch as the server gives it. Width and height are pixels, null until the file was read. */
export interface Item {
  readonly id: string;
  readonly position: number;
  readonly thumb_url: string;
  readonly full_url: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Of a box or mask: what a tile shows instead of the whole picture. */
  readonly close_up?: CloseUp | null;
  /** Of a label to correct: the likeliest answers, as they are sent. */
  readonly suggested?: readonly string[];
}

/** What a tile shows: the object where there is one, else the whole picture. */
export function shownOf({ close_up, thumb_url, width, height }: Item) {
  return close_up ?? { url: thumb_url, width, height };
}

export type VerdictValue = "confirm" | "disconfirm" | "unsure";

/** A verdict as it travels, a `VerdictValue` or a named one: the bare value where there is nothing more to say. */
export type WireVerdict =
  | string
  | { readonly value: string; readonly note?: string; readonly looked?: boolean };

export type WireVerdicts = Readonly<Record<string, WireVerdict>>;

/** What a person has said about one tile. */
export interface Tile {
  readonly mark: AnyMark;
  readonly note: string;
  /** The model's confidence was looked at. */
  readonly looked: boolean;
  /** When the person last changed it; 0 for never. */
  readonly changedAt: number;
}

interface Change {
  readonly index: number;
  readonly before: AnyMark;
  readonly after: AnyMark;
}

/** One step of undo: a click, a range, or a whole drag (all parts of a drag share `stroke`). */
interface Step {
  readonly stroke: number | null;
  readonly changes: readonly Change[];
}

export interface Batch {
  readonly items: readonly Item[];
  readonly start: Mark;
  readonly tiles: readonly Tile[];
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export interface Counts {
  readonly right: number;
  readonly wrong: number;
  readonly unsure: number;
  readonly none: number;
}

const VALUE_OF: Record<Exclude<Mark, "none">, VerdictValue> = {
  right: "confirm",
  wrong: "disconfirm",
  unsure: "unsure",
};
const MARK_OF: ReadonlyMap<string, Mark> = new Map([
  ["confirm", "right"],
  ["disconfirm", "wrong"],
  ["unsure", "unsure"],
]);

/** The note of a picture that never loaded; the server lets it be unsure in every job. */
export const UNREADABLE = "unreadable";

/** A batch as it first stands on the screen, with the marks of an earlier draft where there is one. */
export function openBatch(
  items: readonly Item[],
  startAs: "confirm" | "none",
  draft: WireVerdicts | null = null,
): Batch {
  const start: Mark = startAs === "confirm" ? "right" : "none";
  const ordered = [...items].sort((a, b) => a.position - b.position);
  const tiles = ordered.map((item) => tileOf(draft?.[item.id], start));
  return { items: ordered, start, tiles, past: [], future: [] };
}

function tileOf(wire: WireVerdict | undefined, start: Mark): Tile {
  if (wire === undefined) {
    return { mark: start, note: "", looked: false, changedAt: 0 };
  }
  const { value, note = "", looked = false } = typeof wire === "string" ? { value: wire } : wire;
  // An unreadable picture is tried again on every opening: the mark belonged to the failure, not to the person.
  return note === UNREADABLE
    ? { mark: start, note: "", looked, changedAt: 0 }
    : { mark: MARK_OF.get(value) ?? named(value), note, looked, changedAt: 0 };
}

/** Gives the tiles a mark as one step of undo. Tiles that have it already are no part of the step. */
export function mark(
  batch: Batch,
  indexes: readonly number[],
  value: AnyMark,
  at: number,
  stroke: number | null = null,
): Batch {
  const changes = indexes
    .filter((index, nth) => indexes.indexOf(index) === nth)
    .map((index) => ({ index, before: batch.tiles[index]?.mark, after: value }))
    .filter((change): change is Change => change.before !== undefined && change.before !== value);
  if (changes.length === 0) {
    return batch;
  }
  return { ...apply(batch, changes, at), past: remember(batch.past, { stroke, changes }), future: [] };
}

function remember(past: readonly Step[], step: Step): readonly Step[] {
  const last = past.at(-1);
  if (step.stroke !== null && last?.stroke === step.stroke) {
    return [...past.slice(0, -1), { ...step, changes: [...last.changes, ...step.changes] }];
  }
  return [...past, step];
}

function apply(batch: Batch, changes: readonly Change[], at: number): Batch {
  const tiles = [...batch.tiles];
  for (const { index, after } of changes) {
    const tile = tiles[index];
    if (tile) {
      tiles[index] = { ...tile, mark: after, changedAt: at };
    }
  }
  return { ...batch, tiles };
}

/** The mark that `Space` or a click gives: wrong, or right where it was wrong. */
export function toggled(current: AnyMark): Mark {
  return current === "wrong" ? "right" : "wrong";
}

/** The mark that `U` gives: unsure, or right where it was unsure. */
export function toggledUnsure(current: AnyMark): Mark {
  return current === "unsure" ? "right" : "unsure";
}

/** All indexes from one tile to another, both included, in the order of the grid. */
export function range(from: number, to: number): number[] {
  const low = Math.min(from, to);
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, step) => low + step);
}

export function undo(batch: Batch, at: number): Batch {
  const step = batch.past.at(-1);
  if (!step) {
    return batch;
  }
  const inverse = step.changes.map(({ index, before, after }) => ({ index, before: after, after: before }));
  return {
    ...apply(batch, inverse.reverse(), at),
    past: batch.past.slice(0, -1),
    future: [...batch.future, step],
  };
}

export function redo(batch: Batch, at: number): Batch {
  const step = batch.future.at(-1);
  if (!step) {
    return batch;
  }
  return {
    ...apply(batch, step.changes, at),
    past: [...batch.past, step],
    future: batch.future.slice(0, -1),
  };
}

/** Writes a note on a tile. Not a step of undo: undo is for marks. */
export function annotate(batch: Batch, index: number, note: string, at: number): Batch {
  return amend(batch, index, { note: note.trim(), changedAt: at });
}

/** Remembers that the confidence of a tile was looked at; it cannot be unseen. */
export function look(batch: Batch, index: number, at: number): Batch {
  return batch.tiles[index]?.looked ? batch : amend(batch, index, { looked: true, changedAt: at });
}

function amend(batch: Batch, index: number, part: Partial<Tile>): Batch {
  const tiles = batch.tiles.map((tile, at) => (at === index ? { ...tile, ...part } : tile));
  return { ...batch, tiles };
}

export function counts(batch: Batch, unreadable: ReadonlySet<string> = new Set()): Counts {
  const sum = { right: 0, wrong: 0, unsure: 0, none: 0 };
  batch.tiles.forEach((tile, index) => {
    // An answer in its own words is an answer: nothing is left to choose there.
    const mark = saidBy(tile.mark) === null ? plain(tile.mark) : "right";
    sum[unreadable.has(batch.items[index]?.id ?? "") ? "unsure" : mark] += 1;
  });
  return sum;
}

/** The nearest tile after (`1`) or before (`-1`) this one that is marked wrong or unsure; itself when none is. */
export function nextMarked(batch: Batch, from: number, direction: 1 | -1): number {
  for (let at = from + direction; at >= 0 && at < batch.tiles.length; at += direction) {
    const found = batch.tiles[at]?.mark;
    if (found === "wrong" || found === "unsure") {
      return at;
    }
  }
  return from;
}

/** The batch as the server wants it. Tiles without a mark are left out; pictures that never loaded are unsure. */
export function toVerdicts(batch: Batch, unreadable: ReadonlySet<string> = new Set()): WireVerdicts {
  const verdicts: Record<string, WireVerdict> = {};
  batch.tiles.forEach((tile, index) => {
    const id = batch.items[index]?.id;
    const verdict = id && unreadable.has(id) ? { value: "unsure" as const, note: UNREADABLE } : toWire(tile);
    if (id && verdict) {
      verdicts[id] = verdict;
    }
  });
  return verdicts;
}

function toWire(tile: Tile): WireVerdict | null {
  if (tile.mark === "none") {
    return null;
  }
  const value = saidBy(tile.mark) ?? VALUE_OF[tile.mark as Exclude<Mark, "none">];
  if (!tile.note && !tile.looked) {
    return value;
  }
  return { value, ...(tile.note && { note: tile.note }), ...(tile.looked && { looked: true }) };
}

/** The ids on which two sets of verdicts differ. */
export function differing(a: WireVerdicts, b: WireVerdicts): string[] {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...ids].filter((id) => !sameVerdict(a[id], b[id]));
}

function sameVerdict(a: WireVerdict | undefined, b: WireVerdict | undefined): boolean {
  if (a === undefined || b === undefined) {
    return a === b;
  }
  const [left, right] = [whole(a), whole(b)];
  return left.value === right.value && left.note === right.note && left.looked === right.looked;
}

function whole(wire: WireVerdict): { value: string; note: string; looked: boolean } {
  return typeof wire === "string"
    ? { value: wire, note: "", looked: false }
    : { value: wire.value, note: wire.note ?? "", looked: wire.looked ?? false };
}

/**
 * Takes in marks that another device or tab has stored, tile by tile; of two changes the later one wins.
 *
 * `base` is what both sides last agreed on, `stored` what the server holds now and `storedAt` when it was
 * written. A tile changed on one side only takes that side. A look at the confidence is kept from either side.
 */
export function merge(batch: Batch, base: WireVerdicts, stored: WireVerdicts, storedAt: number): Batch {
  const mine = toVerdicts(batch);
  const tiles = batch.tiles.map((tile, index) => {
    const id = batch.items[index]?.id ?? "";
    const theirs = tileOf(stored[id], batch.start);
    const looked = tile.looked || theirs.looked;
    const iChanged = !sameVerdict(mine[id], base[id]);
    const theyChanged = !sameVerdict(stored[id], base[id]);
    const keepMine = iChanged && (!theyChanged || tile.changedAt >= storedAt);
    return keepMine || !theyChanged ? { ...tile, looked } : { ...theirs, looked, changedAt: storedAt };
  });
  // A step of undo must not bring back a mark that the other side has replaced.
  const moved = tiles.some((tile, index) => tile.mark !== batch.tiles[index]?.mark);
  return { ...batch, tiles, ...(moved && { past: [], future: [] }) };
}
