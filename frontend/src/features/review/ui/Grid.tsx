// biome-ignore-all lint/a11y/useSemanticElements: a grid of pictures to move in is no table of data
// biome-ignore-all lint/a11y/useFocusableInteractive: the button in a cell takes the focus, as one stop for all
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { ReviewSession } from "../engine/session";
import type { Snapshot } from "../engine/snapshot";
import { plain } from "../model/batch";
import type { Packing } from "../model/packing";
import type { Board } from "./board";
import classes from "./Grid.module.css";
import { Hint } from "./Hint";
import { Tile } from "./Tile";
import { useGridPointer } from "./useGridPointer";
import { useLens } from "./useLens";

interface GridProps {
  readonly session: ReviewSession;
  readonly snapshot: Snapshot;
  readonly board: Board;
  readonly packing: Packing;
  readonly gap: number;
  /** Room for the hint in the free cells at the end? */
  readonly hint: boolean;
  /** Called with the ids of pictures that have come on the screen. */
  readonly onSeen: (ids: readonly string[]) => void;
}

/** Keeps the browser's focus with ours, unless somebody is in a field or a dialog. */
function useRovingFocus(
  root: RefObject<HTMLDivElement | null>,
  focus: number,
  assignment: string | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new batch takes the focus to its first tile
  useLayoutEffect(() => {
    const active = document.activeElement;
    const free = active === null || active === document.body || root.current?.contains(active);
    const lost = active !== null && active.closest("[data-review-layer]") !== null;
    if (free || lost) {
      root.current?.querySelector<HTMLElement>(`[data-tile="${focus}"]`)?.focus();
    }
  }, [root, focus, assignment]);
}

/** Tells which tiles have been on the screen, at least by more than half. */
function useSeen(
  root: RefObject<HTMLDivElement | null>,
  assignment: string | undefined,
  onSeen: GridProps["onSeen"],
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another batch has other tiles to watch
  useEffect(() => {
    const watched = root.current;
    if (!watched || typeof IntersectionObserver === "undefined") {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) =>
        onSeen(
          entries.flatMap(({ isIntersecting, target }) =>
            isIntersecting && target instanceof HTMLElement ? [target.dataset.item ?? ""] : [],
          ),
        ),
      { threshold: 0.6 },
    );
    for (const cell of watched.querySelectorAll("[data-item]")) {
      observer.observe(cell);
    }
    return () => observer.disconnect();
  }, [root, assignment, onSeen]);
}

export const Grid = ({ session, snapshot, board, packing, gap, hint, onSeen }: GridProps) => {
  const root = useRef<HTMLDivElement>(null);
  const { current } = snapshot;
  const pointer = useGridPointer(session, board);
  const lens = useLens(board);
  const retry = useRef((index: number) => session.retryPicture(index)).current;
  useRovingFocus(root, board.focus, current?.assignment);
  useSeen(root, current?.assignment, onSeen);
  if (!current) {
    return null;
  }
  const { columns, rows, cell } = packing;
  const { items, tiles } = current.batch;
  const free = rows * columns - items.length;
  return (
    <div
      ref={root}
      role="grid"
      aria-label={`Pictures of ${current.labelClass.name}`}
      aria-rowcount={rows}
      aria-colcount={columns}
      aria-readonly={current.lostAt !== null || undefined}
      data-keys="commands"
      className={classes.grid}
      style={{
        gap,
        gridTemplateColumns: `repeat(${columns}, ${cell.width}px)`,
        gridAutoRows: `${cell.height}px`,
      }}
      {...pointer}
      {...lens}
    >
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <div key={row} role="row" aria-rowindex={row + 1} className={classes.row}>
          {items.slice(row * columns, (row + 1) * columns).map((item, column) => {
            const index = row * columns + column;
            const tile = tiles[index];
            const picture = snapshot.tiles[index];
            return (
              <div
                key={item.id}
                role="gridcell"
                aria-colindex={column + 1}
                data-item={item.id}
                className={classes.cell}
              >
                {tile && picture && (
                  <Tile
                    item={item}
                    index={index}
                    mark={plain(tile.mark)}
                    noted={tile.note !== ""}
                    unreadable={snapshot.unreadable.has(item.id)}
                    picture={picture.state}
                    attempt={picture.attempt}
                    focused={board.focus === index}
                    readOnly={current.lostAt !== null}
                    className={current.labelClass.name}
                    bare={board.bare}
                    cellWidth={cell.width}
                    cellHeight={cell.height}
                    onRetry={retry}
                  />
                )}
              </div>
            );
          })}
        </div>
      ))}
      {hint && free > 1 && (
        <div role="presentation" className={classes.hint} style={{ gridColumn: `span ${free}` }}>
          <Hint snapshot={snapshot} keypad={free * cell.width > 460 && cell.height > 140} />
        </div>
      )}
    </div>
  );
};
