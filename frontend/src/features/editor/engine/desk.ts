/** The pictures in hand, in memory and on the device at once. Memory changes first; each write is watched. */
import type { EditorStore, Held } from "./store";

export class Desk {
  held: readonly Held[] = [];
  private writing = 0;
  private last: Promise<void> = Promise.resolve();
  /** Pictures that the device could not keep. */
  private readonly unkept = new Set<string>();
  private readonly store: EditorStore;
  private readonly changed: () => void;

  constructor(store: EditorStore, changed: () => void) {
    this.store = store;
    this.changed = changed;
  }

  async load(): Promise<void> {
    this.held = await this.store.load();
  }

  /** Pictures to be worked on; the first is on the screen. */
  get line(): readonly Held[] {
    return this.held.filter(({ finishKey }) => finishKey === null);
  }

  get finished(): readonly Held[] {
    return this.held.filter(({ finishKey }) => finishKey !== null);
  }

  get kept(): boolean {
    return this.writing === 0 && this.unkept.size === 0;
  }

  get failed(): boolean {
    return this.unkept.size > 0;
  }

  find(assignment: string): Held | undefined {
    return this.held.find(({ work }) => work.assignment === assignment);
  }

  put(held: Held): void {
    const { assignment } = held.work;
    const others = this.held.filter(({ work }) => work.assignment !== assignment);
    this.held = [...others, held].sort((a, b) => a.order - b.order);
    this.write(assignment, this.store.keep(held));
  }

  change(assignment: string, change: (held: Held) => Held): void {
    const held = this.find(assignment);
    if (held) {
      this.put(change(held));
    }
  }

  drop(assignment: string): void {
    this.held = this.held.filter(({ work }) => work.assignment !== assignment);
    this.write(assignment, this.store.drop(assignment));
  }

  /** Resolves when every write so far has ended, well or not. */
  settled(): Promise<void> {
    return this.last;
  }

  close(): void {
    this.store.close();
  }

  private write(assignment: string, done: Promise<void>): void {
    this.writing += 1;
    const ended = done.then(
      () => void this.unkept.delete(assignment),
      // The steps live on in memory and go to the server; the screen says that the device does not keep them.
      () => void this.unkept.add(assignment),
    );
    this.last = Promise.all([this.last, ended]).then(() => {
      this.writing -= 1;
      this.changed();
    });
    this.changed();
  }
}
