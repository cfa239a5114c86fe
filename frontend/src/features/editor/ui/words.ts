/** What the editor says. */
import { clock, count, counted, listed, moment, THIN } from "@/shared/lib/format";
import type { Kept, Model, Snapshot } from "../engine/snapshot";
import type { ClassName, Nothing, Segmenter } from "../engine/wire";
import { maskOf, type Outline } from "../model/document";
import type { Step, StepKind } from "../model/history";
import type { Size } from "../model/mask";
import { type Fault, faultOf, missingSides, type Side, WANTED } from "../model/points";
import type { Board, Tool } from "./board";

export function keptInWords({ steps }: Kept): string {
  return counted(Math.max(1, steps), "step");
}

export function nameOf({ name, labelClass }: Outline, classes: readonly ClassName[]): string {
  return name || classes.find(({ id }) => id === labelClass)?.name || "No class";
}

/** "4 points, 3 clicks": how an object came about. */
export function makingOf({ points, clicks, added, removed }: Outline): string {
  const parts = [
    points.length > 0 && counted(points.length, "point"),
    clicks.length > 0 && counted(clicks.length, "click"),
    (added || removed) && "by hand",
  ].filter(Boolean);
  return parts.join(", ") || "Nothing yet";
}

const SIDE_WORDS: Record<Side, string> = { top: "top", left: "left", bottom: "bottom", right: "right" };

export function pointName(side: Side | undefined, { x, y }: { x: number; y: number }): string {
  return `${side ? SIDE_WORDS[side] : "Outer"} point, x ${Math.round(x)} y ${Math.round(y)}`.replace(
    /^./,
    (letter) => letter.toUpperCase(),
  );
}

export function missingInWords(missing: readonly Side[]): string {
  const [first] = missing;
  if (missing.length === 1 && first) {
    return `One more point: the ${SIDE_WORDS[first]}`;
  }
  return missing.length === 4
    ? "Click the four outermost points of one object. Any order."
    : `${missing.length} more points: ${missing.map((side) => SIDE_WORDS[side]).join(", ")}`;
}

export const FAULT_WORDS: Record<Fault, string> = {
  equal: "Two points lie on the same spot. Drag one of them.",
  line: "All points lie on one line. Drag one of them.",
  tiny: "The points lie within one pixel. Drag them apart, or paint by hand.",
};

export type Hint = readonly [title: string, text: string];

const TOOL_HINTS: Partial<Record<Tool, Hint>> = {
  select: ["Click an object to work on it.", ""],
  polygon: ["Click the corners.", "Enter or a click on the first closes it."],
  brush: ["Drag to paint.", ""],
  eraser: ["Drag to erase.", ""],
  hole: ["Click a hole to fill it,", "or the mask to punch one."],
  move: ["Drag to move the picture.", ""],
};
const TOUCH_HINTS: Partial<Record<Tool, Hint>> = {
  polygon: ["Tap the corners.", "Tap the first one again to close it."],
};
const LIFT = "Points count in any order. Lift your finger to place it.";

const NO_HINT: Hint = ["", ""];

/** What to do next: a notice first, then what the tool in hand waits for. */
export function hintInWords(snapshot: Snapshot, board: Board, touch: boolean): Hint {
  const { selected, work, lost } = snapshot;
  if (lost || !work) {
    return NO_HINT;
  }
  const points = selected?.points ?? [];
  const fault = points.length === WANTED && selected?.asks ? faultOf(points) : null;
  const first = board.notice || (fault && FAULT_WORDS[fault]);
  return first ? [first, ""] : (toolHint(board.tool, touch) ?? pointsHint(snapshot, work.picture, touch));
}

function toolHint(tool: Tool, touch: boolean): Hint | undefined {
  if (touch && tool === "move") {
    return NO_HINT;
  }
  return (touch ? TOUCH_HINTS[tool] : undefined) ?? TOOL_HINTS[tool];
}

function pointsHint({ selected, model }: Snapshot, size: Size, touch: boolean): Hint {
  const points = selected?.points ?? [];
  if (points.length < WANTED) {
    return [missingInWords(missingSides(points, size)), touch && points.length > 0 ? LIFT : ""];
  }
  if (selected && !maskOf(selected)) {
    const coming = selected.asks && model.asked?.state === "asking";
    return coming
      ? ["The mask is on its way.", ""]
      : ["There is no mask yet.", "Brush and polygon draw one."];
  }
  return touch ? NO_HINT : ["Click what is missing, Alt-click what is too much.", ""];
}

/** "3 of 4 points", then how it was made. */
export function progressOf(outline: Outline): string {
  const { points, added } = outline;
  return points.length > 0 && points.length < WANTED && !added
    ? `${points.length} of ${WANTED} points`
    : makingOf(outline);
}

