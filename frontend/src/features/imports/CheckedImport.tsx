import { Button } from "@mantine/core";
import { IconFileText, IconFolder } from "@tabler/icons-react";
import { useRef } from "react";
import { useCommands } from "@/shared/commands/commands";
import { bytesWords, counted } from "@/shared/lib/format";
import { Refused } from "@/shared/ui/Problems";
import { AfterImport } from "./AfterImport";
import { type Import, isBusy } from "./api";
import classes from "./CheckedImport.module.css";
import { ClassQuestions } from "./ClassQuestions";
import { FirstRows } from "./FirstRows";
import type { FindPicture } from "./localPictures";
import { ProgressBar } from "./ProgressBar";
import { ScalePanel } from "./ScalePanel";
import { Skips } from "./Skips";
import type { Changes } from "./useChanges";
import { importWords, isReadable, obstacle, toolName } from "./words";

/** How the file was read, in one line: "412 kB, 5 125 rows, 4 columns, utf-8, comma". */
const reading = ({ facts, file_bytes, images_name, file_name }: Import): string =>
  [
    file_bytes > 0 && bytesWords(file_bytes),
    facts.rows > 0 && counted(facts.rows, facts.kind === "folder" ? "file" : "row"),
    toolName({ facts }),
    !toolName({ facts }) && facts.headers.length > 0 && counted(facts.headers.length, "column"),
    facts.encoding,
    facts.delimiter,
    facts.layout,
    file_name !== "" && images_name !== "" && `pictures from ${images_name}`,
  ]
    .filter(Boolean)
    .join(", ");

interface FileBoxProps {
  readonly work: Import;
  readonly onReplace: () => void;
}

const FileBox = ({ work, onReplace }: FileBoxProps) => {
  const Icon = work.file_name ? IconFileText : IconFolder;
  return (
    <div className={classes.file}>
      <Icon size={28} stroke={1.4} aria-hidden />
      <div className={classes.fileWords}>
        <p className={classes.fileName}>
          {work.file_name || work.images_name || work.image_root || work.s3_uri}
        </p>
        <p className={classes.second}>{reading(work)}</p>
      </div>
      <Button variant="default" onClick={onReplace}>
        Replace files
      </Button>
    </div>
  );
};

/** While the file is read anew, what was found last stays on the screen; what was said since is kept. */
const useLastFound = (work: Import): Import => {
  const last = useRef(work);
  if (!isBusy(work)) last.current = work;
  return last.current === work ? work : { ...last.current, mapping: work.mapping };
};

interface CheckedImportProps {
  readonly work: Import;
  readonly changes: Changes;
  /** Pictures that are still on this device. */
  readonly find: FindPicture;
  readonly onReplace: () => void;
}

/** Everything that would be imported, and all that can be said about it before. */
export const CheckedImport = ({ work, changes, find, onReplace }: CheckedImportProps) => {
  const found = useLastFound(work);
  const isCounted = !isBusy(found) && isReadable(found);
  return (
    <div className={classes.layout}>
      <div className={classes.main}>
        <FileBox work={found} onReplace={onReplace} />
        <Refused error={changes.error} />
        {(found.preview.length > 0 || found.problems.length > 0) && (
          <FirstRows work={found} changes={changes} find={find} />
        )}
        <ClassQuestions work={found} changes={changes} />
      </div>
      <aside className={classes.side} aria-label="Confidence, skipped rows, result">
        {found.facts.headers.length > 0 && (isReadable(found) || !toolName(found)) && (
          <ScalePanel work={found} changes={changes} />
        )}
        {isCounted && <Skips work={found} changes={changes} />}
        {isCounted && <AfterImport work={found} />}
      </aside>
      {isBusy(work) && <ProgressBar work={work} />}
    </div>
  );
};

interface ImportButtonProps {
  readonly work: Import;
  readonly changes: Changes;
}

/** Says how many rows it takes, and waits until the server has read every choice. */
export const ImportButton = ({ work, changes }: ImportButtonProps) => {
  const why = obstacle(work);
  const may = why === "" && changes.settled;
  useCommands([
    {
      id: "import.write",
      label: "Import",
      group: "Import",
      keys: ["Mod+Enter"],
      enabled: may,
      run: changes.write,
    },
  ]);
  return (
    <>
      {work.is_open && why !== "" && <span className={classes.obstacle}>{why}</span>}
      <Button
        disabled={!may}
        loading={changes.writing}
        aria-keyshortcuts="Control+Enter"
        onClick={() => changes.write()}
      >
        {work.is_open ? importWords(work) : "Import"}
      </Button>
    </>
  );
};
