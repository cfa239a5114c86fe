/** What the screen itself remembers: the tool in hand, the cross, what is half drawn. Not the work: that is the session's. */
import { useCallback, useMemo, useState } from "react";
import { createStore, type Store } from "@/shared/lib/store";
import type { Mask, Size } from "../model/mask";
import type { Point } from "../model/shapes";

export type Tool = "select" | "points" | "add" | "remove" | "brush" | "eraser" | "polygon" | "hole" | "move";

/** A stroke that the pointer has not finished. */
export interface Stroke {
  readonly mask: Mask;
  readonly adds: boolean;
}

/** Where a finger is, before it lifts. */
export interface Aim {
  /** In pixels of the picture. */
  readonly at: Point;
  /** In the frame. */
  readonly finger: Point;
}

/** An outer point on its way with the pointer. */
export interface Drag {
  readonly index: number;
  readonly at: Point;
}

/** What changes with every move of the pointer: shared without drawing the whole screen anew. */
export interface Live {
  readonly pointer: Store<Point | null>;
  readonly stroke: Store<Stroke | null>;
  readonly aim: Store<Aim | null>;
  readonly drag: Store<Drag | null>;
}

const FIRST_BRUSH = 12;
export const LARGEST_BRUSH = 400;

/** Before the person has chosen a size: one that is seen also on a large picture. */
function firstBrush({ width, height }: Size): number {
  return Math.max(FIRST_BRUSH, Math.round(Math.max(width, height) / 100));
}

export function useBoard(picture: Size) {
  const [tool, setTool] = useState<Tool>("points");
  const [brush, setBrush] = useState<number | null>(null);
  const [keepOthers, setKeepOthers] = useState(true);
  const [fillSmall, setFillSmall] = useState(false);
  const [corners, setCorners] = useState<readonly Point[]>([]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [cross, setCross] = useState<Point | null>(null);
  const [moving, setMoving] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const [guide, setGuide] = useState(false);
  const [panel, setPanel] = useState(false);
  const [skipping, setSkipping] = useState(false);
  const [masksHidden, setMasksHidden] = useState(false);
  const [labelClass, setLabelClass] = useState<string | null>(null);
  const [notice, setNotice] = useState("");
  const live = useMemo<Live>(
    () => ({
      pointer: createStore<Point | null>(null),
      stroke: createStore<Stroke | null>(null),
      aim: createStore<Aim | null>(null),
      drag: createStore<Drag | null>(null),
    }),
    [],
  );
  const clear = useCallback(() => {
    setCorners([]);
    setChosen(null);
    setCross(null);
    setNotice("");
    setMasksHidden(false);
  }, []);
  return {
    /** Forgets what was half drawn. */
    clear,
    tool,
    setTool: (next: Tool) => {
      setTool(next);
      setCorners([]);
      setChosen(null);
      setNotice("");
    },
    brush: brush ?? firstBrush(picture),
    setBrush: (size: number) => setBrush(Math.min(LARGEST_BRUSH, Math.max(1, Math.round(size)))),
    keepOthers,
    setKeepOthers,
    fillSmall,
    setFillSmall,
    corners,
    setCorners,
    chosen,
    setChosen,
    cross,
    setCross,
    /** The Space bar is down: the picture is moved. */
    moving,
    setMoving,
    /** The key that paints at the cross is down. */
    drawing,
    setDrawing,
    /** Do the instructions lie over the picture? */
    guide,
    setGuide,
    /** Is it asked why the picture is skipped? */
    skipping,
    setSkipping,
    /** Is the panel open, where it is not always there? */
    panel,
    setPanel,
    masksHidden,
    setMasksHidden,
    toggleMasks: () => setMasksHidden((before) => !before),
    labelClass,
    setLabelClass,
    notice,
    setNotice,
    live,
  };
}

export type Board = ReturnType<typeof useBoard>;
