import type { Analysis } from "./api";
import type { ColumnId } from "./cells";
import { bucketName } from "./edges";

export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  /** In rem; buckets share what is left over. */
  readonly width: number;
}

const FIGURE_COLUMNS: readonly Column[] = [
  { id: "total", label: "Total", width: 3.25 },
  { id: "confirmed", label: "Confirmed", width: 4.75 },
  { id: "disconfirmed", label: "Disconfirmed", width: 5.75 },
  { id: "split", label: "Split", width: 2.75 },
  { id: "unsure", label: "Unsure", width: 3.5 },
  { id: "pending", label: "Pending", width: 3.75 },
  { id: "correct", label: "% correct", width: 6.75 },
];

const BUCKET_WIDTH = 6.25;

/** The class's name, which is no number and stands before all columns. */
export const NAME_WIDTH = 7.75;

/** All columns of numbers, from left to right; what lies outside the edges only where something does. */
export const columnsOf = ({ table }: Analysis): Column[] => {
  const buckets = table.totals.buckets.map(
    ({ low, high }, index): Column => ({
      id: `b${index}`,
      label: bucketName(low, high),
      width: BUCKET_WIDTH,
    }),
  );
  return [
    ...FIGURE_COLUMNS,
    ...buckets,
    { id: "kept", label: "Walk", width: 9.5 },
    ...(table.outside > 0 ? [{ id: "outside" as const, label: "Outside", width: 4.25 }] : []),
  ];
};

/** How narrow the table may become before it scrolls sideways, in rem. */
export const leastWidth = (columns: readonly Column[]): number =>
  columns.reduce((sum, { width }) => sum + width, NAME_WIDTH);
