/** What is known of the server's side: which batches are ours, and why there may be nothing to do. */
import type { Desk } from "./desk";
import { Failure, type Nothing, type Progress, type ReviewServer } from "./wire";

export class Standing {
  /** Batches that the server has called ours since this page opened. */
  readonly confirmed = new Set<string>();
  /** Ask for batches: there is room, or a reason to ask again. */
  wanted = true;
  /** Why there is nothing to be had, as the last claim said. */
  nothing: Nothing | null = null;
  closed = false;
  progress: Progress | null = null;
  /** Batches that another window or device had sent before this one could. */
  readonly sentElsewhere = new Set<string>();

  /** The job was closed. Whose a batch is has to be asked anew once it is open again. */
  close(): void {
    this.closed = true;
    this.wanted = true;
    this.confirmed.clear();
  }
}

/** What every part of the engine works with. */
export interface Tools {
  readonly server: ReviewServer;
  readonly desk: Desk;
  readonly standing: Standing;
  readonly job: string;
  /** This tab's name to the server: two tabs of one person have their drafts merged, not overwritten. */
  readonly client: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) {
    return error;
  }
  throw error;
}

export function clockOf(tools: Tools): string {
  return new Date(tools.now()).toISOString();
}
