import { describe, expect, it } from "vitest";
import { added, changed, EMPTY, maskOf, newOutline, painted } from "../model/document";
import { draw, text } from "../model/drawing";
import { docOf, done, type History, NOTHING_DONE } from "../model/history";
import { encode } from "../model/rle";
import { restore, store } from "../model/stored";
import { fromObjects, toObjects, type WireObject } from "./exchange";

const MASK = draw("##..", "##..", "....");
const SIZE = { width: 4, height: 3 };

function twoObjects(): History {
  const one = painted(newOutline("cup", "c1"), MASK, true);
  const steps = [added(EMPTY, one), added(added(EMPTY, one), newOutline("spoon", null))];
  const renamed = changed(steps[1] ?? EMPTY, "cup", (cup) => ({ ...cup, name: "Blue cup" }));
  return [...steps, renamed].reduce(
    (history, after, nth) =>
      done(history, { id: `${nth}`, kind: "brush", object: "cup", at: nth, ms: null, pixels: null, after }),
    NOTHING_DONE,
  );
}

describe("the document on the wire", () => {
  it("has objects as COCO has them", () => {
    const [cup, spoon] = toObjects(store(twoObjects()), SIZE);
    expect(cup).toMatchObject({ name: "Blue cup", mask: encode(MASK), order: 1, source: "hand" });
    expect(spoon).toMatchObject({ mask: null, order: 0, source: "none" });
  });
  it("comes back with its objects and the way they came about", () => {
    const history = twoObjects();
    const back = restore(
      fromObjects(JSON.parse(JSON.stringify(toObjects(store(history), SIZE))), SIZE),
      SIZE,
    );
    expect(docOf(back).outlines).toEqual(docOf(history).outlines);
    expect(back.steps).toHaveLength(3);
    expect(back.steps[0]?.after.outlines.map(({ id }) => id)).toEqual(["cup"]);
  });
  it("takes objects that no editor made", () => {
    const [cup] = toObjects(store(twoObjects()), SIZE);
    const plain = { ...(cup as WireObject), history: [] };
    const back = restore(fromObjects([plain], SIZE), SIZE);
    const [outline] = docOf(back).outlines;
    expect(outline && text(maskOf(outline) ?? draw("."))).toEqual(text(MASK));
  });
  it("believes what an object is before what its steps say: its class was merged, its mask replaced", () => {
    const [cup] = toObjects(store(twoObjects()), SIZE);
    const other = draw("....", ".##.", "....");
    const mask = { size: [3, 4], counts: encode(other).counts as string };
    const changed = { ...(cup as WireObject), label_class: { id: "c7" }, mask };
    const [outline] = docOf(restore(fromObjects([changed], SIZE), SIZE)).outlines;
    expect(outline?.labelClass).toBe("c7");
    expect(outline && text(maskOf(outline) ?? draw("."))).toEqual(text(other));
  });
});
