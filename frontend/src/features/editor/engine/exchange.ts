/**
 * The document as the API keeps it: a list of objects, each with its class, mask, order, source and history.
 * The history of an object is its steps, each with what it changed, so that another device can undo them too.
 */

import type { Outline } from "../model/document";
import { maskOf } from "../model/document";
import { docOf } from "../model/history";
import { areaOf, boundsOf, isBlank, type Size } from "../model/mask";
import type { Rle } from "../model/rle";
import { restore, rleOf, type Stored, type StoredOutline, type StoredStep, textOf } from "../model/stored";

/** A step of one object; `n` is its place among the steps of the picture. */
export interface ObjectStep extends Omit<StoredStep, "set" | "order" | "selected"> {
  readonly n: number;
  readonly set: Partial<StoredOutline>;
}

export interface WireObject {
  readonly id: string;
  readonly label_class: string | null;
  readonly name: string;
  /** Null while only points are placed. */
  readonly mask: Rle | null;
  /** x, y, width, height, as COCO has it. */
  readonly bbox: readonly number[] | null;
  readonly area: number;
  readonly order: number;
  readonly source: "model" | "model_and_hand" | "hand" | "none";
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly accepted: boolean;
  readonly history: readonly ObjectStep[];
}

function sourceOf({ answer, added, removed }: Outline): WireObject["source"] {
  const hand = added !== null || removed !== null;
  if (answer) {
    return hand ? "model_and_hand" : "model";
  }
  return hand ? "hand" : "none";
}

function historyOf(id: string, { steps, at }: Stored): ObjectStep[] {
  return steps.slice(0, at).flatMap(({ set, order: _, selected: __, ...step }, n) => {
    const own = set[id];
    return own === undefined ? [] : [{ ...step, n, set: own }];
  });
}

function toObject(outline: Outline, order: number, stored: Stored): WireObject {
  const mask = maskOf(outline);
  const box = mask && boundsOf(mask);
  const { id, labelClass, name, hidden, locked, accepted } = outline;
  return {
    id,
    label_class: labelClass,
    name,
    mask: mask && !isBlank(mask) ? rleOf(textOf(mask), mask) : null,
    bbox: box && [box.left, box.top, box.right - box.left, box.bottom - box.top],
    area: mask ? areaOf(mask) : 0,
    order,
    source: sourceOf(outline),
    hidden,
    locked,
    accepted,
    history: historyOf(id, stored),
  };
}

/** What undone steps held stays on the device; the server gets what stands. */
export function toObjects(stored: Stored, size: Size): WireObject[] {
  const { outlines } = docOf(restore(stored, size));
  return outlines.map((outline, order) => toObject(outline, order, stored));
}

export function fromObjects(objects: readonly WireObject[]): Stored {
  const inOrder = [...objects].sort((a, b) => a.order - b.order);
  const places = new Map<number, (ObjectStep & { of: string })[]>();
  for (const { id, ...object } of inOrder) {
    for (const step of object.history.length > 0 ? object.history : [imported(id, object)]) {
      places.set(step.n, [...(places.get(step.n) ?? []), { ...step, of: id }]);
    }
  }
  const seen = new Set<string>();
  const steps = [...places.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, together]) => {
      const [first] = together;
      for (const { of } of together) {
        seen.add(of);
      }
      const order = inOrder.map(({ id }) => id).filter((id) => seen.has(id));
      return first ? [joinedStep(first, together, order)] : [];
    });
  return { steps, at: steps.length };
}

function joinedStep(
  { n: _, of: __, set: ___, ...step }: ObjectStep & { of: string },
  together: readonly (ObjectStep & { of: string })[],
  order: readonly string[],
): StoredStep {
  const set = Object.fromEntries(together.map(({ of, set }) => [of, set]));
  return { ...step, set, order, selected: null };
}

/** An object that no editor made (an import, a model's run) begins with the mask that it has. */
function imported(
  id: string,
  { mask, label_class, name, hidden, locked, accepted }: Omit<WireObject, "id">,
): ObjectStep {
  const added = typeof mask?.counts === "string" ? mask.counts : null;
  const set = { labelClass: label_class, name, hidden, locked, accepted, added };
  return { id: `import-${id}`, n: -1, kind: "theirs", object: id, at: 0, ms: null, pixels: null, set };
}
