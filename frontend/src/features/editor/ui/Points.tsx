import { useStore } from "@/shared/lib/store";
import type { Outline } from "../model/document";
import { frameOf, type Side, sidesOf, WANTED } from "../model/points";
import type { Point } from "../model/shapes";
import { toFrame, type View } from "../model/view";
import type { Board } from "./board";
import classes from "./Points.module.css";
import { type Stage, useView } from "./useField";
import { pointName } from "./words";

interface PointsProps {
  readonly outline: Outline;
  readonly stage: Stage;
  readonly board: Board;
}

/** From the point to the middle of its bar, CSS pixels. */
const BAR_AWAY = 12;
const BAR_HALF = 15;

const BARS: Record<Side, string> = {
  top: `M${-BAR_HALF} ${-BAR_AWAY}H${BAR_HALF}`,
  bottom: `M${-BAR_HALF} ${BAR_AWAY}H${BAR_HALF}`,
  left: `M${-BAR_AWAY} ${-BAR_HALF}V${BAR_HALF}`,
  right: `M${BAR_AWAY} ${-BAR_HALF}V${BAR_HALF}`,
};
const STEMS: Record<Side, string> = {
  top: "M0-8V-12",
  bottom: "M0 8V12",
  left: "M-8 0H-12",
  right: "M8 0H12",
};

interface OuterPointProps {
  readonly at: Point;
  readonly side: Side | undefined;
  readonly name: string;
  readonly chosen: boolean;
  readonly choose: () => void;
}

/** One outer point: the ring that is drawn, the larger disc that is hit, and the bar that says its side. */
const OuterPoint = ({ at, side, name, chosen, choose }: OuterPointProps) => (
  // biome-ignore lint/a11y/useSemanticElements: there is no button in SVG
  <g
    className={classes.point}
    transform={`translate(${at.x} ${at.y})`}
    data-chosen={chosen}
    data-point
    role="button"
    tabIndex={0}
    aria-label={name}
    aria-pressed={chosen}
    onFocus={choose}
  >
    <circle r={12} className={classes.hit} />
    {side && <path d={BARS[side] + STEMS[side]} className={classes.barEdge} />}
    {side && <path d={BARS[side] + STEMS[side]} className={classes.bar} />}
    <circle r={7.5} className={classes.ring} />
    <circle r={5.5} className={classes.disc} />
    <circle r={2.2} className={classes.core} />
  </g>
);

/** The box of the points that are placed, until there is a mask to look at. */
const Box = ({ points, view }: { points: readonly Point[]; view: View }) => {
  const { left, top, right, bottom } = frameOf(points.map((point) => toFrame(view, point)));
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return (
    <>
      <rect {...box} className={classes.boxEdge} />
      <rect {...box} className={classes.box} />
    </>
  );
};

/** The outer points of the object in hand. One that is dragged follows the pointer before it counts. */
export const Points = ({ outline, stage, board }: PointsProps) => {
  const { picture } = stage;
  const view = useView(stage);
  const drag = useStore(board.live.drag);
  const points = outline.points.map((point, index) => (drag?.index === index ? drag.at : point));
  const sides = sidesOf(points, picture);
  const unmasked = outline.answer === null || points.length < WANTED;
  return (
    <>
      {points.length > 1 && unmasked && <Box points={points} view={view} />}
      {points.map((point, index) => (
        <OuterPoint
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the row
          key={index}
          at={toFrame(view, point)}
          side={sides[index]}
          name={pointName(sides[index], point)}
          chosen={board.chosen === index}
          choose={() => board.setChosen(index)}
        />
      ))}
    </>
  );
};

/** Where the person said what is missing and what is too much. */
export const Clicks = ({ outline, stage }: Pick<PointsProps, "outline" | "stage">) => {
  const view = useView(stage);
  return outline.clicks.map((click, index) => {
    const { x, y } = toFrame(view, click);
    return (
      <g
        // biome-ignore lint/suspicious/noArrayIndexKey: a click is its place in the row
        key={index}
        className={classes.click}
        data-positive={click.positive}
        transform={`translate(${x} ${y})`}
      >
        <title>{click.positive ? "Add click" : "Remove click"}</title>
        <circle r={12.5} className={classes.clickEdge} />
        <circle r={10.5} />
        <path d={click.positive ? "M-5 0H5M0-5V5" : "M-5 0H5"} />
      </g>
    );
  });
};
