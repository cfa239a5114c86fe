/**
 * What a person has outlined in one picture.
 *
 * The mask of an object is what the model answered to its points and clicks, with what the hand added and took
 * away on top: an answer that comes late never covers a stroke. Nothing here is ever changed; every action
 * makes a new document that shares all that it left alone.
 */
import { blank, isBlank, joined, type Mask, type Size } from "./mask";
import { faultOf, inPicture, WANTED } from "./points";
import { piecesOf, regionAt } from "./regions";
import type { Point } from "./shapes";

export interface Click extends Point {
  readonly positive: boolean;
}

/** An answer of the model. */
export interface Answer {
  /** The prompt that it answers (`promptOf`). */
  readonly key: string;
  /** The server's id of the request: the next prompt builds on it. */
  readonly request: string;
  readonly mask: Mask;
  /** The model's own estimate of the overlap, 0 to 1. */
  readonly score: number | null;
}

export interface Outline {
  readonly id: string;
  readonly labelClass: string | null;
  /** Given by hand; else the class names it. */
  readonly name: string;
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly accepted: boolean;
  readonly points: readonly Point[];
  readonly clicks: readonly Click[];
  /** The answered request that the last click builds on. */
  readonly previous: string | null;
  /** The model is to answer the points and clicks; false once the person paints by hand instead. */
  readonly asks: boolean;
  readonly answer: Answer | null;
  readonly added: Mask | null;
  readonly removed: Mask | null;
}

export interface Doc {
  /** From the top of the list down. */
  readonly outlines: readonly Outline[];
  readonly selected: string | null;
}

export const EMPTY: Doc = { outlines: [], selected: null };

export function newOutline(id: string, labelClass: string | null): Outline {
  return {
    id,
    labelClass,
    name: "",
    hidden: false,
    locked: false,
    accepted: false,
    points: [],
    clicks: [],
    previous: null,
    asks: true,
    answer: null,
    added: null,
    removed: null,
  };
}

type Question = readonly [points: readonly Point[], clicks: readonly Click[], previous: string | null];

/** What identifies the question to the model; null while there is none. */
export function promptOf({ points, clicks, previous, asks }: Outline): string | null {
  if (!asks || points.length !== WANTED || faultOf(points) !== null) {
    return null;
  }
  return JSON.stringify([points, clicks, previous] satisfies Question);
}

/** The question that has no answer yet. */
export function openPrompt(outline: Outline): string | null {
  const prompt = promptOf(outline);
  return prompt === outline.answer?.key ? null : prompt;
}

const masks = new WeakMap<Outline, Mask | null>();

/** The mask as it stands; null before there is any. */
export function maskOf(outline: Outline): Mask | null {
  const known = masks.get(outline);
  if (known !== undefined) {
    return known;
  }
  const { answer, added, removed } = outline;
  const base = answer?.mask ?? (added && blank(added));
  const whole = base && added ? joined(base, added, "add") : base;
  const mask = whole && removed ? joined(whole, removed, "remove") : whole;
  masks.set(outline, mask);
  return mask;
}

export function find(doc: Doc, id: string | null): Outline | undefined {
  return doc.outlines.find((outline) => outline.id === id);
}

export function selectedOf(doc: Doc): Outline | undefined {
  return find(doc, doc.selected);
}

/** The same document when the outline comes back as it was. */
export function changed(doc: Doc, id: string, change: (outline: Outline) => Outline): Doc {
  const before = find(doc, id);
  const after = before && change(before);
  if (!before || !after || before === after) {
    return doc;
  }
  return { ...doc, outlines: doc.outlines.map((outline) => (outline === before ? after : outline)) };
}

export function added(doc: Doc, outline: Outline): Doc {
  return { outlines: [...doc.outlines, outline], selected: outline.id };
}

export function removed(doc: Doc, id: string): Doc {
  const outlines = doc.outlines.filter((outline) => outline.id !== id);
  return { outlines, selected: doc.selected === id ? null : doc.selected };
}

