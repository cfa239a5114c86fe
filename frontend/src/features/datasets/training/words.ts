import { count, counted, share } from "@/shared/lib/format";
import type { Tone } from "@/shared/ui/Badge";
import type { Training, TrainingRow, Wish } from "./api";

const STAGES: Readonly<Record<string, string>> = {
  seeing: "Looking at the pictures",
  learning: "Learning",
  tuning: "Fine-tuning the network",
  judging: "Judging on held-out pictures",
};

/** What it does now, in a few words. */
export const stageWords = ({ state, stage }: Pick<TrainingRow, "state" | "stage">): string =>
  state === "queued" ? "Waiting for a worker" : (STAGES[stage] ?? stage);

const STATES: Readonly<Record<string, { words: string; tone: Tone }>> = {
  queued: { words: "Waiting", tone: "focus" },
  done: { words: "Done", tone: "ok" },
  failed: { words: "Stopped", tone: "wrong" },
  cancelled: { words: "Cancelled", tone: "quiet" },
};

export const stateOf = (run: TrainingRow): { words: string; tone: Tone } =>
  STATES[run.state ?? ""] ?? {
    words: `${stageWords(run)}, ${share(run.progress.done, run.progress.total ?? 0)}`,
    tone: "focus",
  };

const HOW: Readonly<Record<string, string>> = {
  corrected: "corrected",
  confirmed: "confirmed",
  exported: "from an export",
  trusted: "taken at their word",
  conflicting: "left out, two classes said of them",
};

/** "120 confirmed, 14 corrected": how the right classes are known. */
export const countWords = (counts: Training["counts"]): string =>
  Object.entries(counts)
    .filter(([, pictures]) => pictures > 0)
    .map(([how, pictures]) => `${count(pictures)} ${HOW[how] ?? how.replaceAll("_", " ")}`)
    .join(", ");

/** What it learned from and what it was judged on, once that is known. */
export const partWords = ({ pictures, learned_from, held_out, unreadable }: Training["examples"]): string =>
  [
    learned_from + held_out === 0 && counted(pictures, "picture"),
    learned_from > 0 && `learned from ${counted(learned_from, "picture")}`,
    held_out > 0 && `${count(held_out)} held out`,
    unreadable > 0 && `${count(unreadable)} unreadable`,
  ]
    .filter(Boolean)
    .join(", ");

/** What a person chose and typed. */
export interface TrainWish {
  from: "all" | "jobs" | "export";
  jobs: string[];
  export: string;
  sources: string[];
  method: NonNullable<Wish["method"]>;
  base: string;
  name: string;
  version: string;
  balanced: boolean;
}

export const EMPTY: TrainWish = {
  from: "all",
  jobs: [],
  export: "",
  sources: [],
  method: "head",
  base: "",
  name: "",
  version: "",
  balanced: false,
};

/** The wish as the API takes it; null while what it is to learn from is not chosen. */
export const wishOf = (dataset: string, wish: TrainWish): Wish | null => {
  if (wish.from === "jobs" && wish.jobs.length === 0) return null;
  if (wish.from === "export" && wish.export === "") return null;
  return {
    dataset,
    ...(wish.from === "jobs" ? { jobs: wish.jobs } : {}),
    ...(wish.from === "export" ? { export: wish.export } : {}),
    ...(wish.sources.length > 0 ? { sources: wish.sources } : {}),
    ...(wish.method === "head" ? {} : { method: wish.method }),
    ...(wish.base === "" ? {} : { base: wish.base }),
    ...(wish.name.trim() === "" ? {} : { name: wish.name.trim() }),
    ...(wish.version.trim() === "" ? {} : { version: wish.version.trim() }),
    balanced: wish.balanced,
  };
};
