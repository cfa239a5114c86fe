/** Every key, button and line of the key sheet of the correction screen. */
import type { Command } from "@/shared/commands/registry";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { named } from "../model/batch";
import { KEYED, markOf, NONE_OF_THESE, nextOpen } from "./options";
import type { Correcting } from "./useCorrecting";

export interface Context {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly correcting: Correcting;
  readonly search: () => void;
}

const ANSWER = "Answer";
const MOVE = "Move";
const BATCH = "Batch";

/** One for each number key. */
function numbered({ correcting: { options, able, choose } }: Context): Command[] {
  return options.slice(0, KEYED).map((option, index) => ({
    id: `correct.choice.${index + 1}`,
    label: option.name,
    group: ANSWER,
    keys: [`Digit${index + 1}`, `Numpad${index + 1}`],
    enabled: able,
    run: () => choose(markOf(option)),
  }));
}

function answers({ snapshot, correcting, search }: Context) {
  const { able, choose, undo, redo } = correcting;
  const batch = snapshot.current?.batch;
  return {
    none: {
      id: "correct.none",
      label: "None of these",
      group: ANSWER,
      keys: ["Digit0", "Numpad0"],
      enabled: able,
      run: () => choose(named(NONE_OF_THESE)),
    },
    unsure: {
      id: "correct.unsure",
      label: "Not sure",
      group: ANSWER,
      keys: ["KeyU"],
      enabled: able && snapshot.job?.allow_unsure !== false,
      run: () => choose("unsure"),
    },
    search: {
      id: "correct.search",
      label: "Search all classes",
      group: ANSWER,
      keys: ["/", "KeyS"],
      enabled: able,
      run: search,
    },
    undo: {
      id: "correct.undo",
      label: "Undo",
      group: ANSWER,
      keys: ["KeyZ", "Mod+KeyZ"],
      repeats: true,
      enabled: able && (batch?.past.length ?? 0) > 0,
      run: undo,
    },
    redo: {
      id: "correct.redo",
      label: "Redo",
      group: ANSWER,
      keys: ["Shift+KeyZ", "Mod+Shift+KeyZ"],
      repeats: true,
      enabled: able && (batch?.future.length ?? 0) > 0,
      run: redo,
    },
  } satisfies Record<string, Command>;
}

function moves({ snapshot, correcting: { board, item, whole, setWhole } }: Context) {
  const last = (snapshot.current?.batch.items.length ?? 0) - 1;
  const to = (index: number) => () => board.setFocus(Math.max(0, Math.min(last, index)));
  const move = (id: string, label: string, keys: string[], index: number): Command => ({
    id: `correct.${id}`,
    label,
    group: MOVE,
    keys,
    repeats: true,
    enabled: item !== null,
    run: to(index),
  });
  return {
    previous: move("previous", "Previous picture", ["ArrowLeft"], board.focus - 1),
    next: move("next", "Next picture", ["ArrowRight"], board.focus + 1),
    first: move("first", "First picture", ["Home"], 0),
    last: move("last", "Last picture", ["End"], last),
    whole: {
      id: "correct.whole",
      label: whole ? "Show the object" : "Show the whole picture",
      group: MOVE,
      keys: ["KeyF"],
      enabled: Boolean(item?.close_up),
      run: () => setWhole(!whole),
    },
  } satisfies Record<string, Command>;
}

function batches({ session, snapshot, correcting: { board } }: Context) {
  const toggle = (layer: "guide" | "sent") => () => board.setLayer(board.layer === layer ? "none" : layer);
  const { current, unreadable } = snapshot;
  const submit = (byKey: boolean) => {
    if (current?.lostAt) {
      session.leaveLost(current.assignment);
      return;
    }
    const open = current && nextOpen(current.batch, board.focus, unreadable);
    if (typeof open === "number") board.setFocus(open);
    else session.submit({ byKey });
  };
  return {
    submit: {
      id: "correct.submit",
      label: "Submit, or on to what is open",
      group: BATCH,
      keys: ["Enter", "NumpadEnter"],
      run: (event?: KeyboardEvent) => submit(event !== undefined),
    },
    reopen: {
      id: "correct.reopen",
      label: "Open the batch sent last",
      group: BATCH,
      keys: ["KeyB"],
      run: () => void session.reopenLast(),
    },
    sent: {
      id: "correct.sent",
      label: "Sent batches",
      group: BATCH,
      keys: ["Shift+KeyB"],
      run: toggle("sent"),
    },
    guide: { id: "correct.guide", label: "Guide", group: BATCH, keys: ["KeyG"], run: toggle("guide") },
    close: {
      id: "correct.close",
      label: "Close what lies over the picture",
      group: BATCH,
      keys: ["Escape"],
      enabled: board.layer !== "none",
      run: () => board.setLayer("none"),
    },
  } satisfies Record<string, Command>;
}

export type CorrectCommands = ReturnType<typeof correctCommands>;

export function correctCommands(context: Context) {
  return {
    numbered: numbered(context),
    answer: answers(context),
    move: moves(context),
    batch: batches(context),
  };
}

export const allOf = ({ numbered: keys, answer, move, batch }: CorrectCommands): Command[] => [
  ...keys,
  ...[answer, move, batch].flatMap((group) => Object.values<Command>(group)),
];
