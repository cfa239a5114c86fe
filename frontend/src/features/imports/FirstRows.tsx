import { NativeSelect, SegmentedControl } from "@mantine/core";
import { IconPhoto, IconPhotoOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useCommands } from "@/shared/commands/commands";
import { count, shortConfidence } from "@/shared/lib/format";
import { Picture } from "@/shared/ui/Picture";
import type { Import, Role } from "./api";
import classes from "./FirstRows.module.css";
import type { FindPicture } from "./localPictures";
import { type Changes, rolesOf, withRole } from "./useChanges";
import { isReadable, rolesFor, roleWords, rowUnit, toolName } from "./words";

/** A row of the table, of the first rows or of those that are not taken. */
interface Row {
  readonly key: string;
  readonly line: number | null;
  readonly entry: string;
  readonly cells: readonly string[];
  readonly picture: string;
  readonly confidence: number | null;
  readonly problem: string | null;
}

const previewRows = (work: Import, rows: Import["preview"]): Row[] =>
  rows.map((row, at) => ({
    ...row,
    key: `${row.line} ${at}`,
    entry: row.picture,
    problem: isReadable(work) ? row.problem : null,
  }));

const problemRows = (work: Import): Row[] =>
  work.problems.map((row, at) => ({
    ...row,
    key: `${row.line} ${at}`,
    picture: row.entry,
    confidence: null,
    problem: row.reason,
  }));

/** The address of a row's picture on this device; null as long as there is none. */
const useLocalPicture = (path: string, find: FindPicture): string | null => {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    void find(path).then((picture) => {
      if (picture === null || isGone) return;
      made = URL.createObjectURL(picture);
      setAddress(made);
    });
    return () => {
      isGone = true;
      if (made !== null) URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [path, find]);
  return address;
};

const Thumb = ({ row, find }: { row: Row; find: FindPicture }) => {
  const address = useLocalPicture(row.picture, find);
  if (address !== null) return <Picture src={address} alt="" />;
  const Icon = row.problem ? IconPhotoOff : IconPhoto;
  return (
    <span className={classes.noPicture} data-problem={row.problem !== null || undefined}>
      <Icon size={16} aria-hidden />
    </span>
  );
};

const Cell = ({ role, text, row }: { role: Role | undefined; text: string; row: Row }) => {
  if (role === "confidence" && row.confidence !== null)
    return (
      <>
        {text} <span className={classes.means}>→ {shortConfidence(row.confidence)}</span>
      </>
    );
  return <>{text === "" ? "–" : text}</>;
};

interface HeadProps {
  readonly header: string;
  readonly number: number;
  readonly role: Role | undefined;
  /** What it may be; nothing where the format itself says what a column is. */
  readonly choices: readonly { readonly value: Role; readonly label: string }[];
  readonly onRole: (role: Role) => void;
}

const Head = ({ header, number, role, choices, onRole }: HeadProps) => (
  <th scope="col" className={classes.head}>
    <span className={classes.header}>{header}</span>
    {choices.length > 0 && (
      <NativeSelect
        id={`column-${number}`}
        aria-label={`Column ${header} is`}
        className={role === "extra" || role === "ignore" ? classes.detail : classes.role}
        data={[...choices]}
        value={role ?? "extra"}
        onChange={(event) => onRole(event.currentTarget.value as Role)}
      />
    )}
  </th>
);

/** Where something may be chosen in the headers, what. */
const Hint = ({ work }: { work: Import }) => {
  const isOpen = work.facts.headers.some((header) => rolesFor(work, header).length > 0);
  if (!isOpen) return null;
  return (
    <p className={classes.hint}>
      {toolName(work)
        ? "Choose the field whose labels are taken, and which details are kept."
        : "Say what each column is. What was recognised is filled in."}
    </p>
  );
};

/** Digits lead to the columns' lists; letters then choose in them, as in any list of the browser. */
const useColumnKeys = (headers: readonly (string | null)[]) =>
  useCommands(
    headers.slice(0, 9).flatMap((header, at) =>
      header === null
        ? []
        : [
            {
              id: `import.column.${at + 1}`,
              label: `What ${header} is`,
              group: "Columns",
              keys: [`Digit${at + 1}`],
              run: () => document.getElementById(`column-${at + 1}`)?.focus(),
            },
          ],
    ),
  );

