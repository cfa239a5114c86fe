import { useElementSize } from "@mantine/hooks";
import { scaleLinear } from "d3-scale";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { confidence } from "@/shared/lib/format";
import classes from "./EdgeStrip.module.css";
import { type Bar, type Edges, edgeAfterKey, edgeName, merged, moveEdge, STEP } from "./edges";

const BARS_HEIGHT = 30;
const LEGS_HEIGHT = 8;
const MOST_BARS = 40;

interface EdgeStripProps {
  readonly edges: Edges;
  /** How many columns stand below: what the legs lead to. */
  readonly columns: number;
  /** Where the strip begins; it ends at 1. */
  readonly lowest: number;
  readonly bars: readonly Bar[];
  readonly onChange: (edges: Edges) => void;
}

type Scale = (value: number) => number;

const Bars = ({ bars, x }: { bars: readonly Bar[]; x: Scale }) => {
  const drawn = merged(bars, MOST_BARS);
  const height = scaleLinear([0, Math.max(1, ...drawn.map((bar) => bar.total))], [0, BARS_HEIGHT]);
  return drawn.map(({ low, high, total }) => (
    <rect
      key={low}
      x={x(low) + 0.5}
      y={BARS_HEIGHT - Math.max(total > 0 ? 1 : 0, height(total))}
      width={Math.max(1, x(high) - x(low) - 1)}
      height={Math.max(total > 0 ? 1 : 0, height(total))}
      className={classes.bar}
    />
  ));
};

/** Lines from each edge on the scale to the border of the columns that it makes. */
const Legs = ({ edges, x, to }: { edges: Edges; x: Scale; to: Scale }) =>
  edges.map((edge, index) => (
    <line
      key={edge}
      x1={x(edge)}
      y1={BARS_HEIGHT}
      x2={to(index)}
      y2={BARS_HEIGHT + LEGS_HEIGHT}
      className={classes.leg}
    />
  ));

interface HandleProps {
  readonly edges: Edges;
  readonly index: number;
  readonly left: number;
  readonly lowest: number;
  readonly valueAt: (clientX: number) => number;
  readonly onChange: (edges: Edges) => void;
}

const Handle = ({ edges, index, left, lowest, valueAt, onChange }: HandleProps) => {
  const [held, setHeld] = useState(false);
  const edge = edges[index] ?? 0;
  const move = (to: number) => onChange(moveEdge(edges, index, to, lowest));
  const press = (event: KeyboardEvent) => {
    const to = edgeAfterKey(event.key, event.shiftKey, edge);
    if (to === null) return;
    event.preventDefault();
    move(to);
  };
  const hold = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeld(true);
  };
  const drag = (event: PointerEvent) => {
    if (held) move(Math.round(valueAt(event.clientX) / STEP) * STEP);
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      className={classes.handle}
      style={{ left }}
      data-held={held || undefined}
      aria-label={`Edge ${index + 1} of ${edges.length}`}
      aria-valuemin={index === 0 ? lowest : edges[index - 1]}
      aria-valuemax={edges[index + 1] ?? 1}
      aria-valuenow={edge}
      aria-valuetext={confidence(edge)}
      onKeyDown={press}
      onPointerDown={hold}
      onPointerMove={drag}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
    >
      <span className={classes.value}>{edgeName(edge)}</span>
    </span>
  );
};

/** How the confidences lie, above the columns, with a handle on each border between them. */
export const EdgeStrip = ({ edges, columns, lowest, bars, onChange }: EdgeStripProps) => {
  const { ref, width } = useElementSize();
  const strip = useRef<HTMLDivElement>(null);
  const x = scaleLinear([lowest, 1], [0, width]);
  const to = scaleLinear([0, columns], [0, width]);
  const valueAt = (clientX: number) => x.invert(clientX - (strip.current?.getBoundingClientRect().left ?? 0));
  return (
    <div ref={strip} className={classes.strip}>
      <div ref={ref}>
        <svg aria-hidden="true" width={width} height={BARS_HEIGHT + LEGS_HEIGHT} className={classes.drawing}>
          <Bars bars={bars} x={x} />
          <line x1={0} x2={width} y1={BARS_HEIGHT} y2={BARS_HEIGHT} className={classes.axis} />
          {edges.length === columns + 1 && <Legs edges={edges} x={x} to={to} />}
        </svg>
      </div>
      {width > 0 &&
        edges.map((edge, index) => (
          <Handle
            // biome-ignore lint/suspicious/noArrayIndexKey: a handle is its place in the row; its edge changes.
            key={index}
            {...{ edges, index, lowest, valueAt, onChange }}
            left={x(edge)}
          />
        ))}
    </div>
  );
};
