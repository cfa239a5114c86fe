import { SegmentedControl } from "@mantine/core";
import { useRef } from "react";
import { Histogram } from "@/shared/ui/Histogram";
import type { Import, Scale } from "./api";
import classes from "./Panels.module.css";
import { type Changes, rolesOf, withRole } from "./useChanges";
import { scaleWords } from "./words";

const CHOICES = [
  { value: "fraction", label: "0 to 1" },
  { value: "percent", label: "0 to 100" },
  { value: "none", label: "No confidence" },
];

const TITLES: Record<string, string> = {
  fraction: "Confidence is 0 to 1",
  percent: "Confidence is 0 to 100",
  none: "No confidence",
  "": "What do the confidences mean?",
};

/** The column that holds the confidences; remembered while it is set aside. */
const useConfidenceColumn = (work: Import, changes: Changes) => {
  const roles = rolesOf(work, changes.draft);
  const now = Object.keys(roles).find((header) => roles[header] === "confidence");
  const last = useRef(now);
  if (now !== undefined) last.current = now;
  return { roles, now, last: last.current };
};

/** What the numbers of the confidence column mean, shown by how they lie. */
export const ScalePanel = ({ work, changes }: { work: Import; changes: Changes }) => {
  const { roles, now, last } = useConfidenceColumn(work, changes);
  const asked = work.questions.find((question) => question.kind === "scale");
  const scale = changes.draft.scale ?? work.confidence_scale ?? (asked ? "" : undefined);
  const value = now === undefined ? "none" : (scale ?? "none");
  const choose = (choice: string) => {
    if (choice === "none") {
      if (now !== undefined) changes.change({ columns: withRole(roles, now, "extra") });
      return;
    }
    const columns = now === undefined && last !== undefined ? withRole(roles, last, "confidence") : undefined;
    changes.change({ scale: choice as Scale, ...(columns && { columns }) });
  };
  // While it is asked for, the bars lie over the scale that fits the highest value.
  const isFraction = value === "fraction" || (value === "" && Number(work.confidence.highest) <= 1);
  return (
    <section aria-labelledby="scale" className={classes.panel}>
      <h2 id="scale" className={classes.heading}>
        {TITLES[value]}
      </h2>
      {value === "" && asked ? <p className={classes.asked}>{asked.text}</p> : <p>{scaleWords(work)}</p>}
      {value !== "none" && work.confidence.numbers > 0 && (
        <Histogram
          bars={work.confidence.histogram}
          label={`${work.confidence.numbers} confidences from ${work.confidence.lowest} to ${work.confidence.highest}`}
          ticks={isFraction ? ["0", "0.5", "1"] : ["0", "50", "100"]}
          height={68}
        />
      )}
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label="Scale of the confidences"
        value={value}
        onChange={choose}
        data={CHOICES.map((choice) => ({
          ...choice,
          disabled: choice.value !== "none" && now === undefined && last === undefined,
        }))}
      />
    </section>
  );
};