interface RowsProps {
  readonly work: Import;
  readonly changes: Changes;
  readonly rows: readonly Row[];
  readonly find: FindPicture;
}

const Rows = ({ work, changes, rows, find }: RowsProps) => {
  const { headers } = work.facts;
  const roles = rolesOf(work, changes.draft);
  const choices = (header: string) =>
    rolesFor(work, header).map((one) => ({ value: one.value, label: roleWords(work, one) }));
  useColumnKeys(headers.map((header) => (choices(header).length > 0 ? header : null)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className={classes.scroll} aria-label="Rows of the file" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td className={classes.corner} />
            {headers.map((header, at) => (
              <Head
                key={header}
                header={header}
                number={at + 1}
                role={roles[header]}
                choices={choices(header)}
                onRole={(role) =>
                  changes.change({ columns: withRole(roles, header, role, work.facts.roles) })
                }
              />
            ))}
            {headers.length === 0 && (
              <th scope="col" className={classes.head}>
                File
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RowLine
              key={row.key}
              row={row}
              headers={headers}
              roles={roles}
              unit={rowUnit(work)}
              isOpen={!isReadable(work)}
              find={find}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
};

interface RowLineProps {
  readonly row: Row;
  readonly headers: readonly string[];
  readonly roles: Readonly<Record<string, Role>>;
  /** What a row's number counts. */
  readonly unit: string;
  /** Which column is what is still asked: nothing is left out yet. */
  readonly isOpen: boolean;
  readonly find: FindPicture;
}

const RowLine = ({ row, headers, roles, unit, isOpen, find }: RowLineProps) => {
  const isShown = row.cells.length > 0 || headers.length === 0;
  const where = row.line ? `${unit} ${count(row.line)}` : row.entry;
  return (
    <>
      {isShown && (
        <tr data-problem={row.problem !== null || undefined}>
          <td className={classes.thumb}>
            <Thumb row={row} find={find} />
          </td>
          {headers.map((header, at) => (
            <td key={header} data-role={isOpen && roles[header] === "ignore" ? undefined : roles[header]}>
              <Cell role={roles[header]} text={row.cells[at] ?? ""} row={row} />
            </td>
          ))}
          {headers.length === 0 && <td data-role="picture">{row.entry}</td>}
        </tr>
      )}
      {row.problem !== null && (
        <tr data-problem className={isShown ? classes.reason : undefined}>
          <td />
          <td colSpan={Math.max(1, headers.length)} className={classes.why}>
            Skipped, {where}: {row.problem}
          </td>
        </tr>
      )}
    </>
  );
};

interface FirstRowsProps {
  readonly work: Import;
  readonly changes: Changes;
  readonly find: FindPicture;
}

/** The first rows with what each column was taken for, rows drawn from the whole file, and the rows
    that are not taken. */
export const FirstRows = ({ work, changes, find }: FirstRowsProps) => {
  const [shown, setShown] = useState("first");
  const first = previewRows(work, work.preview);
  const random = previewRows(work, work.facts.random);
  const problems = isReadable(work) ? problemRows(work) : [];
  const choices = [
    { value: "first", label: `First ${first.length}`, rows: first },
    { value: "random", label: `Random ${random.length}`, rows: random },
    { value: "problems", label: `Skipped ${count(work.counts.rejected)}`, rows: problems },
  ].filter(({ value, rows }) => value === "first" || rows.length > 0);
  const rows = choices.find(({ value }) => value === shown)?.rows ?? first;
  return (
    <section aria-labelledby="first-rows" className={classes.first}>
      <div className={classes.bar}>
        <h2 id="first-rows" className={classes.heading}>
          First rows
        </h2>
        <Hint work={work} />
        {choices.length > 1 && (
          <SegmentedControl
            className={classes.which}
            size="sm"
            aria-label="Rows shown"
            value={shown}
            onChange={setShown}
            data={choices}
          />
        )}
      </div>
      <Rows work={work} changes={changes} rows={rows} find={find} />
    </section>
  );
};
