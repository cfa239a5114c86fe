/**
 * One person reviewing one job: everything the review screen shows and everything it can ask for.
 *
 * A store in the sense of `useSyncExternalStore`. Each action changes memory at once; the device and the server
 * follow by themselves (`Desk`, `Courier`). Nothing here knows of React.
 */
import { newId } from "@/shared/lib/id";
import { Activity } from "../model/activity";
import {
  type AnyMark,
  annotate,
  type Batch,
  type Item,
  look,
  mark,
  redo,
  toVerdicts,
  undo,
} from "../model/batch";
import { Courier, type Timing } from "./courier";
import { Desk } from "./desk";
import { type Held, hold } from "./held";
import { type Decode, Pictures } from "./pictures";
import { type Notice, picture, type Snapshot, type View } from "./snapshot";
import { failureOf, Standing, type Tools } from "./standing";
import type { ReviewStore } from "./store";
import type { ReviewServer, SentBatch } from "./wire";

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
  readonly server: ReviewServer;
  readonly store: ReviewStore;
  readonly decode: Decode;
  readonly surface: Surface;
  readonly timing: Timing;
}

/** A key pressed for the last batch must not send the next one. */
const ENTER_RESTS = 300;

export class ReviewSession {
  private readonly options: SessionOptions;
  private readonly desk: Desk;
  private readonly standing = new Standing();
  private readonly courier: Courier;
  private readonly pictures: Pictures;
  private readonly activity: Activity;
  private readonly confidences = new Map<string, number | null>();
  private readonly outlines = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private readonly endings: (() => void)[] = [];
  private snapshot: Snapshot | null = null;
  private loaded = false;
  private paused = false;
  private notice: Notice | null = null;
  /** A batch that went to someone else and is looked at, read-only. */
  private lost: string | null = null;
  private displayed: string | null = null;
  private displayedAt = 0;
  private reachable = true;

  constructor(options: SessionOptions) {
    const { job, server, store, decode, surface, timing } = options;
    this.options = options;
    this.desk = new Desk(store, () => this.changed());
    const { desk, standing } = this;
    const tools: Tools = { server, desk, standing, job, client: newId(), now: surface.now };
    this.courier = new Courier(tools, {
      timing,
      online: surface.online,
      visible: surface.visible,
      changed: () => this.changed(),
    });
    this.pictures = new Pictures(
      decode,
      () => this.canReach(),
      () => this.changed(),
    );
    this.activity = new Activity(surface.now);
  }

  /** Shows what this device holds, then asks the server. */
  async start(): Promise<void> {
    const { surface } = this.options;
    this.endings.push(
      surface.listen("online", () => this.tryNow()),
      surface.listen("offline", () => this.courier.wentOffline()),
      surface.listen("visible", () => this.seen(true)),
      surface.listen("hidden", () => this.seen(false)),
    );
    await this.desk.load();
    this.loaded = true;
    this.changed();
    this.courier.tryNow();
  }

