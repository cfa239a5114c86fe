/**
 * A history as it is kept on the device and by the server: each step with only what it changed, masks as COCO
 * text. The same form for both, so that what one lacks the other completes.
 */
import type { Answer, Doc, Outline } from "./document";
import { EMPTY, find, newOutline } from "./document";
import { docOf, type History, type Step, type StepKind } from "./history";
import type { Mask, Size } from "./mask";
import { decode, encode, type Rle } from "./rle";

type StoredAnswer = Omit<Answer, "mask"> & { readonly mask: string };

/** An outline with its masks as text. */
export type StoredOutline = Omit<Outline, "answer" | "added" | "removed"> & {
  readonly answer: StoredAnswer | null;
  readonly added: string | null;
  readonly removed: string | null;
};

export interface StoredStep extends Omit<Step, "after"> {
  /** By object: what this step changed of it. */
  readonly set: Readonly<Record<string, Partial<StoredOutline>>>;
  /** The objects that are there, in order; left out when the same as before. */
  readonly order?: readonly string[];
  readonly selected: string | null;
}

export interface Stored {
  readonly steps: readonly StoredStep[];
  readonly at: number;
}

const texts = new WeakMap<Mask, string>();
/** The masks behind the texts used last: what was just put away is not read back from its text. */
const recent = new Map<string, Mask>();
const MOST_RECENT = 256;

function remember(text: string, mask: Mask): void {
  texts.set(mask, text);
  recent.delete(text);
  recent.set(text, mask);
  const [oldest] = recent.keys();
  if (recent.size > MOST_RECENT && oldest !== undefined) {
    recent.delete(oldest);
  }
}

/** COCO's text of a mask; encoded once. */
export function textOf(mask: Mask): string {
  const known = texts.get(mask);
  if (known !== undefined) {
    return known;
  }
  const text = encode(mask).counts as string;
  remember(text, mask);
  return text;
}

/** @throws RleError when the text makes no mask of this size. */
function maskFrom(text: string, size: Size): Mask {
  const known = recent.get(text);
  if (known?.width === size.width && known.height === size.height) {
    return known;
  }
  const mask = decode(rleOf(text, size), size);
  remember(text, mask);
  return mask;
}

const FIELDS = Object.keys(newOutline("", null)) as (keyof Outline)[];

function storedField(outline: Outline, field: keyof Outline): unknown {
  const { answer, added, removed } = outline;
  switch (field) {
    case "answer":
      return answer && { ...answer, mask: textOf(answer.mask) };
    case "added":
      return added && textOf(added);
    case "removed":
      return removed && textOf(removed);
    default:
      return outline[field];
  }
}

function difference(before: Outline | undefined, after: Outline): Partial<StoredOutline> {
  const fields = FIELDS.filter((field) => field !== "id" && (!before || before[field] !== after[field]));
  return Object.fromEntries(fields.map((field) => [field, storedField(after, field)]));
}

const idsOf = ({ outlines }: Doc): string[] => outlines.map(({ id }) => id);
const sameOrder = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

const written = new WeakMap<Step, { before: Doc; stored: StoredStep }>();

/** The same object for the same step after the same document: a step is written once, not at every later one. */
function storedStep(before: Doc, step: Step): StoredStep {
  const known = written.get(step);
  if (known?.before === before) {
    return known.stored;
  }
  const stored = writtenAnew(before, step);
  written.set(step, { before, stored });
  return stored;
}

function writtenAnew(before: Doc, { after, ...step }: Step): StoredStep {
  const touched = after.outlines.filter((outline) => find(before, outline.id) !== outline);
  const order = idsOf(after);
  return {
    ...step,
    set: Object.fromEntries(
      touched.map((outline) => [outline.id, difference(find(before, outline.id), outline)]),
    ),
    ...(sameOrder(order, idsOf(before)) ? {} : { order }),
    selected: after.selected,
  };
}

export function store({ base, steps, at }: History): Stored {
  // What was there before the first step becomes a step of its own: a stored history begins with nothing.
  const whole = base.outlines.length === 0 ? steps : [opening(base), ...steps];
  const added = whole.length - steps.length;
  return {
    steps: whole.map((step, index) => storedStep(whole[index - 1]?.after ?? EMPTY, step)),
    at: at + added,
  };
}

const OPENING: StepKind = "theirs";

function opening(base: Doc): Step {
  return { id: "opening", kind: OPENING, object: "", at: 0, ms: null, pixels: null, after: base };
}

/** @throws RleError when a mask is none of this picture. */
export function restore({ steps, at }: Stored, size: Size): History {
  const maskOf = (text: string): Mask => maskFrom(text, size);
  let doc = EMPTY;
  const restored = steps.map(({ set, order, selected, ...step }): Step => {
    doc = applied(doc, { set, order: order ?? idsOf(doc), selected }, maskOf);
    return { ...step, after: doc };
  });
  const [first] = restored;
  return first?.id === "opening"
    ? { base: first.after, steps: restored.slice(1), at: Math.max(0, at - 1) }
    : { base: EMPTY, steps: restored, at };
}

export function rleOf(counts: string, { width, height }: Size): Rle {
  return { size: [height, width], counts };
}

type Change = Required<Pick<StoredStep, "set" | "order">> & Pick<StoredStep, "selected">;

function applied(doc: Doc, { set, order, selected }: Change, maskOf: (text: string) => Mask): Doc {
  const outlines = order.map((id) => {
    const before = find(doc, id) ?? newOutline(id, null);
    const change = set[id];
    return change ? { ...before, ...restoredFields(change, maskOf) } : before;
  });
  return { outlines, selected: selected !== null && order.includes(selected) ? selected : null };
}

function restoredFields(stored: Partial<StoredOutline>, maskOf: (text: string) => Mask): Partial<Outline> {
  const { answer, added, removed, ...rest } = stored;
  return {
    ...rest,
    ...(answer === undefined ? {} : { answer: answer && { ...answer, mask: maskOf(answer.mask) } }),
    ...(added === undefined ? {} : { added: added === null ? null : maskOf(added) }),
    ...(removed === undefined ? {} : { removed: removed === null ? null : maskOf(removed) }),
  };
}

/**
 * A history with the oldest steps folded into one, so that it fits into a message. The objects stay as they
 * are; only how they came about long ago cannot be taken back any more.
 *
 * @param most - characters of JSON
 */
export function shortened(history: History, most: number): Stored {
  const whole = store(history);
  if (JSON.stringify(whole).length <= most) {
    return whole;
  }
  const fold = Math.max(1, Math.ceil(history.at / 2));
  const base = history.steps[fold - 1]?.after;
  if (!base || history.at === 0) {
    return store({ base: docOf(history), steps: [], at: 0 });
  }
  return shortened({ base, steps: history.steps.slice(fold, history.at), at: history.at - fold }, most);
}
