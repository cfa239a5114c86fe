import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { added, newOutline } from "../model/document";
import { FakeServer, FakeSurface } from "./fake";
import { EditorSession } from "./session";
import { openStore } from "./store";

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

/** The first of three pictures, on the screen and saved. */
async function open(server = new FakeServer(), surface = new FakeSurface()) {
  const store = await openStore("jonas", "job");
  const session = new EditorSession({ job: "job", server, store, surface, timing: TIMING });
  sessions.push(session);
  await session.start();
  const now = () => session.getSnapshot();
  const until = (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { interval: 5 });
  await until(() => now().phase === "working");
  return { session, server, surface, now, until };
}

it("a skipped picture makes way at once, and goes out with its reason after what was drawn", async () => {
  const page = await open();
  page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
  await page.until(() => page.now().next !== null);
  page.session.skip("Too dark");
  expect(page.now().work?.assignment).toBe("a2");
  await page.until(() => page.server.skipped.length === 1 && page.now().kept.state === "saved");
  expect(page.server.skipped).toEqual([{ assignment: "a1", reason: "Too dark" }]);
  const { calls } = page.server;
  expect(calls).toContain("save i1");
  expect(calls.indexOf("save i1")).toBeLessThan(calls.indexOf("skip a1"));
  expect(calls).not.toContain("finish a1");
});

it("one skipped without a connection is skipped once there is one again, also after a reload", async () => {
  const page = await open();
  await page.until(() => page.now().next !== null);
  page.surface.setConnected(false);
  page.session.skip("");
  await page.until(() => page.now().kept.state === "kept");
  page.session.stop();
  const { server, surface } = page;
  const again = await open(server, surface);
  expect(again.now().work?.assignment).toBe("a2");
  surface.setConnected(true);
  await again.until(() => server.skipped.length === 1);
  expect(server.calls).not.toContain("finish a1");
});

it("one that could not be skipped is said to be here, and is worked on again", async () => {
  const page = await open();
  page.server.refuses = { call: "skip a1", kind: "refused", message: "This job is closed." };
  page.session.skip("");
  await page.until(() => page.now().stuck.length === 1);
  page.server.refuses = null;
  page.session.reopen("a1");
  await page.until(() => page.now().work?.assignment === "a1");
  page.session.finish();
  await page.until(() => page.server.finished.includes("a1"));
  expect(page.server.skipped).toEqual([]);
});
