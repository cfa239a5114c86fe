import type { Tone } from "@/shared/ui/Badge";
import type { Job, Outcome } from "./api";

export const STATES: Record<Job["state"], { readonly word: string; readonly tone: Tone }> = {
  draft: { word: "Draft", tone: "quiet" },
  starting: { word: "Starting", tone: "focus" },
  running: { word: "Running", tone: "ok" },
  paused: { word: "Paused", tone: "unsure" },
  closed: { word: "Closed", tone: "quiet" },
};

export const OUTCOMES: readonly { readonly outcome: Outcome; readonly word: string }[] = [
  { outcome: "disconfirmed", word: "Wrong" },
  { outcome: "split", word: "Split" },
  { outcome: "unsure", word: "Unsure" },
  { outcome: "confirmed", word: "Right" },
  { outcome: "pending", word: "Pending" },
];

export const outcomeWord = (outcome: string): string =>
  OUTCOMES.find((one) => one.outcome === outcome)?.word ?? outcome;

/** Where reviewers differed, or could not tell. */
export const DISPUTED: readonly Outcome[] = ["split", "unsure"];

/** How a check chooses what is dealt first within a class, and what that is good for. */
export const ORDERS: Record<Job["order"], { readonly word: string; readonly good: string }> = {
  random: {
    word: "Mixed confidence",
    good: "A fair sample, and position gives nothing away. Only this order can certify a threshold",
  },
  confidence: { word: "Most confident first", good: "Finds what a model is wrong about although it is sure" },
  uncertainty: {
    word: "Least sure first",
    good: "What a model learns most from: it wavers between two classes",
  },
  disagreement: {
    word: "Where sources disagree first",
    good: "Finds errors: most other models or files name the picture otherwise",
  },
  diversity: {
    word: "Most varied first",
    good: "The whole range in few pictures; best with a limit for each class",
  },
  suspicion: {
    word: "Most suspicious first",
    good: "Finds wrong labels: the pictures that look most alike have another class",
  },
};

const REASONS: Record<string, string> = {
  no_pairs: "No picture has two opinions yet",
  all_alike: "All verdicts are alike, so it cannot be computed",
  never_given: "No picture was marked wrong",
};

/** Why there is no coefficient, in words. */
export const agreementReason = (reason: string | null): string =>
  reason === null ? "" : (REASONS[reason] ?? reason.replaceAll("_", " "));
