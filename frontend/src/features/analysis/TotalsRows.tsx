import { count, counted } from "@/shared/lib/format";
import type { Analysis } from "./api";
import type { ColumnId } from "./cells";
import type { Column } from "./columns";
import classes from "./HeatTable.module.css";
import type { Ratio } from "./ratio";
import { BLANK, type Face, faceOf, TableRow } from "./TableRow";
import { bare, evidenceWords, intervalText, rightOf } from "./words";

const Figure = ({ main, second }: { main: string; second: string }) => (
  <span className={classes.totalFigure}>
    <strong>{main}</strong>
    <span>{second}</span>
  </span>
);

const totalsFace = ({ table }: Analysis, column: ColumnId, ratio: Ratio): Face => {
  if (column === "kept") return BLANK;
  const face = faceOf(table.totals, column, ratio, undefined);
  const counts = column === "correct" ? table.totals : table.totals.buckets[Number(column.slice(1))];
  if (!counts || !(column === "correct" || column.startsWith("b"))) return face;
  const second = column === "correct" ? intervalText(counts.interval) : rightOf(counts);
  return {
    face: <Figure main={bare(counts.percent_correct)} second={second} />,
    more: column === "correct" ? face.more : evidenceWords(counts, ratio),
  };
};

/** Of how many classes a class average is the mean: those with evidence, or all as once printed. */
const classesIn = ({ table }: Analysis, index: number | null, published: boolean): number =>
  published
    ? table.classes.length
    : table.classes.filter((row) => (index === null ? row : row.buckets[index])?.decided).length;

const averageFace = (analysis: Analysis, column: ColumnId, published: boolean): Face => {
  const { class_average: average } = analysis.table;
  const index = column === "correct" ? null : Number(column.slice(1));
  const mean = index === null ? average : average.buckets[index];
  if (!mean || !(column === "correct" || column.startsWith("b"))) return BLANK;
  const of = counted(classesIn(analysis, index, published), "class", "classes");
  return {
    face: <Figure main={bare(mean.percent_correct)} second={of} />,
  };
};

/** Which cells of the two rows below the classes hold a number. */
export const hasNumber = (row: "totals" | "average", column: ColumnId): boolean =>
  column === "correct" || column.startsWith("b") || (row === "totals" && column !== "kept");

interface TotalsRowsProps {
  readonly analysis: Analysis;
  readonly columns: readonly Column[];
  readonly ratio: Ratio;
  readonly published: boolean;
  /** The index of the first of the two rows. */
  readonly first: number;
  readonly active: { readonly row: number; readonly column: number };
  readonly onOpen: (row: number, column: number) => void;
}

/** All classes together, and the average in which each class counts once. */
export const TotalsRows = ({
  analysis,
  columns,
  ratio,
  published,
  first,
  active,
  onOpen,
}: TotalsRowsProps) => {
  const shared = { columns, onOpen };
  const activeIn = (row: number) => (active.row === row ? active.column : null);
  return (
    <tfoot>
      <TableRow
        {...shared}
        index={first}
        name="All classes"
        note={`${count(analysis.table.totals.total)} pictures`}
        face={(column) => totalsFace(analysis, column, ratio)}
        active={activeIn(first)}
      />
      <TableRow
        {...shared}
        index={first + 1}
        name="Class average"
        note={published ? "empty buckets as 0" : "empty left out"}
        face={(column) => averageFace(analysis, column, published)}
        active={activeIn(first + 1)}
      />
    </tfoot>
  );
};
