/** For tests: opens the review session as a fresh page would, on an empty device. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { FakeServer, FakeSurface } from "./fake";
import { ReviewSession } from "./session";
import { openStore, type ReviewStore } from "./store";

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
export async function open(setup: Setup = {}) {
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

export type Opened = Awaited<ReturnType<typeof open>>;

export const ready = ({ now, until }: Opened) => until(() => now().submit.able && now().ahead.batches === 2);
export const currentId = ({ now }: Opened) => now().current?.assignment;
export const marksOf = ({ now }: Opened) => now().current?.batch.tiles.map(({ mark }) => mark);

export async function submit(page: Opened): Promise<void> {
  await page.until(() => page.now().submit.able);
  expect(page.session.submit()).toBe(true);
}
