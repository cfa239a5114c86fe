import { type RefObject, useCallback, useEffect, useState } from "react";
import { inSight } from "./grid";

/** Up to here all rows are drawn; beyond, only those in sight. */
const DRAWN_WHOLE = 200;

export interface RowWindow {
  readonly first: number;
  /** Not among those drawn. */
  readonly last: number;
  /** Scrolls so that this row is drawn. */
  readonly show: (row: number) => void;
}

/** Which rows of a long table to draw, by how far `scroller` is scrolled. Rows are `height` px each. */
export const useRowWindow = (
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  height: number,
): RowWindow => {
  const long = rows > DRAWN_WHOLE;
  const [sight, setSight] = useState({ top: 0, height: 900 });
  useEffect(() => {
    const element = scroller.current;
    if (!element || !long) return;
    const look = () => setSight({ top: element.scrollTop, height: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller, long]);
  const show = useCallback(
    (row: number) => {
      scroller.current?.scrollTo({ top: Math.max(0, (row - 3) * height) });
    },
    [scroller, height],
  );
  const drawn = long ? inSight(sight.top, sight.height, height, rows) : { first: 0, last: rows };
  return { ...drawn, show };
};
