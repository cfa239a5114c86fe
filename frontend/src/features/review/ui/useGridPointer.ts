import { type MouseEvent, type PointerEvent, type TouchEvent, useMemo, useRef } from "react";
import type { ReviewSession } from "../engine/session";
import { type Mark, plain, range, toggled } from "../model/batch";
import type { Board } from "./board";
import { Gestures, type Marks } from "./gestures";

/** The tile at a place on the page, or null. */
function tileAt(x: number, y: number): number | null {
  return indexOf(document.elementFromPoint(x, y));
}

function indexOf(target: EventTarget | null): number | null {
  const tile = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  return tile ? Number(tile.dataset.index) : null;
}

/** Is this a small control on the tile, which is pressed for itself? */
function isOwnPress(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-own-press]") !== null;
}

function marksOf(session: ReviewSession, board: { current: Board }): Marks {
  const markOf = (index: number): Mark => plain(session.getSnapshot().current?.batch.tiles[index]?.mark);
  let painting: Mark = "wrong";
  let stroke = 0;
  return {
    begin(index, nth) {
      painting = toggled(markOf(index));
      stroke = nth;
      session.mark([index], painting, stroke);
    },
    paint: (index) => session.mark([index], painting, stroke),
    range: (from, to) => session.mark(range(from, to), toggled(markOf(to))),
    toggle: (index) => session.mark([index], toggled(markOf(index))),
    focus: (index) => board.current.setFocus(index),
    menu: (index) => board.current.setMenu(index),
    enlarge(index) {
      board.current.setFocus(index);
      board.current.setLayer("enlarged");
    },
  };
}

/** Handlers for the element around the tiles. */
export function useGridPointer(session: ReviewSession, board: Board) {
  const latest = useRef(board);
  latest.current = board;
  return useMemo(() => {
    const gestures = new Gestures(marksOf(session, latest), tileAt);
    return {
      onPointerDown(event: PointerEvent) {
        const index = indexOf(event.target);
        if (index === null || event.button !== 0 || isOwnPress(event.target)) {
          return;
        }
        const kind = event.pointerType === "touch" ? "touch" : "mouse";
        const { pointerId: id, shiftKey: shift, clientX: x, clientY: y } = event;
        if (kind === "mouse") {
          // Without this a drag would select text, and the focus would jump before the mark is seen.
          event.preventDefault();
        }
        gestures.down(index, { id, kind, shift, x, y });
      },
      onPointerMove: ({ pointerId: id, clientX: x, clientY: y, buttons }: PointerEvent) =>
        buttons === 0 ? gestures.up(id) : gestures.move({ id, x, y }),
      onPointerUp: ({ pointerId }: PointerEvent) => gestures.up(pointerId),
      onPointerCancel: ({ pointerId }: PointerEvent) => gestures.up(pointerId),
      onTouchEnd(event: TouchEvent) {
        // Else the browser makes a mouse press of it, which would close the menu that just opened.
        if (gestures.isSpent && event.cancelable) {
          event.preventDefault();
        }
      },
      onClick(event: MouseEvent) {
        const index = indexOf(event.target);
        if (index !== null && !isOwnPress(event.target)) {
          gestures.click(index, event.detail > 0);
        }
      },
      onContextMenu(event: MouseEvent) {
        const index = indexOf(event.target);
        if (index === null) {
          return;
        }
        event.preventDefault();
        latest.current.setFocus(index);
        latest.current.setMenu(index);
      },
    };
  }, [session]);
}
