/** What the review screen says, in one place: names of tiles, states and reasons. */
import { clock, counted, listed, moment } from "@/shared/lib/format";
import type { Link } from "../engine/courier";
import type { Kept } from "../engine/saved";
import type { Notice, Submittable } from "../engine/snapshot";
import type { Nothing } from "../engine/wire";
import type { Counts, Mark } from "../model/batch";

const STATES: Record<Mark, string> = {
  right: "right",
  wrong: "marked wrong",
  unsure: "unsure",
  none: "nothing chosen",
};

/** The accessible name of a tile: "Picture 6, marked wrong". `index` counts from 0. */
export function tileName(index: number, mark: Mark, unreadable: boolean): string {
  const state = unreadable ? "did not load, counted as unsure" : STATES[mark];
  return `Picture ${index + 1}, ${state}`;
}

/** "21 right, 3 wrong, 1 unsure"; what nobody chose is named only where there is some. */
export function countsInWords({ right, wrong, unsure, none }: Counts): string {
  const open = none > 0 ? `, ${none} to choose` : "";
  return `${right} right, ${wrong} wrong, ${unsure} unsure${open}`;
}

/** What waits on this device: "4 marks and 1 finished batch"; empty when nothing does. */
export function keptInWords({ marks, batches }: Pick<Kept, "marks" | "batches">): string {
  const parts = [
    ...(marks > 0 ? [counted(marks, "mark")] : []),
    ...(batches > 0 ? [counted(batches, "finished batch", "finished batches")] : []),
  ];
  return parts.join(" and ");
}

/** "Your 4 marks are kept."; empty when nothing waits on this device. */
export function keptSentence(kept: Pick<Kept, "marks" | "batches">): string {
  const words = keptInWords(kept);
  return words && `Your ${words} ${kept.marks + kept.batches === 1 ? "is" : "are"} kept.`;
}

/** What keeps work from the server, in its true words; null while it can be had, or asks to sign in. */
export function hindrance(link: Link): string | null {
  switch (link) {
    case "error":
      return "The server had an error.";
    case "busy":
      return "The server is busy.";
    case "offline":
      return "The server cannot be reached.";
    default:
      return null;
  }
}

/** Why the batch cannot be sent yet; empty when it can. */
export function submitWaitsFor({ loading, waiting, unchosen }: Submittable): string {
  if (unchosen > 0) {
    return `${unchosen} more to choose`;
  }
  if (waiting > 0) {
    return `${counted(waiting, "picture")} ${waiting === 1 ? "waits" : "wait"} for the connection`;
  }
  return loading > 0 ? `${counted(loading, "picture")} loading` : "";
}

export function noticeInWords(notice: Notice): string {
  switch (notice.kind) {
    case "no_unsure":
      return "This job asks for right or wrong only.";
    case "nothing_sent":
      return "You have sent no batch of this job yet.";
    case "sent_elsewhere":
      return "A batch had been sent from another window already. Its marks there count.";
    case "not_opened":
      return notice.failure.kind === "offline"
        ? "Sent batches can be opened when the connection is back."
        : notice.failure.message;
  }
}

export interface Explanation {
  readonly title: string;
  readonly text: string;
}

const REASONS: Record<Nothing["reason"], Explanation> = {
  finished: {
    title: "Everything here is reviewed",
    text: "Thank you. Should more work come, this page loads it by itself.",
  },
  done_for_you: {
    title: "You have done your part",
    text: "What is left is for other reviewers, because nobody judges a picture twice. Should more come for you, this page loads it by itself.",
  },
  all_dealt: {
    title: "All batches are dealt out",
    text: "Others hold the last batches. What they do not finish comes back here; this page loads it by itself.",
  },
  paused: {
    title: "This job is paused",
    text: "Your marks are kept. This page goes on by itself when the job does.",
  },
  closed: {
    title: "This job is closed",
    text: "Your marks are kept and come back if the job is opened again. This page then goes on by itself.",
  },
  starting: {
    title: "This job is being prepared",
    text: "Its batches are being cut. This page loads the first one by itself.",
  },
};

/** "Ana and Tom hold the last 5 batches." */
function heldInWords(holders: Nothing["held_by"]): string {
  if (holders.length === 0) {
    return "Others hold the last batches.";
  }
  const names = holders.map(({ name }) => name);
  if (names.length > 3) {
    return `${listed([...names.slice(0, 2), "others"])} hold the last batches.`;
  }
  const batches = holders.reduce((sum, holder) => sum + holder.batches, 0);
  const last = batches === 1 ? "batch" : `${counted(batches, "batch", "batches")}`;
  return `${listed(names)} ${holders.length === 1 ? "holds" : "hold"} the last ${last}.`;
}

/** Why there is nothing to do: who, until when, what next. */
export function explained(why: Nothing): Explanation {
  const { reason, available_at, by, at } = why;
  const { title, text } = REASONS[reason];
  if ((reason === "paused" || reason === "closed") && by && at) {
    return { title, text: `${by} ${reason} this job at ${moment(at)}. ${text}` };
  }
  if (reason !== "all_dealt" || !available_at) {
    return { title, text };
  }
  const until = clock(available_at);
  return {
    title: `All batches are dealt out until ${until}`,
    text: `${heldInWords(why.held_by)} What is not finished by ${until} comes back here; this page loads it by itself.`,
  };
}
