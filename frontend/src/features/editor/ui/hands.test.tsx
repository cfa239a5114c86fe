// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "@/shared/lib/store";
import { FakeServer, FakeSurface, modelMask, SIZE } from "../engine/fake";
import { EditorSession } from "../engine/session";
import { openStore } from "../engine/store";
import type { Work } from "../engine/wire";
import { maskOf } from "../model/document";
import { text } from "../model/drawing";
import { areaOf } from "../model/mask";
import type { View } from "../model/view";
import { makeActions } from "./actions";
import { type Tool, useBoard } from "./board";
import { brushStep, editorCommands } from "./commands";
import { type Desk, Gestures, type Press } from "./gestures";
import { useSnapshot } from "./useEditor";
import { Stage } from "./useField";

const TIMING = { save: 5, heartbeat: 60_000, backOff: [15], poll: 20, look: 5, gap: 5, nobody: 15_000 };
/** Ten pixels of the screen for one of the picture. */
const VIEW: View = { scale: 10, x: 0, y: 0 };
const OUTER = [
  [30, 5],
  [10, 20],
  [31, 36],
  [50, 21],
] as const;

const sessions: EditorSession[] = [];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const session of sessions.splice(0)) {
    session.stop();
  }
});

/** It stays as it lies, whatever is asked of it. */
function stageOf(work: Work | null): Stage {
  const frame = { width: SIZE.width * 10, height: SIZE.height * 10 };
  const stage = new Stage(work, frame, createStore({ of: work?.assignment ?? "", view: VIEW }));
  vi.spyOn(stage, "show").mockReturnValue();
  return stage;
}

async function open() {
  const server = new FakeServer();
  const store = await openStore("jonas", "job");
  const surface = new FakeSurface();
  const session = new EditorSession({ job: "job", server, store, surface, timing: TIMING });
  sessions.push(session);
  await session.start();
  await vi.waitFor(() => expect(session.getSnapshot().phase).toBe("working"));
  const stage = stageOf(session.getSnapshot().work);
  const hook = renderHook(() => {
    const snapshot = useSnapshot(session);
    const board = useBoard(SIZE);
    const actions = makeActions({ session, snapshot, board });
    return {
      snapshot,
      board,
      actions,
      commands: editorCommands({ session, snapshot, board, stage, actions }),
    };
  });
  const now = () => hook.result.current;
  const clock = { ms: 0 };
  const desk = (): Desk => ({ ...now(), field: stage, undo: () => session.undo() });
  const gestures = new Gestures(desk, () => clock.ms);
  return { session, server, stage, now, gestures, clock };
}
type Opened = Awaited<ReturnType<typeof open>>;

function press(x: number, y: number, more: Partial<Press> = {}): Press {
  return { id: 1, type: "mouse", button: 0, alt: false, at: { x: x * 10, y: y * 10 }, ...more };
}
function tap({ gestures }: Opened, x: number, y: number, more: Partial<Press> = {}): void {
  act(() => gestures.down(press(x, y, more)));
  act(() => gestures.up(press(x, y, more)));
}
function drag({ gestures }: Opened, from: Press, ...way: Press[]): void {
  act(() => gestures.down(from));
  for (const step of way) {
    act(() => gestures.move(step));
  }
  act(() => gestures.up(way.at(-1) ?? from));
}
const pick = ({ now }: Opened, tool: Tool) => act(() => now().board.setTool(tool));
const selected = ({ now }: Opened) => {
  const { selected: outline } = now().snapshot;
  if (!outline) {
    throw new Error("nothing is selected");
  }
  return outline;
};
const masked = (page: Opened) =>
  waitFor(() => expect(maskOf(selected(page))).not.toBeNull(), { timeout: 2_000 });

async function outlined(): Promise<Opened> {
  const page = await open();
  for (const [x, y] of OUTER) {
    tap(page, x, y);
  }
  await masked(page);
  return page;
}

