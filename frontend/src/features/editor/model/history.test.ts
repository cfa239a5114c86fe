import { describe, expect, it } from "vitest";
import {
  type Answer,
  added,
  backToAnswer,
  byHand,
  changed,
  clicked,
  type Doc,
  EMPTY,
  find,
  lastPointGone,
  maskOf,
  moved,
  newOutline,
  openPrompt,
  othersOf,
  painted,
  pointed,
  pointMoved,
  promptOf,
  removed,
  selectedOf,
} from "./document";
import { draw, text } from "./drawing";
import {
  docOf,
  done,
  type History,
  NOTHING_DONE,
  redone,
  reverting,
  type StepKind,
  selecting,
  stepsOf,
  undone,
  withAnswer,
} from "./history";
import { restore, shortened, store } from "./stored";

const SIZE = { width: 6, height: 4 };
const MODEL = draw("......", ".####.", ".####.", "......");
const CORNERS = [
  { x: 3, y: 1 },
  { x: 1, y: 2 },
  { x: 3, y: 3 },
  { x: 5, y: 2 },
];

let count = 0;
const did = (
  history: History,
  kind: StepKind,
  object: string,
  change: (doc: Doc) => Doc,
  at = count * 5000,
) => {
  count += 1;
  return done(history, {
    id: `s${count}`,
    kind,
    object,
    at,
    ms: null,
    pixels: null,
    after: change(docOf(history)),
  });
};

const withCup = (history = NOTHING_DONE): History =>
  did(history, "point", "cup", (doc) => added(doc, newOutline("cup", "c1")));
const onCup =
  (change: (outline: ReturnType<typeof newOutline>) => ReturnType<typeof newOutline>) =>
  (doc: Doc): Doc =>
    changed(doc, "cup", change);

function outlined(): History {
  return CORNERS.reduce(
    (history, point, nth) =>
      did(
        history,
        nth === 3 ? "points" : "point",
        "cup",
        onCup((cup) => pointed(cup, point, SIZE)),
      ),
    withCup(),
  );
}

const cupOf = (history: History) => {
  const cup = find(docOf(history), "cup");
  if (!cup) {
    throw new Error("no cup");
  }
  return cup;
};
const maskText = (history: History) => {
  const mask = maskOf(cupOf(history));
  return mask && text(mask);
};
const answerTo = (history: History, request = "r1", mask = MODEL): Answer => ({
  key: promptOf(cupOf(history)) ?? "",
  request,
  mask,
  score: 0.9,
});

