import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { added, changed, clicked, maskOf, newOutline, painted, pointed, pointMoved } from "../model/document";
import { text } from "../model/drawing";
import { stepsOf } from "../model/history";
import { areaOf, covers } from "../model/mask";
import { decode } from "../model/rle";
import { brushed } from "../model/shapes";
import { FakeServer, FakeSurface, modelMask, SIZE } from "./fake";
import { EditorSession } from "./session";
import { type EditorStore, NO_STORE, openStore } from "./store";

const TIMING = { save: 5, heartbeat: 60_000, backOff: [15], poll: 20, look: 5, gap: 10, nobody: 15_000 };
const POINTS = [
  { x: 30, y: 5 },
  { x: 10, y: 20 },
  { x: 31, y: 36 },
  { x: 50, y: 21 },
];
const DAB = brushed(SIZE, { x: 5, y: 5 }, { x: 8, y: 5 }, 4);

const sessions: EditorSession[] = [];
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
  store?: EditorStore;
}

async function open(setup: Setup = {}) {
  const server = setup.server ?? new FakeServer();
  const surface = setup.surface ?? new FakeSurface();
  const store = setup.store ?? (await openStore(setup.user ?? "jonas", "job"));
  const session = new EditorSession({ job: "job", server, store, surface, timing: TIMING });
  sessions.push(session);
  await session.start();
  const now = () => session.getSnapshot();
  const until = (what: () => boolean) =>
    vi.waitFor(() => expect(what()).toBe(true), { timeout: 2000, interval: 5 });
  return { session, server, surface, now, until };
}
type Opened = Awaited<ReturnType<typeof open>>;

const working = ({ now, until }: Opened) => until(() => now().phase === "working");
const saved = ({ now, until }: Opened) => until(() => now().kept.state === "saved");
const cupOf = ({ now }: Opened) => {
  const cup = now().doc.outlines.find(({ id }) => id === "cup");
  if (!cup) {
    throw new Error("no cup");
  }
  return cup;
};
const maskText = (page: Opened) => {
  const mask = maskOf(cupOf(page));
  return mask && text(mask);
};

function fourClicks({ session }: Opened): void {
  session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
  for (const [nth, point] of POINTS.entries()) {
    session.edit(nth === 3 ? "points" : "point", "cup", (doc) =>
      changed(doc, "cup", (cup) => pointed(cup, point, SIZE)),
    );
  }
}
const dab = ({ session }: Opened) =>
  session.edit("brush", "cup", (doc) => changed(doc, "cup", (cup) => painted(cup, DAB, true)));

describe("four clicks", () => {
  it("give a mask, with the time it took at its step", async () => {
    const page = await open();
    await working(page);
    fourClicks(page);
    await page.until(() => maskText(page) !== null);
    expect(maskText(page)).toEqual(text(modelMask(POINTS)));
    expect(stepsOf(page.now().history, "cup")[0]?.ms).toBeGreaterThanOrEqual(0);
    expect(page.now().model).toMatchObject({ segmenter: { name: "dextr-lite" }, warm: "ready", asked: null });
    expect(page.server.questions).toEqual([
      {
        image: "i1",
        segmenter: "dextr-lite",
        object: "cup",
        points: POINTS,
        positive: [],
        negative: [],
        previous: null,
      },
    ]);
  });
  it("are refined by a click that builds on the mask before", async () => {
    const page = await open();
    await working(page);
    fourClicks(page);
    await page.until(() => maskText(page) !== null);
    page.session.edit("add_click", "cup", (doc) =>
      changed(doc, "cup", (cup) => clicked(cup, { x: 40, y: 30, positive: true }, SIZE)),
    );
    await page.until(() => page.now().model.asked === null && page.server.questions.length === 2);
    expect(page.server.questions[1]).toMatchObject({ positive: [{ x: 40, y: 30 }], previous: "r1" });
  });
});

describe("a model that is slow", () => {
  it("says what it waits for, and strokes stay on top of what it sends", async () => {
    const page = await open();
    await working(page);
    page.server.model = "waits";
    fourClicks(page);
    await page.until(() => page.now().model.asked?.ahead === 2);
    page.surface.ahead += 6_000;
    expect(page.session.now - (page.now().model.asked?.since ?? 0)).toBeGreaterThanOrEqual(6_000);
    dab(page);
    page.server.model = "ready";
    await page.until(() => page.now().model.asked === null);
    const mask = maskOf(cupOf(page));
    expect(mask && covers(mask, 6, 5)).toBe(true);
    expect(mask && covers(mask, 30, 20)).toBe(true);
  });
  it("is not asked any more about points that were moved on", async () => {
    const page = await open();
    await working(page);
    page.server.model = "waits";
    fourClicks(page);
    await page.until(() => page.server.questions.length === 1);
    page.session.undo();
    await page.until(() => page.now().model.asked === null);
    page.server.model = "ready";
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(maskOf(cupOf(page))).toBeNull();
    page.session.redo();
    await page.until(() => maskText(page) !== null);
  });
  it("counts as unavailable when nobody has begun after a while, and is watched on", async () => {
    const page = await open();
    await working(page);
    page.server.model = "waits";
    fourClicks(page);
    await page.until(() => page.now().model.asked !== null);
    page.surface.ahead += 16_000;
    await page.until(() => page.now().model.asked?.state === "unavailable");
    page.server.model = "ready";
    await page.until(() => maskText(page) !== null);
  });
});

