import { describe, expect, it } from "vitest";
import { minutesOf, pace } from "./pace";

const MINUTE = 60_000;

describe("the pace", () => {
  it("is images per minute of active work", () => {
    const sent = [
      { at: 9 * MINUTE, images: 25, activeMs: 30_000 },
      { at: 10 * MINUTE, images: 25, activeMs: 45_000 },
    ];
    expect(pace(sent, 10 * MINUTE)).toBe(40);
  });
  it("forgets what is older than ten minutes", () => {
    const sent = [
      { at: 0, images: 1000, activeMs: 30_000 },
      { at: 11 * MINUTE, images: 20, activeMs: 60_000 },
    ];
    expect(pace(sent, 12 * MINUTE)).toBe(20);
  });
  it("says nothing without evidence", () => {
    expect(pace([], 0)).toBeNull();
    expect(pace([{ at: 0, images: 25, activeMs: 10 }], 0)).toBeNull();
  });
  it("tells about how long some images take", () => {
    expect([minutesOf(50, 25), minutesOf(1, 60), minutesOf(50, null)]).toEqual([2, 1, null]);
  });
});
