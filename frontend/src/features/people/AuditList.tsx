import { useInfiniteQuery } from "@tanstack/react-query";
import { moment } from "@/shared/lib/format";
import { Failed } from "@/shared/ui/Problems";
import { ShowMore } from "@/shared/ui/ShowMore";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type AuditEntry, auditQuery } from "./api";
import { detailWords } from "./audit";
import classes from "./People.module.css";

const COLUMNS = [
  { label: "When" },
  { label: "Who" },
  { label: "What" },
  { label: "Subject" },
  { label: "Details" },
];

const AuditRow = ({ entry }: { entry: AuditEntry }) => (
  <tr>
    <td className={classes.when}>
      <time dateTime={entry.at}>{moment(entry.at)}</time>
    </td>
    <td>{entry.actor_name}</td>
    <td>
      <code className={classes.code}>{entry.action}</code>
    </td>
    <td>{entry.subject}</td>
    <td className={classes.details}>{detailWords(entry.details)}</td>
  </tr>
);

/** Who changed what, newest first. */
export const AuditList = () => {
  const audit = useInfiniteQuery(auditQuery);
  if (audit.isError)
    return <Failed what="The history" error={audit.error} onRetry={() => void audit.refetch()} />;
  if (!audit.data) return <Loading what="the history" />;
  const entries = audit.data.pages.flatMap((page) => page.results);
  if (entries.length === 0) return <Empty title="Nothing was changed yet" />;
  return (
    <>
      <Table caption="Who changed what, newest first" columns={COLUMNS}>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </Table>
      <ShowMore of={audit} words="Show older" />
    </>
  );
};