  stop(): void {
    this.courier.stop();
    this.endings.forEach((end) => void end());
    void this.desk.settled().then(() => this.desk.close());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  getSnapshot = (): Snapshot => {
    this.snapshot ??= picture(this.view());
    return this.snapshot;
  };

  mark(indexes: readonly number[], value: AnyMark, stroke: number | null = null): void {
    if (value === "unsure" && this.desk.record.job?.allow_unsure === false) {
      this.say({ kind: "no_unsure" });
      return;
    }
    this.edit((batch, now) => mark(batch, indexes, value, now, stroke));
  }

  undo(): void {
    this.edit(undo);
  }

  redo(): void {
    this.edit(redo);
  }

  annotate(index: number, note: string): void {
    this.edit((batch, now) => annotate(batch, index, note, now));
  }

  /** Sends the batch on the screen and shows the next. `byKey` keeps a key from sending two. */
  submit({ byKey = false } = {}): boolean {
    const { current, submit, unreadable } = this.getSnapshot();
    const now = this.options.surface.now();
    if (
      !current ||
      current.lostAt !== null ||
      !submit.able ||
      (byKey && now - this.displayedAt < ENTER_RESTS)
    ) {
      return false;
    }
    const activeMs = this.activity.activeMs;
    const held = { ...current, activeMs, trouble: "" };
    const submission = { verdicts: toVerdicts(held.batch, unreadable), active_ms: activeMs };
    if (!held.reopened) {
      this.desk.count({ at: now, images: held.batch.items.length, activeMs });
      this.advance(held.batch.items.length);
    }
    this.notice = null;
    this.desk.finish({ held, key: newId(), submission, at: now });
    this.courier.want();
    return true;
  }

  /** Opens the batch that was sent last: from this device if it has not gone out yet, else from the server. */
  async reopenLast(): Promise<void> {
    await this.courier.idle();
    const waiting = this.desk.finished.at(-1);
    if (waiting) {
      this.desk.unfinish({ ...waiting.held, order: this.before(), reopened: true });
      return;
    }
    await this.attempt(async () => {
      const last = (await this.sentBatches()).find(({ id }) => !this.desk.find(id));
      if (last) {
        await this.fetchSent(last.id);
      } else {
        this.say({ kind: "nothing_sent" });
      }
    });
  }

  async reopen(assignment: string): Promise<void> {
    await this.attempt(() => this.fetchSent(assignment));
  }

  /** This person's sent batches in this job, the last one first. */
  async sentBatches(): Promise<readonly SentBatch[]> {
    const sent = await this.options.server.sent(this.options.job);
    return [...sent].sort((a, b) => b.submitted_at.localeCompare(a.submitted_at));
  }

  /** The model's confidence in one tile, or null where there is none. The look is part of the answer. */
  async confidence(index: number): Promise<number | null> {
    const item = this.getSnapshot().current?.batch.items[index];
    if (!item) {
      return null;
    }
    const known = this.confidences.get(item.id);
    const value = known === undefined ? await this.options.server.confidence(item.id) : known;
    this.confidences.set(item.id, value);
    this.edit((batch, now) => look(batch, index, now));
    return value;
  }

  /** The exact outline of one tile's object; what was asked once is known, also without a connection. */
  async outline(item: Item): Promise<string> {
    const known = this.outlines.get(item.id) ?? (await this.options.server.outline(item.id));
    this.outlines.set(item.id, known);
    return known;
  }

  retryPicture(index: number): void {
    const item = this.getSnapshot().current?.batch.items[index];
    if (item) {
      this.pictures.retry(item);
    }
  }

  tryNow(): void {
    this.courier.tryNow();
  }

  /** The same person is back; what waited goes out. */
  signedIn(): void {
    this.courier.signedIn();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.activity.setPaused(paused);
    this.changed();
  }

  /** A hand moved. */
  touch(): void {
    this.activity.touch();
  }

  /** Shows a batch that went to someone else, to be read. */
  lookAtLost(assignment: string): void {
    this.lost = assignment;
    this.changed();
  }

  /** Goes on from a batch that went to someone else; it leaves this device. */
  leaveLost(assignment: string): void {
    this.lost = null;
    this.desk.drop(assignment);
  }

  dismissNotice(): void {
    this.standing.sentElsewhere.clear();
    this.notice = null;
    this.changed();
  }

  private edit(change: (batch: Batch, now: number) => Batch): void {
    const { current } = this.getSnapshot();
    if (!current || current.lostAt !== null || this.paused) {
      return;
    }
    this.activity.touch();
    const batch = change(current.batch, this.options.surface.now());
    if (batch !== current.batch) {
      this.desk.put({ ...current, batch, activeMs: this.activity.activeMs });
      this.courier.kick(this.options.timing.draft);
    }
  }

  private async fetchSent(assignment: string): Promise<void> {
    const { job } = this.desk.record;
    if (job) {
      const dealt = await this.options.server.reopen(assignment);
      this.standing.confirmed.add(assignment);
      this.desk.put({ ...hold(dealt, job, null, this.before()), reopened: true });
    }
  }

  private before(): number {
    return (this.desk.line[0]?.order ?? 1) - 1;
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.say({ kind: "not_opened", failure: failureOf(error) });
    }
  }

  private say(notice: Notice): void {
    this.notice = notice;
    this.changed();
  }

  private seen(visible: boolean): void {
    this.activity.setVisible(visible);
    if (visible && this.desk.line.length === 0) {
      this.courier.want();
    }
    this.courier.kick();
  }

  /** Until the next claim says it, the device counts on by itself. */
  private advance(images: number): void {
    const { progress } = this.standing;
    if (progress) {
      this.standing.progress = { ...progress, judged: Math.min(progress.items, progress.judged + images) };
    }
  }

  private onScreen(): Held | null {
    const lost = this.desk.held.find((held) => held.lostAt !== null && held.assignment === this.lost);
    return lost ?? this.desk.line[0] ?? null;
  }

  private changed(): void {
    this.display();
    this.loadPictures();
    this.snapshot = null;
    this.rememberShown();
    for (const listener of this.listeners) {
      listener();
    }
  }

  private canReach(): boolean {
    return this.options.surface.online() && this.courier.link === "online";
  }

  /** Pictures of the batch on the screen first, then of those behind it. */
  private loadPictures(): void {
    const shown = this.onScreen();
    const others = this.desk.line.filter((held) => held !== shown);
    const items = [...(shown ? [shown] : []), ...others].flatMap(({ batch }) => batch.items);
    this.pictures.want(items);
    const reachable = this.canReach();
    if (reachable && !this.reachable) {
      this.pictures.retryFailed(items);
    }
    this.reachable = reachable;
  }

  /** Keeps the clock with the batch on the screen, and a batch on the screen that is lost under one's hands. */
  private display(): void {
    const before = this.desk.find(this.displayed ?? "");
    if (before && before.lostAt !== null && this.lost === null) {
      this.lost = before.assignment;
    }
    const held = this.onScreen();
    if ((held?.assignment ?? null) !== this.displayed) {
      this.displayed = held?.assignment ?? null;
      this.displayedAt = this.options.surface.now();
      this.activity.restart(held?.activeMs ?? 0);
    }
  }

  /** Once all pictures of the batch on the screen have come or failed, those that came count as seen. */
  private rememberShown(): void {
    const { current, tiles } = this.getSnapshot();
    if (!current || tiles.some(({ state }) => state === "loading")) {
      return;
    }
    const fresh = current.batch.items.filter(
      (item, index) => tiles[index]?.state === "ready" && !current.shown.includes(item.id),
    );
    if (fresh.length > 0) {
      this.desk.put({ ...current, shown: [...current.shown, ...fresh.map(({ id }) => id)] });
    }
  }

  private view(): View {
    const { surface } = this.options;
    return {
      loaded: this.loaded,
      current: this.onScreen(),
      desk: this.desk,
      standing: this.standing,
      link: this.courier.link,
      refusal: this.courier.refusal,
      pictures: this.pictures,
      paused: this.paused,
      notice: this.notice,
      now: surface.now(),
    };
  }
}
