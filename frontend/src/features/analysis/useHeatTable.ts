import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { Row } from "./api";
import { type Cell, openWords } from "./cells";
import { type Column, columnsOf } from "./columns";
import type { Place } from "./grid";
import type { HeatTableProps } from "./HeatTable";
import { hasNumber } from "./TotalsRows";
import { useRowWindow } from "./useRowWindow";
import { type TableKeys, useTableKeys } from "./useTableKeys";

const ROW_HEIGHT = 52;
/** With a line for what is unsure or not judged yet. */
const TALL_ROW_HEIGHT = 64;

/** Whose numbers stand in a row: a class's id, or one of the two rows below the classes. */
const keyOf = (rows: readonly Row[], row: number): string =>
  rows[row]?.label_class.id ?? (row === rows.length ? "totals" : "average");

const placeOf = (rows: readonly Row[], columns: readonly Column[], cell: Cell): Place => {
  const row = rows.findIndex((each) => each.label_class.id === cell.row);
  const below = rows.length + (cell.row === "average" ? 1 : 0);
  return { row: row < 0 ? below : row, column: columns.findIndex(({ id }) => id === cell.column) };
};

/** Keeps calling the newest `run` under one name, so that rows need not be drawn anew for it. */
const useStable = <Given extends unknown[]>(run: (...given: Given) => void) => {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...given: Given) => latest.current(...given), []);
};

/** When the pictures close, the focus goes back to the number that they were behind. */
const useReturn = (opened: Cell | null, keys: TableKeys, find: (cell: Cell) => Place): void => {
  const before = useRef<Cell | null>(null);
  const goBack = useStable((cell: Cell) => {
    keys.setPlace(find(cell));
    keys.focus();
  });
  useEffect(() => {
    const last = before.current;
    before.current = opened;
    if (last && !opened) goBack(last);
  }, [opened, goBack]);
};

export interface Heat {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly columns: readonly Column[];
  readonly height: number;
  readonly first: number;
  readonly last: number;
  readonly place: Place;
  readonly open: (row: number, column: number) => void;
}

/** What moves in the table: its one tab stop, the rows that are drawn, the cell that is open. */
export const useHeatTable = ({ analysis, rows, opened, onOpen }: HeatTableProps): Heat => {
  const table = useRef<HTMLTableElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const columns = useMemo(() => columnsOf(analysis), [analysis]);
  const height = openWords(analysis.table.totals) === "" ? ROW_HEIGHT : TALL_ROW_HEIGHT;
  const { first, last, show } = useRowWindow(scroller, rows.length, height);
  const cellAt = ({ row, column }: Place): Cell | null => {
    const [key, id] = [keyOf(rows, row), columns[column]?.id];
    if (id === undefined || ((key === "totals" || key === "average") && !hasNumber(key, id))) return null;
    return { row: key, column: id };
  };
  const open = useStable((row: number, column: number) => {
    const cell = cellAt({ row, column });
    if (!cell || (cell.column === "kept" && (analysis.thresholds.get(cell.row)?.threshold ?? null) === null))
      return;
    keys.setPlace({ row, column });
    onOpen(cell);
  });
  const keys = useTableKeys({
    table,
    size: { rows: rows.length + 2, columns: columns.length },
    holds: (place) => cellAt(place) !== null,
    show,
    open: ({ row, column }) => open(row, column),
  });
  useReturn(opened, keys, (cell) => placeOf(rows, columns, cell));
  return { table, scroller, columns, height, first, last, place: keys.place, open };
};
