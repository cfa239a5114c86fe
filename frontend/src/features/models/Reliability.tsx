import { counted } from "@/shared/lib/format";
import classes from "./Measures.module.css";
import { type Bin, reliabilityWords } from "./measured";

const SIZE = 200;
const PAD = 28;
const x = (value: number): number => PAD + value * SIZE;
const y = (value: number): number => 8 + (1 - value) * SIZE;

const TICKS = [0, 0.5, 1];

const Axes = () => (
  <g className={classes.axes}>
    <rect x={x(0)} y={y(1)} width={SIZE} height={SIZE} />
    <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} strokeDasharray="3 4" />
    {TICKS.map((tick) => (
      <g key={tick}>
        <text x={x(tick)} y={y(0) + 14} textAnchor="middle">
          {tick}
        </text>
        <text x={x(0) - 5} y={y(tick) + 4} textAnchor="end">
          {tick}
        </text>
      </g>
    ))}
  </g>
);

const After = ({ bin: { confidence, share, interval } }: { bin: Bin }) => (
  <g className={classes.after}>
    <line x1={x(confidence)} x2={x(confidence)} y1={y(interval[0])} y2={y(interval[1])} />
    <circle cx={x(confidence)} cy={y(share)} r={4} />
  </g>
);

interface ReliabilityProps {
  readonly before: readonly Bin[];
  readonly after: readonly Bin[];
}

/** Confidence beside the share that is right: points on the diagonal can be taken at their word. */
export const Reliability = ({ before, after }: ReliabilityProps) => (
  <section aria-labelledby="reliability">
    <h3 id="reliability" className={classes.heading}>
      Are its confidences right?{" "}
      <span className={classes.small}>up: share right; right: confidence; on the dashed line they agree</span>
    </h3>
    <div className={classes.reliability}>
      <svg
        viewBox={`0 0 ${SIZE + PAD + 12} ${SIZE + 28}`}
        width={SIZE + PAD + 12}
        role="img"
        aria-label={`Reliability: ${reliabilityWords(after)}`}
      >
        <Axes />
        {before.map((bin) => (
          <circle
            key={bin.confidence}
            className={classes.before}
            cx={x(bin.confidence)}
            cy={y(bin.share)}
            r={3.5}
          />
        ))}
        {after.map((bin) => (
          <After key={bin.confidence} bin={bin} />
        ))}
      </svg>
      <ul className={classes.small}>
        <li>Filled: calibrated, with 95 % intervals; hollow: before</li>
        {after.map(({ confidence, share, count }) => (
          <li key={confidence}>
            said {confidence.toFixed(2)}, right {share.toFixed(2)} of {counted(count, "picture")}
          </li>
        ))}
      </ul>
    </div>
  </section>
);
