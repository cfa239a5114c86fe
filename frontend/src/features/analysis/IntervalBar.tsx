import classes from "./IntervalBar.module.css";

interface IntervalBarProps {
  /** The 95 % interval of the share right, as fractions; null draws the target alone. */
  readonly interval: readonly number[] | null;
  readonly target: number;
}

const at = (share: number): string => `${100 * share}%`;

/** From 0 to 100 % right: where the share may lie, and a dashed tick at the target. Words stand beside it. */
export const IntervalBar = ({ interval, target }: IntervalBarProps) => {
  const [low = 0, high = 1] = interval ?? [];
  return (
    <span aria-hidden className={classes.bar}>
      {interval && (
        <span className={classes.range} style={{ left: at(low), width: `max(2px, ${at(high - low)})` }} />
      )}
      <span className={classes.target} style={{ left: at(target) }} />
    </span>
  );
};
