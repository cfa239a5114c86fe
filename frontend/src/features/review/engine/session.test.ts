import { describe, expect, it, vi } from "vitest";
import { FakeServer } from "./fake";
import { currentId, marksOf, open, ready, submit } from "./harness";
import { NoStore } from "./store";

describe("working through batches", () => {
  it("has the batch on the screen and two ahead, decoded", async () => {
    const seen: string[] = [];
    const page = await open({ decode: async (url) => seen.push(url) });
    await ready(page);
    expect(currentId(page)).toBe("a1");
    await page.until(() => seen.length === 9);
    expect(page.server.calls.filter((call) => call === "claim")).toHaveLength(3);
  });
  it("shows the next batch at once, before the server has answered", async () => {
    const page = await open();
    await ready(page);
    page.session.submit();
    expect(currentId(page)).toBe("a2");
    expect(page.now().submit.able).toBe(true);
    expect(page.server.row("a1").state).toBe("dealt");
    await page.until(() => page.server.row("a1").state === "submitted");
    await ready(page);
  });
  it("sends every verdict once, all batches in order, and then says why there is no more", async () => {
    const page = await open({ server: new FakeServer(4) });
    for (const [nth, id] of ["a1", "a2", "a3", "a4"].entries()) {
      await page.until(() => currentId(page) === id);
      page.session.mark([nth % 3], "wrong");
      await submit(page);
    }
    await page.until(() => page.now().phase === "nothing");
    expect(page.now().nothing?.reason).toBe("finished");
    expect(page.server.calls.filter((call) => call.startsWith("submit"))).toEqual([
      "submit a1",
      "submit a2",
      "submit a3",
      "submit a4",
    ]);
    expect(page.server.row("a2").verdicts).toEqual({ b2i0: "confirm", b2i1: "disconfirm", b2i2: "confirm" });
    expect(page.now().total).toBe(12);
  });
  it("goes on by itself when there is work again", async () => {
    const server = new FakeServer(0);
    const page = await open({ server });
    await page.until(() => page.now().phase === "nothing");
    server.rows.push(...new FakeServer(1).rows);
    await page.until(() => page.now().phase === "working");
  });
  it("ignores Enter during the first 300 ms of a batch", async () => {
    const page = await open();
    await ready(page);
    page.surface.ahead += 301;
    expect(page.session.submit({ byKey: true })).toBe(true);
    expect(page.session.submit({ byKey: true })).toBe(false);
    expect(currentId(page)).toBe("a2");
    page.surface.ahead += 301;
    expect(page.session.submit({ byKey: true })).toBe(true);
  });
  it("sends the time of active work, not of absence", async () => {
    const page = await open();
    const submitted = vi.spyOn(page.server, "submit");
    await ready(page);
    page.surface.ahead += 10_000;
    page.session.touch();
    page.session.setPaused(true);
    page.surface.ahead += 500_000;
    page.session.setPaused(false);
    page.session.submit();
    await page.until(() => submitted.mock.calls.length === 1);
    const spent = submitted.mock.calls[0]?.[2].active_ms ?? 0;
    expect(spent).toBeGreaterThanOrEqual(10_000);
    expect(spent).toBeLessThan(20_000);
  });
});

describe("the saved state", () => {
  it("says Saved only after the server has acknowledged the draft", async () => {
    const page = await open();
    await ready(page);
    expect(page.now().kept.state).toBe("saved");
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const real = page.server.saveDraft.bind(page.server);
    vi.spyOn(page.server, "saveDraft").mockImplementation(async (...call) => {
      await held;
      return real(...call);
    });
    page.session.mark([1], "wrong");
    expect(page.now().kept).toEqual({ state: "saving", marks: 1, batches: 0 });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(page.now().kept.state).toBe("saving");
    release();
    await page.until(() => page.now().kept.state === "saved");
    expect(page.server.row("a1").draft?.verdicts).toMatchObject({ b1i1: "disconfirm" });
  });
  it("says Kept here with the number of marks while there is no connection", async () => {
    const page = await open();
    await ready(page);
    page.surface.setConnected(false);
    page.session.mark([0, 2], "wrong");
    await page.until(() => page.now().kept.state === "kept");
    expect(page.now().kept).toEqual({ state: "kept", marks: 2, batches: 0 });
    page.surface.setConnected(true);
    await page.until(() => page.now().kept.state === "saved");
  });
  it("says Not saved when neither the device nor the server took it", async () => {
    const page = await open({ store: new NoStore() });
    await ready(page);
    page.surface.setConnected(false);
    page.session.mark([0], "wrong");
    await page.until(() => page.now().kept.state === "unsaved");
    page.surface.setConnected(true);
    await page.until(() => page.now().kept.state === "saved");
  });
  it("has nothing to save when a mark is taken back before it was sent", async () => {
    const page = await open();
    await ready(page);
    page.surface.setConnected(false);
    page.session.mark([0], "wrong");
    page.session.undo();
    expect(page.now().kept.state).toBe("saved");
  });
});