describe("an object", () => {
  it("asks the model after the fourth point, and not again once it has answered", () => {
    const history = outlined();
    expect(openPrompt(cupOf(history))).not.toBeNull();
    const answered = withAnswer(history, answerTo(history), 84);
    expect(openPrompt(cupOf(answered))).toBeNull();
    expect(maskText(answered)).toEqual(text(MODEL));
  });
  it("does not ask for points that are no object's", () => {
    const cup = CORNERS.slice(0, 3).reduce(
      (one, point) => pointed(one, point, SIZE),
      newOutline("cup", null),
    );
    expect(promptOf(pointed(cup, { x: 3, y: 1 }, SIZE))).toBeNull();
  });
  it("takes no fifth point", () => {
    const cup = cupOf(outlined());
    expect(pointed(cup, { x: 0, y: 0 }, SIZE)).toBe(cup);
  });
  it("keeps strokes on top of an answer that comes after them", () => {
    const painting = did(
      outlined(),
      "brush",
      "cup",
      onCup((cup) => painted(cup, draw("#.....", "......", "......", "......"), true)),
    );
    const erasing = did(
      painting,
      "eraser",
      "cup",
      onCup((cup) => painted(cup, draw("......", "......", "..#...", "......"), false)),
    );
    expect(docOf(erasing)).toBe(docOf(painting)); // nothing there yet to erase
    const answered = withAnswer(painting, answerTo(painting), 3000);
    expect(maskText(answered)).toEqual(["#.....", ".####.", ".####.", "......"]);
  });
  it("gives a click its way where the hand had decided otherwise", () => {
    const first = outlined();
    const answered = withAnswer(first, answerTo(first), 50);
    const erased = painted(cupOf(answered), draw("......", ".#....", "......", "......"), false);
    expect(clicked(erased, { x: 1.5, y: 1.5, positive: true }, SIZE).removed).toBeNull();
    expect(clicked(erased, { x: 4.5, y: 1.5, positive: true }, SIZE).removed).toBe(erased.removed);
  });
  it("builds a click on the answer before it", () => {
    const first = outlined();
    const answered = withAnswer(first, answerTo(first), 50);
    expect(clicked(cupOf(answered), { x: 2, y: 2, positive: false }, SIZE).previous).toBe("r1");
  });
  it("loses what the model made of the points with the last of them", () => {
    const first = outlined();
    const answered = withAnswer(first, answerTo(first), 50);
    const back = lastPointGone(cupOf(answered));
    expect([back.points.length, maskOf(back)]).toEqual([3, null]);
  });
  it("does not ask any more once it is painted by hand", () => {
    expect(promptOf(byHand(cupOf(outlined())))).toBeNull();
  });
  it("goes back to what was answered when a click is not waited for", () => {
    const first = outlined();
    const cup = cupOf(withAnswer(first, answerTo(first), 50));
    const waiting = clicked(cup, { x: 2, y: 2, positive: false }, SIZE);
    expect(openPrompt(waiting)).not.toBeNull();
    expect(openPrompt(backToAnswer(waiting))).toBeNull();
    expect(backToAnswer(waiting)).toMatchObject({ points: cup.points, clicks: [], previous: null });
    expect(backToAnswer(cup)).toBe(cup);
    expect(openPrompt(backToAnswer(cupOf(first)))).toBeNull();
  });
  it("ignores a stroke that changes nothing", () => {
    const cup = cupOf(outlined());
    expect(painted(cup, MODEL, false)).toBe(cup);
  });
});

describe("the list of objects", () => {
  const two = () => ["cup", "spoon"].reduce((doc, id) => added(doc, newOutline(id, null)), EMPTY);
  it("selects what was added, moves and removes", () => {
    expect(selectedOf(two())?.id).toBe("spoon");
    expect(moved(two(), "spoon", -1).outlines.map(({ id }) => id)).toEqual(["spoon", "cup"]);
    const doc = two();
    expect(moved(doc, "cup", -1)).toBe(doc);
    expect(removed(doc, "spoon")).toMatchObject({ selected: null, outlines: [{ id: "cup" }] });
  });
  it("knows what others cover, hidden ones left out", () => {
    const covered = changed(two(), "cup", (cup) => painted(cup, MODEL, true));
    expect(text(othersOf(covered, "spoon", SIZE))).toEqual(text(MODEL));
    const hidden = changed(covered, "cup", (cup) => ({ ...cup, hidden: true }));
    expect(text(othersOf(hidden, "spoon", SIZE))[1]).toBe("......");
  });
});

describe("undo", () => {
  it("takes back and brings back everything, a step at a time", () => {
    const history = outlined();
    let back = history;
    for (let nth = 0; nth < 9; nth += 1) {
      back = undone(back);
    }
    expect(docOf(back)).toEqual(EMPTY);
    for (let nth = 0; nth < 9; nth += 1) {
      back = redone(back);
    }
    expect(docOf(back)).toBe(docOf(history));
  });
  it("forgets what was undone once something else is done", () => {
    const other = did(
      undone(outlined()),
      "class",
      "cup",
      onCup((cup) => ({ ...cup, labelClass: "c2" })),
    );
    expect(redone(other)).toBe(other);
    expect(cupOf(other).points).toHaveLength(3);
  });
  it("knows the model's answer also for steps undone meanwhile", () => {
    const asked = outlined();
    const back = undone(asked);
    const late = redone(withAnswer(back, answerTo(asked), 900));
    expect(maskText(late)).toEqual(text(MODEL));
  });
  it("says how long the model took, at the step that asked", () => {
    const asked = outlined();
    expect(withAnswer(asked, answerTo(asked), 84).steps.map(({ ms }) => ms)).toEqual([
      null,
      null,
      null,
      null,
      84,
    ]);
  });
  it("takes nudges of one point within a moment as one step", () => {
    const nudge = (history: History, x: number, at: number) =>
      did(
        history,
        "move_point",
        "cup",
        onCup((cup) => pointMoved(cup, 0, { x, y: 1 }, SIZE)),
        at,
      );
    const first = nudge(outlined(), 2.5, 1_000_000);
    const second = nudge(first, 2, 1_000_500);
    expect(second.steps).toHaveLength(first.steps.length);
    expect(cupOf(undone(second)).points[0]?.x).toBe(3);
    expect(nudge(second, 2.5, 1_009_000).steps).toHaveLength(first.steps.length + 1);
  });
  it("keeps which object is worked on with the step, as no step of its own", () => {
    const history = selecting(outlined(), null);
    expect([docOf(history).selected, history.steps.length]).toEqual([null, 5]);
  });
});

