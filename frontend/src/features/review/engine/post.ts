/** Sends what a person has done: finished batches in the order they were finished, and drafts of the others. */
import { toVerdicts } from "../model/batch";
import { type Finished, type Held, rebased, touched, unsaved } from "./held";
import { clockOf, failureOf, type Tools } from "./standing";
import { type Failure, passes } from "./wire";

/** Two tabs that mark at once need one merge; more in a row means that something else is wrong. */
const MERGES = 5;

export class Post {
  private readonly tools: Tools;
  /** Batches whose draft the server refused for good, with the very state that it refused. */
  private readonly refused = new Map<string, Held["batch"]>();

  constructor(tools: Tools) {
    this.tools = tools;
  }

  async sendFinished(): Promise<void> {
    const { desk, server, standing } = this.tools;
    // Stored with its key before it is sent: a page that dies in between sends the same thing again.
    await desk.settled();
    for (let next = desk.finished[0]; next && !standing.closed; next = desk.finished[0]) {
      try {
        await server.submit(next.held.assignment, next.key, next.submission);
        desk.sent(next.held.assignment);
      } catch (error) {
        this.comesBack(next, failureOf(error));
      }
      standing.wanted = true;
    }
  }

  /** A finished batch that the server would not take stays on this device, marks and all. */
  private comesBack({ held }: Finished, failure: Failure): void {
    const { desk, standing } = this.tools;
    if (passes(failure)) {
      throw failure;
    }
    switch (failure.kind) {
      case "already_submitted":
        standing.sentElsewhere.add(held.assignment);
        desk.sent(held.assignment);
        break;
      case "lease_lost":
        standing.confirmed.delete(held.assignment);
        desk.unfinish({ ...held, lostAt: clockOf(this.tools) });
        break;
      case "job_closed":
        standing.close();
        desk.unfinish(held);
        break;
      default:
        desk.unfinish({ ...held, order: this.second(held), trouble: failure.message });
    }
  }

  /** The place behind the batch on the screen, so that nothing changes under somebody's hands. */
  private second(held: Held): number {
    const [first, next] = this.tools.desk.line;
    return first ? (first.order + (next?.order ?? first.order + 1)) / 2 : held.order;
  }

  async saveDrafts(): Promise<void> {
    for (const { assignment } of this.tools.desk.line) {
      await this.saveDraft(assignment);
    }
  }

  /** Saves the draft of a batch if the server does not have it; `always` asks even then whose batch it is. */
  async saveDraft(assignment: string, always = false): Promise<void> {
    const { desk, standing } = this.tools;
    for (let tries = 0; tries < MERGES && !standing.closed; tries += 1) {
      const held = desk.find(assignment);
      if (!held || held.lostAt !== null || this.refused.get(assignment) === held.batch) {
        return;
      }
      if (unsaved(held) === 0 && !always) {
        return;
      }
      try {
        await this.put(held);
        return;
      } catch (error) {
        this.draftRefused(held, failureOf(error));
      }
    }
  }

  private async put(held: Held): Promise<void> {
    const { desk, server, client, standing } = this.tools;
    const verdicts = toVerdicts(held.batch);
    const revision = held.revision + 1;
    // Counted up on the device first: a page that dies while sending must not use a number twice.
    desk.put({ ...held, revision });
    await server.saveDraft(held.assignment, { verdicts, revision, client, active_ms: held.activeMs });
    standing.confirmed.add(held.assignment);
    const now = desk.find(held.assignment);
    if (now) {
      desk.put({ ...now, base: verdicts, trouble: "" });
    }
  }

  private draftRefused({ assignment }: Held, failure: Failure): void {
    const { desk, standing } = this.tools;
    const held = desk.find(assignment);
    if (passes(failure)) {
      throw failure;
    }
    if (!held) {
      return;
    }
    if (failure.kind === "stale_draft" && failure.stored) {
      desk.put(rebased(held, failure.stored));
    } else if (failure.kind === "lease_lost") {
      this.lose(held);
    } else if (failure.kind === "already_submitted") {
      standing.sentElsewhere.add(assignment);
      standing.wanted = true;
      desk.drop(assignment);
    } else if (failure.kind === "job_closed") {
      standing.close();
    } else {
      this.refused.set(assignment, held.batch);
      desk.put({ ...held, trouble: failure.message });
    }
  }

  /** The batch went to someone else: with marks, or on the screen, it stays to be read; else it is let go. */
  lose(held: Held): void {
    const { desk, standing } = this.tools;
    standing.confirmed.delete(held.assignment);
    standing.wanted = true;
    if (touched(held) || held.assignment === desk.line[0]?.assignment) {
      desk.put({ ...held, lostAt: clockOf(this.tools) });
    } else {
      desk.drop(held.assignment);
    }
  }
}
