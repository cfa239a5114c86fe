/**
 * How many columns a batch gets.
 *
 * Uniform cells, pictures fitted whole. The best number of columns is the one for which the smallest fitted
 * side of any picture is largest while nothing has to be scrolled. All lengths are CSS pixels.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Space extends Size {
  readonly gap: number;
  /** How the reviewer holds it: a phone and a tablet have fixed columns and may scroll. */
  readonly device: "desk" | "tablet" | "phone";
}

export interface Packing {
  readonly columns: number;
  readonly rows: number;
  readonly cell: Size;
  readonly scrolls: boolean;
}

const PHONE_COLUMNS = 3;
const TABLET_COLUMNS = 4;
/** On a tablet a cell may be this much flatter than a square before the grid scrolls instead. */
const TABLET_FLATTEST = 0.68;
/** Below this a picture on a desk cannot be judged; scrolling is the lesser evil. */
const SMALLEST_SIDE = 84;
const COMFORTABLE_CELL = 140;

/** The width and height at which a picture fits whole into a cell. */
export function fitInto(picture: Size, cell: Size): Size {
  const scale = Math.min(cell.width / picture.width, cell.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** `pictures` may hold null for a size that is not known yet; it counts as a square. */
export function pack(pictures: readonly (Size | null)[], space: Space): Packing {
  const count = Math.max(1, pictures.length);
  if (space.device === "phone") {
    return scrolling(count, PHONE_COLUMNS, space, 1);
  }
  if (space.device === "tablet") {
    return scrolling(count, TABLET_COLUMNS, space, TABLET_FLATTEST);
  }
  const best = Array.from({ length: count }, (_, nth) => filling(count, nth + 1, space))
    .filter(({ cell }) => cell.width > 0 && cell.height > 0)
    .map((packing) => ({ packing, side: smallestSide(pictures, packing.cell) }))
    .reduce<{ packing: Packing; side: number } | null>(
      (kept, next) => (kept === null || next.side > kept.side ? next : kept),
      null,
    );
  if (best && best.side >= SMALLEST_SIDE) {
    return best.packing;
  }
  const columns = Math.max(1, Math.floor((space.width + space.gap) / (COMFORTABLE_CELL + space.gap)));
  return scrolling(count, Math.min(columns, count), space, 1);
}

/** The packing with so many columns whose rows share the whole height. */
function filling(count: number, columns: number, space: Space): Packing {
  const rows = Math.ceil(count / columns);
  const cell = {
    width: share(space.width, columns, space.gap),
    height: share(space.height, rows, space.gap),
  };
  return { columns, rows, cell, scrolls: false };
}

/** The packing with so many columns whose cells are never flatter than `flattest` times their width. */
function scrolling(count: number, columns: number, space: Space, flattest: number): Packing {
  const filled = filling(count, columns, space);
  const height = Math.min(filled.cell.width, Math.max(filled.cell.height, filled.cell.width * flattest));
  const whole = height * filled.rows + space.gap * (filled.rows - 1);
  return { ...filled, cell: { width: filled.cell.width, height }, scrolls: whole > space.height + 1 };
}

function share(length: number, parts: number, gap: number): number {
  return (length - gap * (parts - 1)) / parts;
}

function smallestSide(pictures: readonly (Size | null)[], cell: Size): number {
  const square = { width: 1, height: 1 };
  const sides = pictures.map((picture) => {
    const fitted = fitInto(picture ?? square, cell);
    return Math.min(fitted.width, fitted.height);
  });
  return Math.min(...sides, Math.min(cell.width, cell.height));
}
