import classes from "./Measures.module.css";
import type { Share, Verdict } from "./measured";

const Dot = ({ share, now }: { share: Share; now: boolean }) =>
  share.value === null ? null : (
    <span className={classes.dot} data-now={now || undefined} style={{ left: `${100 * share.value}%` }} />
  );

interface DumbbellProps {
  readonly before: Share;
  readonly now: Share;
  readonly verdict: Verdict;
}

/** Two versions on one line from 0 to 100 %. The words beside it say the same. */
export const Dumbbell = ({ before, now, verdict }: DumbbellProps) => {
  const [a, b] = [before.value ?? 0, now.value ?? 0];
  return (
    <div aria-hidden className={classes.track} data-verdict={verdict}>
      <span
        className={classes.bar}
        style={{ left: `${100 * Math.min(a, b)}%`, width: `${100 * Math.abs(a - b)}%` }}
      />
      <Dot share={before} now={false} />
      <Dot share={now} now />
    </div>
  );
};
