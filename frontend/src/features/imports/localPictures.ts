import { nameFor, type Sorted } from "./sorting";
import { contentOf, entriesOf } from "./unzip";

/** Finds a row's picture among the files on this device; null when it is not there. */
export type FindPicture = (path: string) => Promise<Blob | null>;

/** The server stores no picture before the import, so the preview shows those that were just given. */
export const localPictures = ({ zip, pictures }: Sorted): FindPicture => {
  const loose = new Map(pictures.map(({ path, file }) => [path, file]));
  let entries: ReturnType<typeof entriesOf> | null = null;
  return async (path) => {
    const file = loose.get(nameFor(loose.keys(), path) ?? "");
    if (file || !zip) return file ?? null;
    entries ??= entriesOf(zip.file);
    const known = await entries;
    const place = known.get(nameFor(known.keys(), path) ?? "");
    return place ? contentOf(zip.file, place) : null;
  };
};
