import { bytesWords, count, counted } from "@/shared/lib/format";
import type { Card, Framing, Version } from "./api";

export const FRAMINGS: readonly {
  readonly value: Framing;
  readonly label: string;
  readonly words: string;
}[] = [
  { value: "stretch", label: "All of it, squeezed", words: "whole picture, squeezed" },
  { value: "crop", label: "Its middle", words: "middle of the picture" },
  { value: "pad", label: "All of it, on a mat", words: "whole picture, on a mat" },
];

const KINDS: Readonly<Record<string, string>> = {
  shipped: "Built in",
  onnx: "Brought",
  head: "Trained here",
  tuned: "Fine-tuned here",
};

/** Did a training here make it? */
export const isTrained = ({ kind }: Pick<Version, "kind">): boolean => kind === "head" || kind === "tuned";

/** Where a version comes from, in a word or two. */
export const kindWord = ({ kind }: Pick<Version, "kind">): string => KINDS[kind] ?? kind;

/** "224 × 224, whole picture, squeezed". */
export const inputWords = ({ size, framing }: Pick<Card, "size" | "framing">): string => {
  const found = FRAMINGS.find(({ value }) => value === framing);
  return `${size} × ${size}, ${found?.words ?? framing}`;
};

/** "1 000 classes, 18.8 MB". */
export const sizeWords = ({ class_count, weights_bytes }: Version): string =>
  `${counted(class_count, "class", "classes")}, ${bytesWords(weights_bytes)}`;

/** The temperature that its confidences are calibrated by, and what it was fitted on. */
export const calibrationWords = ({ calibration }: Pick<Card, "calibration">): string => {
  const temperature = Number(calibration.temperature ?? 1);
  const verdicts = Number(calibration.verdicts ?? 0);
  if (calibration.fitted === false)
    return `None: ${counted(verdicts, "held-out picture")} are too few to fit it`;
  if (temperature === 1 && verdicts === 0) return "None: confidences as the network gives them";
  const fitted = verdicts > 0 ? `, fitted on ${counted(verdicts, "verdict")}` : "";
  return `Temperature ${Number(temperature.toFixed(3))}${fitted}`;
};

/** What a version that was trained here learned from; null for others. */
export interface Lesson {
  readonly run: string;
  readonly dataset: { readonly id: string; readonly name: string };
  readonly pictures: number;
  readonly held_out: number;
  readonly sha256: string;
}

export const lessonOf = ({ kind, trained_on }: Pick<Card, "kind" | "trained_on">): Lesson | null =>
  isTrained({ kind }) && "training_run" in trained_on
    ? ({ ...trained_on, run: trained_on.training_run } as unknown as Lesson)
    : null;

/** "412 pictures, 98 more held out". */
export const lessonWords = ({ pictures, held_out }: Lesson): string =>
  `${counted(pictures, "picture")}, ${count(held_out)} more held out`;

export interface Fact {
  readonly label: string;
  readonly value: string;
}

const plain = (name: string): string => {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const numberWords = (value: number): string =>
  Number.isInteger(value) ? count(value) : `${Number(value.toFixed(4))}`;

const said = (value: unknown): string => {
  if (typeof value === "number") return numberWords(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(said).join(", ");
  return JSON.stringify(value);
};

/** What a person or a program wrote into a free part of the card, one line for each entry. */
export const factsOf = (told: Readonly<Record<string, unknown>>): Fact[] =>
  Object.entries(told)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => ({ label: plain(name), value: said(value) }));

/** The versions of one model together, models by name. */
export const byName = (versions: readonly Version[]): { name: string; versions: Version[] }[] => {
  const found = new Map<string, Version[]>();
  for (const one of versions) found.set(one.name, [...(found.get(one.name) ?? []), one]);
  return [...found]
    .map(([name, its]) => ({ name, versions: its }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
};

/** The version after this one among those of the same model, round in a circle. */
export const nextVersion = (versions: readonly Version[], id: string): Version | undefined => {
  const at = versions.findIndex((one) => one.id === id);
  return versions.length < 2 ? undefined : versions[(at + 1) % versions.length];
};

interface Check {
  readonly kind: string;
  readonly source: string;
  readonly started_at: string | null;
}

/** The check of what a version said that started last, in whatever order the jobs come. */
export const latestCheck = <Job extends Check>(jobs: readonly Job[], source: string): Job | undefined =>
  jobs
    .filter((job) => job.kind === "verification" && job.source === source && job.started_at !== null)
    .toSorted((one, other) => (one.started_at ?? "").localeCompare(other.started_at ?? ""))
    .at(-1);
