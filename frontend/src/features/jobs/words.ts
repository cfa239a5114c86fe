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

const REASONS: Record<string, string> = {
  no_pairs: "No picture has two opinions yet",
  all_alike: "All verdicts are alike, so it cannot be computed",
  never_given: "No picture was marked wrong",
};

/** Why there is no coefficient, in words. */
export const agreementReason = (reason: string | null): string =>
  reason === null ? "" : (REASONS[reason] ?? reason.replaceAll("_", " "));
