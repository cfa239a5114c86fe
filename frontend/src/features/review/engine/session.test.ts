import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeServer, FakeSurface } from "./fake";
import { ReviewSession } from "./session";
import { NoStore, openStore, type ReviewStore } from "./store";

const TIMING = { draft: 5, heartbeat: 60_000, backOff: [15], poll: 20 };
const sessions: ReviewSession[] = [];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const session of sessions.splice(0)) {
    session.stop();
  }
});

interface Setup {
  server?: FakeServer;
  surface?: FakeSurface;
  user?: string;
  store?: ReviewStore;
  decode?: (url: string) => Promise<unknown>;
}

/** Opens the review screen as a fresh page would. */
async function open(setup: Setup = {}) {
  const server = setup.server ?? new FakeServer(5);
  const surface = setup.surface ?? new FakeSurface();
  const store = setup.store ?? (await openStore(setup.user ?? "jonas", "job"));
  const decode = setup.decode ?? (() => Promise.resolve({}));
  const session = new ReviewSession({ job: "job", server, store, decode, surface, timing: TIMING });
  sessions.push(session);
  await session.start();
  const now = () => session.getSnapshot();
  /** Waits until the screen says so. */
  const until = (what: () => boolean) =>
    vi.waitFor(() => expect(what()).toBe(true), { timeout: 2000, interval: 5 });
  return { session, server, surface, now, until };
}

type Opened = Awaited<ReturnType<typeof open>>;

const ready = ({ now, until }: Opened) => until(() => now().submit.able && now().ahead.batches === 2);
const currentId = ({ now }: Opened) => now().current?.assignment;
const marksOf = ({ now }: Opened) => now().current?.batch.tiles.map(({ mark }) => mark);

