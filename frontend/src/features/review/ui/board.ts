/** What the screen itself remembers: where the focus is, and which view lies over the grid. */
import { useMemo, useState } from "react";
import type { Snapshot } from "../engine/snapshot";

export type Layer = "none" | "enlarged" | "guide" | "sent";

export interface Board {
  readonly focus: number;
  readonly setFocus: (index: number) => void;
  readonly layer: Layer;
  readonly setLayer: (layer: Layer) => void;
  /** A tile whose picture is shown large for as long as the pointer rests on its lens. */
  readonly peek: number | null;
  readonly setPeek: (index: number | null) => void;
  readonly menu: number | null;
  readonly setMenu: (index: number | null) => void;
  readonly report: number | null;
  readonly setReport: (index: number | null) => void;
  /** `C` is held, or the button for it. */
  readonly looking: boolean;
  readonly setLooking: (looking: boolean) => void;
  /** `M` is held, or the button for it: outlines are hidden. */
  readonly bare: boolean;
  readonly setBare: (bare: boolean) => void;
}

export function useBoard({ current }: Snapshot): Board {
  const [focus, setFocus] = useState(0);
  const [layer, setLayer] = useState<Layer>("none");
  const [peek, setPeek] = useState<number | null>(null);
  const [menu, setMenu] = useState<number | null>(null);
  const [report, setReport] = useState<number | null>(null);
  const [looking, setLooking] = useState(false);
  const [bare, setBare] = useState(false);
  const assignment = current?.assignment;
  const [shown, setShown] = useState(assignment);
  if (shown !== assignment) {
    // Another batch: the focus is on its first tile in the very frame in which it appears.
    setShown(assignment);
    setFocus(0);
    setPeek(null);
    setMenu(null);
    setReport(null);
    if (layer === "sent") {
      setLayer("none");
    }
  }
  return useMemo(
    () => ({
      focus,
      setFocus,
      layer,
      setLayer,
      peek,
      setPeek,
      menu,
      setMenu,
      report,
      setReport,
      looking,
      setLooking,
      bare,
      setBare,
    }),
    [focus, layer, peek, menu, report, looking, bare],
  );
}
