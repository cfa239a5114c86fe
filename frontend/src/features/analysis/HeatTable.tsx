import type { CSSProperties, ReactNode } from "react";
import type { Analysis, Row } from "./api";
import type { Cell } from "./cells";
import { type Column, leastWidth, NAME_WIDTH } from "./columns";
import { EdgeStrip } from "./EdgeStrip";
import type { Bar, Edges } from "./edges";
import classes from "./HeatTable.module.css";
import type { Ratio } from "./ratio";
import { ClassRow } from "./TableRow";
import { TotalsRows } from "./TotalsRows";
import { type Heat, useHeatTable } from "./useHeatTable";

export interface HeatTableProps {
  readonly analysis: Analysis;
  /** The classes to show, in order. */
  readonly rows: readonly Row[];
  readonly ratio: Ratio;
  readonly published: boolean;
  /** The edges as they are being moved; the columns follow when their counts are there. */
  readonly edges: Edges;
  readonly lowest: number;
  readonly bars: readonly Bar[];
  readonly onEdges: (edges: Edges) => void;
  /** The menu of ways to cut; beside the handles. */
  readonly edgesControl: ReactNode;
  readonly opened: Cell | null;
  readonly onOpen: (cell: Cell) => void;
}

const isBucket = ({ id }: Column): boolean => id.startsWith("b");

const Widths = ({ columns }: { columns: readonly Column[] }) => (
  <colgroup>
    <col style={{ width: `${NAME_WIDTH}rem` }} />
    {columns.map((column) => (
      <col key={column.id} style={isBucket(column) ? undefined : { width: `${column.width}rem` }} />
    ))}
  </colgroup>
);

const Head = ({ columns, edgesControl, ...strip }: HeadProps) => {
  const before = columns.findIndex(isBucket);
  const buckets = columns.filter(isBucket).length;
  return (
    <thead>
      <tr className={classes.stripRow}>
        <td colSpan={before + 1} className={classes.stripLabel}>
          <span>Bucket edges</span> {edgesControl}
        </td>
        <td colSpan={buckets} className={classes.strip}>
          <EdgeStrip {...strip} columns={buckets} />
        </td>
        <td colSpan={columns.length - before - buckets} />
      </tr>
      <tr aria-rowindex={1}>
        <th scope="col" className={classes.name}>
          Class
        </th>
        {columns.map((column) => (
          <th key={column.id} scope="col" data-kind={isBucket(column) ? "bucket" : column.id}>
            {column.label}
          </th>
        ))}
      </tr>
    </thead>
  );
};

interface HeadProps extends Omit<Parameters<typeof EdgeStrip>[0], "columns"> {
  readonly columns: readonly Column[];
  readonly edgesControl: ReactNode;
}

/** Stands in for rows that are out of sight, in their height. */
const Gap = ({ rows, height, columns }: { rows: number; height: number; columns: number }) =>
  rows > 0 && (
    <tr aria-hidden>
      <td colSpan={columns + 1} style={{ height: rows * height, padding: 0 }} />
    </tr>
  );

const Body = ({ heat, analysis, rows, ratio }: { heat: Heat } & HeatTableProps) => {
  const { columns, place, height, first, last, open } = heat;
  return (
    <tbody>
      <Gap rows={first} height={height} columns={columns.length} />
      {rows.slice(first, last).map((row, offset) => (
        <ClassRow
          key={row.label_class.id}
          index={first + offset}
          row={row}
          columns={columns}
          ratio={ratio}
          threshold={analysis.thresholds.get(row.label_class.id)}
          active={place.row === first + offset ? place.column : null}
          onOpen={open}
        />
      ))}
      <Gap rows={rows.length - last} height={height} columns={columns.length} />
    </tbody>
  );
};

/** Classes by confidence: one colour and one interval for each bucket, and pictures behind each number. */
export const HeatTable = (props: HeatTableProps) => {
  const heat = useHeatTable(props);
  const { columns, place, height, open } = heat;
  const { analysis, rows, ratio, published } = props;
  const style = { "--row": `${height}px`, minWidth: `${leastWidth(columns)}rem` } as CSSProperties;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section ref={heat.scroller} className={classes.scroll} aria-label="Classes by confidence" tabIndex={0}>
      <table
        ref={heat.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows walk through its cells.
        role="grid"
        aria-label="Share right of each class by confidence"
        aria-rowcount={rows.length + 3}
        className={classes.table}
        style={style}
      >
        <Widths columns={columns} />
        <Head
          columns={columns}
          edges={props.edges}
          lowest={props.lowest}
          bars={props.bars}
          edgesControl={props.edgesControl}
          onChange={props.onEdges}
        />
        <Body heat={heat} {...props} />
        <TotalsRows
          {...{ analysis, columns, ratio, published }}
          first={rows.length}
          active={place}
          onOpen={open}
        />
      </table>
    </section>
  );
};
