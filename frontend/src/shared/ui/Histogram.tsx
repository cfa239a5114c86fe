import classes from "./Histogram.module.css";

interface HistogramProps {
  readonly bars: readonly number[];
  /** Says in words what the bars show, for screen readers. */
  readonly label: string;
  /** Written below, from left to right. */
  readonly ticks?: readonly string[];
  readonly height?: number;
}

/** Equal bars over a scale; a bar of at least one stands visibly above the line. */
export const Histogram = ({ bars, label, ticks, height = 56 }: HistogramProps) => {
  const most = Math.max(1, ...bars);
  return (
    <figure className={classes.figure}>
      <div role="img" aria-label={label} className={classes.bars} style={{ height }}>
        {bars.map((value, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place on the scale.
            key={index}
            className={classes.bar}
            style={{ height: value === 0 ? 0 : `max(2px, ${(100 * value) / most}%)` }}
          />
        ))}
      </div>
      {ticks && (
        <figcaption className={classes.ticks} aria-hidden>
          {ticks.map((tick) => (
            <span key={tick}>{tick}</span>
          ))}
        </figcaption>
      )}
    </figure>
  );
};
