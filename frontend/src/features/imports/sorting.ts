import type { Given } from "@/shared/lib/dropped";

/** What was given, sorted by what it is for. */
export interface Sorted {
  readonly labels: Given | null;
  readonly zip: Given | null;
  /** Loose pictures, packed into a zip on their way. */
  readonly pictures: readonly Given[];
  /** What is not taken, each in one sentence. */
  readonly refused: readonly string[];
}

const LABELS = /\.(csv|tsv|jsonl|ndjson|json|manifest)(\.gz)?$/i;
const ZIP = /\.zip$/i;
const PICTURES = /\.(jpe?g|png|webp|gif|tiff?|bmp)$/i;
/** Files that systems leave behind. */
const JUNK = /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$|(^|\/)__MACOSX\//i;

const SHOWN = 5;

const secondOf = (files: readonly Given[], what: string): string[] =>
  files
    .slice(1)
    .map(
      ({ path }) =>
        `${path} is a second ${what}; ${files[0]?.path} is taken. Import them one after the other.`,
    );

const empty = (files: readonly Given[]): string[] =>
  files.filter(({ file }) => file.size === 0).map(({ path }) => `${path} is empty.`);

const strangers = (files: readonly Given[]): string[] => {
  const named = files
    .slice(0, SHOWN)
    .map(
      ({ path }) =>
        `${path} is neither a label file (CSV, JSON Lines, COCO, Label Studio, FiftyOne), a zip, nor a picture.`,
    );
  const more = files.length - SHOWN;
  return more > 0 ? [...named, `${more} more files are of other kinds.`] : named;
};

/** Tells label file, zip and pictures apart by their names, and says at once what is not taken. */
export const sortGiven = (given: readonly Given[]): Sorted => {
  const found = given.filter(({ path }) => !JUNK.test(path));
  const files = found.filter(({ file }) => file.size > 0);
  const labels = files.filter(({ path }) => LABELS.test(path));
  const zips = files.filter(({ path }) => ZIP.test(path));
  const loose = files.filter(({ path }) => PICTURES.test(path));
  const others = files.filter(({ path }) => ![LABELS, ZIP, PICTURES].some((kind) => kind.test(path)));
  const beside =
    zips.length > 0 && loose.length > 0
      ? [`${loose.length} loose pictures beside a zip are left out: pictures come from one place.`]
      : [];
  return {
    labels: labels[0] ?? null,
    zip: zips[0] ?? null,
    pictures: zips.length > 0 ? [] : loose,
    refused: [
      ...secondOf(labels, "label file"),
      ...secondOf(zips, "zip"),
      ...beside,
      ...empty(found).slice(0, SHOWN),
      ...strangers(others),
    ],
  };
};

/** Files given later join those given before; a new label file or zip takes the place of the old one. */
export const joinGiven = (before: readonly Given[], given: readonly Given[]): Given[] => {
  const next = sortGiven(given);
  const kept = before.filter(({ path }) => {
    if (next.labels && LABELS.test(path)) return false;
    if ((next.zip || next.pictures.length > 0) && ZIP.test(path)) return false;
    return !(next.zip && PICTURES.test(path)) && !given.some((one) => one.path === path);
  });
  return [...kept, ...given];
};

/** The name that a row's path means: the same path, or the only one that ends with it. */
export const nameFor = (names: Iterable<string>, path: string): string | null => {
  const ending: string[] = [];
  for (const name of names) {
    if (name === path) return name;
    if (name.endsWith(`/${path}`)) ending.push(name);
  }
  return ending.length === 1 ? (ending[0] ?? null) : null;
};
