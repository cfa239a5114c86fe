/**
 * Asks the model, one question for each object: a newer one cancels the older, the answer is watched for until
 * it is there. How long each has waited, and for what, can be read at any time; nothing here ever blocks.
 */
import type { Answer } from "../model/document";
import type { Size } from "../model/mask";
import { decode, RleError } from "../model/rle";
import { type EditorServer, Failure, type FailureKind, type Question, type Reply } from "./wire";

export type AskState = "asking" | "failed" | "unavailable";

/** A question on its way, or what became of it. */
export interface Asked {
  readonly key: string;
  readonly state: AskState;
  /** When it was asked. */
  readonly since: number;
  readonly ahead: number | null;
  readonly running: boolean;
  readonly message: string;
}

export interface Wish {
  readonly key: string;
  readonly question: Question;
  readonly size: Size;
}

export interface AskTiming {
  /** Between questions about one object: the first goes at once, a point that is nudged asks when it rests. */
  readonly gap: number;
  /** Between looks at a question that waits. */
  readonly look: number;
  /** A question that nobody has begun after this long: no worker is up. */
  readonly nobody: number;
}

export interface Hearing {
  readonly timing: AskTiming;
  readonly now: () => number;
  readonly changed: () => void;
  readonly answered: (object: string, answer: Answer, ms: number) => void;
}

interface Running {
  asked: Asked;
  readonly abort: AbortController;
}

export class Asker {
  lastMs: number | null = null;
  private readonly server: EditorServer;
  private readonly hearing: Hearing;
  private readonly running = new Map<string, Running>();
  /** By object: when it was asked last. */
  private readonly asked = new Map<string, number>();

  constructor(server: EditorServer, hearing: Hearing) {
    this.server = server;
    this.hearing = hearing;
  }

  of(object: string): Asked | null {
    return this.running.get(object)?.asked ?? null;
  }

  get all(): readonly Asked[] {
    return [...this.running.values()].map(({ asked }) => asked);
  }

  /** What is to be asked now, by object. Everything else that was asked is cancelled. */
  want(wishes: ReadonlyMap<string, Wish>): void {
    for (const [object, { asked, abort }] of this.running) {
      if (wishes.get(object)?.key !== asked.key) {
        abort.abort();
        this.running.delete(object);
      }
    }
    for (const [object, wish] of wishes) {
      if (!this.running.has(object)) {
        void this.ask(object, wish);
      }
    }
  }

  /** Asks anew what failed or found nobody. */
  again(wishes: ReadonlyMap<string, Wish>): void {
    for (const [object, { asked, abort }] of this.running) {
      if (asked.state !== "asking") {
        abort.abort();
        this.running.delete(object);
      }
    }
    this.want(wishes);
  }

  stop(): void {
    this.want(new Map());
  }

  private async ask(object: string, wish: Wish): Promise<void> {
    const { now } = this.hearing;
    const abort = new AbortController();
    const since = now();
    const asked: Asked = { key: wish.key, state: "asking", since, ahead: null, running: false, message: "" };
    const running: Running = { asked, abort };
    this.running.set(object, running);
    try {
      const reply = await this.untilDone(running, wish, abort.signal);
      if (reply && !abort.signal.aborted) {
        this.running.delete(object);
        this.lastMs = now() - since;
        this.hearing.answered(object, answerFrom(reply, wish), this.lastMs);
      }
    } catch (error) {
      this.failed(running, error);
    }
    if (!abort.signal.aborted) {
      this.hearing.changed();
    }
  }

  /** Null when the question was cancelled meanwhile. */
  private async untilDone(running: Running, wish: Wish, signal: AbortSignal): Promise<Reply | null> {
    await this.turn(wish.question.object, signal);
    if (signal.aborted) {
      return null;
    }
    let reply = await this.server.ask(wish.question, signal);
    while (!signal.aborted && (reply.state === "queued" || reply.state === "running")) {
      this.note(running, reply);
      await pause(this.hearing.timing.look);
      reply = signal.aborted ? reply : await this.server.look(reply.id, signal);
    }
    if (reply.state === "failed" || reply.state === "cancelled") {
      throw new Failure("refused", reply.message);
    }
    return signal.aborted ? null : reply;
  }

  private async turn(object: string, signal: AbortSignal): Promise<void> {
    const { now, timing } = this.hearing;
    const wait = (this.asked.get(object) ?? 0) + timing.gap - now();
    if (wait > 0) {
      await pause(wait);
    }
    if (!signal.aborted) {
      this.asked.set(object, now());
    }
  }

  private note(running: Running, reply: Reply): void {
    const { timing, now, changed } = this.hearing;
    const begun = reply.state === "running";
    const nobody = !begun && now() - running.asked.since > timing.nobody;
    running.asked = {
      ...running.asked,
      state: nobody ? "unavailable" : "asking",
      running: begun,
      ahead: reply.ahead,
    };
    changed();
  }

  private failed(running: Running, error: unknown): void {
    if (running.abort.signal.aborted) {
      return;
    }
    if (!(error instanceof Failure || error instanceof RleError)) {
      throw error;
    }
    const answered = error instanceof RleError || ANSWERED.includes(error.kind);
    running.asked = {
      ...running.asked,
      state: answered ? "failed" : "unavailable",
      message: error.message,
    };
  }
}

/** Failures that say that somebody is there. */
const ANSWERED: readonly FailureKind[] = ["refused", "lost", "busy"];

/** @throws RleError when the mask is none of this picture. */
function answerFrom({ id, mask, score }: Reply, { key, size }: Wish): Answer {
  if (!mask) {
    throw new Failure("refused", "The answer holds no mask.");
  }
  return { key, request: id, mask: decode(mask, size), score };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
