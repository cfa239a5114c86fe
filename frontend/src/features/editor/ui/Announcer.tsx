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
  return `${stepInWords(step)}. ${name}${mask ? `, mask of ${count(areaOf(mask))} pixels` : ""}.`;
}

/** Says politely what became of the picture, for somebody who does not see it. */
export const Announcer = ({ snapshot }: { snapshot: Snapshot }) => (
  <VisuallyHidden aria-live="polite" role="status">
    {saidOf(snapshot)}
  </VisuallyHidden>
);
