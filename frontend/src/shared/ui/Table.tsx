import type { ReactNode } from "react";
import classes from "./Table.module.css";

interface Column {
  readonly label: string;
  /** Numbers stand right-aligned in tabular figures. */
  readonly number?: boolean;
  /** Keep the heading for screen readers only (a column of buttons). */
  readonly quiet?: boolean;
}

interface TableProps {
  /** Says what the table holds, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** `<tr>` elements; a cell of a number column carries `data-number`. */
  readonly children: ReactNode;
}

/** A table of rows: quiet lines, sticky head, scrolls sideways by itself on a narrow screen. */
export const Table = ({ caption, columns, children }: TableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
  <section className={classes.scroll} aria-label={caption} tabIndex={0}>
    <table className={classes.table}>
      <caption className={classes.hidden}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label, number, quiet }) => (
            <th key={label} scope="col" data-number={number || undefined}>
              <span className={quiet ? classes.hidden : undefined}>{label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
