/** Every key, button and line of the key sheet of the mask editor. */
import type { Command } from "@/shared/commands/registry";
import type { EditorSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { maskOf } from "../model/document";
import { canUndo } from "../model/history";
import type { Point } from "../model/shapes";
import { toPicture } from "../model/view";
import type { Actions } from "./actions";
import type { Board, Tool } from "./board";
import type { Stage } from "./useField";

export interface CommandContext {
  readonly session: EditorSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly stage: Stage;
  readonly actions: Actions;
}

export type EditorCommands = ReturnType<typeof editorCommands>;

export function allOf({ tools, steps, view, arrows, classes }: EditorCommands): Command[] {
  return [...Object.values(tools), ...Object.values(steps), ...Object.values(view), ...arrows, ...classes];
}

const REACH = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 400];

/** The brush size after this one, on a scale that the eye takes as even. */
export function brushStep(size: number, direction: 1 | -1): number {
  const further = direction === 1 ? REACH.filter((one) => one > size) : REACH.filter((one) => one < size);
  return Math.ceil(further.at(direction === 1 ? 0 : -1) ?? size);
}

const KEYS: Record<Tool, { label: string; keys: string[] }> = {
  select: { label: "Select an object", keys: ["KeyV"] },
  points: { label: "Four outer points", keys: ["KeyE"] },
  add: { label: "Add here", keys: ["KeyA", "Numpad5"] },
  remove: { label: "Remove here", keys: ["KeyS", "Numpad0"] },
  brush: { label: "Brush", keys: ["KeyB"] },
  eraser: { label: "Eraser", keys: ["KeyX"] },
  polygon: { label: "Polygon", keys: ["KeyP"] },
  hole: { label: "Punch or fill a hole", keys: ["KeyH"] },
  move: { label: "Move the picture", keys: [] },
};

function toolCommands({ snapshot, board, actions }: CommandContext): Record<Tool, Command> {
  const enabled = snapshot.phase === "working" && !snapshot.lost;
  const command = (tool: Tool, run: () => void = () => board.setTool(tool)): Command => ({
    id: `editor.tool.${tool}`,
    group: "Tools",
    ...KEYS[tool],
    enabled,
    run,
  });
  /** With the cross on the picture the key does it there; else it picks the tool. */
  const here = (tool: "add" | "remove") => () => {
    if (board.cross) {
      board.setDrawing(tool === "add");
      actions.use(board.cross, tool === "remove");
      board.setChosen(null);
    } else {
      board.setTool(tool);
    }
  };
  return {
    select: command("select"),
    points: command("points"),
    add: { ...command("add", here("add")), release: () => board.setDrawing(false) },
    remove: command("remove", here("remove")),
    brush: command("brush"),
    eraser: command("eraser"),
    polygon: command("polygon"),
    hole: command("hole"),
    // Also a picture that went to someone else can be looked at.
    move: { ...command("move"), enabled: snapshot.phase === "working" },
  };
}

type StepName =
  | "undo"
  | "redo"
  | "accept"
  | "finish"
  | "skip"
  | "back"
  | "fresh"
  | "previous"
  | "smaller"
  | "larger"
  | "startOver";

const STEPS: Record<StepName, Pick<Command, "label" | "keys" | "repeats">> = {
  undo: { label: "Undo", keys: ["KeyZ", "Mod+KeyZ"], repeats: true },
  redo: { label: "Redo", keys: ["Shift+KeyZ", "Mod+Shift+KeyZ"], repeats: true },
  accept: { label: "Accept mask", keys: ["Enter", "NumpadEnter"] },
  finish: { label: "Finish image, next", keys: ["Shift+Enter"] },
  skip: { label: "Skip", keys: ["KeyQ", "NumpadDivide"] },
  back: { label: "Take the last point back", keys: ["Escape"] },
  fresh: { label: "New object", keys: ["KeyN"] },
  previous: { label: "Previous object", keys: ["Shift+KeyN"] },
  smaller: { label: "Smaller brush", keys: ["BracketLeft"], repeats: true },
  larger: { label: "Larger brush", keys: ["BracketRight"], repeats: true },
  startOver: { label: "Start over", keys: [] },
};

/** Can the picture go out as it stands? */
export const finishable = ({ phase, lost, conflict }: Snapshot): boolean =>
  phase === "working" && !lost && !conflict;

