import { useStore } from "@/shared/lib/store";
import type { Snapshot } from "../engine/snapshot";
import { maskOf } from "../model/document";
import { middleOf } from "../model/regions";
import type { Point } from "../model/shapes";
import { toFrame } from "../model/view";
import type { Board } from "./board";
import classes from "./Overlay.module.css";
import { Clicks, Points } from "./Points";
import { svgPath } from "./paint";
import { useElapsed } from "./useEditor";
import { type Stage, useView } from "./useField";
import { nameOf } from "./words";

interface OverlayProps {
  readonly snapshot: Snapshot;
  readonly stage: Stage;
  readonly board: Board;
}

/** The stroke that the pointer has not finished. */
const LiveStroke = ({ stage, board }: Omit<OverlayProps, "snapshot">) => {
  const stroke = useStore(board.live.stroke);
  const view = useView(stage);
  if (!stroke) {
    return null;
  }
  const path = svgPath(stroke.mask, view);
  return (
    <g className={classes.stroke} data-adds={stroke.adds}>
      <path d={path} className={classes.strokeEdge} />
      <path d={path} className={classes.strokeLine} />
    </g>
  );
};

const BRUSHES = ["brush", "eraser"];

/** The brush in its true size, where the pointer or the cross is. */
const Brush = ({ stage, board }: Omit<OverlayProps, "snapshot">) => {
  const pointer = useStore(board.live.pointer);
  const view = useView(stage);
  const at = pointer ?? board.cross;
  if (!at || !BRUSHES.includes(board.tool) || board.moving) {
    return null;
  }
  const { x, y } = toFrame(view, at);
  const radius = Math.max(1, (board.brush / 2) * view.scale);
  return (
    <g transform={`translate(${x} ${y})`} className={classes.brush}>
      <circle r={radius} className={classes.brushEdge} />
      <circle r={radius} />
      <path d="M-4 0H4M0-4V4" />
      <text key={board.brush} x={radius + 10} y={4}>
        {board.brush} px
      </text>
    </g>
  );
};

/** The corners of a polygon, with the line to where the pointer is. */
const Corners = ({ stage, board }: Omit<OverlayProps, "snapshot">) => {
  const pointer = useStore(board.live.pointer);
  const view = useView(stage);
  const { corners } = board;
  const next = pointer ?? board.cross;
  const [first, ...others] = corners.map((corner) => toFrame(view, corner));
  if (!first) {
    return null;
  }
  const ends = next ? [...others, toFrame(view, next)] : others;
  const line = [first, ...ends].map(({ x, y }) => `${x},${y}`).join(" ");
  return (
    <g className={classes.corners}>
      <polyline points={line} className={classes.cornersEdge} />
      <polyline points={line} className={classes.cornersLine} />
      {[first, ...others].map(({ x, y }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the row
        <circle key={index} cx={x} cy={y} r={index === 0 && corners.length > 2 ? 8 : 4.5} />
      ))}
    </g>
  );
};

/** Where the keys act. */
const Cross = ({ stage, at }: { stage: Stage; at: Point }) => {
  const { x, y } = toFrame(useView(stage), at);
  const lines = "M0-22V-6M0 6V22M-22 0H-6M6 0H22";
  return (
    <g transform={`translate(${x} ${y})`} className={classes.cross} data-cross>
      <path d={lines} className={classes.crossEdge} />
      <path d={lines} />
      <circle r={1.5} />
    </g>
  );
};

const RING_AFTER = 1_000;

/** After a second a ring at the last click says that the model has it. */
const Waiting = ({ snapshot, stage }: Omit<OverlayProps, "board">) => {
  const { selected, model } = snapshot;
  const view = useView(stage);
  const asking = model.asked?.state === "asking";
  const waited = useElapsed(asking ? (model.asked?.since ?? null) : null);
  const last = selected?.clicks.at(-1) ?? selected?.points.at(-1);
  if (!asking || !last || waited < RING_AFTER) {
    return null;
  }
  const { x, y } = toFrame(view, last);
  return (
    <g transform={`translate(${x} ${y})`} className={classes.waiting}>
      <circle r={21} className={classes.waitingEdge} />
      <circle r={21} className={classes.waitingRing} pathLength={100} />
      <text y={42}>Waiting for the model</text>
    </g>
  );
};

/** What lies over the masks and is drawn in the pixels of the screen. */
export const Overlay = ({ snapshot, stage, board }: OverlayProps) => {
  const { selected } = snapshot;
  const drawn = selected && !selected.hidden && !board.masksHidden;
  return (
    <svg
      className={classes.overlay}
      width={stage.frame.width}
      height={stage.frame.height}
      aria-hidden={false}
    >
      <title>Points and strokes</title>
      <LiveStroke stage={stage} board={board} />
      {drawn && <Clicks outline={selected} stage={stage} />}
      {drawn && <Points outline={selected} stage={stage} board={board} />}
      <Waiting snapshot={snapshot} stage={stage} />
      <Corners stage={stage} board={board} />
      {board.cross && <Cross stage={stage} at={board.cross} />}
      <Brush stage={stage} board={board} />
    </svg>
  );
};

/** The name of each object, in its middle. */
export const Names = ({ snapshot, stage, board }: OverlayProps) => {
  const { doc, job } = snapshot;
  const view = useView(stage);
  if (board.masksHidden) {
    return null;
  }
  return doc.outlines.map((outline, index) => {
    const mask = outline.hidden ? null : maskOf(outline);
    const middle = mask && middleOf(mask);
    if (!middle) {
      return null;
    }
    const { x, y } = toFrame(view, middle);
    return (
      <span
        key={outline.id}
        className={classes.name}
        data-active={outline.id === doc.selected}
        style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
        aria-hidden
      >
        {index + 1} {nameOf(outline, job?.classes ?? [])}
      </span>
    );
  });
};
