import { VisuallyHidden } from "@mantine/core";
import { count, counted } from "@/shared/lib/format";
import type { Snapshot } from "../engine/snapshot";
import { maskOf } from "../model/document";
import { areaOf } from "../model/mask";
import { nameOf, stepInWords } from "./words";

/** What was done last and what there is now, in words. */
function saidOf({ history, doc, job, work }: Snapshot): string {
  const step = history.steps[history.at - 1];
  if (!step) {
    return work ? `Image ${work.number} of ${work.total}. ${counted(doc.outlines.length, "object")}.` : "";
  }
  const outline = doc.outlines.find(({ id }) => id === step.object);
  const mask = outline && maskOf(outline);
  const name = outline ? nameOf(outline, job?.classes ?? []) : "";
  const drawn = step.ms === null ? "" : ` Mask drawn in ${(step.ms / 1_000).toFixed(1)} s.`;
  return `${stepInWords(step)}.${drawn} ${name}${mask ? `, ${count(areaOf(mask))} pixels` : ""}.`;
}

/** Says politely what became of the picture, for somebody who does not see it. */
export const Announcer = ({ snapshot }: { snapshot: Snapshot }) => (
  <VisuallyHidden aria-live="polite" role="status">
    {saidOf(snapshot)}
  </VisuallyHidden>
);
