import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useCommands } from "@/shared/commands/commands";
import type { Command } from "@/shared/commands/registry";
import { type Move, moved, type Place, type Size } from "./grid";

const KEYS: readonly (readonly [key: string, move: Move, label: string])[] = [
  ["ArrowLeft", "left", "One cell to the left"],
  ["ArrowRight", "right", "One cell to the right"],
  ["ArrowUp", "up", "One class up"],
  ["ArrowDown", "down", "One class down"],
  ["Home", "start", "Start of the row"],
  ["End", "end", "End of the row"],
  ["Mod+Home", "top", "First class"],
  ["Mod+End", "bottom", "Last row"],
];

const same = (a: Place, b: Place): boolean => a.row === b.row && a.column === b.column;

/** The next place on the way that holds a number; the old one when there is none. */
const landing = (from: Place, move: Move, size: Size, holds: (place: Place) => boolean): Place => {
  const back: Partial<Record<Move, Move>> = { start: "right", end: "left", top: "down", bottom: "up" };
  let next = moved(from, move, size);
  while (!holds(next)) {
    const further = moved(next, back[move] ?? move, size);
    if (same(further, next)) return from;
    next = further;
  }
  return next;
};

export interface TableKeys {
  readonly place: Place;
  readonly setPlace: (place: Place) => void;
  /** Puts the focus on the cell at `place`, once it is drawn. */
  readonly focus: () => void;
}

interface Options {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly size: Size;
  /** Is there a number at this place? */
  readonly holds: (place: Place) => boolean;
  /** Brings a row that is not drawn into sight. */
  readonly show: (row: number) => void;
  readonly open: (place: Place) => void;
}

/** Arrows walk the table cell by cell: one tab stop, no wrapping, rows out of sight come into it. */
export const useTableKeys = ({ table, size, holds, show, open }: Options): TableKeys => {
  const [chosen, setPlace] = useState<Place>({ row: 0, column: 0 });
  const place = holds(chosen) ? chosen : { row: 0, column: 0 };
  const wanted = useRef(false);
  const [, draw] = useState(0);

  useLayoutEffect(() => {
    if (!wanted.current) return;
    const cell = table.current?.querySelector<HTMLElement>(`[data-place="${place.row}:${place.column}"]`);
    if (cell) {
      wanted.current = false;
      cell.focus();
    } else {
      show(place.row);
    }
  });

  const focus = useCallback(() => {
    wanted.current = true;
    draw((times) => times + 1);
  }, []);

  const step = (move: Move) => () => {
    const inside = table.current?.contains(document.activeElement) ?? false;
    if (inside) setPlace(landing(place, move, size, holds));
    focus();
  };
  const commands = KEYS.map(
    ([key, move, label]): Command => ({
      id: `table.${move}`,
      label,
      group: "Table",
      keys: [key],
      repeats: true,
      enabled: size.rows > 0,
      run: step(move),
    }),
  );
  useCommands([
    ...commands,
    {
      id: "table.open",
      label: "Open the pictures behind the number",
      group: "Table",
      keys: ["Enter"],
      enabled: size.rows > 0,
      run: () => open(place),
    },
  ]);
  return { place, setPlace, focus };
};
