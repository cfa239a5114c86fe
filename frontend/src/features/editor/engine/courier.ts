/**
 * Carries documents between this device and the server: saves first, then finished pictures, then the next
 * picture. One round at a time. What fails in passing is tried again; what fails for good is said, never lost.
 */
import type { Desk } from "./desk";
import type { Held } from "./store";
import {
  type Document,
  type EditorServer,
  type Failure,
  failureOf,
  type JobInfo,
  type Nothing,
  passes,
} from "./wire";

export type Link = "online" | "offline" | "error" | "busy" | "signed_out";

/** Durations in milliseconds. */
export interface Timing {
  /** How long steps may gather before they are sent. */
  readonly save: number;
  readonly heartbeat: number;
  /** Waits between failed rounds; the last one repeats. */
  readonly backOff: readonly number[];
  /** How often to ask again when nothing is left to do. */
  readonly poll: number;
}

export interface Surroundings {
  readonly job: string;
  readonly server: EditorServer;
  readonly desk: Desk;
  readonly timing: Timing;
  readonly now: () => number;
  readonly online: () => boolean;
  readonly visible: () => boolean;
  readonly changed: () => void;
}

/** The picture on the screen and the one after it. */
const IN_HAND = 2;

const NEW = { unsaved: 0, sent: [], finishKey: null, trouble: "", lost: false };
/** Unacknowledged saves that are remembered. */
const MOST_SENT = 20;

/** Tells a document by its steps. */
const markOf = ({ steps, at }: Held["history"]): string =>
  steps
    .slice(0, at)
    .map(({ id }) => id)
    .join(" ");

export class Courier {
  link: Link = "online";
  refusal = "";
  nothing: Nothing | null = null;
  /** The job, once a claim has told of it. */
  job: JobInfo | null = null;
  /** Pictures whose document someone else has saved since; they wait for the person's word. */
  readonly conflicts = new Set<string>();
  private readonly around: Surroundings;
  /** Documents that were compared with the server's since this page was opened. */
  private readonly met = new Set<string>();
  private running: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private beatAt: number;
  private claimedAt = 0;
  private stopped = false;

  constructor(around: Surroundings) {
    this.around = around;
    this.beatAt = around.now();
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
    this.settle("online");
    this.tryNow();
  }

  wentOffline(): void {
    if (this.link !== "signed_out") {
      this.settle("offline");
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer ?? undefined);
  }

