/** Has a worker get the picture on the screen ready, and watches until the worker says that it is. */
import type { AskTiming } from "./asker";
import { type EditorServer, failureOf, type Readiness } from "./wire";

/** Is the picture ready in a worker, by its own word? */
export interface Warmth {
  readonly warm: "warming" | "ready" | "unavailable";
  /** When warming began. */
  readonly since: number;
  /** Why it cannot be got ready, in the server's words; empty where nobody answers. */
  readonly why: string;
}

export interface Watching {
  readonly timing: AskTiming;
  readonly now: () => number;
  readonly changed: () => void;
}

/** The longer it takes, the more rarely it is looked at, down to a tenth as often. */
const RARER = 1.4;
const RAREST = 10;

export class Warmer {
  warmth: Warmth = { warm: "warming", since: 0, why: "" };
  private readonly server: EditorServer;
  private readonly watching: Watching;
  private abort = new AbortController();

  constructor(server: EditorServer, watching: Watching) {
    this.server = server;
    this.watching = watching;
  }

  begin(image: string, segmenter: string): void {
    this.stop();
    this.abort = new AbortController();
    this.warmth = { warm: "warming", since: this.watching.now(), why: "" };
    void this.watch(image, segmenter, this.abort.signal);
  }

  /** A mask was drawn on the picture: nothing says more surely that it is ready. */
  drawn(): void {
    this.stop();
    this.settle("ready");
  }

  stop(): void {
    this.abort.abort();
  }

  private async watch(image: string, segmenter: string, signal: AbortSignal): Promise<void> {
    try {
      await this.server.warm(image, segmenter);
      const { state, message } = await this.told(image, segmenter, signal);
      if (!signal.aborted) {
        this.settle(state === "ready" ? "ready" : "unavailable", message);
      }
    } catch (error) {
      const { kind, message } = failureOf(error);
      if (!signal.aborted) {
        this.settle("unavailable", kind === "refused" ? message : "");
      }
    }
  }

  /** What a worker says at last; as long as none says anything, none is up. */
  private async told(image: string, segmenter: string, signal: AbortSignal): Promise<Readiness> {
    const { timing, now } = this.watching;
    const { since } = this.warmth;
    let told = await this.server.warmth(image, segmenter);
    let wait = timing.look;
    while (told.state === "preparing" && !signal.aborted) {
      if (now() - since > timing.nobody) {
        this.settle("unavailable");
      }
      await pause(wait);
      wait = Math.min(wait * RARER, timing.look * RAREST);
      told = signal.aborted ? told : await this.server.warmth(image, segmenter);
    }
    return told;
  }

  private settle(warm: Warmth["warm"], why = ""): void {
    if (warm !== this.warmth.warm || why !== this.warmth.why) {
      this.warmth = { ...this.warmth, warm, why };
      this.watching.changed();
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