describe("without a connection", () => {
  it("finishes batches offline, survives a closed browser, and sends each once in order", async () => {
    const server = new FakeServer(5);
    const first = await open({ server });
    await ready(first);
    first.surface.setConnected(false);
    server.down = "offline";
    first.session.mark([0], "wrong");
    await submit(first);
    first.session.mark([1], "unsure");
    await submit(first);
    first.session.mark([2], "wrong");
    await first.until(() => first.now().kept.state === "kept");
    expect(first.now().kept).toEqual({ state: "kept", marks: 1, batches: 2 });
    first.session.stop();

    const again = await open({ server });
    expect(currentId(again)).toBe("a3");
    expect(marksOf(again)).toEqual(["right", "right", "wrong"]);
    server.down = "no";
    again.session.tryNow();
    await again.until(() => again.now().kept.state === "saved");
    expect(server.calls.filter((call) => call.startsWith("submit"))).toEqual(["submit a1", "submit a2"]);
    expect(server.row("a1").verdicts).toEqual({ b1i0: "disconfirm", b1i1: "confirm", b1i2: "confirm" });
    expect(server.row("a2").verdicts).toEqual({ b2i0: "confirm", b2i1: "unsure", b2i2: "confirm" });
    expect(marksOf(again)).toEqual(["right", "right", "wrong"]);
  });
  it("says that no batches are left on this device", async () => {
    const page = await open();
    await ready(page);
    page.surface.setConnected(false);
    for (const _ of [1, 2, 3]) {
      await submit(page);
    }
    expect(page.now()).toMatchObject({ phase: "stranded", kept: { batches: 3 } });
    page.surface.setConnected(true);
    await page.until(() => currentId(page) === "a4");
  });
  it.each(["error", "busy"] as const)("tries again by itself while the server answers: %s", async (down) => {
    const page = await open();
    await ready(page);
    page.server.down = down;
    page.session.submit();
    await page.until(() => page.now().link === down);
    expect(page.now().kept.batches).toBe(1);
    page.server.down = "no";
    await page.until(() => page.now().kept.state === "saved");
  });
  it("submits once although the answer was lost on the way back", async () => {
    const page = await open();
    await ready(page);
    page.server.losesNextAnswer = true;
    page.session.mark([0], "wrong");
    page.session.submit();
    await page.until(() => page.now().kept.state === "saved" && page.server.row("a1").state === "submitted");
    expect(page.now().notice).toBeNull();
    expect(page.server.row("a1").verdicts).toMatchObject({ b1i0: "disconfirm" });
  });
  it("keeps undo over a reload", async () => {
    const server = new FakeServer(5);
    const first = await open({ server });
    await ready(first);
    first.session.mark([0, 1], "wrong");
    await first.until(() => first.now().kept.state === "saved");
    first.session.stop();
    const again = await open({ server });
    again.session.undo();
    expect(marksOf(again)).toEqual(["right", "right", "right"]);
  });
});

describe("signing in again", () => {
  it("keeps the marks and sends them when the same person is back", async () => {
    const page = await open();
    await ready(page);
    page.server.down = "signed_out";
    page.session.mark([1], "wrong");
    await page.until(() => page.now().link === "signed_out" && page.now().kept.state === "kept");
    page.server.down = "no";
    page.session.signedIn();
    await page.until(() => page.now().kept.state === "saved");
    expect(page.server.row("a1").draft?.verdicts).toMatchObject({ b1i1: "disconfirm" });
  });
  it("never shows or sends one person's marks as another's", async () => {
    const jonas = await open({ user: "jonas" });
    await ready(jonas);
    jonas.server.down = "signed_out";
    jonas.session.mark([1], "wrong");
    jonas.session.submit();
    await jonas.until(() => jonas.now().link === "signed_out");
    jonas.session.stop();
    const others = new FakeServer(2);
    const ana = await open({ user: "ana", server: others });
    await ana.until(() => ana.now().submit.able);
    expect(marksOf(ana)).toEqual(["right", "right", "right"]);
    expect(ana.now().kept).toEqual({ state: "saved", marks: 0, batches: 0 });
    expect(others.calls.filter((call) => call !== "claim")).toEqual([]);
  });
});
