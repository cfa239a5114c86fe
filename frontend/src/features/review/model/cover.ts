/** Which columns an enlarged picture covers, so that the tile it shows and its neighbours stay to be seen. */
import type { Packing } from "./packing";

/** Distances from the left and the right end of the grid, CSS pixels. */
export interface Cover {
  readonly left: number;
  readonly right: number;
}

/** Narrower than this an enlarged picture is not worth its name; it then takes the whole width. */
const NARROWEST = 480;

/**
 * Covers the right columns while the tile is in the left half, else the left ones; about four in seven, fewer
 * where the tile stands in the middle. `width` is the whole width of the grid.
 */
export function cover(index: number, { columns, cell }: Packing, gap: number, width: number): Cover {
  const column = index % columns;
  const pitch = cell.width + gap;
  const open = Math.floor((columns - 1) / 2);
  const onTheRight = column <= open;
  const free = onTheRight ? Math.max(open, column + 1) : Math.max(open, columns - column);
  const covered = width - free * pitch;
  if (covered < NARROWEST) {
    return { left: 0, right: 0 };
  }
  return onTheRight ? { left: free * pitch, right: 0 } : { left: 0, right: free * pitch };
}
