import { Problem } from "@/shared/api/problem";
import type { Framing } from "./api";

/** What is declared of a model, as a person types it. */
export interface BringForm {
  place: "upload" | "server";
  path: string;
  name: string;
  version: string;
  /** One name a line, in the order of the model's outputs. */
  classes: string;
  size: string;
  framing: Framing;
  mean: string;
  std: string;
  temperature: string;
  architecture: string;
  trained_on: string;
  licence: string;
  made_by: string;
  notes: string;
  sha256: string;
}

/** How colours were scaled when the model was trained: mean and standard deviation of each. */
export const SCALES = [
  { label: "As for ImageNet", mean: "0.485, 0.456, 0.406", std: "0.229, 0.224, 0.225" },
  { label: "From 0 to 1", mean: "0, 0, 0", std: "1, 1, 1" },
  { label: "From −1 to 1", mean: "0.5, 0.5, 0.5", std: "0.5, 0.5, 0.5" },
] as const;

export const EMPTY: BringForm = {
  place: "upload",
  path: "",
  name: "",
  version: "1",
  classes: "",
  size: "224",
  framing: "stretch",
  mean: SCALES[0].mean,
  std: SCALES[0].std,
  temperature: "",
  architecture: "",
  trained_on: "",
  licence: "",
  made_by: "",
  notes: "",
  sha256: "",
};

/** The names of a list with one a line; empty lines are none. */
export const namesIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

/** "0.485, 0.456 0.406" -> three numbers; null for anything else. */
export const coloursIn = (text: string): number[] | null => {
  const parts = text
    .trim()
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) ? parts : null;
};

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_. +-]*$/u;
const COLOURS = "Three numbers, for red, green and blue";

const isWhole = (value: string, least: number, most: number): boolean =>
  /^\d+$/.test(value.trim()) && Number(value) >= least && Number(value) <= most;

const named = (what: string) => (value: string) => {
  if (value.trim() === "") return `A ${what} is missing`;
  return NAME.test(value.trim()) ? null : "Letters, digits, spaces and . + - _ only";
};

const temperature = (value: string): string | null => {
  const read = Number(value.replace(",", "."));
  return value.trim() === "" || (read >= 0.01 && read <= 100) ? null : "A number above 0, such as 1.4";
};

/** What can be said of a field before the server is asked; null where it is fine. */
export const CHECKS = {
  name: named("name"),
  version: named("version"),
  path: (value: string, { place }: BringForm) =>
    place === "server" && value.trim() === "" ? "Name the file" : null,
  classes: (value: string) => (namesIn(value).length < 2 ? "At least two, one a line" : null),
  size: (value: string) => (isWhole(value, 8, 4096) ? null : "From 8 to 4096"),
  mean: (value: string) => (coloursIn(value) ? null : COLOURS),
  std: (value: string) => {
    const read = coloursIn(value);
    if (!read) return COLOURS;
    return read.every((one) => one > 0) ? null : "Each above 0";
  },
  temperature,
  sha256: (value: string) =>
    value.trim() === "" || /^[0-9a-fA-F]{64}$/.test(value.trim()) ? null : "64 digits and letters a to f",
} as const;

const PLAIN = ["architecture", "licence", "made_by", "notes", "sha256"] as const;

/** The form as the API takes it, with the file where one is sent. */
export const bodyOf = (form: BringForm, file: File | null): FormData => {
  const body = new FormData();
  const set = (name: string, value: string) => {
    if (value !== "") body.set(name, value);
  };
  set("name", form.name.trim());
  set("version", form.version.trim());
  set("classes", JSON.stringify(namesIn(form.classes)));
  set("size", form.size.trim());
  set("framing", form.framing);
  set("mean", JSON.stringify(coloursIn(form.mean)));
  set("std", JSON.stringify(coloursIn(form.std)));
  for (const name of PLAIN) set(name, form[name].trim());
  if (form.trained_on.trim()) set("trained_on", JSON.stringify({ text: form.trained_on.trim() }));
  const fitted = form.temperature.trim().replace(",", ".");
  if (fitted) set("calibration", JSON.stringify({ temperature: Number(fitted) }));
  if (form.place === "server") set("path", form.path.trim());
  else if (file) body.set("file", file);
  return body;
};

export type Place = keyof BringForm | "file";

/** The field that a refusal is about. */
const FIELDS: Readonly<Record<string, Place>> = {
  wrong_hash: "sha256",
  wrong_input: "size",
  wrong_output: "classes",
  model_version_taken: "version",
  model_path_not_allowed: "path",
};

/** Those that are about the file itself, wherever it lies. */
const OF_THE_FILE = ["not_onnx", "external_data", "unknown_operators", "model_unusable", "no_model_file"];

/** What was refused, and what exactly, where the server says both. */
const sentences = ({ document: { title, detail } }: Problem): string =>
  detail === "" || detail === title ? title : `${title} ${detail}`;

/** What the server refused, in its own words, by the field that it is about. Empty: about none of them. */
export const refusedFields = (error: unknown, form: Pick<BringForm, "place">): Record<string, string> => {
  if (!(error instanceof Problem)) return {};
  const file = form.place === "server" ? "path" : "file";
  const field = OF_THE_FILE.includes(error.code) ? file : FIELDS[error.code];
  if (field) return { [field]: sentences(error) };
  const found = error.fields([...Object.keys(EMPTY), "file", "calibration"]);
  const { calibration, ...rest } = found;
  return calibration ? { ...rest, temperature: calibration } : rest;
};
