/**
 * The document as the API keeps it: a list of objects, each with its class, mask, order, source and history.
 * The history of an object is its steps, each with what it changed, so that another device can undo them too.
 */

import type { Outline } from "../model/document";
import { maskOf } from "../model/document";
import { docOf } from "../model/history";
import { isBlank, type Size } from "../model/mask";
import { restore, type Stored, type StoredOutline, type StoredStep, textOf } from "../model/stored";

/** A step of one object; `n` is its place among the steps of the picture. */
export interface ObjectStep extends Omit<StoredStep, "set" | "order" | "selected"> {
  readonly n: number;
  readonly set: Partial<StoredOutline>;
}

/** An object as the server keeps it. */
export interface WireObject {
  readonly id: string;
  /** Sent as an id, answered with its name. */
  readonly label_class: string | { readonly id: string } | null;
  readonly name: string;
  /** Null while only points are placed. */
  readonly mask: { size: number[]; counts: string } | null;
  /** From the lowest to the highest. */
  readonly order: number;
  readonly source: "model" | "model_and_hand" | "hand" | "import" | "none";
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly accepted: boolean;
  readonly history: ObjectStep[];
}

/** As it is sent. */
export interface SentObject extends WireObject {
  readonly label_class: string | null;
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

const classIdOf = ({ label_class }: WireObject): string | null =>
  typeof label_class === "object" ? (label_class?.id ?? null) : label_class;

/** The mask as COCO text; null where there is none. */
function countsOf(outline: Outline): string | null {
  const mask = maskOf(outline);
  return mask && !isBlank(mask) ? textOf(mask) : null;
}

function toObject(outline: Outline, order: number, stored: Stored, { width, height }: Size): SentObject {
  const { id, labelClass, name, hidden, locked, accepted } = outline;
  const counts = countsOf(outline);
  return {
    id,
    label_class: labelClass,
    name,
    mask: counts === null ? null : { size: [height, width], counts },
    order,
    source: sourceOf(outline),
    hidden,
    locked,
    accepted,
    history: historyOf(id, stored),
  };
}

/** What undone steps held stays on the device; the server gets what stands. Our first object is the highest. */
export function toObjects(stored: Stored, size: Size): SentObject[] {
  const { outlines } = docOf(restore(stored, size));
  return outlines.map((outline, index) => toObject(outline, outlines.length - 1 - index, stored, size));
}

/**
 * The history of a document. An object whose steps do not lead to what it is (somebody changed it by another
 * way, or its class was merged) begins with what it is.
 *
 * @throws RleError when a mask is none of this picture.
 */
export function fromObjects(objects: readonly WireObject[], size: Size): Stored {
  const stored = allSteps(objects);
  const { outlines } = docOf(restore(stored, size));
  const leadsTo = (object: WireObject) => {
    const outline = outlines.find(({ id }) => id === object.id);
    return (
      outline !== undefined &&
      outline.labelClass === classIdOf(object) &&
      countsOf(outline) === (object.mask?.counts ?? null)
    );
  };
  const anew = objects.map((object) => (leadsTo(object) ? object : { ...object, history: [] }));
  return anew.every((object, index) => object === objects[index]) ? stored : allSteps(anew);
}

function allSteps(objects: readonly WireObject[]): Stored {
  const inOrder = [...objects].sort((a, b) => b.order - a.order);
  const places = new Map<number, (ObjectStep & { of: string })[]>();
  for (const object of inOrder) {
    for (const step of object.history.length > 0 ? object.history : [imported(object)]) {
      places.set(step.n, [...(places.get(step.n) ?? []), { ...step, of: object.id }]);
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
function imported(object: WireObject): ObjectStep {
  const { id, mask, name, hidden, locked, accepted } = object;
  const set = { labelClass: classIdOf(object), name, hidden, locked, accepted, added: mask?.counts ?? null };
  return { id: `import-${id}`, n: -1, kind: "theirs", object: id, at: 0, ms: null, pixels: null, set };
}
