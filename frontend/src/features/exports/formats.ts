/** How a file may be written. */
export type Format = "csv" | "jsonl" | "coco" | "masks" | "sagemaker";

interface Written {
  readonly name: string;
  /** What is in it, for somebody who chooses. */
  readonly detail: string;
  /** The name of the file, where a worker writes it; the others stream at once. */
  readonly file?: string;
}

export const FORMATS: Readonly<Record<Format, Written>> = {
  csv: { name: "CSV", detail: "A table, for spreadsheets; without masks" },
  jsonl: { name: "JSON Lines", detail: "A JSON object a line, with box and mask" },
  coco: {
    name: "COCO",
    detail: "One file that training tools read, masks as run lengths",
    file: "coco.json",
  },
  masks: {
    name: "PNG masks",
    detail: "A zip: for each picture one of its classes and one of its objects",
    file: "masks.zip",
  },
  sagemaker: {
    name: "SageMaker",
    detail: "A zip: manifest and masks for semantic segmentation",
    file: "sagemaker.zip",
  },
};

export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** Does a file hold masks and nothing else, so that a worker writes it? */
export const isOfMasks = (format: Format): boolean => FORMATS[format].file !== undefined;

/** What a row of a file is, in words. */
export const rowOf = (format: Format): string => (isOfMasks(format) ? "object" : "row");
