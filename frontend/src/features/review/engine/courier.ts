/**
 * Carries work between this device and the server: finished batches first and in order, then drafts, then new
 * batches. One round at a time, so that nothing can overtake. What fails in passing stays and is tried again
 * when the connection is back and with back-off; what fails for good is said to the person, never dropped.
 */
import { Post } from "./post";
import { failureOf, type Tools } from "./standing";
import { Supply } from "./supply";
import { type Failure, passes } from "./wire";

/** `error`: the server answers that it failed. `busy`: it wants us to wait. */
export type Link = "online" | "offline" | "error" | "busy" | "signed_out";

/** Durations in milliseconds. */
export interface Timing {
  /** How long marks may gather before a draft is sent. */
  readonly draft: number;
  readonly heartbeat: number;
  /** Waits between failed rounds; the last one repeats. */
  readonly backOff: readonly number[];
  /** How often to ask again when nothing is left to do. */
  readonly poll: number;
}

export const TIMING: Timing = {
  draft: 400,
  heartbeat: 60_000,
  backOff: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  poll: 5_000,
};

export interface Surroundings {
  readonly timing: Timing;
  readonly online: () => boolean;
  readonly visible: () => boolean;
  readonly changed: () => void;
}

export class Courier {
  link: Link = "online";
  /** Why the job itself cannot be opened, in the server's words. */
  refusal = "";
  private readonly tools: Tools;
  private readonly around: Surroundings;
  private readonly post: Post;
  private readonly supply: Supply;
  private running: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private due = Number.POSITIVE_INFINITY;
  private beatAt: number;
  private stopped = false;

  constructor(tools: Tools, around: Surroundings) {
    this.tools = tools;
    this.around = around;
    this.post = new Post(tools);
    this.supply = new Supply(tools, this.post);
    this.beatAt = tools.now();
  }

  /** There is something to carry. While the connection is down it waits for the next try. */
  kick(delay = 0): void {
    if (this.link === "online") {
      this.schedule(delay);
    }
  }

  /** Tries at once, whatever was thought of the connection. */
  tryNow(): void {
    if (this.link !== "signed_out") {
      this.failures = 0;
      this.schedule(0);
    }
  }

  signedIn(): void {
    this.link = "online";
    this.tools.standing.wanted = true;
    this.tryNow();
  }

  /** There is room for more batches, or a reason to ask again. */
  want(): void {
    this.tools.standing.wanted = true;
    this.kick();
  }

  wentOffline(): void {
    if (this.link !== "signed_out") {
      this.settle("offline");
    }
  }

  /** Resolves when no round is running. */
  async idle(): Promise<void> {
    while (this.running) {
      await this.running;
    }
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private schedule(delay: number): void {
    const now = this.tools.now();
    // A timer that should have rung already (the machine slept, the clock was set) is not relied upon.
    const sooner = this.due >= now && this.due - now <= delay;
    if (this.stopped || sooner) {
      return;
    }
    this.cancel();
    this.due = now + delay;
    this.timer = setTimeout(() => {
      this.cancel();
      this.run();
    }, delay);
  }

  private cancel(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
    this.timer = null;
    this.due = Number.POSITIVE_INFINITY;
  }

  private run(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    this.again = false;
    this.running = this.round().finally(() => {
      this.running = null;
      if (this.again) {
        this.kick();
      }
      this.around.changed();
    });
  }

  private async round(): Promise<void> {
    if (!this.around.online()) {
      this.settle("offline");
      return;
    }
    try {
      await this.post.sendFinished();
      await this.post.saveDrafts();
      await this.beat();
      this.again = !(await this.supply.fill()) || this.again;
    } catch (error) {
      this.fail(failureOf(error));
      return;
    }
    this.failures = 0;
    this.refusal = "";
    this.settle("online");
    this.plan();
  }

  private async beat(): Promise<void> {
    const due = this.tools.now() - this.beatAt >= this.around.timing.heartbeat;
    if (due && this.around.visible()) {
      await this.supply.beat();
      this.beatAt = this.tools.now();
    }
  }

  private fail(failure: Failure): void {
    if (!passes(failure)) {
      this.refusal = failure.message;
      this.settle("online");
      return;
    }
    if (failure.kind === "signed_out") {
      this.settle("signed_out");
      return;
    }
    const link = failure.kind === "error" || failure.kind === "busy" ? failure.kind : "offline";
    const { backOff } = this.around.timing;
    const wait = backOff[Math.min(this.failures, backOff.length - 1)] ?? 0;
    this.failures += 1;
    this.settle(link);
    this.schedule(wait);
  }

  private settle(link: Link): void {
    this.link = link;
    this.around.changed();
  }

  /** When all is well: ask again where nothing was left, else come back in time to keep the leases. */
  private plan(): void {
    const { desk, standing } = this.tools;
    const { timing, visible } = this.around;
    const empty = desk.line.length === 0 || standing.closed;
    if (empty && visible()) {
      standing.wanted = true;
    }
    this.schedule(empty ? timing.poll : timing.heartbeat);
  }
}
