import { Button } from "@mantine/core";
import { useState } from "react";
import { count, counted, percent } from "@/shared/lib/format";
import { Table } from "@/shared/ui/Table";
import { Against } from "./Against";
import type { Card, Training } from "./api";
import { type Asked, Behind } from "./Behind";
import { Confusion } from "./Confusion";
import classes from "./Measures.module.css";
import { intervalWords, type Measured, mixUps, shareWords, weakestFirst } from "./measured";
import { Reliability } from "./Reliability";

const MOST_MIXED = 5;
const COLUMNS = [
  { label: "Class" },
  { label: "Found", number: true },
  { label: "Right when said", number: true },
  { label: "Learned from", number: true },
];

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly children: string;
}

const Figure = ({ label, value, children }: FigureProps) => (
  <div className={classes.figure}>
    <dt className={classes.small}>{label}</dt>
    <dd className={classes.value}>{value}</dd>
    <dd className={classes.small}>{children}</dd>
  </div>
);

const errorOf = ({ calibration }: Card, name: "error_before" | "error_after"): number | null => {
  const found = calibration[name];
  return typeof found === "number" ? found : null;
};

const Figures = ({ card, measured }: { card: Card; measured: Measured }) => {
  const [before, after] = [errorOf(card, "error_before"), errorOf(card, "error_after")];
  return (
    <dl className={classes.figures}>
      <Figure label="Right" value={shareWords(measured.accuracy)}>
        {intervalWords(measured.accuracy)}
      </Figure>
      <Figure
        label="Macro average"
        value={percent(measured.macro_recall === null ? null : 100 * measured.macro_recall)}
      >
        each class once
      </Figure>
      <Figure label="Calibration error" value={after === null ? "–" : after.toFixed(3)}>
        {before === null ? "not known" : `before: ${before.toFixed(3)}`}
      </Figure>
    </dl>
  );
};

interface PartProps {
  readonly measured: Measured;
  readonly onAsk: (asked: Asked) => void;
}

const MixedUp = ({ measured, onAsk }: PartProps) => {
  const mixed = mixUps(measured).slice(0, MOST_MIXED);
  if (mixed.length === 0) return null;
  return (
    <section aria-labelledby="mixed-up">
      <h3 id="mixed-up" className={classes.heading}>
        Most often mixed up
      </h3>
      <ul>
        {mixed.map(({ right, given, pictures, share }) => (
          <li key={`${right.id} ${given.id}`} className={classes.mixed}>
            <button
              type="button"
              className={classes.link}
              onClick={() =>
                onAsk({
                  title: `${right.name}, seen as ${given.name}`,
                  filter: { part: "held_out", right: right.id, given: given.id },
                })
              }
            >
              {right.name}
              <span className={classes.small}> seen as {given.name}</span>
            </button>
            <span className={classes.small}>
              {count(pictures)}, {percent(100 * share)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const ByClass = ({ measured, onAsk }: PartProps) => (
  <Table caption="Classes, the weakest first" columns={COLUMNS}>
    {weakestFirst(measured).map(({ label_class, recall, precision, learned_from }) => (
      <tr key={label_class.id}>
        <td>
          <button
            type="button"
            className={classes.link}
            onClick={() =>
              onAsk({
                title: `${label_class.name}, held out`,
                filter: { part: "held_out", right: label_class.id },
              })
            }
          >
            {label_class.name}
          </button>
        </td>
        <td data-number>
          {shareWords(recall)}
          <span className={classes.below}>{intervalWords(recall)}</span>
        </td>
        <td data-number>
          {shareWords(precision)}
          <span className={classes.below}>
            {precision.total === 0 ? "never said" : intervalWords(precision)}
          </span>
        </td>
        <td data-number>{count(learned_from)}</td>
      </tr>
    ))}
  </Table>
);

interface MeasuresProps {
  readonly card: Card;
  readonly measured: Measured;
  readonly training: Training;
}

/** How good a trained version is on pictures that it has not learned from; each number opens its pictures. */
export const Measures = ({ card, measured, training }: MeasuresProps) => {
  const [asked, ask] = useState<Asked | null>(null);
  const wrong = measured.accuracy.total - measured.accuracy.good;
  return (
    <section aria-labelledby="measures" className={classes.measures}>
      <div className={classes.head}>
        <h2 id="measures" className={classes.title}>
          Judged on {counted(measured.held_out, "picture")} that it has not learned from
        </h2>
        {wrong > 0 && (
          <Button
            variant="default"
            onClick={() => ask({ title: "Its mistakes", filter: { part: "held_out", wrong: true } })}
          >
            See {counted(wrong, "mistake")}
          </Button>
        )}
      </div>
      <Figures card={card} measured={measured} />
      {measured.comparison && <Against card={card} comparison={measured.comparison} onAsk={ask} />}
      <MixedUp measured={measured} onAsk={ask} />
      {measured.held_out > 0 && <Confusion measured={measured} onAsk={ask} />}
      {measured.reliability && <Reliability {...measured.reliability} />}
      <ByClass measured={measured} onAsk={ask} />
      <Behind training={training} asked={asked} onClose={() => ask(null)} />
    </section>
  );
};