describe("a mouse", () => {
  it("outlines an object with four clicks, refines it, accepts it, and goes on to the next", async () => {
    const page = await outlined();
    expect(text(maskOf(selected(page)) ?? modelMask([]))).toEqual(text(modelMask(selected(page).points)));
    tap(page, 40, 30);
    tap(page, 20, 15, { alt: true });
    expect(selected(page).clicks.map(({ positive }) => positive)).toEqual([true, false]);
    act(() => page.now().commands.steps.accept.run());
    expect(page.now().snapshot.selected).toBeNull();
    tap(page, 3, 3);
    expect(page.now().snapshot.doc.outlines).toHaveLength(2);
    expect(page.now().board.tool).toBe("points");
  });
  it("begins the next object as it began the one that is accepted, whatever it corrected that with", async () => {
    const page = await outlined();
    pick(page, "eraser");
    act(() => page.now().commands.steps.accept.run());
    expect(page.now().board.tool).toBe("points");
    pick(page, "brush");
    drag(page, press(3, 3), press(5, 3));
    pick(page, "hole");
    act(() => page.now().commands.steps.accept.run());
    expect(page.now().board.tool).toBe("brush");
  });
  it("drags a point, which counts once it is let go", async () => {
    const page = await outlined();
    const asked = page.server.questions.length;
    drag(page, press(10, 20), press(9, 20), press(8, 20), press(6, 21));
    expect(selected(page).points[1]).toEqual({ x: 6, y: 21 });
    await vi.waitFor(() => expect(page.server.questions).toHaveLength(asked + 1));
  });
  it("paints where it goes, and with Alt does the opposite", async () => {
    const page = await open();
    pick(page, "brush");
    act(() => page.now().board.setBrush(4));
    drag(page, press(10, 10), press(20, 10));
    const painted = areaOf(maskOf(selected(page)) ?? modelMask([]));
    expect(painted).toBeGreaterThan(40);
    drag(page, press(15, 10, { alt: true }), press(15, 10, { alt: true }));
    expect(areaOf(maskOf(selected(page)) ?? modelMask([]))).toBeLessThan(painted);
    expect(page.now().snapshot.history.steps.map(({ kind }) => kind)).toEqual(["brush", "eraser"]);
  });
  it("leaves what other objects cover alone, unless told otherwise", async () => {
    const page = await open();
    pick(page, "brush");
    drag(page, press(10, 10), press(20, 10));
    const first = maskOf(selected(page)) ?? modelMask([]);
    act(() => page.now().commands.steps.fresh.run());
    drag(page, press(10, 10), press(20, 10));
    expect(page.now().snapshot.doc.outlines).toHaveLength(1);
    expect(page.now().board.notice).toContain("Other objects lie there");
    act(() => page.now().board.setKeepOthers(false));
    drag(page, press(10, 10), press(20, 10));
    expect(text(maskOf(selected(page)) ?? modelMask([]))).toEqual(text(first));
  });
  it("closes a polygon on its first corner", async () => {
    const page = await open();
    pick(page, "polygon");
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 20],
      [10, 20],
      [10.4, 10.4],
    ] as const) {
      tap(page, x, y);
    }
    expect(areaOf(maskOf(selected(page)) ?? modelMask([]))).toBe(200);
    expect(page.now().board.corners).toEqual([]);
  });
  it("moves the picture while the Space bar is down", async () => {
    const page = await open();
    act(() => page.now().commands.view.pan.run());
    drag(page, press(10, 10), press(12, 10));
    act(() => page.now().commands.view.pan.release?.());
    expect(page.stage.show).toHaveBeenCalled();
    expect(page.now().snapshot.doc.outlines).toEqual([]);
  });
  it("changes nothing on a locked object, and says so", async () => {
    const page = await outlined();
    act(() => page.now().actions.toggleLocked(selected(page).id));
    tap(page, 40, 30);
    expect(selected(page).clicks).toEqual([]);
    expect(page.now().board.notice).toContain("locked");
  });
});

describe("a finger", () => {
  const finger = { type: "touch" };
  it("places its point where it lifts, not where it came down", async () => {
    const page = await open();
    const { gestures, now } = page;
    act(() => gestures.down(press(10, 10, finger)));
    expect(now().board.live.aim.get()).not.toBeNull();
    expect(now().snapshot.doc.outlines).toEqual([]);
    act(() => gestures.move(press(14, 12, finger)));
    act(() => gestures.up(press(14, 12, finger)));
    expect(selected(page).points).toEqual([{ x: 14, y: 12 }]);
    expect(now().board.live.aim.get()).toBeNull();
  });
  it("with a second one zooms, and paints nothing", async () => {
    const page = await open();
    const { gestures, now, stage } = page;
    pick(page, "brush");
    act(() => gestures.down(press(10, 10, finger)));
    act(() => gestures.down(press(20, 10, { ...finger, id: 2 })));
    act(() => gestures.move(press(30, 10, { ...finger, id: 2 })));
    act(() => gestures.up(press(30, 10, { ...finger, id: 2 })));
    act(() => gestures.up(press(10, 10, finger)));
    expect(stage.show).toHaveBeenCalledWith(expect.objectContaining({ scale: 20 }));
    expect(now().snapshot.doc.outlines).toEqual([]);
  });
  it("with two more undoes by a tap", async () => {
    const page = await open();
    tap(page, 10, 10);
    for (const id of [1, 2, 3]) {
      act(() => page.gestures.down(press(10 * id, 10, { ...finger, id })));
    }
    page.clock.ms = 120;
    for (const id of [1, 2, 3]) {
      act(() => page.gestures.up(press(10 * id, 10, { ...finger, id })));
    }
    expect(page.now().snapshot.doc.outlines).toEqual([]);
  });
});

