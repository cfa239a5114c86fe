import type { CSSProperties } from "react";
import type { ClassProgress } from "./api";
import classes from "./JobProgress.module.css";

/** Fills from below with the opinions that are in. */
export const filledTo = (opinions: number, wanted: number): CSSProperties =>
  ({ "--wanted": wanted, "--filled": `${(100 * opinions) / wanted}%` }) as CSSProperties;

interface BarsProps {
  /** Null where there are too many. */
  readonly bars: ClassProgress["bars"];
  readonly done: number;
  readonly all: number;
  /** Opinions that fill one bar. */
  readonly wanted: number;
  /** Does anybody hold one of them now? */
  readonly held: boolean;
}

/** A bar for each batch, or one for all of them. */
export const Bars = ({ bars, done, all, wanted, held }: BarsProps) => {
  if (bars === null)
    return (
      <span aria-hidden className={classes.long} data-held={held || undefined}>
        <span className={classes.longDone} style={{ width: `${all === 0 ? 0 : (100 * done) / all}%` }} />
      </span>
    );
  const inHand = new Set(bars.held);
  return (
    <span aria-hidden className={classes.bars}>
      {bars.opinions.map((opinions, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the row.
          key={at}
          className={classes.bar}
          data-held={inHand.has(at) || undefined}
          style={filledTo(opinions, wanted)}
        />
      ))}
    </span>
  );
};
