/** Keeps batches in hand: the one on the screen and two ahead, and their leases alive. */
import { type Held, hold, refreshed, touched } from "./held";
import type { Post } from "./post";
import { failureOf, type Tools } from "./standing";
import type { Claim, Dealt, Nothing } from "./wire";

const IN_HAND = 3;

export class Supply {
  private readonly tools: Tools;
  private readonly post: Post;

  constructor(tools: Tools, post: Post) {
    this.tools = tools;
    this.post = post;
  }

  /**
   * Claims until there are three batches, or until the server has no more.
   *
   * After a reload the first claims name the batches that are already on this device, with fresh addresses
   * and what another device may have marked meanwhile. Answers false when a finished batch should go first.
   */
  async fill(): Promise<boolean> {
    const { desk, server, standing, job } = this.tools;
    while (standing.wanted && (this.certain().length < IN_HAND || this.doubtful().length > 0)) {
      if (desk.finished.length > 0 && !standing.closed) {
        return false;
      }
      const claim = await server.claim(job, this.holding()).catch(enough);
      if (claim) {
        desk.know(claim.job);
      }
      if (!claim?.dealt) {
        this.hear(claim?.nothing ?? null);
        break;
      }
      this.take(claim);
    }
    standing.wanted = false;
    await this.settleDoubts();
    return true;
  }

  /** Renews the leases, and finds out which batches are no longer ours. */
  async beat(): Promise<void> {
    const { desk, server } = this.tools;
    const ids = this.certain();
    if (ids.length === 0) {
      return;
    }
    const live = new Set(await server.heartbeat(ids));
    for (const id of ids) {
      const held = desk.find(id);
      if (held && !live.has(id)) {
        this.post.lose(held);
      }
    }
  }

  private take({ dealt, job, progress }: Extract<Claim, { dealt: Dealt }>): void {
    const { desk, standing } = this.tools;
    const known = desk.find(dealt.id);
    const last = desk.held.at(-1)?.order ?? 0;
    desk.put(known ? refreshed(known, dealt, progress) : hold(dealt, job, progress, last + 1));
    standing.confirmed.add(dealt.id);
    standing.progress = progress;
    standing.nothing = null;
    standing.closed = false;
  }

  private hear(nothing: Nothing | null): void {
    const { standing } = this.tools;
    standing.nothing = nothing;
    standing.closed = false;
    if (nothing?.reason === "closed") {
      standing.close();
    }
  }

  private holding(): string[] {
    return [...this.tools.desk.finished.map(({ held }) => held.assignment), ...this.certain()];
  }

  private certain(): string[] {
    const ids = this.tools.desk.line.map(({ assignment }) => assignment);
    return ids.filter((id) => this.tools.standing.confirmed.has(id));
  }

  /** Kept on this device, but the server has not said since the page opened that they are still ours. */
  private doubtful(): Held[] {
    return this.tools.desk.line.filter(({ assignment }) => !this.tools.standing.confirmed.has(assignment));
  }

  /** What no claim has named: with marks the server is asked by its draft, without marks it is let go. */
  private async settleDoubts(): Promise<void> {
    const { desk, standing } = this.tools;
    for (const held of this.doubtful()) {
      if (touched(held)) {
        await this.post.saveDraft(held.assignment, true);
      } else if (!standing.closed) {
        desk.drop(held.assignment);
      }
    }
  }
}

/** The server deals no more while so many are open: enough for now, no failure. */
function enough(error: unknown): null {
  const failure = failureOf(error);
  if (failure.kind === "too_many_open") {
    return null;
  }
  throw failure;
}
