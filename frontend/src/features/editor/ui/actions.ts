/** What a hand can do to the picture, whichever hand: pointer, finger, pen and keyboard all end here. */
import { newId } from "@/shared/lib/id";
import type { EditorSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import {
  added,
  backToAnswer,
  byHand,
  changed,
  clicked,
  type Doc,
  lastPointGone,
  maskOf,
  moved,
  newOutline,
  type Outline,
  othersOf,
  painted,
  pointed,
  pointMoved,
  removed,
} from "../model/document";
import { type StepKind, stepsOf } from "../model/history";
import { areaOf, covers, isBlank, joined, type Mask, type Size } from "../model/mask";
import { WANTED } from "../model/points";
import { holesOf, regionAt } from "../model/regions";
import { brushed, type Point, polygonFilled } from "../model/shapes";
import type { Board, Tool } from "./board";

export type Actions = ReturnType<typeof makeActions>;

const SMALL_HOLE = 20;
const LOCKED = "This object is locked. Unlock it in the list to change it.";
const COVERED =
  "Other objects lie there and are kept. “Keep other objects” in the panel lets you paint over them.";
const HIDDEN = "This object is hidden. Show it in the list to change it.";

interface Context {
  readonly session: EditorSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
}

/** Changes the object in hand, or a new one where there is none. */
function onObject(
  { session, snapshot, board }: Context,
  kind: StepKind,
  change: (outline: Outline) => Outline,
): boolean {
  const { selected, job } = snapshot;
  if (selected?.locked || selected?.hidden) {
    board.setNotice(selected.locked ? LOCKED : HIDDEN);
    return false;
  }
  board.setNotice("");
  if (selected) {
    return session.edit(kind, selected.id, (doc) => changed(doc, selected.id, change));
  }
  const fresh = newOutline(newId(), board.labelClass ?? job?.classes[0]?.id ?? null);
  const after = change(fresh);
  return after !== fresh && session.edit(kind, fresh.id, (doc) => added(doc, after));
}

function sizeIn({ work }: Snapshot): Size {
  return work?.picture ?? { width: 1, height: 1 };
}

/** A stroke with the wishes of the panel: other objects kept, small holes filled. */
function trimmed({ snapshot, board }: Context, region: Mask, adds: boolean): Mask {
  const { doc, selected } = snapshot;
  const kept =
    adds && board.keepOthers ? joined(region, othersOf(doc, selected?.id ?? null, region), "remove") : region;
  if (!adds || !board.fillSmall) {
    return kept;
  }
  const mask = selected && maskOf(selected);
  const whole = mask ? joined(mask, kept, "add") : kept;
  return holesOf(whole)
    .filter(({ area }) => area < SMALL_HOLE)
    .reduce((all, hole) => joined(all, hole.mask, "add"), kept);
}

function click(context: Context, at: Point, positive: boolean): void {
  const size = sizeIn(context.snapshot);
  const { selected } = context.snapshot;
  if (!selected || selected.points.length < WANTED) {
    context.board.setNotice("A click refines the mask of four outer points. Place those first.");
    return;
  }
  onObject(context, positive ? "add_click" : "remove_click", (outline) =>
    clicked(outline, { ...at, positive }, size),
  );
}

function place(context: Context, at: Point, alt: boolean): void {
  const size = sizeIn(context.snapshot);
  const { selected } = context.snapshot;
  const points = selected?.points.length ?? 0;
  if (points >= WANTED) {
    click(context, at, !alt);
    return;
  }
  const kind = points === WANTED - 1 ? "points" : "point";
  if (onObject(context, kind, (outline) => pointed(outline, at, size))) {
    context.board.setChosen(points);
  }
}

/** Fills the hole under a point, or punches out what the object covers there as a round hole. */
function hole(context: Context, at: Point): void {
  const { selected } = context.snapshot;
  const mask = selected && maskOf(selected);
  if (!mask) {
    context.board.setNotice("There is no mask to punch a hole into yet.");
    return;
  }
  const found = regionAt(holesOf(mask), at.x, at.y);
  if (found) {
    onObject(context, "fill", (outline) => painted(outline, found.mask, true));
  } else if (covers(mask, at.x, at.y)) {
    const disc = brushed(mask, at, at, context.board.brush);
    onObject(context, "punch", (outline) => painted(outline, disc, false));
  } else {
    context.board.setNotice("No hole lies here.");
  }
}

/** The topmost object under a point: the smallest, since it lies in front of what it covers. */
function objectAt({ doc }: Snapshot, { x, y }: Point): Outline | null {
  const under = doc.outlines.filter((outline) => {
    const mask = outline.hidden ? null : maskOf(outline);
    return mask !== null && covers(mask, x, y);
  });
  const size = (outline: Outline) => areaOf(maskOf(outline) as Mask);
  return under.sort((a, b) => size(a) - size(b))[0] ?? null;
}

function paint(context: Context, region: Mask, adds: boolean, kind: StepKind): void {
  const kept = trimmed(context, region, adds);
  if (isBlank(kept) && !isBlank(region)) {
    context.board.setNotice(COVERED);
    return;
  }
  onObject(context, kind, (outline) => painted(outline, kept, adds));
}

function dab(context: Context, from: Point, to: Point, adds: boolean): void {
  const region = brushed(sizeIn(context.snapshot), from, to, context.board.brush);
  paint(context, region, adds, adds ? "brush" : "eraser");
}

function closePolygon(context: Context, adds: boolean): void {
  const { board, snapshot } = context;
  if (board.corners.length >= 3) {
    paint(context, polygonFilled(sizeIn(snapshot), board.corners), adds, "polygon");
  }
  board.setCorners([]);
}

/** What the tool in hand does at a point; `other` does its opposite, where it has one. */
function use(context: Context, at: Point, other: boolean): void {
  const { session, snapshot, board } = context;
  const tools: Record<Tool, () => void> = {
    select: () => session.select(objectAt(snapshot, at)?.id ?? null),
    points: () => place(context, at, other),
    add: () => click(context, at, !other),
    remove: () => click(context, at, other),
    brush: () => dab(context, at, at, !other),
    eraser: () => dab(context, at, at, other),
    polygon: () => board.setCorners([...board.corners, at]),
    hole: () => hole(context, at),
    move: () => undefined,
  };
  tools[board.tool]();
}

const KEPT_FOR_NEXT: readonly Tool[] = ["brush", "polygon"];

/** What the object in hand was begun with. */
function beginnerOf({ history, selected }: Snapshot): Tool {
  const [first] = selected && selected.points.length === 0 ? stepsOf(history, selected.id) : [];
  return KEPT_FOR_NEXT.find((tool) => tool === first?.kind) ?? "points";
}

/** Accepts the mask. The next object is begun as this one was, whatever this one was corrected with. */
function accept(context: Context): void {
  const { session, snapshot, board } = context;
  const { selected } = snapshot;
  if (board.corners.length > 0) {
    closePolygon(context, true);
  } else if (selected && maskOf(selected)) {
    session.edit("accept", selected.id, (now) => ({
      ...changed(now, selected.id, (outline) => ({ ...outline, accepted: true })),
      selected: null,
    }));
    board.setTool(beginnerOf(snapshot));
  }
}

/** Esc: what was placed last goes, and nothing else. */
function back(context: Context): void {
  const { snapshot, board } = context;
  const { selected } = snapshot;
  if (board.corners.length > 0) {
    board.setCorners(board.corners.slice(0, -1));
  } else if (selected && selected.points.length > 0 && !selected.accepted && selected.clicks.length === 0) {
    board.setChosen(null);
    onObject(context, "remove_point", lastPointGone);
  } else {
    board.setChosen(null);
    board.setCross(null);
  }
}

const OVER: Partial<Outline> = {
  points: [],
  clicks: [],
  previous: null,
  asks: true,
  answer: null,
  added: null,
  removed: null,
  accepted: false,
};

const handActions = (context: Context) => ({
  use: (at: Point, other: boolean) => use(context, at, other),
  paint: (region: Mask, adds: boolean) => paint(context, region, adds, adds ? "brush" : "eraser"),
  /** The way of a brush between two points. */
  dab: (from: Point, to: Point, adds: boolean) => dab(context, from, to, adds),
  closePolygon: (adds: boolean) => closePolygon(context, adds),
  fillHoles: ([first, ...others]: readonly Mask[]) => {
    if (first) {
      const all = others.reduce((sum, one) => joined(sum, one, "add"), first);
      onObject(context, "fill", (outline) => painted(outline, all, true));
    }
  },
  movePoint: (index: number, to: Point) => {
    const size = sizeIn(context.snapshot);
    onObject(context, "move_point", (outline) => pointMoved(outline, index, to, size));
  },
  accept: () => accept(context),
  back: () => back(context),
  startOver: () => {
    onObject(context, "start_over", (outline) => ({ ...outline, ...OVER }));
    context.board.setTool("points");
  },
  /** Stops waiting for the model: back to what it answered last. */
  cancelClick: () => void onObject(context, "cancel_click", backToAnswer),
  /** Stops waiting for the model, and goes on with the brush. */
  paintByHand: () => {
    onObject(context, "by_hand", byHand);
    context.board.setTool("brush");
  },
});

function objectActions(context: Context) {
  const { session, snapshot, board } = context;
  const { doc } = snapshot;
  const change = (kind: StepKind, id: string, how: (outline: Outline) => Outline) =>
    void session.edit(kind, id, (now: Doc) => changed(now, id, how));
  return {
    select: (id: string | null) => {
      board.setChosen(null);
      session.select(id);
    },
    fresh: () => {
      session.select(null);
      board.setTool(KEPT_FOR_NEXT.includes(board.tool) ? board.tool : "points");
    },
    previous: () => {
      const at = doc.outlines.findIndex(({ id }) => id === doc.selected);
      session.select(doc.outlines.at(at <= 0 ? -1 : at - 1)?.id ?? null);
    },
    setClass: (id: string) => {
      board.setLabelClass(id);
      if (snapshot.selected) {
        onObject(context, "class", (one) => (one.labelClass === id ? one : { ...one, labelClass: id }));
      }
    },
    toggleHidden: (id: string) => change("hide", id, (one) => ({ ...one, hidden: !one.hidden })),
    toggleLocked: (id: string) => change("lock", id, (one) => ({ ...one, locked: !one.locked })),
    rename: (id: string, name: string) =>
      change("rename", id, (one) => (one.name === name ? one : { ...one, name })),
    reorder: (id: string, by: 1 | -1) => void session.edit("order", id, (now) => moved(now, id, by)),
    remove: (id: string) => void session.edit("delete", id, (now) => removed(now, id)),
    finish: () => {
      board.setChosen(null);
      board.setCorners([]);
      session.finish();
    },
    skip: (reason: string) => {
      board.setSkipping(false);
      session.skip(reason.trim());
    },
  };
}

export const makeActions = (context: Context) => ({ ...handActions(context), ...objectActions(context) });
