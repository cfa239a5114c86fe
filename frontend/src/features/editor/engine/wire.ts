/** What the editor asks of a server, in its own words; `server.ts` says them to the real one. */
import type { Size } from "../model/mask";
import type { Rle } from "../model/rle";
import type { Point } from "../model/shapes";
import type { Stored } from "../model/stored";

export interface ClassName {
  readonly id: string;
  readonly name: string;
}

export interface JobInfo {
  readonly name: string;
  readonly instructions_html: string;
  readonly classes: readonly ClassName[];
}

export interface Picture extends Size {
  readonly image: string;
  readonly full_url: string;
  readonly thumb_url: string;
}

/** One picture that this person holds. */
export interface Work {
  readonly assignment: string;
  readonly picture: Picture;
  /** "Image 14 of 120". */
  readonly number: number;
  readonly total: number;
}

export type Reason = "finished" | "done_for_you" | "all_dealt" | "paused" | "closed" | "starting";

export interface Nothing {
  readonly reason: Reason;
  readonly available_at: string | null;
  /** Who paused or closed the job, and when (ISO 8601). */
  readonly by: string | null;
  readonly at: string | null;
  /** Who holds the pictures that may come back. */
  readonly holders: readonly string[];
}

export type Claim =
  | { readonly work: Work; readonly job: JobInfo; readonly nothing?: undefined }
  | { readonly work: null; readonly job: JobInfo; readonly nothing: Nothing };

export interface Document {
  /** Its version: what a save must name. */
  readonly etag: string;
  readonly history: Stored;
}

/** A model that draws masks, or could if its files were there. */
export interface Segmenter {
  /** As it is called on the screen and in requests. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly available: boolean;
  /** The server's own choice. */
  readonly default: boolean;
  /** What is wrong with it and what to do, when it cannot be used. */
  readonly reason: string;
}

/** The model to ask: the person's choice where it can be used, else the server's, else any; null without any. */
export function segmenterIn(all: readonly Segmenter[], wanted: string): Segmenter | null {
  const usable = all.filter(({ available }) => available);
  return usable.find(({ name }) => name === wanted) ?? usable.find((one) => one.default) ?? usable[0] ?? null;
}

/** What a worker says about a picture that it was to get ready. */
export interface Readiness {
  readonly state: "preparing" | "ready" | "failed";
  /** Why it failed, in the server's words. */
  readonly message: string;
}

export interface Question {
  readonly image: string;
  /** The model's name; empty for the server's own choice. */
  readonly segmenter: string;
  /** A newer question about the same object cancels the older. */
  readonly object: string;
  readonly points: readonly Point[];
  readonly positive: readonly Point[];
  readonly negative: readonly Point[];
  readonly previous: string | null;
}

export interface Reply {
  readonly id: string;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly mask: Rle | null;
  readonly score: number | null;
  /** Requests before this one; null when the server does not say. */
  readonly ahead: number | null;
  /** Why it failed, in the server's words. */
  readonly message: string;
}

export interface EditorServer {
  claim(job: string, holding: readonly string[]): Promise<Claim>;
  open(job: string, picture: Picture): Promise<Document>;
  /** Answers the new ETag. Refused with `conflict` when someone else saved since. */
  save(job: string, picture: Picture, document: Document): Promise<string>;
  finish(assignment: string, key: string): Promise<void>;
  /** Gives a picture up for good, whatever was drawn on it; twice is once. */
  skip(assignment: string, reason: string): Promise<void>;
  heartbeat(assignments: readonly string[]): Promise<void>;
  warm(image: string, segmenter: string): Promise<void>;
  /** What has become of the last `warm`. */
  warmth(image: string, segmenter: string): Promise<Readiness>;
  ask(question: Question, signal: AbortSignal): Promise<Reply>;
  look(request: string, signal: AbortSignal): Promise<Reply>;
  segmenters(): Promise<readonly Segmenter[]>;
}

export type FailureKind = "offline" | "error" | "busy" | "signed_out" | "conflict" | "lost" | "refused";

/** A request that did not succeed, told by what the screen does about it. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Does trying again, unchanged, have a chance? */
export const passes = ({ kind }: Failure): boolean =>
  kind === "offline" || kind === "error" || kind === "busy" || kind === "signed_out";

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) {
    return error;
  }
  throw error;
}
