import type { RefObject } from "react";
import type { Command } from "@/shared/commands/registry";
import { type Arrow, nextCard } from "./moves";

const NAMES: Record<Arrow, string> = {
  ArrowLeft: "to the left",
  ArrowRight: "to the right",
  ArrowUp: "up",
  ArrowDown: "down",
};

interface Options {
  /** What stands there, as a noun: "Card". */
  readonly noun: string;
  /** Where the keys are listed. */
  readonly group: string;
}

/** Arrows go from one `data-card` to the next, as they stand on the screen. */
export const useArrows = (
  cards: RefObject<HTMLElement | null>,
  { noun, group }: Options,
): readonly Command[] => {
  const move = (arrow: Arrow) => {
    const found = [...(cards.current?.querySelectorAll<HTMLElement>("[data-card]") ?? [])];
    const tops = found.map((card) => Math.round(card.getBoundingClientRect().top));
    const columns = tops.filter((top) => top === tops[0]).length;
    const at = found.indexOf(document.activeElement as HTMLElement);
    found[nextCard(at, arrow, columns, found.length)]?.focus();
  };
  return Object.entries(NAMES).map(([arrow, name]) => ({
    id: `${group.toLowerCase()}.${arrow}`,
    label: `${noun} ${name}`,
    group,
    keys: [arrow],
    repeats: true,
    run: () => move(arrow as Arrow),
  }));
};