async function submit(page: Opened): Promise<void> {
  await page.until(() => page.now().submit.able);
  expect(page.session.submit()).toBe(true);
}

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
  it("tries again by itself while the server is in trouble", async () => {
    const page = await open();
    await ready(page);
    page.server.down = "busy";
    page.session.submit();
    await page.until(() => page.now().link === "trouble");
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

describe("conflicts", () => {
  it("merges what another tab has marked", async () => {
    const page = await open();
    await ready(page);
    const { dealt } = page.server.row("a1");
    await page.server.saveDraft(dealt.id, {
      verdicts: { b1i0: "confirm", b1i1: "confirm", b1i2: "unsure" },
      revision: 4,
      client: "other tab",
      active_ms: 0,
    });
    page.session.mark([0], "wrong");
    await page.until(() => page.now().kept.state === "saved");
    expect(marksOf(page)).toEqual(["wrong", "right", "unsure"]);
    expect(page.server.row("a1").draft).toMatchObject({
      revision: 5,
      verdicts: { b1i0: "disconfirm", b1i1: "confirm", b1i2: "unsure" },
    });
  });
  it("takes in on opening what another device has marked", async () => {
    const server = new FakeServer(5);
    const first = await open({ server });
    await ready(first);
    first.session.stop();
    await server.saveDraft("a1", {
      verdicts: { b1i0: "unsure" },
      revision: 9,
      client: "phone",
      active_ms: 0,
    });
    const again = await open({ server });
    await again.until(() => marksOf(again)?.[0] === "unsure");
  });
  it("shows a batch that went to someone else read-only, and goes on from it", async () => {
    const page = await open();
    await ready(page);
    page.server.row("a1").state = "lost";
    page.session.mark([0], "wrong");
    await page.until(() => page.now().current?.lostAt !== null);
    expect(currentId(page)).toBe("a1");
    page.session.mark([1], "wrong");
    expect(marksOf(page)).toEqual(["wrong", "right", "right"]);
    expect(page.session.submit()).toBe(false);
    page.session.leaveLost("a1");
    expect(currentId(page)).toBe("a2");
  });
  it("keeps the marks of a finished batch that went to someone else meanwhile", async () => {
    const page = await open();
    await ready(page);
    page.session.mark([0], "wrong");
    page.server.row("a1").state = "lost";
    page.session.submit();
    await page.until(() => page.now().lost.length === 1);
    expect(currentId(page)).toBe("a2");
    page.session.lookAtLost("a1");
    expect(marksOf(page)).toEqual(["wrong", "right", "right"]);
  });
  it("says that another window had sent the batch", async () => {
    const page = await open();
    await ready(page);
    await page.server.submit("a1", "other", { verdicts: {}, active_ms: 0 });
    page.session.mark([0], "wrong");
    await page.until(() => page.now().notice?.kind === "sent_elsewhere");
    expect(currentId(page)).toBe("a2");
  });
  it("keeps the marks of a closed job and puts them back when it is reopened", async () => {
    const page = await open();
    await ready(page);
    page.server.closed = true;
    page.session.mark([0], "wrong");
    page.session.submit();
    await page.until(() => page.now().phase === "nothing" && page.now().nothing?.reason === "closed");
    page.server.closed = false;
    await page.until(() => page.now().phase === "working");
    expect(currentId(page)).toBe("a1");
    expect(marksOf(page)).toEqual(["wrong", "right", "right"]);
    await submit(page);
    await page.until(() => page.server.row("a1").state === "submitted");
  });
  it("brings a refused batch back behind the one on the screen, with the server's words", async () => {
    const page = await open();
    await ready(page);
    vi.spyOn(page.server, "submit").mockRejectedValueOnce(
      new (await import("./wire")).Failure("refused", "A verdict is missing."),
    );
    page.session.submit();
    await page.until(() => page.now().kept.batches === 0);
    expect(currentId(page)).toBe("a2");
    await submit(page);
    expect(page.now().current).toMatchObject({ assignment: "a1", trouble: "A verdict is missing." });
  });
  it("learns from a heartbeat that a batch was taken back", async () => {
    const page = await open();
    await ready(page);
    page.server.row("a2").state = "lost";
    page.surface.ahead += 61_000;
    page.surface.setVisible(true);
    await page.until(() => page.server.calls.includes("heartbeat"));
    await page.until(() => page.now().ahead.batches === 2);
    await submit(page);
    expect(currentId(page)).toBe("a3");
  });
});

describe("opening sent batches again", () => {
  it("opens the last one with its marks, and sends it anew", async () => {
    const page = await open();
    await ready(page);
    page.session.mark([0], "wrong");
    page.session.submit();
    await page.until(() => page.server.row("a1").state === "submitted");
    await page.session.reopenLast();
    expect(currentId(page)).toBe("a1");
    expect(marksOf(page)).toEqual(["wrong", "right", "right"]);
    page.session.mark([1], "wrong");
    await submit(page);
    expect(currentId(page)).toBe("a2");
    await page.until(() => page.server.row("a1").verdicts?.b1i1 === "disconfirm");
    expect(page.now().total).toBe(3);
  });
  it("takes back one that has not gone out yet", async () => {
    const page = await open();
    await ready(page);
    page.surface.setConnected(false);
    page.session.mark([2], "unsure");
    await submit(page);
    await page.session.reopenLast();
    expect(currentId(page)).toBe("a1");
    expect(marksOf(page)).toEqual(["right", "right", "unsure"]);
    expect(page.now().kept.batches).toBe(0);
  });
  it("says so when nothing was sent, and when it cannot be reached", async () => {
    const page = await open();
    await ready(page);
    await page.session.reopenLast();
    expect(page.now().notice).toEqual({ kind: "nothing_sent" });
    page.server.down = "offline";
    await page.session.reopenLast();
    expect(page.now().notice).toMatchObject({ kind: "not_opened", failure: { kind: "offline" } });
  });
});

describe("pictures", () => {
  it("waits with the submit until every picture has come or failed", async () => {
    const open_: (() => void)[] = [];
    const page = await open({ decode: () => new Promise((resolve) => open_.push(() => resolve({}))) });
    await page.until(() => page.now().ahead.batches === 2);
    expect(page.now().submit).toMatchObject({ able: false, loading: 3 });
    page.session.mark([0], "wrong");
    expect(marksOf(page)).toEqual(["wrong", "right", "right"]);
    for (const resolve of open_) {
      resolve();
    }
    await page.until(() => page.now().submit.able);
  });
  it("counts a picture that did not load as unsure, with the note that lets it be so", async () => {
    const page = await open({
      decode: (url) => (url === "/thumb/b1i1" ? Promise.reject(new Error()) : Promise.resolve({})),
    });
    await ready(page);
    expect(page.now().counts).toEqual({ right: 2, wrong: 0, unsure: 1, none: 0 });
    page.session.submit();
    await page.until(() => page.server.row("a1").state === "submitted");
    expect(page.server.row("a1").verdicts).toMatchObject({ b1i1: { value: "unsure", note: "unreadable" } });
  });
  it("tries a broken picture again when asked", async () => {
    let fails = true;
    const decode = (url: string) =>
      fails && url === "/thumb/b1i1" ? Promise.reject(new Error()) : Promise.resolve({});
    const page = await open({ decode });
    await page.until(() => page.now().tiles[1]?.state === "broken");
    fails = false;
    page.session.retryPicture(1);
    await page.until(() => page.now().tiles[1]?.state === "ready");
    expect(page.now().tiles[1]?.attempt).toBe(2);
    expect(page.now().counts.unsure).toBe(0);
  });
  it("does not take a picture that was seen before for unreadable when it fails offline", async () => {
    const server = new FakeServer(5);
    const first = await open({ server });
    await ready(first);
    await first.until(() => first.now().current?.shown.length === 3);
    first.session.stop();
    await vi.waitFor(() => undefined);
    const surface = new FakeSurface();
    surface.connected = false;
    const again = await open({ server, surface, decode: () => Promise.reject(new Error()) });
    await again.until(() => again.now().tiles[0]?.state === "waiting");
    expect(again.now().submit.able).toBe(true);
    expect(again.now().counts).toEqual({ right: 3, wrong: 0, unsure: 0, none: 0 });
  });
  it("waits for the connection with pictures that nobody has seen", async () => {
    let connected = true;
    const decode = (url: string) =>
      url.startsWith("/thumb/b2") && !connected ? Promise.reject(new Error()) : Promise.resolve({});
    const surface = new FakeSurface();
    const server = new FakeServer(5);
    connected = false;
    const page = await open({ server, surface, decode });
    await page.until(() => page.now().ahead.batches === 2);
    surface.setConnected(false);
    await submit(page);
    expect(page.now().submit.able).toBe(true);
    page.session.retryPicture(0);
    await page.until(() => page.now().tiles[0]?.state === "waiting");
    expect(page.now().submit).toMatchObject({ able: false, waiting: 1 });
    connected = true;
    surface.setConnected(true);
    await page.until(() => page.now().submit.able && page.now().counts.unsure === 0);
  });
});

describe("the confidence", () => {
  it("is fetched once and the look travels with the verdict", async () => {
    const page = await open();
    await ready(page);
    expect(await page.session.confidence(1)).toBe(0.83);
    expect(await page.session.confidence(1)).toBe(0.83);
    expect(page.server.confidences).toBe(1);
    page.session.submit();
    await page.until(() => page.server.row("a1").state === "submitted");
    expect(page.server.row("a1").verdicts).toMatchObject({ b1i1: { value: "confirm", looked: true } });
  });
});