describe("the steps of an object", () => {
  it("show four points as one step, and any of them can be gone back to", () => {
    const asked = outlined();
    const answered = withAnswer(asked, answerTo(asked), 84);
    const more = did(
      answered,
      "brush",
      "cup",
      onCup((cup) => painted(cup, draw("######", "......", "......", "......"), true)),
    );
    const [four, brush] = stepsOf(more, "cup");
    expect([four?.kind, brush?.kind]).toEqual(["points", "brush"]);
    const back = did(more, "revert", "cup", () => reverting(more, four?.id ?? ""));
    expect(maskText(back)).toEqual(text(MODEL));
    expect(maskText(undone(back))?.[0]).toBe("######");
  });
  it("leave other objects alone when gone back to", () => {
    const cup = outlined();
    const spoon = did(cup, "brush", "spoon", (doc) =>
      added(doc, painted(newOutline("spoon", null), MODEL, true)),
    );
    const [four] = stepsOf(spoon, "cup");
    expect(find(reverting(spoon, four?.id ?? ""), "spoon")).toBeDefined();
  });
});

describe("a kept history", () => {
  const long = () => {
    const asked = outlined();
    const answered = withAnswer(asked, answerTo(asked), 84);
    const brushed = did(
      answered,
      "brush",
      "cup",
      onCup((cup) => painted(cup, draw("######", "......", "......", "......"), true)),
    );
    const spoon = did(brushed, "brush", "spoon", (doc) =>
      added(doc, painted(newOutline("spoon", "c2"), draw("......", "......", "......", "#....."), true)),
    );
    const swapped = did(spoon, "order", "spoon", (doc) => moved(doc, "spoon", -1));
    return undone(did(swapped, "delete", "spoon", (doc) => removed(doc, "spoon")));
  };
  const states = (history: History) => {
    const all: unknown[] = [];
    for (let one = history; ; one = undone(one)) {
      const doc = docOf(one);
      all.push([
        doc.selected,
        doc.outlines.map((outline) => [outline.id, outline.points, text(maskOf(outline) ?? MODEL)]),
      ]);
      if (one.at === 0) {
        return all;
      }
    }
  };
  it("comes back with every state, what was undone too", () => {
    const history = long();
    const back = restore(JSON.parse(JSON.stringify(store(history))), SIZE);
    expect(states(back)).toEqual(states(history));
    expect(states(redone(back))).toEqual(states(redone(history)));
  });
  it("writes of each step only what it changed", () => {
    const { steps } = store(long());
    expect(Object.keys(steps[2]?.set.cup ?? {})).toEqual(["points"]);
    expect(steps[2]).not.toHaveProperty("order");
  });
  it("is shortened from its old end, the objects staying as they are", () => {
    const history = long();
    const whole = JSON.stringify(store(history)).length;
    const short = shortened(history, whole * 0.7);
    expect(JSON.stringify(short).length).toBeLessThan(whole * 0.7);
    const back = restore(short, SIZE);
    expect(states(back)[0]).toEqual(states(history)[0]);
    expect(states(undone(back))[0]).toEqual(states(undone(history))[0]);
  });
  it("refuses a mask of another picture", () => {
    expect(() => restore(store(long()), { width: 5, height: 4 })).toThrow(/do not add up/);
  });
});
