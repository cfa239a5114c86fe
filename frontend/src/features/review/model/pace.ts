/** How fast the work goes, for the person's own eyes. Times are milliseconds since 1970, durations milliseconds. */

export interface Sent {
  readonly at: number;
  readonly images: number;
  readonly activeMs: number;
}

const WINDOW = 10 * 60_000;
/** Less than this says nothing about a pace. */
const LEAST_ACTIVE = 2_000;

/** Batches sent within the last ten minutes. */
export function recent(sent: readonly Sent[], now: number): Sent[] {
  return sent.filter(({ at }) => now - at <= WINDOW);
}

/** Images per minute of active time over the last ten minutes, or null without evidence. */
export function pace(sent: readonly Sent[], now: number): number | null {
  const kept = recent(sent, now);
  const active = kept.reduce((sum, { activeMs }) => sum + activeMs, 0);
  const images = kept.reduce((sum, { images: count }) => sum + count, 0);
  return active < LEAST_ACTIVE ? null : Math.round((images * 60_000) / active);
}

/** About how many minutes of work so many images are at this pace; null without a pace. */
export function minutesOf(images: number, perMinute: number | null): number | null {
  return perMinute ? Math.max(1, Math.round(images / perMinute)) : null;
}
