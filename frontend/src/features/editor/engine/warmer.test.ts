import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { added, changed, newOutline, pointed } from "../model/document";
import { FakeServer, FakeSurface, SIZE } from "./fake";
import { EditorSession } from "./session";
import { openStore } from "./store";
import { segmenterIn } from "./wire";

const TIMING = { save: 5, heartbeat: 60_000, backOff: [15], poll: 20, look: 5, gap: 10, nobody: 15_000 };

const sessions: EditorSession[] = [];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const session of sessions.splice(0)) {
    session.stop();
  }
});

async function open(model: FakeServer["model"], segmenter = "") {
  const server = new FakeServer();
  server.model = model;
  const surface = new FakeSurface();
  const store = await openStore("jonas", "job");
  const session = new EditorSession({ job: "job", server, store, surface, timing: TIMING, segmenter });
  sessions.push(session);
  await session.start();
  const now = () => session.getSnapshot().model;
  const until = (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { interval: 5 });
  await until(() => server.calls.includes("warmth") && now().segmenters.length > 0);
  return { session, server, surface, now, until };
}

function fourClicks({ session }: Awaited<ReturnType<typeof open>>): void {
  session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
  for (const [x, y] of [
    [30, 5],
    [10, 20],
    [31, 36],
    [50, 21],
  ] as const) {
    session.edit("points", "cup", (doc) => changed(doc, "cup", (cup) => pointed(cup, { x, y }, SIZE)));
  }
}

describe("a picture that is got ready", () => {
  it("is called ready when a worker has said so, not before", async () => {
    const page = await open("waits");
    const looks = () => page.server.calls.filter((call) => call === "warmth").length;
    await page.until(() => looks() > 2);
    expect(page.now().warm).toBe("warming");
    page.server.model = "ready";
    await page.until(() => page.now().warm === "ready");
    const settled = looks();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(looks()).toBe(settled);
  });
  it("counts as unavailable when no worker says anything, and turns ready once one does", async () => {
    const page = await open("waits");
    page.surface.ahead = 16_000;
    await page.until(() => page.now().warm === "unavailable");
    page.server.model = "ready";
    await page.until(() => page.now().warm === "ready");
  });
  it("says why when it cannot be got ready", async () => {
    const page = await open("fails");
    await page.until(() => page.now().warm === "unavailable");
    expect(page.now().why).toBe("The picture cannot be decoded.");
  });
});

describe("the model that is asked", () => {
  it("is the person's choice where it can draw, else the server's, else any", async () => {
    const page = await open("ready");
    const all = page.now().segmenters;
    expect(segmenterIn(all, "grabcut")?.name).toBe("grabcut");
    expect(segmenterIn(all, "sam-vit-b")?.name).toBe("dextr-lite");
    expect(segmenterIn(all.slice(0, 2), "")?.name).toBe("grabcut");
    expect(segmenterIn(all.slice(0, 1), "")).toBeNull();
  });
  it("is got ready and asked from the moment it is chosen", async () => {
    const page = await open("ready");
    page.session.chooseSegmenter("grabcut");
    expect(page.now().segmenter?.name).toBe("grabcut");
    await page.until(() => page.server.calls.includes("warm i1 grabcut"));
    fourClicks(page);
    await page.until(() => page.server.questions.length === 1);
    expect(page.server.questions[0]?.segmenter).toBe("grabcut");
  });
  it("is the one of the last time, from the first picture on", async () => {
    const page = await open("ready", "grabcut");
    await page.until(() => page.server.calls.includes("warm i1 grabcut"));
  });
  it("is asked about what another one failed at", async () => {
    const page = await open("fails");
    fourClicks(page);
    await page.until(() => page.now().asked?.state === "failed");
    page.server.model = "ready";
    page.session.chooseSegmenter("grabcut");
    await page.until(() => page.session.getSnapshot().doc.outlines[0]?.answer !== null);
  });
});
