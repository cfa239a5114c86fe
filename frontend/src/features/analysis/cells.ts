import { count } from "@/shared/lib/format";
import type { Analysis, Behind, Counts, Outcome, Row, Totals } from "./api";
import { bucketName, edgeName } from "./edges";

/** The rows below the classes. */
export type TotalsRow = "totals" | "average";

export const FIGURES = [
  "total",
  "confirmed",
  "disconfirmed",
  "split",
  "unsure",
  "pending",
  "correct",
] as const;
export type Figure = (typeof FIGURES)[number];

/** A column's name in the address: a figure, `b0`, `b1`... for the buckets, or what the walk keeps. */
export type ColumnId = Figure | "kept" | "outside" | `b${number}`;

/** Which of the pictures in a cell are shown; undefined is all of them. */
export type Only = Outcome | "decided";

/** A number on the screen: whose it is, and which. `row` is a class's id, or a row of totals. */
export interface Cell {
  readonly row: string;
  readonly column: ColumnId;
}

const DECIDED: readonly Outcome[] = ["confirmed", "disconfirmed", "split"];
const OUTCOMES: readonly Outcome[] = [...DECIDED, "unsure", "pending"];

export const isOutcome = (name: unknown): name is Outcome => OUTCOMES.some((outcome) => outcome === name);

export const outcomesOf = (only: Only | undefined): readonly Outcome[] => {
  if (only === undefined) return [];
  return only === "decided" ? DECIDED : [only];
};

/** Which of its pictures a number counts. A percentage is over what is decided. */
export const countedBy = ({ row, column }: Cell): Only | undefined => {
  if (isOutcome(column)) return column;
  return column === "correct" || row === "average" ? "decided" : undefined;
};

const bucketIndex = (column: ColumnId): number | null =>
  /^b\d+$/.test(column) ? Number(column.slice(1)) : null;

const rowOf = ({ table }: Analysis, row: string): Row | Totals | undefined =>
  row === "totals" || row === "average"
    ? table.totals
    : table.classes.find((each) => each.label_class.id === row);

/** The first and the last edge. */
const ends = ({ table }: Analysis): readonly [number, number] => [
  table.edges[0] ?? 0,
  table.edges.at(-1) ?? 1,
];

const limits = (analysis: Analysis, cell: Cell): Omit<Behind, "outcome" | "label_class"> => {
  const [lowest, highest] = ends(analysis);
  const whole = { min_confidence: lowest, max_confidence: highest };
  if (cell.column === "outside") return { ...whole, outside: true };
  if (cell.column === "kept")
    return { min_confidence: analysis.thresholds.get(cell.row)?.threshold ?? 1, max_confidence: 1 };
  const index = bucketIndex(cell.column);
  if (index === null) return whole;
  return { min_confidence: analysis.table.edges[index], max_confidence: analysis.table.edges[index + 1] };
};

/** The pictures behind a number, as the server is asked for them. */
export const behind = (analysis: Analysis, cell: Cell, only: Only | undefined): Behind => ({
  ...limits(analysis, cell),
  ...(cell.row === "totals" || cell.row === "average" ? {} : { label_class: cell.row }),
  outcome: outcomesOf(only),
});

const COUNTED = ["total", "decided", ...OUTCOMES] as const;
export type Parts = Readonly<Record<(typeof COUNTED)[number], number>>;

const sum = (parts: readonly Counts[]): Parts =>
  Object.fromEntries(
    COUNTED.map((name) => [name, parts.reduce((all, part) => all + part[name], 0)]),
  ) as Parts;

/** How the pictures of a cell fall into outcomes; null where the table does not say. */
export const partsOf = (analysis: Analysis, cell: Cell): Parts | null => {
  const row = rowOf(analysis, cell.row);
  if (!row || cell.column === "outside") return null;
  if (cell.column === "kept") {
    const threshold = analysis.thresholds.get(cell.row)?.threshold ?? 1;
    const reachesTop = ends(analysis)[1] === 1;
    return reachesTop ? sum(row.buckets.filter((bucket) => bucket.low >= threshold)) : null;
  }
  const index = bucketIndex(cell.column);
  if (index === null) return row;
  return row.buckets[index] ?? null;
};

const nameOf = ({ table }: Analysis, row: string): string =>
  table.classes.find((each) => each.label_class.id === row)?.label_class.name ?? "All classes";

const stretch = (analysis: Analysis, cell: Cell): string => {
  const [lowest, highest] = ends(analysis);
  if (cell.column === "outside") return `beyond ${bucketName(lowest, highest)}, or without confidence`;
  if (cell.column === "kept")
    return `kept, ${edgeName(limits(analysis, cell).min_confidence ?? 1)} and above`;
  const { min_confidence: low = 0, max_confidence: high = 1 } = limits(analysis, cell);
  return bucketName(low, high);
};

/** What is open: "Crab, 80 to 85". */
export const titleOf = (analysis: Analysis, cell: Cell): string =>
  `${nameOf(analysis, cell.row)}, ${stretch(analysis, cell)}`;

/** Can this cell be opened with this table? An address may speak of a class or a bucket that is not there. */
export const isThere = (analysis: Analysis, cell: Cell): boolean => {
  const index = bucketIndex(cell.column);
  if (index !== null && index >= analysis.table.edges.length - 1) return false;
  if (cell.column === "kept" && (analysis.thresholds.get(cell.row)?.threshold ?? null) === null) return false;
  return rowOf(analysis, cell.row) !== undefined;
};

/** "2 unsure, 3 not judged"; empty when every picture is decided. They are in no percentage, yet never hidden. */
export const openWords = ({ unsure, pending }: Pick<Counts, "unsure" | "pending">): string =>
  [unsure > 0 ? `${count(unsure)} unsure` : "", pending > 0 ? `${count(pending)} not judged` : ""]
    .filter(Boolean)
    .join(", ");
