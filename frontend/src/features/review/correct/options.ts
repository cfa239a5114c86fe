/** What a picture may be: the order of the answers, the keys, the search. Pure. */

import type { Named } from "../engine/wire";
import { type AnyMark, type Batch, type Item, named, saidBy } from "../model/batch";

const NEW = "new:";
export const NONE_OF_THESE = "none_of_these";
/** So many answers have a number key. */
export const KEYED = 9;

/** A class that can be chosen; `value` is what is sent. */
export interface Option {
  readonly value: string;
  readonly name: string;
  /** The dataset does not have it yet. */
  readonly isNew: boolean;
}

const newOption = (name: string): Option => ({ value: `${NEW}${name}`, name, isNew: true });

const known = ({ id, name }: Named): Option => ({ value: id, name, isNew: false });

/**
 * All answers for a picture: what is likely first, then every class by its name. The class that was found wrong
 * stands last, unless the reviewers differed; then it is among what is likely.
 */
export function optionsOf(item: Item, classes: readonly Named[], wrong: string): Option[] {
  const byId = new Map(classes.map((one) => [one.id, known(one)]));
  const likely = (item.suggested ?? []).flatMap((value) => {
    const option = value.startsWith(NEW) ? newOption(value.slice(NEW.length)) : byId.get(value);
    return option ? [option] : [];
  });
  const taken = new Set(likely.map(({ value }) => value));
  const rest = classes.filter(({ id }) => !taken.has(id)).map(known);
  const last = rest.filter(({ value }) => value === wrong);
  return [...likely, ...rest.filter(({ value }) => value !== wrong), ...last];
}

const folded = (text: string): string =>
  text.normalize("NFKC").toLocaleLowerCase().trim().replace(/\s+/g, " ");

/** The answers that a search finds: those that begin so before those that hold it, a new class last. */
export function found(query: string, options: readonly Option[], allowNew: boolean): Option[] {
  const wanted = folded(query);
  if (wanted === "") return [...options];
  const names = options.map((option) => ({ option, name: folded(option.name) }));
  const begins = names.filter(({ name }) => name.startsWith(wanted));
  const holds = names.filter(({ name }) => !name.startsWith(wanted) && name.includes(wanted));
  const isThere = names.some(({ name }) => name === wanted);
  const fresh = allowNew && !isThere ? [newOption(query.trim().replace(/\s+/g, " "))] : [];
  return [...[...begins, ...holds].map(({ option }) => option), ...fresh];
}

export const markOf = (option: Option): AnyMark => named(option.value);

/** An answer in words; null where there is none yet. */
export function answerOf(mark: AnyMark, classes: readonly Named[]): string | null {
  if (mark === "unsure") return "Not sure";
  const value = saidBy(mark);
  if (value === null) return null;
  if (value === NONE_OF_THESE) return "None of these";
  if (value.startsWith(NEW)) return value.slice(NEW.length);
  return classes.find(({ id }) => id === value)?.name ?? "A new class";
}

/** Is the picture answered? One that did not load needs no answer. */
const isOpen = ({ tiles, items }: Batch, index: number, unreadable: ReadonlySet<string>): boolean =>
  tiles[index]?.mark === "none" && !unreadable.has(items[index]?.id ?? "");

/** The next picture without an answer, from the one behind `from` round to `from` itself; null when all have one. */
export function nextOpen(batch: Batch, from: number, unreadable: ReadonlySet<string>): number | null {
  const total = batch.items.length;
  for (let step = 1; step <= total; step += 1) {
    const index = (from + step) % total;
    if (isOpen(batch, index, unreadable)) return index;
  }
  return null;
}

export const answered = (batch: Batch): number => batch.tiles.filter(({ mark }) => mark !== "none").length;
