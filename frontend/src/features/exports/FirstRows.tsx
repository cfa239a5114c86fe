import { useQuery } from "@tanstack/react-query";
import { confidence, count, counted, listed, moment } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/Badge";
import { Empty } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { countsQuery, type Preview } from "./api";
import classes from "./ExportsPage.module.css";
import { isOfMasks, rowOf } from "./formats";
import { OUTCOMES, relaxed, type Wish } from "./wish";

const COLUMNS = [
  { label: "Image" },
  { label: "Label" },
  { label: "Confidence", number: true },
  { label: "Right", number: true },
  { label: "Wrong", number: true },
  { label: "Unsure", number: true },
  { label: "Outcome" },
  { label: "Reviewed" },
];

type Row = Preview["sample"][number];

const TONES: Record<string, Tone> = {
  confirmed: "ok",
  disconfirmed: "wrong",
  split: "wrong",
  unsure: "unsure",
};

const wordOf = (outcome: string | null): string =>
  OUTCOMES.find((one) => one.outcome === outcome)?.word ?? "No job";

const RowLine = ({ row }: { row: Row }) => (
  <tr>
    <td className={classes.ref}>{row.image}</td>
    <td>{row.label}</td>
    <td data-number>{row.confidence === null ? "" : confidence(row.confidence)}</td>
    <td data-number>{row.confirm_count}</td>
    <td data-number>{row.disconfirm_count}</td>
    <td data-number>{row.unsure_count}</td>
    <td>
      <Badge tone={TONES[row.outcome ?? ""] ?? "quiet"}>{wordOf(row.outcome)}</Badge>
    </td>
    <td>{row.reviewed_at && moment(row.reviewed_at)}</td>
  </tr>
);

/** "Without the filter by confidence there are 245 rows." */
const blameWords = (names: readonly string[], rows: readonly number[]): string => {
  const blamed = names.flatMap((name, index) => (rows[index] ? [{ name, rows: rows[index] }] : []));
  if (blamed.length > 0)
    return `${listed(blamed.map(({ name, rows: n }) => `Without the filter by ${name} there would be ${counted(n, "row")}`))}.`;
  return names.length > 1
    ? `The filters by ${listed(names)} leave none together; taking away one alone does not help.`
    : "There is nothing here that could be filtered.";
};

/** No rows: which filter removed them. */
const NoRows = ({ wish }: { wish: Wish }) => {
  const without = relaxed(wish);
  const counts = useQuery(countsQuery(without.map((each) => each.wish)));
  return (
    <Empty title={`No ${rowOf(wish.format)} is left`}>
      {isOfMasks(wish.format) && without.length === 0 && "None of these labels has a mask or a box."}
      {!(isOfMasks(wish.format) && without.length === 0) &&
        counts.data &&
        blameWords(
          without.map((each) => each.filter),
          counts.data,
        )}
    </Empty>
  );
};

/** How many rows there will be, and what they look like. */
export const FirstRows = ({ wish, preview }: { wish: Wish; preview: Preview }) => {
  if (preview.rows === 0) return <NoRows wish={wish} />;
  return (
    <div className={classes.part}>
      <p className={classes.figure} role="status">
        <strong>{count(preview.rows)}</strong> {rowOf(wish.format)}
        {preview.rows === 1 ? "" : "s"}, {preview.sample.length} of them below
      </p>
      <div className={classes.framed}>
        <Table caption="Some of the rows" columns={COLUMNS}>
          {preview.sample.map((row) => (
            <RowLine key={`${row.job} ${row.label} ${row.image} ${row.source}`} row={row} />
          ))}
        </Table>
      </div>
    </div>
  );
};
