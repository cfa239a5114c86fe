import { describe, expect, it } from "vitest";
import { Activity } from "./activity";

function clocked() {
  const clock = { now: 0 };
  const activity = new Activity(() => clock.now);
  const pass = (ms: number) => {
    clock.now += ms;
  };
  return { activity, pass };
}

describe("active time", () => {
  it("counts while somebody works", () => {
    const { activity, pass } = clocked();
    pass(5_000);
    activity.touch();
    pass(5_000);
    expect(activity.activeMs).toBe(10_000);
  });
  it("stops a minute after the last touch", () => {
    const { activity, pass } = clocked();
    pass(600_000);
    expect(activity.activeMs).toBe(60_000);
    activity.touch();
    pass(1_000);
    expect(activity.activeMs).toBe(61_000);
  });
  it("does not count while the page is hidden or paused", () => {
    const { activity, pass } = clocked();
    pass(1_000);
    activity.setVisible(false);
    pass(10_000);
    activity.setVisible(true);
    activity.setPaused(true);
    pass(10_000);
    activity.setPaused(false);
    pass(2_000);
    expect(activity.activeMs).toBe(3_000);
  });
  it("goes on from the time already spent when a batch comes back", () => {
    const { activity, pass } = clocked();
    pass(9_000);
    activity.restart(4_000);
    pass(1_000);
    expect(activity.activeMs).toBe(5_000);
  });
});
