import { VisuallyHidden } from "@mantine/core";
import { useRef } from "react";
import type { Snapshot } from "../engine/snapshot";
import { type Batch, plain } from "../model/batch";
import { countsInWords, tileName } from "./words";

/** What changed between two states of one batch, for somebody who does not see it. */
function changeInWords(before: Batch, after: Batch): string {
  const changed = after.tiles.flatMap((tile, index) =>
    tile.mark === before.tiles[index]?.mark ? [] : [index],
  );
  const [only] = changed;
  if (only === undefined) {
    return "";
  }
  const named =
    changed.length === 1
      ? tileName(only, plain(after.tiles[only]?.mark), false)
      : `${changed.length} pictures`;
  return changed.length === 1 ? `${named}. ` : `${named} changed. `;
}

/** Says politely what became of a mark and of the batch; the loss of the connection is said by its banner. */
export const Announcer = ({ snapshot }: { snapshot: Snapshot }) => {
  const said = useRef<{ assignment: string | undefined; batch: Batch | undefined; text: string }>({
    assignment: undefined,
    batch: undefined,
    text: "",
  });
  const { current, counts, progress } = snapshot;
  const before = said.current;
  if (current?.assignment !== before.assignment) {
    const number = progress ? `Batch ${progress.batch_number} of ${progress.batches}. ` : "";
    const text = current
      ? `${number}Are all of these ${current.labelClass.name}? ${current.batch.items.length} pictures.`
      : "";
    said.current = { assignment: current?.assignment, batch: current?.batch, text };
  } else if (current && before.batch && current.batch !== before.batch) {
    const change = changeInWords(before.batch, current.batch);
    said.current = {
      assignment: current.assignment,
      batch: current.batch,
      text: change ? `${change}${countsInWords(counts)}.` : before.text,
    };
  }
  return (
    <VisuallyHidden aria-live="polite" role="status">
      {said.current.text}
    </VisuallyHidden>
  );
};
