import { describe, expect, it } from "vitest";
import {
  type ClassChange,
  clearestFirst,
  gainWords,
  intervalWords,
  type Measured,
  MOST_IN_MATRIX,
  matrixOf,
  measuredOf,
  mixUps,
  reliabilityWords,
  weakestFirst,
} from "./measured";

const share = (good: number, total: number) => ({
  value: total ? good / total : null,
  interval: total ? ([0.5, 0.9] as const) : null,
  good,
  total,
});
const score = (id: string, good: number, total: number) => ({
  label_class: { id, name: `Class ${id}` },
  precision: share(good, total),
  recall: share(good, total),
  learned_from: 9,
});

const MEASURED: Measured = {
  held_out: 20,
  accuracy: share(15, 20),
  macro_recall: 0.7,
  classes: [score("a", 9, 10), score("b", 0, 0), score("c", 6, 10)],
  confusion: [
    [9, 0, 1],
    [0, 0, 0],
    [4, 0, 6],
  ],
};

describe("a card's measures", () => {
  it("are those of a training, never what somebody wrote", () => {
    const metrics = { ...MEASURED };
    expect(measuredOf({ kind: "head", metrics })).toBe(metrics);
    expect(measuredOf({ kind: "onnx", metrics })).toBeNull();
    expect(measuredOf({ kind: "head", metrics: {} })).toBeNull();
  });
  it("say their interval and what they count", () => {
    expect(intervalWords(share(15, 20))).toBe("50.0 to 90.0\u202F%, 15 of 20");
    expect(intervalWords(share(0, 0))).toBe("no picture held out");
  });
});

describe("what it mixes up", () => {
  it("comes most often first, never the right answers", () => {
    expect(mixUps(MEASURED).map(({ right, given, pictures }) => [right.id, given.id, pictures])).toEqual([
      ["c", "a", 4],
      ["a", "c", 1],
    ]);
  });
  it("is a share of the right class", () => {
    expect(mixUps(MEASURED)[0]?.share).toBeCloseTo(0.4);
    expect(
      matrixOf([
        [9, 0],
        [1, 0],
      ]),
    ).toEqual({ places: [0, 1], totals: [9, 1] });
  });
  it("shows of very many classes those that are mixed up", () => {
    const many = Array.from({ length: 60 }, (_, row) => Array.from({ length: 60 }, (_, at) => +(row === at)));
    (many[58] as number[])[59] = 3;
    const { places, totals } = matrixOf(many);
    expect(places).toHaveLength(MOST_IN_MATRIX);
    expect(places.slice(-2)).toEqual([58, 59]);
    expect(totals[58]).toBe(4);
  });
  it("puts classes without a held-out picture behind", () => {
    expect(weakestFirst(MEASURED).map(({ label_class }) => label_class.id)).toEqual(["c", "a", "b"]);
  });
});

it("says in words how far confidences can be taken at their word", () => {
  const bin = { confidence: 0.617, share: 0.58, interval: [0.4, 0.7] as const, count: 19 };
  expect(reliabilityWords([bin])).toBe("said 0.62, right 0.58");
});

it("says the gain with its sign, interval and test", () => {
  const found = { gain: 0.023, interval: [-0.004, 0.051] as const, p: 0.0898 };
  expect(gainWords(found)).toBe("+2.3 points, 95\u202F% between −0.4 and +5.1; p = 0.090");
  expect(gainWords({ ...found, p: 0.00001 })).toContain("p < 0.001");
});

it("puts the classes that clearly changed before those that may be chance, the largest change first", () => {
  const change = (id: string, gain: number, verdict: ClassChange["verdict"]): ClassChange => ({
    label_class: { id, name: id },
    before: share(1, 2),
    now: share(1, 2),
    only_new: 0,
    only_old: 0,
    gain,
    interval: [gain - 0.1, gain + 0.1],
    verdict,
  });
  const changes = [
    change("chance", 0.4, "no_evidence"),
    change("b same", 0, "no_evidence"),
    change("a same", 0, "no_evidence"),
    change("up", 0.2, "better"),
    change("down", -0.3, "worse"),
  ];
  const names = clearestFirst(changes).map(({ label_class }) => label_class.name);
  expect(names).toEqual(["down", "up", "chance", "a same", "b same"]);
});
