/** Everything that was done in one picture, step by step; undone steps wait until something else is done. */
import { type Answer, answered, changed, type Doc, EMPTY, find, type Outline } from "./document";

export type StepKind =
  | "point"
  | "points"
  | "move_point"
  | "remove_point"
  | "add_click"
  | "remove_click"
  | "brush"
  | "eraser"
  | "polygon"
  | "fill"
  | "punch"
  | "cancel_click"
  | "by_hand"
  | "start_over"
  | "class"
  | "rename"
  | "hide"
  | "lock"
  | "order"
  | "delete"
  | "accept"
  | "revert"
  | "theirs"
  | "given";

export interface Step {
  readonly id: string;
  readonly kind: StepKind;
  readonly object: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How long the model took, once it has answered. */
  readonly ms: number | null;
  /** Pixels added or taken away; null where that says nothing. */
  readonly pixels: number | null;
  /** Of what the picture came with: the job that judged it. */
  readonly note?: string;
  readonly after: Doc;
}

export interface History {
  readonly base: Doc;
  readonly steps: readonly Step[];
  /** Steps that hold; those behind it are undone. */
  readonly at: number;
}

export const NOTHING_DONE: History = { base: EMPTY, steps: [], at: 0 };

/** Moves of one point within this many milliseconds are one step. */
const ONE_MOVE = 1_500;

export function docOf({ base, steps, at }: History): Doc {
  return steps[at - 1]?.after ?? base;
}

/** The same history when the document did not change. */
export function done(history: History, step: Step): History {
  if (step.after === docOf(history)) {
    return history;
  }
  const steps = history.steps.slice(0, history.at);
  const last = steps.at(-1);
  if (last && step.kind === "move_point" && last.kind === "move_point" && continues(last, step)) {
    steps.pop();
  }
  return { ...history, steps: [...steps, step], at: steps.length + 1 };
}

function continues(last: Step, step: Step): boolean {
  return last.object === step.object && step.at - last.at < ONE_MOVE && movedPoint(last, step) === 1;
}

/** How many points lie elsewhere after the second of two steps. */
function movedPoint(last: Step, step: Step): number {
  const [before, after] = [find(last.after, step.object), find(step.after, step.object)];
  return after?.points.filter((point, index) => point !== before?.points[index]).length ?? 0;
}

/** What the picture came with is not undone: it is where the work begins. */
export function canUndo({ steps, at }: History): boolean {
  return at > 0 && steps[at - 1]?.kind !== "given";
}

export function undone(history: History): History {
  return canUndo(history) ? { ...history, at: history.at - 1 } : history;
}

export function redone(history: History): History {
  return history.at === history.steps.length ? history : { ...history, at: history.at + 1 };
}

/** Which object is worked on is no step, but stays with the step that it follows. */
export function selecting(history: History, id: string | null): History {
  const doc = docOf(history);
  if (doc.selected === id) {
    return history;
  }
  const after = { ...doc, selected: id };
  return history.at === 0
    ? { ...history, base: after }
    : {
        ...history,
        steps: history.steps.map((step, nth) => (nth === history.at - 1 ? { ...step, after } : step)),
      };
}

/** The object as it was after one of its steps, the others as they are. Itself a step, so nothing is lost. */
export function reverting(history: History, stepId: string): Doc {
  const step = history.steps.slice(0, history.at).find(({ id }) => id === stepId);
  const doc = docOf(history);
  const then = step && find(step.after, step.object);
  if (!step || !then) {
    return doc;
  }
  return find(doc, step.object)
    ? { ...changed(doc, step.object, () => then), selected: step.object }
    : { outlines: [...doc.outlines, then], selected: step.object };
}

/** Puts the answer under every state in which its prompt stands, done or undone. */
export function withAnswer(history: History, answer: Answer, ms: number): History {
  const base = answered(history.base, answer);
  let first = true;
  const steps = history.steps.map((step) => {
    const after = answered(step.after, answer);
    if (after === step.after) {
      return step;
    }
    const asked = first && find(after, step.object)?.answer === answer;
    first = first && !asked;
    return { ...step, after, ms: asked ? ms : step.ms };
  });
  return { ...history, base, steps };
}

/** The steps that made this object what it is, without the single points on the way to four. */
export function stepsOf(history: History, object: string): Step[] {
  return history.steps
    .slice(0, history.at)
    .filter((step) => step.object === object && (step.kind !== "point" || !reachesFour(history, object)));
}

function reachesFour({ steps, at }: History, object: string): boolean {
  return steps.slice(0, at).some((step) => step.object === object && step.kind === "points");
}

/** Every object of any state, so that what is undone or deleted can be looked up. */
export function outlineEver(history: History, id: string): Outline | undefined {
  const states = [docOf(history), ...history.steps.map(({ after }) => after).reverse(), history.base];
  return states.map((doc) => find(doc, id)).find((outline) => outline !== undefined);
}