describe("the keyboard alone", () => {
  const key = ({ now }: Opened, id: string) => {
    const { tools, steps, view, arrows, classes } = now().commands;
    const all = [
      ...Object.values(tools),
      ...Object.values(steps),
      ...Object.values(view),
      ...arrows,
      ...classes,
    ];
    const command = all.find((one) => one.id === id);
    expect(command?.enabled, id).not.toBe(false);
    act(() => command?.run());
  };
  /** The arrow that brings the cross nearer: a fifth of a pixel here, two pixels with Shift. */
  const nearer = (dx: number, dy: number): string => {
    const [name, back] = Math.abs(dx) > Math.abs(dy) ? ["Right", "Left"] : ["Down", "Up"];
    const forward = (name === "Right" ? dx : dy) > 0;
    return `editor.${forward ? name : back}${Math.abs(dx) + Math.abs(dy) > 2.1 ? ".far" : ""}`;
  };
  const goTo = (page: Opened, x: number, y: number) => {
    key(page, "editor.Left");
    const left = () => {
      const { cross } = page.now().board;
      return [x - (cross?.x ?? 0), y - (cross?.y ?? 0)] as const;
    };
    for (let turn = 0; turn < 400 && Math.hypot(...left()) > 0.14; turn += 1) {
      key(page, nearer(...left()));
    }
    expect(Math.hypot(...left())).toBeLessThan(0.15);
  };
  it("outlines, refines, paints, undoes and accepts", async () => {
    const page = await open();
    key(page, "editor.class.2");
    for (const [x, y] of OUTER) {
      goTo(page, x, y);
      key(page, "editor.accept");
    }
    await masked(page);
    expect(selected(page).labelClass).toBe("c2");
    goTo(page, 40, 30);
    key(page, "editor.tool.add");
    goTo(page, 20, 20);
    key(page, "editor.tool.remove");
    expect(selected(page).clicks.map(({ positive }) => positive)).toEqual([true, false]);
    key(page, "editor.tool.brush");
    goTo(page, 5, 5);
    key(page, "editor.tool.add");
    key(page, "editor.Right.far");
    expect(page.now().snapshot.history.steps.at(-1)?.kind).toBe("brush");
    key(page, "editor.undo");
    key(page, "editor.accept");
    expect(page.now().snapshot.doc.outlines.map(({ accepted }) => accepted)).toEqual([true]);
    key(page, "editor.finish");
    expect(page.now().snapshot.work?.picture.image).toBe("i2");
  });
  it("nudges a point that has the focus by one pixel, and takes the last one back", async () => {
    const page = await outlined();
    act(() => page.now().board.setChosen(1));
    key(page, "editor.Left");
    key(page, "editor.Down.far");
    expect(selected(page).points[1]).toEqual({ x: 9, y: 30 });
    key(page, "editor.back");
    expect(selected(page).points).toHaveLength(3);
  });
  it("claims no key twice", async () => {
    const page = await outlined();
    const { tools, steps, view, arrows, classes } = page.now().commands;
    const all = [
      ...Object.values(tools),
      ...Object.values(steps),
      ...Object.values(view),
      ...arrows,
      ...classes,
    ];
    const keys = all.flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it("changes the brush in steps that the eye takes as even", () => {
  expect([1, 2, 12, 400].map((size) => brushStep(size, 1))).toEqual([2, 3, 16, 400]);
  expect([1, 2, 12, 400].map((size) => brushStep(size, -1))).toEqual([1, 2, 8, 256]);
});
