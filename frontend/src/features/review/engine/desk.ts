/**
 * The batches in hand, in memory and on the device at once.
 *
 * Memory changes first, so that the screen answers within a frame; the write to the device follows and is
 * watched: `kept` is true only when everything has been committed.
 */
import { recent, type Sent } from "../model/pace";
import type { Finished, Held } from "./held";
import type { DeskRecord, ReviewStore } from "./store";
import type { JobInfo } from "./wire";

const EMPTY: DeskRecord = { job: null, sent: [], total: 0 };

export class Desk {
  held: readonly Held[] = [];
  finished: readonly Finished[] = [];
  record: DeskRecord = EMPTY;
  private writing = 0;
  private last: Promise<void> = Promise.resolve();
  /** What the device could not keep, by assignment. */
  private readonly unkept = new Set<string>();
  private readonly store: ReviewStore;
  private readonly changed: () => void;

  constructor(store: ReviewStore, changed: () => void) {
    this.store = store;
    this.changed = changed;
  }

  async load(): Promise<void> {
    const kept = await this.store.load();
    this.held = kept.held;
    this.finished = kept.finished;
    this.record = kept.desk ?? EMPTY;
    this.changed();
  }

  /** The batches to be worked on, in line; the first is on the screen. */
  get line(): readonly Held[] {
    return this.held.filter(({ lostAt }) => lostAt === null);
  }

  get kept(): boolean {
    return this.writing === 0 && this.unkept.size === 0;
  }

  get failed(): boolean {
    return this.unkept.size > 0;
  }

  find(assignment: string): Held | undefined {
    return this.held.find((held) => held.assignment === assignment);
  }

  /** Adds a batch or replaces it, in its place in line. */
  put(held: Held): void {
    this.place(held);
    this.write(held.assignment, this.store.keep(held));
  }

  drop(assignment: string): void {
    this.held = this.held.filter((held) => held.assignment !== assignment);
    this.write(assignment, this.store.drop(assignment));
  }

  finish(finished: Finished): void {
    const { assignment } = finished.held;
    this.held = this.held.filter((held) => held.assignment !== assignment);
    this.finished = [...this.finished, finished];
    this.write(assignment, this.store.finish(finished));
  }

  /** A finished batch comes back to be worked on. */
  unfinish(held: Held): void {
    this.finished = this.finished.filter((other) => other.held.assignment !== held.assignment);
    this.place(held);
    this.write(held.assignment, this.store.unfinish(held));
  }

  /** The server has acknowledged a finished batch. */
  sent(assignment: string): void {
    this.finished = this.finished.filter(({ held }) => held.assignment !== assignment);
    this.write(assignment, this.store.sent(assignment));
  }

  know(job: JobInfo): void {
    this.remember({ ...this.record, job });
  }

  count(sent: Sent): void {
    const kept = [...recent(this.record.sent, sent.at), sent];
    this.remember({ ...this.record, sent: kept, total: this.record.total + sent.images });
  }

  /** Resolves when every write so far has ended, well or not. */
  settled(): Promise<void> {
    return this.last;
  }

  close(): void {
    this.store.close();
  }

  private place(held: Held): void {
    const others = this.held.filter((other) => other.assignment !== held.assignment);
    this.held = [...others, held].sort((a, b) => a.order - b.order);
  }

  private remember(record: DeskRecord): void {
    this.record = record;
    this.write("", this.store.keepDesk(record));
  }

  private write(assignment: string, done: Promise<void>): void {
    this.writing += 1;
    const ended = done.then(
      () => void this.unkept.delete(assignment),
      // The marks live on in memory and go to the server; the screen says that the device does not keep them.
      () => void this.unkept.add(assignment),
    );
    this.last = Promise.all([this.last, ended]).then(() => {
      this.writing -= 1;
      this.changed();
    });
    this.changed();
  }
}
