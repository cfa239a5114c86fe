export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/**
 * The card that an arrow leads to; the same one at an edge.
 *
 * @param at - index of the card with the focus; -1 when none has it: any arrow then leads to the first
 * @param columns - how many cards stand in a row
 */
export const nextCard = (at: number, arrow: Arrow, columns: number, cards: number): number => {
  if (at < 0) return 0;
  const column = at % columns;
  const steps: Record<Arrow, number> = {
    ArrowLeft: column > 0 ? -1 : 0,
    ArrowRight: column < columns - 1 ? 1 : 0,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const next = at + steps[arrow];
  return next < 0 || next >= cards ? at : next;
};