/** Moves an object in the list: -1 is up. */
export function moved(doc: Doc, id: string, by: 1 | -1): Doc {
  const from = doc.outlines.findIndex((outline) => outline.id === id);
  const outline = doc.outlines[from];
  const to = from + by;
  if (!outline || to < 0 || to >= doc.outlines.length) {
    return doc;
  }
  const others = doc.outlines.filter((other) => other !== outline);
  return { ...doc, outlines: [...others.slice(0, to), outline, ...others.slice(to)] };
}

export function pointed(outline: Outline, point: Point, size: Size): Outline {
  return outline.points.length >= WANTED
    ? outline
    : { ...outline, accepted: false, asks: true, points: [...outline.points, inPicture(point, size)] };
}

/** Moves one of the points. The answer to the old ones stays until the new one comes. */
export function pointMoved(outline: Outline, index: number, to: Point, size: Size): Outline {
  const point = inPicture(to, size);
  const before = outline.points[index];
  if (!before || (before.x === point.x && before.y === point.y)) {
    return outline;
  }
  const points = outline.points.map((other, nth) => (nth === index ? point : other));
  return { ...outline, accepted: false, asks: true, points };
}

/** Takes the last point away, and with it what the model made of the four. */
export function lastPointGone(outline: Outline): Outline {
  return outline.points.length === 0
    ? outline
    : { ...outline, points: outline.points.slice(0, -1), clicks: [], previous: null, answer: null };
}

/** A click builds on the last answer. What the hand did against it, right there, gives way. */
export function clicked(outline: Outline, click: Click, size: Size): Outline {
  const at = { ...click, ...inPicture(click, size) };
  const against = click.positive ? "removed" : "added";
  return {
    ...outline,
    accepted: false,
    asks: true,
    clicks: [...outline.clicks, at],
    // A mask that the picture came with answers no request.
    previous: outline.answer?.request || outline.previous,
    [against]: withoutPieceAt(outline[against], at),
  };
}

function withoutPieceAt(mask: Mask | null, { x, y }: Point): Mask | null {
  const piece = mask && regionAt(piecesOf(mask), x, y);
  return mask && piece ? orNull(joined(mask, piece.mask, "remove")) : mask;
}

const orNull = (mask: Mask): Mask | null => (isBlank(mask) ? null : mask);

/** A stroke, polygon, hole: pixels that the hand adds or takes away. The same outline when none changes. */
export function painted(outline: Outline, region: Mask, adds: boolean): Outline {
  const before = maskOf(outline) ?? blank(region);
  if (joined(before, region, adds ? "add" : "remove") === before) {
    return outline;
  }
  const [mine, other] = adds ? (["added", "removed"] as const) : (["removed", "added"] as const);
  const [put, against] = [outline[mine], outline[other]];
  return {
    ...outline,
    accepted: false,
    [mine]: put ? joined(put, region, "add") : region,
    [other]: against && orNull(joined(against, region, "remove")),
  };
}

/** The model answered one of the prompts: its mask goes below the strokes wherever that prompt still stands. */
export function answered(doc: Doc, answer: Answer): Doc {
  let touched = false;
  const outlines = doc.outlines.map((outline) => {
    if (openPrompt(outline) !== answer.key) {
      return outline;
    }
    touched = true;
    return { ...outline, answer };
  });
  return touched ? { ...doc, outlines } : doc;
}

/** The person does not wait: the model is not asked for these points any more. */
export function byHand(outline: Outline): Outline {
  return outline.asks ? { ...outline, asks: false } : outline;
}

/** Takes back the points and clicks that nobody has answered yet; where nothing was answered, by hand. */
export function backToAnswer(outline: Outline): Outline {
  if (!outline.answer) {
    return byHand(outline);
  }
  const [points, clicks, previous] = JSON.parse(outline.answer.key) as Question;
  return openPrompt(outline) === null ? outline : { ...outline, points, clicks, previous };
}

/** What the objects other than this one cover, where they can be seen. */
export function othersOf(doc: Doc, id: string | null, size: Size): Mask {
  return doc.outlines
    .filter((outline) => outline.id !== id && !outline.hidden)
    .flatMap((outline) => maskOf(outline) ?? [])
    .reduce((all, mask) => joined(all, mask, "add"), blank(size));
}
