/**
 * One person outlining the pictures of one job: everything the editor shows and everything it can ask for.
 *
 * A store in the sense of `useSyncExternalStore`. Each action changes memory at once; the device, the server and
 * the model follow by themselves (`Desk`, `Courier`, `Asker`). Nothing here knows of React.
 */
import { newId } from "@/shared/lib/id";
import { type Answer, type Doc, maskOf } from "../model/document";
import {
  docOf,
  done,
  type History,
  NOTHING_DONE,
  redone,
  reverting,
  type StepKind,
  selecting,
  undone,
  withAnswer,
} from "../model/history";
import { areaOf } from "../model/mask";
import { restore, store } from "../model/stored";
import { Asker, type AskTiming, type Wish } from "./asker";
import { Courier, type Timing } from "./courier";
import { Desk } from "./desk";
import { questionsOf } from "./questions";
import { type Snapshot, sameSnapshot, snapshotOf } from "./snapshot";
import type { EditorStore, Held } from "./store";
import { Warmer } from "./warmer";
import { type EditorServer, failureOf, type Segmenter, segmenterIn } from "./wire";

export type PageEvent = "online" | "offline" | "visible" | "hidden";

/** The browser around the screen; a test hands in its own. */
export interface Surface {
  now(): number;
  online(): boolean;
  visible(): boolean;
  listen(event: PageEvent, heard: () => void): () => void;
}

export interface SessionOptions {
  readonly job: string;
  readonly server: EditorServer;
  readonly store: EditorStore;
  readonly surface: Surface;
  readonly timing: Timing & AskTiming;
  /** The name of the model that the person wants; the server chooses without it. */
  readonly segmenter?: string;
}

export class EditorSession {
  private readonly options: SessionOptions;
  private readonly desk: Desk;
  private readonly courier: Courier;
  private readonly asker: Asker;
  private readonly listeners = new Set<() => void>();
  private readonly endings: (() => void)[] = [];
  private snapshot: Snapshot | null = null;
  private loaded = false;
  private history: History = NOTHING_DONE;
  /** The picture whose history that is, and the stored form it came from or went to. */
  private opened: { assignment: string; stored: Held["history"] } | null = null;
  private readonly warmer: Warmer;
  private segmenters: readonly Segmenter[] = [];
  private wanted: string;

  constructor(options: SessionOptions) {
    const { job, server, store, surface, timing } = options;
    this.options = options;
    const changed = () => this.changed();
    this.desk = new Desk(store, changed);
    this.courier = new Courier({ job, server, desk: this.desk, timing, changed, ...pick(surface) });
    this.asker = new Asker(server, {
      timing,
      now: surface.now,
      changed,
      answered: (_object, answer, ms) => this.answered(answer, ms),
    });
    this.warmer = new Warmer(server, { timing, now: surface.now, changed });
    this.wanted = options.segmenter ?? "";
  }

  /** Shows what this device holds, then asks the server. */
  async start(): Promise<void> {
    const { surface } = this.options;
    this.endings.push(
      surface.listen("online", () => this.tryNow()),
      surface.listen("offline", () => this.courier.wentOffline()),
      surface.listen("visible", () => this.courier.kick()),
    );
    await this.desk.load();
    this.loaded = true;
    this.changed();
    this.courier.tryNow();
    void this.findSegmenters();
  }

