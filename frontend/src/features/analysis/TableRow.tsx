import { VisuallyHidden } from "@mantine/core";
import { memo, type ReactNode } from "react";
import { count } from "@/shared/lib/format";
import type { Bucket, Row, Threshold, Totals } from "./api";
import type { ColumnId } from "./cells";
import type { Column } from "./columns";
import { edgeName } from "./edges";
import { HeatCell } from "./HeatCell";
import classes from "./HeatTable.module.css";
import { IntervalBar } from "./IntervalBar";
import { type Ratio, targetOf } from "./ratio";
import { passedOver, walkReason } from "./walk";
import { bare, intervalText, rightOf } from "./words";

/** What is drawn in a cell, and in words what only its colour, bar and place would say. */
export interface Face {
  readonly face: ReactNode;
  readonly more?: string;
  /** Are there pictures to open? A threshold that does not exist has none. */
  readonly opens?: boolean;
}

const Correct = ({ counts, ratio }: { counts: Totals; ratio: Ratio }) => (
  <span className={classes.correct}>
    <span className={classes.correctFigures}>
      <strong>{bare(counts.percent_correct)}</strong>
      <span>{intervalText(counts.interval)}</span>
    </span>
    <IntervalBar interval={counts.interval} target={targetOf(ratio)} />
  </span>
);

const Kept = ({ threshold, buckets }: { threshold: Threshold; buckets: readonly Bucket[] }) => (
  <span className={classes.walk}>
    <span className={classes.walkFigures} data-fails={threshold.reason === "top_bucket_fails" || undefined}>
      <strong>{threshold.threshold === null ? "none" : edgeName(threshold.threshold)}</strong>
      {threshold.threshold !== null && <span>keeps {count(threshold.kept)}</span>}
    </span>
    <span className={classes.reason}>{walkReason(threshold, buckets)}</span>
  </span>
);

/** A place of the grid without a number. */
export const BLANK: Face = { face: null, opens: false };

const keptFace = (row: Row | Totals, threshold: Threshold | undefined): Face =>
  threshold
    ? {
        face: <Kept threshold={threshold} buckets={row.buckets} />,
        more: passedOver(threshold),
        opens: threshold.threshold !== null,
      }
    : BLANK;

const bucketFace = (row: Row | Totals, column: ColumnId, ratio: Ratio): Face => {
  const bucket = row.buckets[Number(column.slice(1))];
  return bucket ? { face: <HeatCell counts={bucket} ratio={ratio} /> } : BLANK;
};

const PLAIN = ["total", "confirmed", "disconfirmed", "split", "unsure", "pending", "outside"] as const;

/** The face of a class's (or of all classes') number. */
export const faceOf = (
  row: Row | Totals,
  column: ColumnId,
  ratio: Ratio,
  threshold: Threshold | undefined,
): Face => {
  if (column === "correct")
    return { face: <Correct counts={row} ratio={ratio} />, more: `interval, ${rightOf(row)} right` };
  if (column === "kept") return keptFace(row, threshold);
  const plain = PLAIN.find((name) => name === column);
  if (plain) return { face: count(row[plain]) };
  return bucketFace(row, column, ratio);
};

interface TableRowProps {
  readonly index: number;
  readonly name: string;
  readonly note?: string;
  readonly columns: readonly Column[];
  readonly face: (column: ColumnId) => Face;
  /** The column that has the table's one tab stop, when it lies in this row. */
  readonly active: number | null;
  readonly onOpen: (row: number, column: number) => void;
}

interface NumberButtonProps extends Pick<TableRowProps, "index" | "name" | "active" | "onOpen"> {
  readonly column: number;
  readonly label: string;
  readonly shown: Face;
}

const NumberButton = ({ index, name, active, onOpen, column, label, shown }: NumberButtonProps) => (
  <button
    type="button"
    className={classes.button}
    data-place={`${index}:${column}`}
    tabIndex={active === column ? 0 : -1}
    aria-disabled={shown.opens === false || undefined}
    onClick={() => onOpen(index, column)}
  >
    <VisuallyHidden>{`${name}, ${label}: `}</VisuallyHidden>
    {shown.face}
    {shown.more && <VisuallyHidden>{` ${shown.more}`}</VisuallyHidden>}
  </button>
);

/** A row of numbers, each a button that opens the pictures behind it. */
export const TableRow = ({ index, name, note, columns, face, active, onOpen }: TableRowProps) => (
  <tr aria-rowindex={index + 2}>
    <th scope="row" className={classes.name} title={name}>
      <span className={classes.nameText}>{name}</span>
      {note && <span className={classes.note}>{note}</span>}
    </th>
    {columns.map(({ id, label }, column) => {
      const shown = face(id);
      return (
        <td key={id} className={classes.cell} data-kind={id.startsWith("b") ? "bucket" : id}>
          {shown.face !== null && <NumberButton {...{ index, name, active, onOpen, column, label, shown }} />}
        </td>
      );
    })}
  </tr>
);

interface ClassRowProps extends Omit<TableRowProps, "face" | "name" | "note"> {
  readonly row: Row;
  readonly ratio: Ratio;
  readonly threshold: Threshold | undefined;
}

/** The row of one class; drawn anew only when its own numbers, or its focus, change. */
export const ClassRow = memo(({ row, ratio, threshold, ...rest }: ClassRowProps) => (
  <TableRow {...rest} name={row.label_class.name} face={(column) => faceOf(row, column, ratio, threshold)} />
));
