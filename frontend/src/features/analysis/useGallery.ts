import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Command } from "@/shared/commands/registry";
import type { Item } from "./api";
import { type Move, stepped } from "./grid";

const KEYS: readonly (readonly [key: string, move: Move, label: string])[] = [
  ["ArrowLeft", "left", "Previous picture"],
  ["ArrowRight", "right", "Next picture"],
  ["ArrowUp", "up", "One row up"],
  ["ArrowDown", "down", "One row down"],
  ["Home", "start", "First picture"],
  ["End", "end", "Last picture that is loaded"],
];

/** In how many columns the tiles stand now. */
const columnsOf = (list: Element | null): number =>
  list ? getComputedStyle(list).gridTemplateColumns.split(" ").length : 1;

interface Options {
  readonly items: readonly Item[];
  readonly large: boolean;
  readonly onLarge: (large: boolean) => void;
  /** Fetches the next page; null when there is none, or it is on its way. */
  readonly more: (() => void) | null;
}

export interface Gallery {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly place: number;
  readonly current: Item | undefined;
  readonly commands: readonly Command[];
  readonly step: (move: Move) => void;
  readonly open: (place: number) => void;
  readonly close: () => void;
  readonly more: (() => void) | null;
}

/** Walks through pictures by key, one tab stop among them; near the end the next page is fetched. */
export const useGallery = ({ items, large, onLarge, more }: Options): Gallery => {
  const list = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState(0);
  const wanted = useRef(true);
  useLayoutEffect(() => {
    if (!wanted.current || large) return;
    const tile = list.current?.querySelector<HTMLElement>(`[data-tile="${place}"]`);
    if (!tile) return;
    wanted.current = false;
    tile.focus();
  });
  const step = (move: Move) => {
    const columns = large ? 1 : columnsOf(list.current);
    const next = stepped(place, move, columns, items.length);
    if (next + 2 * columns >= items.length) more?.();
    wanted.current = true;
    setPlace(next);
  };
  const open = (at: number) => {
    setPlace(at);
    onLarge(true);
  };
  const close = () => {
    wanted.current = true;
    onLarge(false);
  };
  const commands: Command[] = [
    ...KEYS.map(([key, move, label]) => ({
      id: `gallery.${move}`,
      label,
      group: "Pictures",
      keys: [key],
      repeats: true,
      run: () => step(move),
    })),
    {
      id: "gallery.enlarge",
      label: "Enlarge, or back to all",
      group: "Pictures",
      keys: ["KeyF", "Enter"],
      run: () => (large ? close() : open(place)),
    },
    {
      id: "gallery.back",
      label: "Back",
      group: "Pictures",
      keys: ["Escape"],
      enabled: large,
      run: close,
    },
  ];
  return { list, place, current: items[place], commands, step, open, close, more };
};
