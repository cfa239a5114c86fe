/** One picture of the session at a moment, for the screen to draw. Pure: made from the parts, changes none. */
import { type Doc, type Outline, selectedOf } from "../model/document";
import { docOf, type History } from "../model/history";
import type { Asked, Asker } from "./asker";
import type { Courier, Link } from "./courier";
import type { Desk } from "./desk";
import type { Held } from "./store";
import type { Warmth } from "./warmer";
import type { JobInfo, Nothing, Segmenter, Work } from "./wire";

export interface Kept {
  readonly state: "saved" | "saving" | "kept" | "unsaved";
  /** Steps that the server does not know of. */
  readonly steps: number;
}

export interface Model extends Warmth {
  /** The one that is asked; null until the server said so, or when there is none. */
  readonly segmenter: Segmenter | null;
  /** All that the server knows of. */
  readonly segmenters: readonly Segmenter[];
  /** What the last mask took; null before the first. */
  readonly lastMs: number | null;
  /** The question about the object that is worked on. */
  readonly asked: Asked | null;
}

/**
 * `opening`: nothing is known yet. `working`: a picture is on the screen. `nothing`: the server has said why there
 * is none. `stranded`: there is none on this device and the server cannot be had. `refused`: the job cannot be
 * opened.
 */
export type Phase = "opening" | "working" | "nothing" | "stranded" | "refused";

export interface Snapshot {
  readonly phase: Phase;
  readonly work: Work | null;
  /** The picture after this one, when it is on this device. */
  readonly next: Work | null;
  readonly job: JobInfo | null;
  readonly history: History;
  readonly doc: Doc;
  readonly selected: Outline | null;
  readonly model: Model;
  readonly kept: Kept;
  readonly link: Link;
  readonly nothing: Nothing | null;
  readonly refusal: string;
  /** Someone else saved this picture's document, such as another tab of the same person. */
  readonly conflict: boolean;
  /** The picture went to someone else: what was drawn can be looked at, not changed. */
  readonly lost: boolean;
  /** Why the server does not take this picture's document, in its words. */
  readonly trouble: string;
  /** Finished pictures that the server has not acknowledged. */
  readonly outbox: number;
  /** Those of them that will not go out by themselves. */
  readonly stuck: readonly Held[];
}

export interface Parts {
  readonly desk: Desk;
  readonly courier: Courier;
  readonly asker: Asker;
  readonly history: History;
  readonly segmenter: Segmenter | null;
  readonly segmenters: readonly Segmenter[];
  readonly warmth: Warmth;
  /** Has the device been asked what it holds? */
  readonly loaded: boolean;
}

export function snapshotOf(parts: Parts): Snapshot {
  const { desk, courier, history } = parts;
  const [held = null, next = null] = desk.line;
  const doc = docOf(history);
  const selected = selectedOf(doc) ?? null;
  const { link, refusal, nothing, conflicts } = courier;
  return {
    phase: phaseOf(held, parts),
    work: held?.work ?? null,
    next: next?.work ?? null,
    job: held?.job ?? courier.job,
    history,
    doc,
    selected,
    model: modelFor(selected, parts),
    kept: whereKept(parts),
    link,
    nothing,
    refusal,
    conflict: held !== null && conflicts.has(held.work.assignment),
    lost: held?.lost === true,
    trouble: held?.trouble ?? "",
    outbox: desk.finished.length,
    stuck: desk.finished.filter(({ trouble, work }) => trouble !== "" || conflicts.has(work.assignment)),
  };
}

function phaseOf(held: Held | null, { courier, loaded }: Parts): Phase {
  if (held) {
    return "working";
  }
  if (courier.refusal) {
    return "refused";
  }
  if (loaded && courier.link !== "online" && courier.link !== "signed_out") {
    return "stranded";
  }
  return courier.nothing ? "nothing" : "opening";
}

function modelFor(selected: Outline | null, { asker, segmenter, segmenters, warmth }: Parts): Model {
  const asked = selected ? asker.of(selected.id) : (asker.all[0] ?? null);
  return { ...warmth, segmenter, segmenters, lastMs: asker.lastMs, asked };
}

function whereKept({ desk, courier }: Parts): Kept {
  const steps = desk.held.reduce((sum, { unsaved }) => sum + unsaved, 0);
  if (steps + desk.finished.length === 0) {
    return { state: "saved", steps };
  }
  const blocked = courier.conflicts.size > 0 || desk.held.some(({ trouble }) => trouble !== "");
  if (courier.link === "online" && !blocked) {
    return { state: "saving", steps };
  }
  if (desk.failed) {
    return { state: "unsaved", steps };
  }
  return { state: desk.kept ? "kept" : "saving", steps };
}

/** Do two snapshots show the same? What is made anew each time is compared by what it holds. */
export function sameSnapshot(a: Snapshot, b: Snapshot): boolean {
  const { model, kept, stuck, ...rest } = a;
  return (
    sameFields(rest, b) &&
    sameFields(model, b.model) &&
    sameFields(kept, b.kept) &&
    stuck.length === b.stuck.length &&
    stuck.every((held, index) => held === b.stuck[index])
  );
}

function sameFields<Fields extends object>(a: Fields, b: Fields): boolean {
  return (Object.keys(a) as (keyof Fields)[]).every((field) => a[field] === b[field]);
}
