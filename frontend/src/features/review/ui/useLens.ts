import { type PointerEvent, useMemo, useRef } from "react";
import type { Board } from "./board";

/** Milliseconds that a pointer rests on the lens of a tile before the picture is shown large. */
const RESTS = 250;

const lensOf = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-lens]") : null;

/** Resting on a tile's lens shows its picture large until the pointer leaves; a click on it keeps it open. */
export function useLens(board: Board) {
  const latest = useRef(board);
  latest.current = board;
  return useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return {
      onPointerOver({ target }: PointerEvent) {
        const lens = lensOf(target);
        clearTimeout(timer);
        if (lens) {
          timer = setTimeout(() => latest.current.setPeek(Number(lens.dataset.lens)), RESTS);
        }
      },
      onPointerOut({ target }: PointerEvent) {
        if (lensOf(target)) {
          clearTimeout(timer);
          latest.current.setPeek(null);
        }
      },
      onClickCapture({ target }: { target: EventTarget }) {
        const lens = lensOf(target);
        if (lens) {
          clearTimeout(timer);
          latest.current.setPeek(null);
          latest.current.setFocus(Number(lens.dataset.lens));
          latest.current.setLayer("enlarged");
        }
      },
    };
  }, []);
}