  stop(): void {
    this.courier.stop();
    this.asker.stop();
    this.warmer.stop();
    this.endings.forEach((end) => void end());
    void this.desk.settled().then(() => this.desk.close());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  getSnapshot = (): Snapshot => {
    this.snapshot ??= this.taken();
    return this.snapshot;
  };

  private taken(): Snapshot {
    const { desk, courier, asker, history, segmenter, segmenters } = this;
    const { warmth } = this.warmer;
    return snapshotOf({ desk, courier, asker, history, segmenter, segmenters, warmth, loaded: this.loaded });
  }

  private get segmenter(): Segmenter | null {
    return segmenterIn(this.segmenters, this.wanted);
  }

  get now(): number {
    return this.options.surface.now();
  }

  /** Does something to the document. False when that changed nothing. */
  edit(kind: StepKind, object: string, change: (doc: Doc) => Doc): boolean {
    const before = docOf(this.history);
    const after = change(before);
    const step = { id: newId(), kind, object, at: this.now, ms: null, after };
    const pixels = pixelsBetween(before, after, object);
    return this.move(done(this.history, { ...step, pixels }));
  }

  select(id: string | null): void {
    const next = selecting(this.history, id);
    if (next !== this.history) {
      this.history = next;
      this.keep(0);
    }
  }

  undo(): void {
    this.move(undone(this.history));
  }

  redo(): void {
    this.move(redone(this.history));
  }

  revert(step: string): void {
    const object = this.history.steps.find(({ id }) => id === step)?.object ?? "";
    this.edit("revert", object, () => reverting(this.history, step));
  }

  /** The picture is done: it goes out as it is, the next one comes on the screen. */
  finish(): void {
    this.putAway({});
  }

  /** The picture cannot be outlined: it goes to somebody else, the next one comes on the screen. */
  skip(reason: string): void {
    this.putAway({ skipped: reason });
  }

  /** Brings a finished picture that does not go out back onto the screen. */
  reopen(assignment: string): void {
    this.desk.change(assignment, ({ skipped: _, ...held }) => ({ ...held, finishKey: null }));
    this.courier.kick();
  }

  /** Leaves a picture that went to someone else; what was drawn in it goes from this device. */
  leaveLost(assignment: string): void {
    if (this.desk.find(assignment)?.lost) {
      this.desk.drop(assignment);
      this.courier.kick();
    }
  }

  /** Asks the model again after it failed. */
  askAgain(): void {
    this.asker.again(this.wishes());
    if (this.warmer.warmth.warm === "unavailable") {
      this.warmUp();
    }
    this.changed();
  }

  /** From now on another model is asked; what it finds ready is told anew. */
  chooseSegmenter(name: string): void {
    this.wanted = name;
    this.warmUp();
    this.askAgain();
  }

  /** Goes on from what someone else saved; what was here can be brought back by undo. */
  async takeTheirs(): Promise<void> {
    await this.settleConflict((theirs) => {
      this.edit("theirs", "", () => docOf(theirs));
    });
  }

  /** Saves what is here over what someone else saved. */
  async keepMine(): Promise<void> {
    await this.settleConflict(() => this.keep(1));
  }

  tryNow(): void {
    this.courier.tryNow();
    this.askAgain();
    if (this.segmenters.length === 0) {
      void this.findSegmenters();
    }
  }

  /** The same person is back; what waited goes out. */
  signedIn(): void {
    this.courier.signedIn();
    this.askAgain();
  }

  private async settleConflict(settle: (theirs: History) => void): Promise<void> {
    const held = this.current();
    if (!held) {
      return;
    }
    const { server, job } = this.options;
    const { assignment, picture } = held.work;
    try {
      const theirs = await server.open(job, picture);
      this.courier.conflicts.delete(assignment);
      this.desk.change(assignment, (now) => ({ ...now, etag: theirs.etag }));
      settle(restore(theirs.history, picture));
      this.courier.kick();
    } catch (error) {
      failureOf(error);
      this.changed();
    }
  }

  private putAway(how: Pick<Held, "skipped">): void {
    const held = this.current();
    if (held) {
      this.desk.put({ ...held, ...how, finishKey: newId() });
      this.courier.kick();
    }
  }

  private current(): Held | null {
    return this.desk.line[0] ?? null;
  }

  private move(next: History): boolean {
    if (next === this.history || this.current()?.lost) {
      return false;
    }
    this.history = next;
    this.keep(1);
    return true;
  }

  /** Puts the history on the device, and on its way to the server. */
  private keep(steps: number): void {
    const held = this.current();
    if (!held || held.work.assignment !== this.opened?.assignment) {
      return;
    }
    const history = store(this.history);
    this.opened = { assignment: held.work.assignment, stored: history };
    this.desk.put({ ...held, history, unsaved: held.unsaved + steps });
    this.asker.want(this.wishes());
    if (held.unsaved + steps > 0) {
      this.courier.kick(this.options.timing.save);
    }
  }

  private answered(answer: Answer, ms: number): void {
    this.warmer.drawn();
    this.move(withAnswer(this.history, answer, ms));
  }

  /** What the document leaves open: the questions whose answers it lacks. */
  private wishes(): Map<string, Wish> {
    const held = this.current();
    const name = this.segmenter?.name ?? "";
    return held && !held.lost ? questionsOf(docOf(this.history), held.work.picture, name) : new Map();
  }

  private changed(): void {
    this.show();
    const before = this.snapshot;
    const now = this.taken();
    if (before && sameSnapshot(before, now)) {
      return;
    }
    this.snapshot = now;
    for (const listener of this.listeners) {
      listener();
    }
  }

  /** Brings the first picture in line onto the screen, or a newer document of the one that is there. */
  private show(): void {
    const held = this.current();
    const same = held?.work.assignment === this.opened?.assignment;
    if (same && held?.history === this.opened?.stored) {
      return;
    }
    this.opened = held && { assignment: held.work.assignment, stored: held.history };
    this.history = held ? restore(held.history, held.work.picture) : NOTHING_DONE;
    this.asker.want(this.wishes());
    if (held && !same) {
      this.warmUp();
    }
  }

  /** The picture gets ready in a worker while the person finds the first point. */
  private warmUp(): void {
    const held = this.current();
    if (held) {
      this.warmer.begin(held.work.picture.image, this.segmenter?.name ?? "");
    }
  }

  private async findSegmenters(): Promise<void> {
    try {
      this.segmenters = await this.options.server.segmenters();
      // Until now the server's own choice was got ready.
      if (this.segmenter?.default === false) {
        this.warmUp();
      }
    } catch (error) {
      failureOf(error);
    }
    this.changed();
  }
}

function pick({ now, online, visible }: Surface): Pick<Surface, "now" | "online" | "visible"> {
  return { now, online, visible };
}

/** How many pixels a step added or took away, where it is about pixels. */
function pixelsBetween(before: Doc, after: Doc, object: string): number | null {
  const areaIn = ({ outlines }: Doc) => {
    const outline = outlines.find(({ id }) => id === object);
    const mask = outline ? maskOf(outline) : null;
    return mask ? areaOf(mask) : 0;
  };
  const difference = Math.abs(areaIn(after) - areaIn(before));
  return difference === 0 ? null : difference;
}