describe("a model that does not answer", () => {
  it.each([
    ["gone", "unavailable"],
    ["fails", "failed"],
  ] as const)("(%s) says so, keeps the points, leaves the brush, and can be asked again", async (model, state) => {
    const page = await open();
    await working(page);
    page.server.model = model;
    fourClicks(page);
    await page.until(() => page.now().model.asked?.state === state);
    expect(cupOf(page).points).toHaveLength(4);
    expect(dab(page)).toBe(true);
    expect(areaOf(maskOf(cupOf(page)) ?? DAB)).toBe(areaOf(DAB));
    page.server.model = "ready";
    page.session.askAgain();
    await page.until(() => page.now().model.asked === null);
    expect(areaOf(maskOf(cupOf(page)) ?? DAB)).toBeGreaterThan(areaOf(DAB));
  });
});

describe("saving", () => {
  it("keeps every step at the server, objects with their very masks", async () => {
    const page = await open();
    await working(page);
    fourClicks(page);
    dab(page);
    await page.until(() => page.now().model.asked === null);
    await saved(page);
    const [cup] = page.server.objectsOf("i1");
    expect(cup).toMatchObject({ label_class: "c1", order: 0, source: "model_and_hand" });
    expect(cup?.mask && text(decode(cup.mask, SIZE))).toEqual(maskText(page));
    expect(cup?.history).toHaveLength(6);
  });
  it("brings back everything after a reload, undo too, also on another device", async () => {
    const page = await open();
    await working(page);
    fourClicks(page);
    dab(page);
    await page.until(() => page.now().model.asked === null);
    await saved(page);
    page.session.stop();
    globalThis.indexedDB = new IDBFactory();
    const other = await open({ server: page.server });
    await working(other);
    expect(maskText(other)).toEqual(maskText(page));
    other.session.undo();
    expect(maskText(other)).toEqual(text(modelMask(POINTS)));
  });
  it("keeps what was done without a connection over a reload, and sends it later", async () => {
    const page = await open();
    await working(page);
    await saved(page);
    page.surface.setConnected(false);
    page.server.down = "offline";
    page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
    dab(page);
    await page.until(() => page.now().kept.state === "kept");
    expect(page.now().kept.steps).toBe(2);
    page.session.stop();
    const again = await open({ server: page.server });
    expect(maskText(again)).toEqual(text(DAB));
    page.server.down = null;
    await saved(again);
    expect(page.server.objectsOf("i1")[0]?.source).toBe("hand");
  });
  it("goes on over a save of its own whose answer was lost, also after a reload", async () => {
    const page = await open();
    await working(page);
    await saved(page);
    page.server.losesAnswers = true;
    page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
    await page.until(() => page.server.objectsOf("i1").length === 1 && page.now().link === "offline");
    dab(page);
    page.session.stop();
    page.server.losesAnswers = false;
    const again = await open({ server: page.server });
    await saved(again);
    expect(again.now().conflict).toBe(false);
    expect(page.server.objectsOf("i1")[0]?.source).toBe("hand");
  });
  it("says Not saved when neither the device nor the server took it", async () => {
    const page = await open({ store: NO_STORE });
    await working(page);
    page.surface.setConnected(false);
    page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
    await page.until(() => page.now().kept.state === "unsaved");
  });
  it.each(["offline", "error", "busy", "signed_out"] as const)("goes on after: %s", async (down) => {
    const page = await open();
    await working(page);
    await saved(page);
    page.server.down = down;
    page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
    await page.until(() => page.now().link === down);
    page.server.down = null;
    page.session.signedIn();
    await saved(page);
    expect(page.server.objectsOf("i1")).toHaveLength(1);
  });
  it("never shows one person's outlines to another on the same device", async () => {
    const page = await open();
    await working(page);
    page.surface.setConnected(false);
    page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
    await page.until(() => page.now().kept.state === "kept");
    page.session.stop();
    const ana = await open({ user: "ana", server: new FakeServer() });
    await working(ana);
    expect(ana.now().doc.outlines).toEqual([]);
  });
});

