import { VisuallyHidden } from "@mantine/core";
import { useRef } from "react";
import type { Snapshot } from "../engine/snapshot";
import type { Batch } from "../model/batch";
import { answerOf } from "./options";

/** The answers that changed between two states of one batch. */
function changeInWords(before: Batch, after: Batch, job: Snapshot["job"]): string {
  const changed = after.tiles.flatMap(({ mark }, index) =>
    mark === before.tiles[index]?.mark
      ? []
      : [`Picture ${index + 1}: ${answerOf(mark, job?.classes ?? []) ?? "no answer"}. `],
  );
  return changed.join("");
}

/** Says politely which answer was given, and which picture is next. */
export const Announcer = ({ snapshot, focus }: { snapshot: Snapshot; focus: number }) => {
  const said = useRef<{ batch: Batch | undefined; text: string }>({ batch: undefined, text: "" });
  const batch = snapshot.current?.batch;
  const before = said.current;
  if (batch !== before.batch) {
    const same = batch && before.batch && batch.items[0]?.id === before.batch.items[0]?.id;
    const change = same ? changeInWords(before.batch as Batch, batch, snapshot.job) : "";
    said.current = { batch, text: change };
  }
  const place = batch ? `Picture ${focus + 1} of ${batch.items.length}. What is it?` : "";
  return (
    <VisuallyHidden aria-live="polite" role="status">
      {`${said.current.text}${place}`}
    </VisuallyHidden>
  );
};
