import { useMemo, useRef } from "react";
import { count } from "@/shared/lib/format";
import type { Asked } from "./Behind";
import classes from "./Measures.module.css";
import { type Measured, matrixOf } from "./measured";

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Arrows go from cell to cell; one of them takes the Tab. */
const useCells = (size: number) => {
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = STEPS[event.key];
    const from = event.target instanceof HTMLElement ? event.target.dataset.cell : undefined;
    if (!step || from === undefined) return;
    event.preventDefault();
    const [row = 0, column = 0] = from.split(" ").map(Number);
    const [down, right] = step;
    const [to, at] = [row + down, column + right];
    if (Math.min(to, at) < 0 || Math.max(to, at) >= size) return;
    const cells = table.current?.querySelectorAll<HTMLElement>("[data-cell]") ?? [];
    for (const cell of cells) cell.tabIndex = -1;
    const next = table.current?.querySelector<HTMLElement>(`[data-cell="${to} ${at}"]`);
    if (!next) return;
    next.tabIndex = 0;
    next.focus();
  };
  return { table, onKeyDown };
};

interface ConfusionProps {
  readonly measured: Measured;
  readonly onAsk: (asked: Asked) => void;
}

/** What the held-out pictures are (rows) and what it says of them (columns); a cell opens its pictures. */
export const Confusion = ({ measured: { classes: scores, confusion }, onAsk }: ConfusionProps) => {
  const { places, totals } = useMemo(() => matrixOf(confusion), [confusion]);
  const names = places.flatMap((place) => scores[place]?.label_class ?? []);
  const { table, onKeyDown } = useCells(names.length);
  const ask = (row: number, column: number) => {
    const [right, given] = [names[row], names[column]];
    if (!right || !given) return;
    onAsk({
      title: row === column ? `${right.name}, right` : `${right.name}, seen as ${given.name}`,
      filter: { part: "held_out", right: right.id, given: given.id },
    });
  };
  return (
    <section aria-labelledby="confusion">
      <h3 id="confusion" className={classes.heading}>
        What it takes for what <span className={classes.small}>rows are right, columns what it says</span>
      </h3>
      {names.length < scores.length && (
        <p className={classes.small}>
          The {count(names.length)} of {count(scores.length)} classes that are mixed up most
        </p>
      )}
      <div className={classes.scroll}>
        <table ref={table} className={classes.matrix} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <td />
              {names.map(({ id, name }) => (
                <th key={id} scope="col">
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((right, row) => (
              <tr key={right.id}>
                <th scope="row">{right.name}</th>
                {names.map((given, column) => {
                  const pictures = confusion[places[row] ?? 0]?.[places[column] ?? 0] ?? 0;
                  const shade = pictures && pictures / (totals[places[row] ?? 0] ?? 1);
                  return (
                    <td key={given.id}>
                      <button
                        type="button"
                        data-cell={`${row} ${column}`}
                        data-right={row === column || undefined}
                        data-none={pictures === 0 || undefined}
                        tabIndex={row + column === 0 ? 0 : -1}
                        className={classes.cell}
                        style={{ "--shade": shade } as React.CSSProperties}
                        aria-label={`${right.name} seen as ${given.name}: ${pictures}`}
                        onClick={() => ask(row, column)}
                      >
                        {pictures || "·"}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