function stepCommands({ session, snapshot, board, actions }: CommandContext): Record<StepName, Command> {
  const { selected, doc, history, lost } = snapshot;
  const working = snapshot.phase === "working";
  const open = working && !lost;
  const command = (name: StepName, enabled: boolean, run: () => void): Command => ({
    id: `editor.${name}`,
    group: "Work",
    ...STEPS[name],
    enabled,
    run,
  });
  const acceptable = board.corners.length >= 3 || (selected !== null && maskOf(selected) !== null);
  return {
    undo: command("undo", open && canUndo(history), () => session.undo()),
    redo: command("redo", open && history.at < history.steps.length, () => session.redo()),
    // By keyboard alone, Enter places what there is to place before it accepts.
    accept: command("accept", open && (acceptable || board.cross !== null), () => {
      if (acceptable || !board.cross) {
        actions.accept();
      } else {
        actions.use(board.cross, false);
        board.setChosen(null);
      }
    }),
    finish: command("finish", finishable(snapshot), () => actions.finish()),
    skip: command("skip", finishable(snapshot), () => board.setSkipping(true)),
    back: command("back", working, () => (board.guide ? board.setGuide(false) : actions.back())),
    fresh: command("fresh", open, () => actions.fresh()),
    previous: command("previous", working && doc.outlines.length > 0, () => actions.previous()),
    smaller: command("smaller", working, () => board.setBrush(brushStep(board.brush, -1))),
    larger: command("larger", working, () => board.setBrush(brushStep(board.brush, 1))),
    startOver: command("startOver", open && selected !== null, () => actions.startOver()),
  };
}

function viewCommands({ snapshot, board, stage }: CommandContext) {
  const enabled = snapshot.phase === "working";
  const command = (id: string, label: string, keys: string[], run: () => void): Command => ({
    id: `editor.view.${id}`,
    group: "Look",
    label,
    keys,
    enabled,
    run,
  });
  const around = board.cross;
  return {
    fit: command("fit", "Fit", ["Digit0", "NumpadMultiply"], stage.fit),
    zoomIn: {
      ...command("in", "Zoom in", ["+", "NumpadAdd"], () => stage.zoom(1, around)),
      repeats: true,
    },
    zoomOut: {
      ...command("out", "Zoom out", ["-", "NumpadSubtract"], () => stage.zoom(-1, around)),
      repeats: true,
    },
    hideMasks: {
      ...command("masks", "Hide masks while held", ["KeyM"], () => board.setMasksHidden(true)),
      release: () => board.setMasksHidden(false),
    },
    pan: {
      ...command("pan", "Move the picture while held", ["Space"], () => board.setMoving(true)),
      release: () => board.setMoving(false),
    },
    guide: {
      ...command("guide", "Instructions", ["KeyG"], () => board.setGuide(!board.guide)),
      enabled: enabled && (snapshot.job?.instructions_html ?? "") !== "",
    },
  } satisfies Record<string, Command>;
}

const WAYS = [
  { name: "Left", keys: ["ArrowLeft", "Numpad4"], x: -1, y: 0 },
  { name: "Up", keys: ["ArrowUp", "Numpad8"], x: 0, y: -1 },
  { name: "Right", keys: ["ArrowRight", "Numpad6"], x: 1, y: 0 },
  { name: "Down", keys: ["ArrowDown", "Numpad2"], x: 0, y: 1 },
] as const;

/** CSS pixels that the cross moves with an arrow; a point moves by one pixel of the picture. */
const CROSS_STEP = 2;
const FAR = 10;

/** Arrows nudge the point that is chosen; else they move the cross, which starts in the middle. */
function step(context: CommandContext, way: Point): void {
  const { board, stage, snapshot, actions } = context;
  const { picture, view, frame } = stage;
  const chosen = board.chosen === null ? undefined : snapshot.selected?.points[board.chosen];
  if (chosen && board.chosen !== null) {
    const to = { x: chosen.x + way.x, y: chosen.y + way.y };
    actions.movePoint(board.chosen, to);
    stage.reveal(to);
    return;
  }
  const from = board.cross ?? toPicture(view, { x: frame.width / 2, y: frame.height / 2 });
  const pace = board.cross ? CROSS_STEP / view.scale : 0;
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const to = {
    x: within(from.x + way.x * pace, picture.width),
    y: within(from.y + way.y * pace, picture.height),
  };
  board.setCross(to);
  stage.reveal(to);
  if (board.drawing && (board.tool === "brush" || board.tool === "eraser")) {
    actions.dab(from, to, board.tool === "brush");
  }
}

function arrowCommands(context: CommandContext): Command[] {
  const { snapshot } = context;
  const base = { group: "Cross and points", enabled: snapshot.phase === "working", repeats: true };
  return WAYS.flatMap(({ name, keys, x, y }) => [
    { ...base, id: `editor.${name}`, label: name, keys, run: () => step(context, { x, y }) },
    {
      ...base,
      id: `editor.${name}.far`,
      label: `${name}, ten steps`,
      keys: keys.slice(0, 1).map((key) => `Shift+${key}`),
      run: () => step(context, { x: x * FAR, y: y * FAR }),
    },
  ]);
}

function classCommands({ snapshot, actions }: CommandContext): Command[] {
  return (snapshot.job?.classes ?? []).slice(0, 9).map(({ id, name }, nth) => ({
    id: `editor.class.${nth + 1}`,
    label: name,
    group: "Class",
    keys: [`Digit${nth + 1}`],
    enabled: snapshot.phase === "working" && !snapshot.lost,
    run: () => actions.setClass(id),
  }));
}

export function editorCommands(context: CommandContext) {
  return {
    tools: toolCommands(context),
    steps: stepCommands(context),
    view: viewCommands(context),
    arrows: arrowCommands(context),
    classes: classCommands(context),
  };
}
