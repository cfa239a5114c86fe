import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import type { Snapshot } from "../engine/snapshot";
import { type Item, shownOf } from "../model/batch";
import { type Packing, pack, type Space } from "../model/packing";

const GAPS = { desk: 10, tablet: 10, phone: 6 };
/** Room around the tiles for the focus ring, which stands outside of them; as in the style sheet. */
const EDGES = { desk: 6, tablet: 6, phone: 10 };

/** How the window is held, and how the batch is packed into what header and footer leave of it. */
export function useLayout({ current }: Snapshot) {
  const small = useMediaQuery("(max-width: 700px)", false, { getInitialValueInEffect: false });
  const coarse = useMediaQuery("(pointer: coarse) and (max-width: 1100px)", false, {
    getInitialValueInEffect: false,
  });
  const device: Space["device"] = small ? "phone" : coarse ? "tablet" : "desk";
  const measured = useElementSize<HTMLDivElement>();
  const width = measured.width - 2 * EDGES[device];
  const height = measured.height - 2 * EDGES[device];
  const gap = GAPS[device];
  const items = current?.batch.items;
  const packing = useMemo<Packing | null>(
    () => (items && width > 0 ? pack(items.map(sizeOf), { width, height, gap, device }) : null),
    [items, width, height, gap, device],
  );
  return { ref: measured.ref, width, gap, device, packing };
}

function sizeOf(item: Item) {
  const { width, height } = shownOf(item);
  return width && height ? { width, height } : null;
}
