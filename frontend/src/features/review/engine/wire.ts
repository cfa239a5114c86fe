/** What the review screen says to the server and hears from it, and the ways in which that can fail. */
import type { Item, WireVerdicts } from "../model/batch";

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Example {
  readonly url: string;
  readonly full_url: string;
  readonly caption: string;
  readonly right: boolean;
}

export interface JobInfo {
  readonly name: string;
  readonly instructions: string;
  /** The instructions as HTML that the server has sanitised. */
  readonly instructions_html: string;
  readonly examples: readonly Example[];
  readonly start_as: "confirm" | "none";
  readonly allow_unsure: boolean;
  /** What a correction may choose from; empty elsewhere. */
  readonly classes: readonly Named[];
  readonly allow_new_class: boolean;
}

export interface Progress {
  readonly batch_number: number;
  readonly batches: number;
  readonly judged: number;
  readonly items: number;
}

export interface StoredDraft {
  readonly verdicts: WireVerdicts;
  readonly revision: number;
  /** ISO 8601. */
  readonly saved_at: string;
}

export interface Dealt {
  readonly id: string;
  readonly label_class: Named;
  readonly lease_expires_at: string | null;
  readonly draft: StoredDraft | null;
  readonly items: readonly Item[];
}

export type Reason = "finished" | "done_for_you" | "all_dealt" | "paused" | "closed" | "starting";

export interface Nothing {
  readonly reason: Reason;
  /** ISO 8601; the earliest end of a lease that this person may take over. */
  readonly available_at: string | null;
  /** Who paused or closed the job, and when (ISO 8601). */
  readonly by: string | null;
  readonly at: string | null;
  /** Who holds what this person may take over. */
  readonly held_by: readonly Holder[];
}

export interface Holder {
  readonly name: string;
  readonly batches: number;
}

export type Claim =
  | { readonly dealt: Dealt; readonly job: JobInfo; readonly progress: Progress }
  | { readonly dealt: null; readonly job: JobInfo; readonly nothing: Nothing };

export interface Draft {
  readonly verdicts: WireVerdicts;
  readonly revision: number;
  readonly client: string;
  readonly active_ms: number;
}

export interface Submission {
  readonly verdicts: WireVerdicts;
  readonly active_ms: number;
}

/** A batch this person has sent before, as the list of sent batches shows it. */
export interface SentBatch {
  readonly id: string;
  readonly label_class: Named;
  /** ISO 8601. */
  readonly submitted_at: string;
}

/** The part of the server that reviewing needs. Every call fails with a `Failure` and nothing else. */
export interface ReviewServer {
  claim(job: string, holding: readonly string[]): Promise<Claim>;
  saveDraft(assignment: string, draft: Draft): Promise<void>;
  submit(assignment: string, key: string, submission: Submission): Promise<void>;
  /** Renews the leases and answers the ids that are still this person's. */
  heartbeat(assignments: readonly string[]): Promise<readonly string[]>;
  sent(job: string): Promise<readonly SentBatch[]>;
  reopen(assignment: string): Promise<Dealt>;
  /** The outline of an item's object with every pixel's corner; empty where it has none. */
  outline(item: string): Promise<string>;
  /** The model's confidence, or null where there is none. The server records the look. */
  confidence(item: string): Promise<number | null>;
}

/**
 * Why a call failed, by what the screen does about it:
 * `offline` no answer came; `signed_out` 401; `error` the server failed (5xx); `busy` it wants us to wait (408, 429);
 * `stale_draft`, `lease_lost`, `already_submitted`, `job_closed`, `too_many_open` the 409s of that name;
 * `refused` every other answer, which trying again will not change.
 */
export type FailureKind =
  | "offline"
  | "signed_out"
  | "error"
  | "busy"
  | "stale_draft"
  | "lease_lost"
  | "already_submitted"
  | "job_closed"
  | "too_many_open"
  | "refused";

export class Failure extends Error {
  readonly kind: FailureKind;
  /** With `stale_draft`: what the server holds. */
  readonly stored: StoredDraft | null;

  constructor(kind: FailureKind, detail: string, stored: StoredDraft | null = null) {
    super(detail);
    this.name = "Failure";
    this.kind = kind;
    this.stored = stored;
  }
}

/** Failures that pass: the same call may succeed later, so what was to be sent stays on this device. */
export function passes({ kind }: Failure): boolean {
  return kind === "offline" || kind === "error" || kind === "busy" || kind === "signed_out";
}