/** "The model is slow: 6 s so far, 2 masks ahead of yours". */
export function slowInWords({ ahead, running }: NonNullable<Model["asked"]>, waited: number): string {
  const before = ahead !== null && ahead > 0 && !running ? `, ${counted(ahead, "mask")} ahead of yours` : "";
  return `The model is slow: ${Math.floor(waited / 1_000)} s so far${before}`;
}

const STEP_WORDS: Record<StepKind, string> = {
  point: "Outer point",
  points: "Four outer points",
  move_point: "Point moved",
  remove_point: "Point removed",
  add_click: "Add click",
  remove_click: "Remove click",
  brush: "Brush",
  eraser: "Eraser",
  polygon: "Polygon",
  fill: "Hole filled",
  punch: "Hole punched",
  cancel_click: "Click cancelled",
  by_hand: "By hand from here",
  start_over: "Started over",
  class: "Class changed",
  rename: "Renamed",
  hide: "Shown or hidden",
  lock: "Locked or unlocked",
  order: "Order changed",
  delete: "Deleted",
  accept: "Accepted",
  revert: "Went back to a step",
  theirs: "As it was saved elsewhere",
  given: "From the review",
};

const ADDS: readonly StepKind[] = ["brush", "polygon", "fill"];
const REMOVES: readonly StepKind[] = ["eraser", "punch"];

export function stepInWords({ kind, pixels, note }: Pick<Step, "kind" | "pixels" | "note">): string {
  const word = note ? `From “${note}”` : STEP_WORDS[kind];
  if (pixels === null || !(ADDS.includes(kind) || REMOVES.includes(kind))) {
    return word;
  }
  return `${word}, ${count(pixels)} px ${ADDS.includes(kind) ? "added" : "removed"}`;
}

export function ms(value: number): string {
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}

export function areaInWords(area: number, { width, height }: { width: number; height: number }): string {
  return `${count(area)} px, ${((100 * area) / (width * height)).toFixed(1)}${THIN}%`;
}

export interface ModelWords {
  readonly tone: "ready" | "busy" | "failed";
  readonly text: string;
  readonly figure: string;
}

/** What the chip of the model says. After a second of waiting it names what it waits for. */
export function modelInWords({ warm, why, lastMs, asked }: Model, waited: number): ModelWords {
  if (asked?.state === "failed") {
    return { tone: "failed", text: "No mask came back", figure: "" };
  }
  if (asked?.state === "unavailable" || (warm === "unavailable" && !asked)) {
    const text = why ? "cannot draw on this image" : "does not answer, brush and polygon work";
    return { tone: "failed", text, figure: "" };
  }
  if (asked) {
    return { tone: waited < 1_000 ? "ready" : "busy", text: waitingFor(asked, waited), figure: ms(waited) };
  }
  if (warm === "warming") {
    return { tone: "busy", text: "preparing the image", figure: ms(waited) };
  }
  return lastMs === null
    ? { tone: "ready", text: "image ready", figure: "" }
    : { tone: "ready", text: "image ready, last mask", figure: ms(lastMs) };
}

function waitingFor({ ahead, running }: NonNullable<Model["asked"]>, waited: number): string {
  if (waited < 1_000) {
    return "drawing the mask";
  }
  if (running) {
    return "working on the mask";
  }
  return ahead === null ? "waiting for a worker" : `worker busy, place ${ahead + 1} in line`;
}

/** Why a model cannot be chosen, and what to do about it. */
export function refusalInWords({ name, title, reason }: Segmenter): string {
  return `${name} was not chosen (${title}). ${reason} It can be chosen as soon as it is there.`;
}

interface Explanation {
  readonly title: string;
  readonly text: string;
}

const REASONS: Record<Nothing["reason"], Explanation> = {
  finished: {
    title: "All pictures are outlined",
    text: "Thank you. Should more come, this page loads it by itself.",
  },
  done_for_you: {
    title: "You have done your part",
    text: "What is left is for others. Should more come for you, this page loads it by itself.",
  },
  all_dealt: {
    title: "Every picture is with somebody",
    text: "One that comes back shows up here by itself.",
  },
  paused: { title: "This job is paused", text: "Your outlines are kept. It goes on here by itself." },
  closed: {
    title: "This job is closed",
    text: "Your outlines are kept. Should it be opened again, it goes on here.",
  },
  starting: { title: "This job is starting", text: "The first picture shows up here by itself." },
};

/** Why there is no picture: who, until when, what next. */
export function nothingInWords({ reason, available_at, by, at, holders }: Nothing): Explanation {
  const { title, text } = REASONS[reason];
  if ((reason === "paused" || reason === "closed") && by && at) {
    return { title, text: `${by} ${reason} this job at ${moment(at)}. ${text}` };
  }
  if (reason !== "all_dealt" || holders.length === 0) {
    return { title, text };
  }
  const who = `${listed(holders)} ${holders.length === 1 ? "holds" : "hold"} the last pictures.`;
  const until = available_at ? ` At ${clock(available_at)} at the latest they come back.` : "";
  return { title, text: `${who}${until} ${text}` };
}
