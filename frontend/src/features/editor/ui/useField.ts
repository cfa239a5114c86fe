import { useElementSize } from "@mantine/hooks";
import { type Ref, useCallback, useMemo, useState } from "react";
import type { Work } from "../engine/wire";
import type { Size } from "../model/mask";
import type { Point } from "../model/shapes";
import { centredOn, fitted, revealing, stepped, type View, zoomed } from "../model/view";
import type { Field } from "./gestures";

const NO_SIZE: Size = { width: 1, height: 1 };

/** How the picture lies in its frame, and what changes that. */
export interface Stage extends Field {
  readonly ref: Ref<HTMLDivElement>;
  readonly fits: boolean;
  readonly fit: () => void;
  /** Around a point of the picture, else around the middle of the frame. */
  readonly zoom: (direction: 1 | -1, around: Point | null) => void;
  readonly reveal: (point: Point) => void;
  readonly centre: (point: Point) => void;
}

/** A picture lies fitted in its frame, whatever becomes of the frame, until the person zooms or moves it. */
export function useField(work: Work | null): Stage {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [moved, setMoved] = useState<{ of: string; view: View } | null>(null);
  const of = work?.assignment ?? "";
  const picture = work?.picture ?? NO_SIZE;
  const frame = useMemo(() => ({ width, height }), [width, height]);
  const whole = useMemo(() => fitted(picture, frame), [picture, frame]);
  const own = moved?.of === of ? moved.view : null;
  const view = own ?? whole;
  const show = useCallback((next: View) => setMoved({ of, view: next }), [of]);
  return {
    ref,
    view,
    picture,
    frame,
    show,
    fits: own === null,
    fit: () => setMoved(null),
    zoom: (direction, around) => {
      const shown = around ? revealing(view, around, picture, frame) : view;
      const at = around && { x: around.x * shown.scale + shown.x, y: around.y * shown.scale + shown.y };
      const factor = stepped(shown, direction, picture, frame).scale / shown.scale;
      show(at ? zoomed(shown, factor, at, picture, frame) : stepped(shown, direction, picture, frame));
    },
    reveal: (point) => {
      const next = revealing(view, point, picture, frame);
      if (next !== view) {
        show(next);
      }
    },
    centre: (point) => show(centredOn(view, point, picture, frame)),
  };
}
