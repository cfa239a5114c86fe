import { Button } from "@mantine/core";
import {
  IconAdjustments,
  IconArrowBackUp,
  IconBrush,
  IconCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCirclePlus,
  IconCurrentLocation,
  IconEraser,
  IconPolygon,
} from "@tabler/icons-react";
import { count } from "@/shared/lib/format";
import type { Snapshot } from "../engine/snapshot";
import { maskOf } from "../model/document";
import { type Step, type StepKind, stepsOf } from "../model/history";
import { areaOf } from "../model/mask";
import { holesOf } from "../model/regions";
import type { Actions } from "./actions";
import classes from "./Made.module.css";
import { areaInWords, ms, nameOf, stepInWords } from "./words";

const ICONS: Partial<Record<StepKind, typeof IconBrush>> = {
  point: IconCurrentLocation,
  points: IconCurrentLocation,
  move_point: IconCurrentLocation,
  remove_point: IconCurrentLocation,
  add_click: IconCirclePlus,
  remove_click: IconCircleMinus,
  brush: IconBrush,
  by_hand: IconBrush,
  eraser: IconEraser,
  polygon: IconPolygon,
  fill: IconCircleDashed,
  punch: IconCircleDashed,
  accept: IconCheck,
  revert: IconArrowBackUp,
};

const StepRow = ({
  step,
  waiting,
  now,
  revert,
}: {
  step: Step;
  /** What it says instead of a time; empty where it has one. */
  waiting: string;
  now: boolean;
  revert: () => void;
}) => {
  const Icon = ICONS[step.kind] ?? IconAdjustments;
  return (
    <li>
      <button
        type="button"
        className={classes.step}
        data-waiting={waiting !== ""}
        aria-current={now ? "step" : undefined}
        disabled={now}
        title={now ? undefined : "Go back to how it was after this step"}
        onClick={revert}
      >
        <Icon size={17} aria-hidden />
        <span>{stepInWords(step)}</span>
        <small>{waiting || (step.ms !== null && ms(step.ms))}</small>
      </button>
    </li>
  );
};

const ASKS: readonly StepKind[] = ["points", "move_point", "add_click", "remove_click"];

/** How the object came about; a press goes back to any of its steps. */
export const Steps = ({ snapshot, revert }: { snapshot: Snapshot; revert: (step: string) => void }) => {
  const { selected, history, job, model } = snapshot;
  if (!selected) {
    return null;
  }
  const steps = stepsOf(history, selected.id);
  const open = model.asked !== null && steps.findLast(({ kind }) => ASKS.includes(kind));
  const waits = model.asked?.state === "failed" ? "no mask" : "waiting";
  return (
    <section className={classes.section} aria-label="Steps">
      <header>
        <h2>Steps for {nameOf(selected, job?.classes ?? [])}</h2>
        <span>{steps.length}</span>
      </header>
      <ol>
        {steps.map((step, index) => (
          <StepRow
            key={step.id}
            step={step}
            waiting={open === step ? waits : ""}
            now={index === steps.length - 1}
            revert={() => revert(step.id)}
          />
        ))}
      </ol>
    </section>
  );
};

const MOST_HOLES = 4;

/** What the mask encloses without covering it, with sizes; the largest first. */
export const Holes = ({ snapshot, actions }: { snapshot: Snapshot; actions: Actions }) => {
  const { selected, job, lost } = snapshot;
  const mask = selected && maskOf(selected);
  const holes = mask ? holesOf(mask) : [];
  if (!selected || holes.length === 0) {
    return null;
  }
  const disabled = lost || selected.locked;
  const more = holes.length - MOST_HOLES;
  return (
    <section className={classes.section} aria-label="Holes">
      <header>
        <h2>Holes in {nameOf(selected, job?.classes ?? [])}</h2>
        <span>{count(holes.length)}</span>
      </header>
      <ol>
        {holes.slice(0, MOST_HOLES).map(({ area, mask: hole, box }, index) => (
          <li key={`${box.left} ${box.top}`} className={classes.hole}>
            <span>
              <b>Hole {index + 1}</b> {count(area)} px
            </span>
            <Button
              size="xs"
              variant="default"
              disabled={disabled}
              aria-label={`Fill hole ${index + 1}`}
              onClick={() => actions.fillHoles([hole])}
            >
              Fill
            </Button>
          </li>
        ))}
        {more > 0 && (
          <li className={classes.hole}>
            {count(more)} smaller
            <Button
              size="xs"
              variant="default"
              disabled={disabled}
              onClick={() => actions.fillHoles(holes.map((hole) => hole.mask))}
            >
              Fill all {count(holes.length)}
            </Button>
          </li>
        )}
      </ol>
    </section>
  );
};

export const Figures = ({ snapshot }: { snapshot: Snapshot }) => {
  const { selected, work } = snapshot;
  const mask = selected && maskOf(selected);
  if (!mask || !work) {
    return null;
  }
  const score = selected.answer?.score ?? null;
  return (
    <dl className={classes.figures}>
      <dt>Area</dt>
      <dd>{areaInWords(areaOf(mask), work.picture)}</dd>
      {score !== null && (
        <>
          <dt>Model's own estimate</dt>
          <dd>{score.toFixed(2)} overlap</dd>
        </>
      )}
    </dl>
  );
};
