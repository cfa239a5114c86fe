import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count, moment, share } from "@/shared/lib/format";
import { useMe } from "@/shared/session/session";
import { Dotted, type Tone } from "@/shared/ui/Badge";
import { LinkButton } from "@/shared/ui/LinkButton";
import { Failed } from "@/shared/ui/Problems";
import { Empty, Loading } from "@/shared/ui/States";
import { Table } from "@/shared/ui/Table";
import { type DatasetDetail, type Import, importsQuery, isBusy } from "./api";
import classes from "./ClassesTab.module.css";

const COLUMNS = [
  { label: "File" },
  { label: "State" },
  { label: "New labels", number: true },
  { label: "New pictures", number: true },
  { label: "Unchanged", number: true },
  { label: "Not taken", number: true },
  { label: "By" },
  { label: "When" },
];

/** The state of an import in words: what a person can do about it decides the word. */
const stateOf = (work: Import): { words: string; tone: Tone } => {
  const { done, total } = work.progress;
  if (isBusy(work)) {
    const word = work.dry_run ? "Checking" : "Importing";
    return { words: total ? `${word}, ${share(done, total)}` : word, tone: "focus" };
  }
  if (work.is_open) return { words: "Waits for you", tone: "unsure" };
  if (work.state === "failed") return { words: "Failed", tone: "wrong" };
  return work.state === "cancelled"
    ? { words: "Cancelled", tone: "quiet" }
    : { words: "Imported", tone: "ok" };
};

const ImportRow = ({ work, linked }: { work: Import; linked: boolean }) => {
  const { words, tone } = stateOf(work);
  const name = work.file_name || work.images_name || work.source;
  const isWritten = work.state === "done" && !work.dry_run;
  const figure = (value: number) => (isWritten ? count(value) : "–");
  return (
    <tr>
      <td>
        {linked ? (
          <Link
            to="/datasets/$dataset/import"
            params={{ dataset: work.dataset }}
            search={{ work: work.id }}
            className={classes.source}
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </td>
      <td>
        <Dotted tone={tone}>{words}</Dotted>
      </td>
      <td data-number>{figure(work.counts.labels)}</td>
      <td data-number>{figure(work.counts.images)}</td>
      <td data-number>{figure(work.counts.unchanged)}</td>
      <td data-number>{figure(work.counts.rejected)}</td>
      <td>{work.created_by}</td>
      <td>{moment(work.created_at)}</td>
    </tr>
  );
};

/** What came into the dataset, when, and by whom; newest first. */
export const ImportsTab = ({ dataset }: { dataset: DatasetDetail }) => {
  const isAdmin = useMe().role === "admin";
  const imports = useQuery(importsQuery(dataset.id));
  if (imports.isError)
    return <Failed what="The imports" error={imports.error} onRetry={() => void imports.refetch()} />;
  if (!imports.data) return <Loading what="imports" />;
  if (imports.data.length === 0)
    return (
      <Empty
        icon={<IconFileImport size={32} aria-hidden />}
        title="Nothing was imported yet"
        action={
          isAdmin && (
            <LinkButton to="/datasets/$dataset/import" params={{ dataset: dataset.id }}>
              Import labels
            </LinkButton>
          )
        }
      />
    );
  const newest = imports.data.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  return (
    <Table caption="Imports, newest first" columns={COLUMNS}>
      {newest.map((work) => (
        <ImportRow key={work.id} work={work} linked={isAdmin} />
      ))}
    </Table>
  );
};
