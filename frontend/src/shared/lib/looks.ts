import type { CloseUp, OutlineProps } from "@/shared/ui/Outline";

/** How a label's picture is shown: an address, and the outline over it where the label has one. */
export interface Look {
  readonly src: string;
  readonly outline?: OutlineProps;
}

interface Small {
  readonly thumb_url: string;
  readonly close_up?: CloseUp | null;
}

interface Large {
  readonly full_url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly close_up?: CloseUp | null;
}

/** As a tile: the object with some margin, or the whole picture. */
export const smallLook = ({ thumb_url, close_up }: Small): Look =>
  close_up ? { src: close_up.url, outline: { path: close_up.outline, part: close_up } } : { src: thumb_url };

/** In full size, the object outlined in the whole picture. */
export const largeLook = ({ full_url, width, height, close_up }: Large): Look =>
  close_up && width && height
    ? {
        src: full_url,
        outline: { path: close_up.outline, part: { x: 0, y: 0, width, height }, scaleDown: true },
      }
    : { src: full_url };
