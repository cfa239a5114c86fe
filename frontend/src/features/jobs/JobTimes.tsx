import { counted, stopwatch } from "@/shared/lib/format";
import { Histogram } from "@/shared/ui/Histogram";
import type { Progress } from "./api";
import classes from "./JobProgress.module.css";

type Times = Progress["batch_time"];

/** Where the bars begin and end; the last one may take all that is longer. */
const ticksOf = ({ bars, step_seconds, longest_seconds }: Times): string[] => {
  const end = bars.length * step_seconds;
  const longest = longest_seconds ?? 0;
  const last = longest > end ? `${stopwatch(end - step_seconds)} to ${stopwatch(longest)}` : stopwatch(end);
  return ["0:00", last];
};

interface JobTimesProps {
  readonly times: Times;
  /** What is dealt: batches to judge, or pictures to outline. */
  readonly of?: "batch" | "picture";
}

/** How long batches take, as far as it was measured. Nobody is named: the figures are of all. */
export const JobTimes = ({ times, of = "batch" }: JobTimesProps) => {
  const { batches, bars, lower_seconds, upper_seconds, too_fast, too_fast_seconds } = times;
  if (lower_seconds === null || upper_seconds === null) return null;
  const middle = `the middle half takes ${stopwatch(lower_seconds)} to ${stopwatch(upper_seconds)}`;
  return (
    <section aria-labelledby="times-title" className={classes.part}>
      <header className={classes.partHead}>
        <h2 id="times-title" className={classes.partTitle}>
          Time for a {of}{" "}
          <span className={classes.small}>
            {counted(batches, of, of === "batch" ? "batches" : "pictures")}
          </span>
        </h2>
        <p className={classes.legend}>
          {middle}
          {too_fast > 0 && `; ${too_fast} under ${stopwatch(too_fast_seconds)}, too fast to have looked`}
        </p>
      </header>
      <div className={classes.times}>
        <Histogram
          bars={bars}
          height={96}
          label={`Time for a ${of}: ${middle}, the longest ${stopwatch(times.longest_seconds ?? 0)}`}
          ticks={ticksOf(times)}
        />
      </div>
    </section>
  );
};