describe("two tabs on one picture", () => {
  async function both() {
    const one = await open({ store: NO_STORE });
    await working(one);
    const other = await open({ server: one.server, store: NO_STORE });
    await working(other);
    fourClicks(one);
    await one.until(() => one.now().model.asked === null && one.now().kept.state === "saved");
    other.session.edit("brush", "spoon", (doc) => added(doc, painted(newOutline("spoon", "c3"), DAB, true)));
    await other.until(() => other.now().conflict);
    return { one, other };
  }
  it("cannot overwrite each other", async () => {
    const { one, other } = await both();
    expect(one.server.objectsOf("i1").map(({ id }) => id)).toEqual(["cup"]);
    expect(other.now().doc.outlines.map(({ id }) => id)).toEqual(["spoon"]);
    expect(other.now().kept.state).not.toBe("saved");
  });
  it("go on from theirs, and undo brings mine back", async () => {
    const { other } = await both();
    await other.session.takeTheirs();
    await saved(other);
    expect(other.now().doc.outlines.map(({ id }) => id)).toEqual(["cup"]);
    other.session.undo();
    expect(other.now().doc.outlines.map(({ id }) => id)).toEqual(["spoon"]);
  });
  it("go on from mine when the person says so", async () => {
    const { other } = await both();
    await other.session.keepMine();
    await saved(other);
    expect(other.server.objectsOf("i1").map(({ id }) => id)).toEqual(["spoon"]);
  });
});

describe("picture after picture", () => {
  it("shows the next at once and finishes each exactly once, its document first", async () => {
    const page = await open();
    await working(page);
    for (const image of ["i1", "i2", "i3"]) {
      await page.until(() => page.now().work?.picture.image === image);
      fourClicks(page);
      page.session.finish();
      expect(page.now().work?.picture.image).not.toBe(image);
    }
    await page.until(() => page.now().phase === "nothing" && page.server.finished.length === 3);
    expect(page.now().nothing?.reason).toBe("finished");
    expect(page.server.finished).toEqual(["a1", "a2", "a3"]);
    const { calls } = page.server;
    expect(calls.lastIndexOf("save i1")).toBeLessThan(calls.indexOf("finish a1"));
  });
  it("goes on without a connection while pictures are there, and says when they run out", async () => {
    const page = await open();
    await working(page);
    await page.until(() => page.server.calls.filter((call) => call === "claim").length === 2);
    page.surface.setConnected(false);
    page.session.finish();
    expect(page.now().work?.picture.image).toBe("i2");
    page.session.finish();
    expect(page.now().phase).toBe("stranded");
    page.surface.setConnected(true);
    await page.until(() => page.now().work?.picture.image === "i3");
  });
});

describe("a point that is nudged", () => {
  it("asks when it rests, not at every step", async () => {
    const page = await open();
    await working(page);
    fourClicks(page);
    await page.until(() => maskText(page) !== null);
    for (let x = 31; x < 41; x += 1) {
      page.session.edit("move_point", "cup", (doc) =>
        changed(doc, "cup", (cup) => pointMoved(cup, 0, { x, y: 5 }, SIZE)),
      );
    }
    await page.until(() => page.now().model.asked === null);
    expect(page.server.questions.length).toBeLessThanOrEqual(3);
    expect(page.server.questions.at(-1)?.points[0]).toEqual({ x: 40, y: 5 });
  });
});

describe("a picture that went to someone else", () => {
  it("can be looked at, not changed, and is left by the person", async () => {
    const page = await open();
    await working(page);
    fourClicks(page);
    await saved(page);
    page.server.refuses = { call: "finish a1", kind: "lost", message: "It went to Ana." };
    page.session.finish();
    await page.until(() => page.now().stuck.length === 1);
    await page.until(() => page.now().kept.state === "kept");
    page.session.reopen("a1");
    await page.until(() => page.now().work?.assignment === "a1");
    expect(page.now()).toMatchObject({ lost: true, trouble: "It went to Ana." });
    expect(dab(page)).toBe(false);
    page.session.leaveLost("a1");
    await page.until(() => page.now().work?.assignment === "a2" && page.now().kept.state === "saved");
  });
});

describe("a finished picture that someone else saved meanwhile", () => {
  it("is said to be stuck, and goes out once the person has chosen", async () => {
    const page = await open();
    await working(page);
    await saved(page);
    page.surface.setConnected(false);
    page.session.edit("point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
    page.session.finish();
    page.server.documents.set("i1", { version: 7, objects: [] });
    page.surface.setConnected(true);
    await page.until(() => page.now().stuck.length === 1);
    expect(page.server.finished).toEqual([]);
    page.session.reopen("a1");
    expect(page.now()).toMatchObject({ conflict: true, work: { assignment: "a1" } });
    await page.session.keepMine();
    page.session.finish();
    await page.until(() => page.server.finished.includes("a1"));
  });
});

describe("the last picture", () => {
  it("is outlined without asking for more at every save", async () => {
    const page = await open({ server: new FakeServer(1) });
    await working(page);
    await saved(page);
    const claims = () => page.server.calls.filter((call) => call === "claim").length;
    const before = claims();
    fourClicks(page);
    await saved(page);
    dab(page);
    await saved(page);
    expect(claims()).toBe(before);
  });
});