  private schedule(delay: number): void {
    if (this.stopped) {
      return;
    }
    clearTimeout(this.timer ?? undefined);
    this.timer = setTimeout(() => this.run(), delay);
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
      await this.meet();
      await this.save();
      await this.finish();
      await this.fill();
      await this.beat();
    } catch (error) {
      this.fail(failureOf(error));
      return;
    }
    this.failures = 0;
    this.refusal = "";
    this.settle("online");
    const { timing, desk } = this.around;
    this.schedule(desk.line.length === 0 ? timing.poll : timing.heartbeat);
  }

  /** What the device kept over a reload is compared with what the server has by now; a save of its own tells. */
  private async meet(): Promise<void> {
    const { server, job, desk } = this.around;
    for (const { work, etag } of desk.held.filter(({ work }) => !this.met.has(work.assignment))) {
      const { assignment, picture } = work;
      if (desk.find(assignment)?.unsaved === 0) {
        const theirs = await this.forOne(assignment, () => server.open(job, picture));
        if (theirs && theirs.etag !== etag) {
          desk.change(assignment, (held) => (held.unsaved === 0 ? { ...held, ...theirs } : held));
        }
      }
      this.met.add(assignment);
    }
  }

  private async save(): Promise<void> {
    const { desk } = this.around;
    const waiting = () =>
      desk.held.filter(({ unsaved, lost, work }) => {
        return unsaved > 0 && !lost && !this.conflicts.has(work.assignment);
      });
    for (const held of waiting()) {
      await this.saveOne(held);
    }
    this.again = this.again || waiting().some(({ trouble }) => trouble === "");
  }

  private async saveOne(held: Held): Promise<void> {
    const { server, job, desk } = this.around;
    const { assignment, picture } = held.work;
    const mark = markOf(held.history);
    desk.change(assignment, (now) => ({ ...now, sent: [...held.sent, mark].slice(-MOST_SENT) }));
    const etag = await this.forOne(assignment, () => this.saveOver(held, () => server.open(job, picture)));
    if (etag !== null) {
      desk.change(assignment, (now) => ({
        ...now,
        etag,
        unsaved: now.unsaved - held.unsaved,
        sent: [],
        trouble: "",
      }));
    }
  }

  /** What stands in the way may be a save of ours whose answer was lost: then this one goes over it. */
  private async saveOver(held: Held, open: () => Promise<Document>): Promise<string> {
    const { server, job } = this.around;
    const { picture } = held.work;
    try {
      return await server.save(job, picture, held);
    } catch (error) {
      const failure = failureOf(error);
      const theirs = failure.kind === "conflict" ? await open() : null;
      if (!theirs || !held.sent.includes(markOf(theirs.history))) {
        throw failure;
      }
      return server.save(job, picture, { ...held, etag: theirs.etag });
    }
  }

  private async finish(): Promise<void> {
    const { server, desk } = this.around;
    const ready = desk.finished.filter(({ unsaved, lost }) => unsaved === 0 && !lost);
    for (const { work, finishKey, skipped } of ready) {
      const sent = await this.forOne(work.assignment, async () => {
        await (skipped === undefined
          ? server.finish(work.assignment, finishKey ?? "")
          : server.skip(work.assignment, skipped));
        return true;
      });
      if (sent) {
        desk.drop(work.assignment);
      }
    }
  }

  /** Only a failure of the connection ends the round; what concerns one picture is noted at it. */
  private async forOne<Answer>(assignment: string, action: () => Promise<Answer>): Promise<Answer | null> {
    try {
      return await action();
    } catch (error) {
      const failure = failureOf(error);
      if (passes(failure)) {
        throw failure;
      }
      if (failure.kind === "conflict") {
        this.conflicts.add(assignment);
      } else {
        const lost = failure.kind === "lost";
        this.around.desk.change(assignment, (held) => ({ ...held, lost, trouble: failure.message }));
      }
      return null;
    }
  }

  private async fill(): Promise<void> {
    const { server, job, desk, now } = this.around;
    while (desk.line.length < IN_HAND && !this.saidNothing()) {
      const claim = await server.claim(
        job,
        desk.held.map(({ work }) => work.assignment),
      );
      this.nothing = claim.nothing ?? null;
      this.job = claim.job;
      this.claimedAt = now();
      if (!claim.work || desk.find(claim.work.assignment)) {
        return;
      }
      const { work } = claim;
      const document = await server.open(job, work.picture);
      this.met.add(work.assignment);
      const order = 1 + Math.max(0, ...desk.held.map((held) => held.order));
      desk.put({ ...document, ...NEW, work, job: claim.job, order });
    }
  }

  /** With a picture in hand there is no hurry: a server that has nothing is not asked at every save. */
  private saidNothing(): boolean {
    const { desk, timing, now } = this.around;
    return desk.line.length > 0 && this.nothing !== null && now() - this.claimedAt < timing.heartbeat;
  }

  private async beat(): Promise<void> {
    const { now, timing, visible, server, desk } = this.around;
    if (visible() && desk.held.length > 0 && now() - this.beatAt >= timing.heartbeat) {
      await server.heartbeat(desk.held.map(({ work }) => work.assignment));
      this.beatAt = now();
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
    const { backOff } = this.around.timing;
    const wait = backOff[Math.min(this.failures, backOff.length - 1)] ?? 0;
    this.failures += 1;
    this.settle(failure.kind === "error" || failure.kind === "busy" ? failure.kind : "offline");
    this.schedule(wait);
  }

  private settle(link: Link): void {
    this.link = link;
    this.around.changed();
  }
}
