import { count, duration } from "@/shared/lib/format";
import type { Import, Role, Skip } from "./api";

/** What a column can be, in the order of the list in its header. */
export const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: "picture", label: "Picture" },
  { value: "class", label: "Class" },
  { value: "confidence", label: "Confidence" },
  { value: "extra", label: "Keep as detail" },
  { value: "ignore", label: "Leave out" },
  { value: "x", label: "Box x" },
  { value: "y", label: "Box y" },
  { value: "width", label: "Box width" },
  { value: "height", label: "Box height" },
  { value: "xmin", label: "Box left (xmin)" },
  { value: "ymin", label: "Box top (ymin)" },
  { value: "xmax", label: "Box right (xmax)" },
  { value: "ymax", label: "Box bottom (ymax)" },
];

const SKIPS: Record<string, string> = {
  picture_not_found: "Picture not found",
  matches_many: "Several pictures match",
  duplicate: "Same picture and class twice",
  bad_confidence: "Confidence is not a number of the scale",
  bad_box: "Box is not four numbers",
  bad_mask: "Mask does not add up",
  mask_of_another_size: "Mask has another size than its picture",
  bad_polygon: "Polygon encloses nothing",
  box_outside: "Box outside the picture",
  no_outline: "Neither outline nor box",
  unknown_image: "Picture that the file does not list",
  unknown_category: "Category that the file does not list",
  bad_image: "Picture is not described well",
  bad_annotation: "Not an annotation",
  bad_points: "Points are not four of one object",
  bad_outline: "Coordinate is not a number",
  bad_entry: "Not a task or sample",
  no_size: "Size of the picture is not told",
  picture_turned: "Picture was turned when labelled",
  unknown_shape: "Neither rectangle, polygon nor mask",
  mask_elsewhere: "Mask in a file of its own",
  skipped: "Skipped by its annotator",
  no_picture: "No picture named",
  no_class: "No class named",
  class_rejected: "Class left out",
  class_too_long: "Class name too long",
  path_too_long: "Path too long",
  not_a_picture: "Not a picture",
  picture_damaged: "Damaged picture",
  picture_unreadable: "Picture cannot be read",
  picture_too_large: "Picture too large",
  picture_erased: "Picture was erased",
  web_address: "Web address",
  line_too_long: "Line too long",
  too_many_cells: "Too many cells",
  bad_json: "Not JSON",
  bad_text: "Not text",
  bomb: "Unpacks to far more than it is",
  climbs_out: "Path leads out of the zip",
  link: "Link in the zip",
  encrypted: "Encrypted",
  compression: "Compressed in an unknown way",
  entry_twice: "Name twice in the zip",
};

/** A reason in a few words; a code that has none yet speaks for itself. */
export const skipTitle = ({ code }: Pick<Skip, "code">): string => {
  const plain = code.replaceAll("_", " ");
  return SKIPS[code] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
};

/** "3 310 of 5 125, 96 each second, about 19 s left". */
export const progressWords = ({ done, total, rate, seconds_left }: Import["progress"]): string =>
  [
    total === null ? count(done) : `${count(done)} of ${count(total)}`,
    rate !== null && rate >= 1 && `${count(rate)} each second`,
    seconds_left !== null && seconds_left >= 1 && `about ${duration(seconds_left)} left`,
  ]
    .filter(Boolean)
    .join(", ");

interface HasKind {
  readonly facts: Pick<Import["facts"], "kind">;
}

/** Documents of other tools: how each is called, what a row of it is, and where its confidences stand. */
const TOOLS: Record<string, { readonly name: string; readonly unit: string; readonly score: string }> = {
  coco: { name: "COCO", unit: "annotation", score: "annotation has a score" },
  label_studio: { name: "Label Studio", unit: "task", score: "label of this field has a score" },
  fiftyone: { name: "FiftyOne", unit: "sample", score: "label of this field has a confidence" },
};

export const toolName = ({ facts }: HasKind): string | undefined => TOOLS[facts.kind]?.name;

/** What the number of a row counts. */
export const rowUnit = ({ facts }: HasKind): string => TOOLS[facts.kind]?.unit ?? "line";

/** What a header may stand for; nothing where the format itself says it. */
export const rolesFor = ({ facts }: Pick<Import, "facts">, header: string): typeof ROLES => {
  const allowed: readonly string[] | undefined = facts.roles[header];
  return allowed === undefined ? ROLES : ROLES.filter(({ value }) => allowed.includes(value));
};

/** How a role is called in a header: of the fields of other tools, one is taken. */
export const roleWords = (work: HasKind, { value, label }: (typeof ROLES)[number]): string =>
  value === "class" && toolName(work) ? "Labels" : label;

/** Rows that an import takes: new ones, changed ones, and those that are there already. */
export const takenRows = ({ counts }: Pick<Import, "counts">): number =>
  counts.labels + counts.updated + counts.unchanged;

/** What the button says; it carries the count. */
export const importWords = (work: Pick<Import, "counts">): string => {
  const rows = takenRows(work);
  if (rows > 0) return `Import ${count(rows)} ${rows === 1 ? "row" : "rows"}`;
  const { images } = work.counts;
  return images > 0 ? `Import ${count(images)} ${images === 1 ? "picture" : "pictures"}` : "Import";
};

/** Without a column for the picture or the class nothing can be said of the rows. */
export const isReadable = (work: Pick<Import, "questions">): boolean =>
  !work.questions.some(({ kind, answer }) => kind === "columns" && answer === null);

/** Why the import cannot go on as it is; empty when it can. */
export const obstacle = (work: Pick<Import, "questions" | "counts">): string => {
  const open = work.questions.filter((question) => question.answer === null);
  const column = open.find((question) => question.kind === "columns");
  if (column) return `${column.text.split(". ")[0]}. Choose one in the header of its column.`;
  if (open.some((question) => question.kind === "scale")) return "Say what the confidences mean.";
  if (open.length > 0) return `${open.length} class names wait for an answer.`;
  if (takenRows(work) === 0 && work.counts.images === 0) return "There is nothing to import.";
  return "";
};

/** The range and meaning of the confidences: "Values run from 80.00 to 99.98, so 97.31 means 0.9731". */
export const scaleWords = (work: Pick<Import, "confidence" | "confidence_scale"> & HasKind): string => {
  const { lowest, highest } = work.confidence;
  if (lowest === null || highest === null)
    return TOOLS[work.facts.kind]
      ? `No ${TOOLS[work.facts.kind]?.score}: labels are kept without a confidence.`
      : "No column is the confidence: labels are kept without.";
  const run = `Values run from ${lowest} to ${highest}`;
  if (work.confidence_scale !== "percent") return `${run}.`;
  return `${run}, so ${highest} means ${Number((Number(highest) / 100).toPrecision(12))}.`;
};
