/** The picture in hand, what it may be, and what an answer does. */
import { useEffect, useMemo, useState } from "react";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import type { AnyMark, Item } from "../model/batch";
import { type Board, useBoard } from "../ui/board";
import { nextOpen, type Option, optionsOf } from "./options";

/** Pictures behind the one on the screen that are fetched in full size. */
const AHEAD = 2;

export interface Correcting {
  readonly board: Board;
  readonly item: Item | null;
  readonly mark: AnyMark;
  readonly options: readonly Option[];
  /** False while there is nothing to answer, or somebody else has the batch. */
  readonly able: boolean;
  /** Answers the picture in hand and goes on to the next without an answer. */
  readonly choose: (mark: AnyMark) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** The whole picture is shown instead of the object. */
  readonly whole: boolean;
  readonly setWhole: (whole: boolean) => void;
  readonly query: string;
  readonly setQuery: (query: string) => void;
}

/** The first picture that the last step of undo (or redo) was about. */
const steppedOn = (session: ReviewSession, way: "past" | "future"): number | null =>
  session.getSnapshot().current?.batch[way].at(-1)?.changes[0]?.index ?? null;

export function useCorrecting(session: ReviewSession, snapshot: Snapshot): Correcting {
  const board = useBoard(snapshot);
  const [whole, setWhole] = useState(false);
  const [query, setQuery] = useState("");
  const { current, job, unreadable } = snapshot;
  const item = current?.batch.items[board.focus] ?? null;
  const classes = job?.classes;
  const options = useMemo(
    () => (item && current ? optionsOf(item, classes ?? [], current.labelClass.id) : []),
    [item, classes, current?.labelClass.id, current],
  );
  useEffect(() => {
    const next = current?.batch.items.slice(board.focus + 1, board.focus + 1 + AHEAD) ?? [];
    for (const { full_url } of next) {
      new Image().src = full_url;
    }
  }, [current?.batch.items, board.focus]);
  const able = current !== null && current.lostAt === null && item !== null && !snapshot.paused;
  const choose = (mark: AnyMark) => {
    if (!able) return;
    session.mark([board.focus], mark);
    setQuery("");
    const after = session.getSnapshot().current;
    // Where the job takes no "not sure" the picture stays, and the notice says why.
    if (after?.batch.tiles[board.focus]?.mark !== mark) return;
    const next = nextOpen(after.batch, board.focus, unreadable);
    if (next !== null) board.setFocus(next);
  };
  const step = (way: "past" | "future", run: () => void) => () => {
    const index = steppedOn(session, way);
    run();
    if (index !== null) board.setFocus(index);
  };
  return {
    board,
    item,
    mark: current?.batch.tiles[board.focus]?.mark ?? "none",
    options,
    able,
    choose,
    undo: step("past", () => session.undo()),
    redo: step("future", () => session.redo()),
    whole,
    setWhole,
    query,
    setQuery,
  };
}
