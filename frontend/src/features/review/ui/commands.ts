/** Every key, button and line of the key sheet of the review screen. */
import type { Command } from "@/shared/commands/registry";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { type Mark, nextMarked, plain, toggled, toggledUnsure } from "../model/batch";
import { type Move, moved } from "../model/moves";
import type { Board } from "./board";

export interface CommandContext {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly columns: number;
  /** Sends the batch if it may be sent; on a phone that means that all of it was seen. */
  readonly submit: (byKey: boolean) => void;
}

export interface ReviewCommands {
  readonly move: Record<Move, Command>;
  readonly mark: Record<"wrong" | "unsure" | "right" | "undo" | "redo" | "next" | "previous", Command>;
  readonly view: Record<"enlarge" | "guide" | "confidence" | "bare" | "sent" | "close", Command>;
  readonly batch: Record<"submit" | "reopen" | "pause", Command>;
}

export function allOf({ move, mark, view, batch }: ReviewCommands): Command[] {
  return [move, mark, view, batch].flatMap((group) => Object.values(group));
}

const MOVES: Record<Move, { label: string; keys: string[] }> = {
  left: { label: "Left", keys: ["ArrowLeft", "Numpad4"] },
  up: { label: "Up", keys: ["ArrowUp", "Numpad8"] },
  down: { label: "Down", keys: ["ArrowDown", "Numpad2"] },
  right: { label: "Right", keys: ["ArrowRight", "Numpad6"] },
  first: { label: "First picture", keys: ["Home", "Numpad7"] },
  last: { label: "Last picture", keys: ["End", "Numpad9"] },
};

function moveCommands({ snapshot, board, columns }: CommandContext): ReviewCommands["move"] {
  const count = snapshot.current?.batch.items.length ?? 0;
  const command = (move: Move): Command => ({
    id: `review.move.${move}`,
    group: "Move",
    ...MOVES[move],
    repeats: true,
    enabled: count > 0 && !snapshot.paused,
    run: () => board.setFocus(moved(board.focus, move, columns, count)),
  });
  return {
    left: command("left"),
    up: command("up"),
    down: command("down"),
    right: command("right"),
    first: command("first"),
    last: command("last"),
  };
}

function markCommands({ session, snapshot, board }: CommandContext): ReviewCommands["mark"] {
  const { current, paused } = snapshot;
  const enabled = current !== null && current.lostAt === null && !paused;
  const group = "Mark";
  const set = (next: (before: Mark) => Mark) => () => {
    const tile = current?.batch.tiles[board.focus];
    if (tile) {
      session.mark([board.focus], next(plain(tile.mark)));
    }
  };
  const jump = (direction: 1 | -1) => () => {
    if (current) {
      board.setFocus(nextMarked(current.batch, board.focus, direction));
    }
  };
  return {
    right: { id: "review.right", label: "Right", group, keys: ["KeyR"], enabled, run: set(() => "right") },
    wrong: {
      id: "review.wrong",
      label: "Wrong, or right again",
      group,
      keys: ["Space", "KeyX", "Numpad5"],
      enabled,
      run: set(toggled),
    },
    unsure: {
      id: "review.unsure",
      label: "Unsure",
      group,
      keys: ["KeyU", "Numpad0"],
      enabled,
      run: set(toggledUnsure),
    },
    undo: {
      id: "review.undo",
      label: "Undo",
      group,
      keys: ["KeyZ", "Mod+KeyZ"],
      repeats: true,
      enabled: enabled && current.batch.past.length > 0,
      run: () => session.undo(),
    },
    redo: {
      id: "review.redo",
      label: "Redo",
      group,
      keys: ["Shift+KeyZ", "Mod+Shift+KeyZ"],
      repeats: true,
      enabled: enabled && current.batch.future.length > 0,
      run: () => session.redo(),
    },
    next: {
      id: "review.next",
      label: "Next mark",
      group: "Move",
      keys: ["Period", "Numpad3"],
      enabled: current !== null,
      run: jump(1),
    },
    previous: {
      id: "review.previous",
      label: "Previous mark",
      group: "Move",
      keys: ["Comma", "Numpad1"],
      enabled: current !== null,
      run: jump(-1),
    },
  };
}

/** Has any picture of the batch an outline? */
const outlined = ({ current }: Snapshot): boolean =>
  current?.batch.items.some(({ close_up }) => close_up) ?? false;

function viewCommands({ session, snapshot, board }: CommandContext): ReviewCommands["view"] {
  const working = snapshot.current !== null && snapshot.phase === "working";
  const group = "Look";
  const toggle = (layer: "enlarged" | "guide" | "sent") => () =>
    board.setLayer(board.layer === layer ? "none" : layer);
  return {
    enlarge: {
      id: "review.enlarge",
      label: "Enlarge, or close",
      group,
      keys: ["KeyF", "NumpadAdd"],
      enabled: working,
      run: toggle("enlarged"),
    },
    guide: { id: "review.guide", label: "Guide of this class", group, keys: ["KeyG"], run: toggle("guide") },
    confidence: {
      id: "review.confidence",
      label: "Show the confidence while held",
      group,
      keys: ["KeyC"],
      enabled: working,
      run: () => board.setLooking(true),
      release: () => board.setLooking(false),
    },
    bare: {
      id: "review.bare",
      label: "Hide outlines while held",
      group,
      keys: ["KeyM"],
      enabled: working && outlined(snapshot),
      run: () => board.setBare(true),
      release: () => board.setBare(false),
    },
    sent: { id: "review.sent", label: "Sent batches", group, keys: ["Shift+KeyB"], run: toggle("sent") },
    close: {
      id: "review.close",
      label: "Close what lies over the grid",
      group,
      keys: ["Escape"],
      enabled: board.layer !== "none" || snapshot.paused,
      run: () => (snapshot.paused ? session.setPaused(false) : board.setLayer("none")),
    },
  };
}

function batchCommands({ session, snapshot, submit }: CommandContext): ReviewCommands["batch"] {
  const group = "Batch";
  return {
    submit: {
      id: "review.submit",
      label: "Submit batch",
      group,
      keys: ["Enter", "NumpadEnter"],
      run: () => (snapshot.paused ? session.setPaused(false) : submit(true)),
    },
    reopen: {
      id: "review.reopen",
      label: "Open the batch sent last",
      group,
      keys: ["KeyB"],
      run: () => void session.reopenLast(),
    },
    pause: {
      id: "review.pause",
      label: snapshot.paused ? "Go on" : "Pause",
      group,
      keys: [],
      run: () => session.setPaused(!snapshot.paused),
    },
  };
}

export function reviewCommands(context: CommandContext): ReviewCommands {
  return {
    move: moveCommands(context),
    mark: markCommands(context),
    view: viewCommands(context),
    batch: batchCommands(context),
  };
}
