/**
 * How long somebody really looked at a batch: while the page is visible, no pause is on, and a hand or an eye
 * moved something within the last minute. The clock is handed in, so that tests need not wait.
 */

const IDLE_AFTER = 60_000;

export class Activity {
  private total = 0;
  private countedTo: number;
  private lastTouch: number;
  private visible = true;
  private paused = false;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.countedTo = now();
    this.lastTouch = this.countedTo;
  }

  /** Somebody pressed, moved or scrolled. */
  touch(): void {
    this.count();
    this.lastTouch = this.now();
  }

  setVisible(visible: boolean): void {
    this.count();
    this.visible = visible;
  }

  setPaused(paused: boolean): void {
    this.count();
    this.paused = paused;
    this.lastTouch = this.now();
  }

  /** Milliseconds of work on the batch on the screen so far. */
  get activeMs(): number {
    this.count();
    return Math.round(this.total);
  }

  /** A batch comes on the screen with the time already spent on it. */
  restart(already = 0): void {
    this.countedTo = this.now();
    this.lastTouch = this.countedTo;
    this.total = already;
  }

  private count(): void {
    const now = this.now();
    if (this.visible && !this.paused) {
      const until = Math.min(now, this.lastTouch + IDLE_AFTER);
      this.total += Math.max(0, until - this.countedTo);
    }
    this.countedTo = now;
  }
}
