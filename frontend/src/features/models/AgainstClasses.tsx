import { Button } from "@mantine/core";
import { useState } from "react";
import { counted } from "@/shared/lib/format";
import type { Asked } from "./Behind";
import { Dumbbell } from "./Dumbbell";
import classes from "./Measures.module.css";
import { type ClassChange, clearestFirst, pointsWords, shareWords, verdictWord } from "./measured";

const MOST = 12;

interface RowProps {
  readonly change: ClassChange;
  readonly onAsk: (asked: Asked) => void;
}

/** A class: its name opens the pictures on which the two versions differ, where there are any. */
const Row = ({ change, onAsk }: RowProps) => {
  const { label_class: its, before, now, verdict, only_new, only_old } = change;
  const differ = only_new + only_old;
  const filter = { part: "held_out", right: its.id, differs: "either" } as const;
  return (
    <li className={classes.classRow}>
      <span>
        {differ === 0 ? (
          its.name
        ) : (
          <button
            type="button"
            className={classes.link}
            onClick={() => onAsk({ title: `${its.name}, one of the two is wrong`, filter })}
          >
            {its.name}
          </button>
        )}
        <span className={classes.below}>
          {differ === 0 ? "the same pictures right" : `they differ on ${differ} of ${now.total}`}
        </span>
      </span>
      <Dumbbell before={before} now={now} verdict={verdict} />
      <span className={classes.classGain}>
        {shareWords(before)} → <strong>{shareWords(now)}</strong>
        <span className={classes.below}>{pointsWords(change)}</span>
      </span>
      <span className={classes.verdict} data-verdict={verdict}>
        {verdictWord(change)}
      </span>
    </li>
  );
};

interface AgainstClassesProps {
  readonly changes: readonly ClassChange[];
  readonly onAsk: (asked: Asked) => void;
}

/** How much of each class two versions find, on the same pictures, the clearest differences first. */
export const AgainstClasses = ({ changes, onAsk }: AgainstClassesProps) => {
  const [all, showAll] = useState(false);
  const sorted = clearestFirst(changes);
  const shown = all ? sorted : sorted.slice(0, MOST);
  return (
    <>
      <p className={classes.small}>
        How much of each class is found. A class is “not clear” where chance alone may explain the difference.{" "}
        <span aria-hidden className={classes.legend}>
          <span className={classes.key} /> before <span className={classes.key} data-now /> now
        </span>
      </p>
      <ul aria-label="Class by class" className={classes.byClass}>
        {shown.map((change) => (
          <Row key={change.label_class.id} change={change} onAsk={onAsk} />
        ))}
      </ul>
      {sorted.length > shown.length && (
        <Button variant="default" className={classes.more} onClick={() => showAll(true)}>
          Show {counted(sorted.length - shown.length, "more class", "more classes")}
        </Button>
      )}
    </>
  );
};
