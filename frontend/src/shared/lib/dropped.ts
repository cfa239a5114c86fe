import { createStore } from "./store";

/** A file that a person gave, with its path below the folder that it came in. */
export interface Given {
  /** `crab/image_0064.jpg`; the bare name for a file that was given by itself. */
  readonly path: string;
  readonly file: File;
}

const entriesOf = (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader();
  const some = () => new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
  const rest = async (before: FileSystemEntry[]): Promise<FileSystemEntry[]> => {
    // A reader gives a hundred at a time, and nothing once it is through.
    const next = await some();
    return next.length === 0 ? before : rest([...before, ...next]);
  };
  return rest([]);
};

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

const walk = async (entry: FileSystemEntry): Promise<Given[]> => {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) {
    const file = await new Promise<File>((done, fail) => entry.file(done, fail));
    return [{ path, file }];
  }
  const found: Given[] = [];
  for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) found.push(...(await walk(child)));
  return found;
};

/** What was dropped: files, and all files of dropped folders. Must be called while the drop is handled. */
export const droppedFiles = async (transfer: DataTransfer): Promise<Given[]> => {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return chosenFiles(transfer.files);
  const found: Given[] = [];
  for (const entry of entries) found.push(...(await walk(entry)));
  return found;
};

/** What a file chooser gave; a folder's files come with their path. */
export const chosenFiles = (files: Iterable<File>): Given[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** Files given on one screen and used on the next, such as those dropped where there was no dataset yet. */
export const handover = createStore<readonly Given[]>([]);
