import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { count, percent } from "@/shared/lib/format";
import type { Analysis, Bucket, Row } from "./api";
import classes from "./ByClass.module.css";
import { type Cell, type ColumnId, openWords } from "./cells";
import { bucketName, edgeName } from "./edges";
import { HeatCell } from "./HeatCell";
import { IntervalBar } from "./IntervalBar";
import { type Ratio, targetOf } from "./ratio";
import { walkReason } from "./walk";
import { rightOf } from "./words";

interface ByClassProps {
  readonly analysis: Analysis;
  readonly rows: readonly Row[];
  readonly ratio: Ratio;
  readonly onOpen: (cell: Cell) => void;
  readonly edgesControl: ReactNode;
}

const BucketLine = ({ bucket, ratio, name, onOpen }: BucketLineProps) => {
  const words = bucketName(bucket.low, bucket.high);
  return (
    <li className={classes.line}>
      <span className={classes.bucket}>{words}</span>
      <button type="button" className={classes.cell} onClick={onOpen}>
        <VisuallyHidden>{`${name}, ${words}: `}</VisuallyHidden>
        <HeatCell counts={bucket} ratio={ratio} />
      </button>
    </li>
  );
};

interface BucketLineProps {
  readonly bucket: Bucket;
  readonly ratio: Ratio;
  readonly name: string;
  readonly onOpen: () => void;
}

const OneClass = ({
  analysis,
  row,
  ratio,
  onOpen,
}: Omit<ByClassProps, "rows" | "edgesControl"> & { row: Row }) => {
  const { id, name } = row.label_class;
  const threshold = analysis.thresholds.get(id);
  const open = (column: ColumnId) => () => onOpen({ row: id, column });
  return (
    <section className={classes.one} aria-label={name}>
      <header className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <button type="button" className={classes.figure} onClick={open("total")}>
          {count(row.total)} pictures
        </button>
      </header>
      <button type="button" className={classes.correct} onClick={open("correct")}>
        <span className={classes.figures}>
          <strong>{percent(row.percent_correct)}</strong>
          <span>{rightOf(row)} right</span>
          <span>{openWords(row)}</span>
        </span>
        <IntervalBar interval={row.interval} target={targetOf(ratio)} />
      </button>
      <ul>
        {row.buckets.map((bucket, index) => (
          <BucketLine key={bucket.low} {...{ bucket, ratio, name }} onOpen={open(`b${index}`)} />
        ))}
      </ul>
      {threshold && (
        <p className={classes.walk}>
          {threshold.threshold === null ? (
            <strong>No threshold</strong>
          ) : (
            <button type="button" className={classes.figure} onClick={open("kept")}>
              Walk {edgeName(threshold.threshold)}, keeps {count(threshold.kept)}
            </button>
          )}
          <span>{walkReason(threshold, row.buckets)}</span>
        </p>
      )}
    </section>
  );
};

/** The table for a narrow screen: one class below the other. */
export const ByClass = ({ rows, edgesControl, ...rest }: ByClassProps) => (
  <div className={classes.list}>
    <div className={classes.edges}>{edgesControl}</div>
    {rows.map((row) => (
      <OneClass key={row.label_class.id} row={row} {...rest} />
    ))}
  </div>
);
