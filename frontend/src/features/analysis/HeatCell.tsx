import { VisuallyHidden } from "@mantine/core";
import type { Counts } from "./api";
import { openWords } from "./cells";
import classes from "./HeatCell.module.css";
import { heatOf } from "./heat";
import { IntervalBar } from "./IntervalBar";
import { type Ratio, targetOf } from "./ratio";
import { bare, cellWords, evidenceWords, rightOf } from "./words";

/** What a bucket of a class shows: the share right, of how many, the interval, and what is still open. */
export const HeatCell = ({ counts, ratio }: { counts: Counts; ratio: Ratio }) => {
  const open = openWords(counts);
  const heat = heatOf(counts, ratio);
  return (
    <span className={classes.cell} data-heat={heat} title={cellWords(counts, ratio)}>
      {heat === "none" ? (
        <span className={classes.nothing}>{counts.total === 0 ? "no pictures" : "no evidence"}</span>
      ) : (
        <>
          <span className={classes.figures}>
            <strong>{bare(counts.percent_correct)}</strong>
            <span>{rightOf(counts)}</span>
          </span>
          <VisuallyHidden>{evidenceWords(counts, ratio)}</VisuallyHidden>
          <IntervalBar interval={counts.interval} target={targetOf(ratio)} />
        </>
      )}
      {open && <span className={classes.open}>{open}</span>}
    </span>
  );
};
