/** A batch on this device, and a finished batch that waits to be sent. Plain values; changes make new ones. */
import { type Batch, differing, merge, openBatch, toVerdicts, type WireVerdicts } from "../model/batch";
import type { Dealt, JobInfo, Named, Progress, StoredDraft, Submission } from "./wire";

export interface Held {
  readonly assignment: string;
  readonly labelClass: Named;
  readonly batch: Batch;
  /** What server and device last agreed on. */
  readonly base: WireVerdicts;
  readonly revision: number;
  readonly activeMs: number;
  /** Ids of pictures that were on this screen once: they were seen, even if they do not load a second time. */
  readonly shown: readonly string[];
  /** Place in line; the smallest is on the screen. */
  readonly order: number;
  /** Batch number in the job and number of batches, as of the deal. */
  readonly progress: Progress | null;
  /** When this batch went to someone else (ISO 8601), or null while it is ours. */
  readonly lostAt: string | null;
  /** Sent before and opened again. */
  readonly reopened: boolean;
  /** The server's own words when it refused this batch, else "". */
  readonly trouble: string;
}

export interface Finished {
  readonly held: Held;
  /** The Idempotency-Key: one for a finished batch, however often it is sent. */
  readonly key: string;
  readonly submission: Submission;
  readonly at: number;
}

export function hold(dealt: Dealt, job: JobInfo, progress: Progress | null, order: number): Held {
  const batch = openBatch(dealt.items, job.start_as, dealt.draft?.verdicts ?? null);
  return {
    assignment: dealt.id,
    labelClass: dealt.label_class,
    batch,
    base: toVerdicts(batch),
    revision: dealt.draft?.revision ?? 0,
    activeMs: 0,
    shown: [],
    order,
    progress,
    lostAt: null,
    reopened: false,
    trouble: "",
  };
}

/** The batch as the server deals it now: fresh addresses of the pictures, and the marks of both sides. */
export function refreshed(held: Held, dealt: Dealt, progress: Progress | null): Held {
  const fresh = new Map(dealt.items.map((item) => [item.id, item]));
  const items = held.batch.items.map((item) => fresh.get(item.id) ?? item);
  const renewed = { ...held, batch: { ...held.batch, items }, progress, lostAt: null };
  return dealt.draft && dealt.draft.revision > held.revision ? rebased(renewed, dealt.draft) : renewed;
}

/** Takes in a draft that the server holds and this device did not write. */
export function rebased(held: Held, stored: StoredDraft): Held {
  return {
    ...held,
    batch: merge(held.batch, held.base, stored.verdicts, Date.parse(stored.saved_at)),
    base: stored.verdicts,
    revision: Math.max(held.revision, stored.revision),
  };
}

/** How many tiles the server does not know of yet. */
export function unsaved(held: Held): number {
  return differing(toVerdicts(held.batch), held.base).length;
}

/** Whether a person has done anything to it that would be lost with it. */
export function touched(held: Held): boolean {
  const { start, tiles } = held.batch;
  return tiles.some((tile) => tile.mark !== start || tile.note !== "");
}

/** How many tiles are marked otherwise than they started. */
export function markCount(held: Held): number {
  return held.batch.tiles.filter((tile) => tile.mark !== held.batch.start).length;
}
