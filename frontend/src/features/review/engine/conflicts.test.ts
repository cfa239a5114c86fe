import { describe, expect, it, vi } from "vitest";
import { FakeServer, FakeSurface } from "./fake";
import { currentId, marksOf, open, ready, submit } from "./harness";
import { Failure } from "./wire";

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
    vi.spyOn(page.server, "submit").mockRejectedValueOnce(new Failure("refused", "A verdict is missing."));
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
