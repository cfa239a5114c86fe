/** What a document leaves open to the model. */
import { type Doc, type Outline, openPrompt } from "../model/document";
import type { Wish } from "./asker";
import type { Picture, Question } from "./wire";

/** The questions whose answers the document lacks, by object. */
export function questionsOf({ outlines }: Doc, picture: Picture, segmenter: string): Map<string, Wish> {
  const open = outlines.flatMap((outline) => {
    const key = openPrompt(outline);
    const wish = { question: { ...questionOf(outline, picture.image), segmenter }, size: picture };
    return key === null ? [] : [[outline.id, { key, ...wish }] as const];
  });
  return new Map(open);
}

function questionOf({ id, points, clicks, previous }: Outline, image: string): Omit<Question, "segmenter"> {
  const those = (positive: boolean) =>
    clicks.filter((click) => click.positive === positive).map(({ x, y }) => ({ x, y }));
  return { image, object: id, points, positive: those(true), negative: those(false), previous };
}
