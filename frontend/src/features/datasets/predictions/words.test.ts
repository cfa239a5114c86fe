import { describe, expect, it } from "vitest";
import type { Run } from "./api";
import {
  changedWords,
  earlierOf,
  endOf,
  filled,
  forecastWords,
  inHand,
  onlyWords,
  outcomesOf,
  promise,
  shardWords,
  wishOf,
} from "./words";

const shard = (number: number, state: string, done: number, attempts = 1) => ({
  number,
  state,
  done,
  total: 32,
  attempts,
});

const RUN: Run = {
  id: "r",
  state: "done",
  progress: { done: 96, total: 96, rate: 12, seconds_left: null, message: "" },
  message: "",
  dataset: "d",
  dataset_name: "Shells",
  model_version: { id: "m", name: "net", version: "2" },
  label_source: "model:net@2",
  only: {},
  min_confidence: null,
  top_k: 5,
  labelled: 90,
  unchanged: 4,
  below: 0,
  unreadable: 2,
  requested_by: "mira",
  created_at: "2026-11-21T10:00:00Z",
  started_at: null,
  finished_at: null,
  shards: {
    total: 3,
    ended: 1,
    restarted: 0,
    first: [shard(0, "done", 32), shard(1, "running", 8), shard(2, "queued", 0, 0)],
  },
};

describe("which pictures a run is about", () => {
  const names = new Map([["1", "Crab"]]);
  it("says all where nothing narrows it", () => {
    expect(onlyWords({}, names)).toBe("all pictures");
  });
  it("names class, source and confidences", () => {
    const only = { label_classes: ["1"], source: "a.csv", min_confidence: 0, max_confidence: 0.5 };
    expect(onlyWords(only, names)).toBe("labelled Crab by a.csv, confidence 0.00 to 0.50");
    expect(onlyWords({ source: "a.csv" }, names)).toBe("labelled by a.csv");
    expect(onlyWords({ max_confidence: 1 }, names)).toBe("confidence below 1.00");
  });
});

describe("how a run ended", () => {
  it("counts what it labelled", () => {
    expect(endOf(RUN)).toBe("90 pictures labelled");
    expect(endOf({ ...RUN, state: "cancelled", labelled: 0 })).toBe("Cancelled; no picture labelled");
  });
  it("tells a run with nothing new from one that could label none", () => {
    expect(endOf({ ...RUN, labelled: 0 })).toBe("Nothing new to label");
    expect(endOf({ ...RUN, labelled: 0, unchanged: 0 })).toBe("No picture labelled");
  });
  it("leaves out what did not happen", () => {
    expect(outcomesOf(RUN).map(({ label }) => label)).toEqual(["Labelled", "Labelled before", "Unreadable"]);
  });
});

describe("shards", () => {
  it("are counted, and those begun anew", () => {
    expect(shardWords(RUN.shards)).toBe("3 shards of up to 32 pictures, 1 done.");
    expect(shardWords({ ...RUN.shards, restarted: 2 })).toContain("2 begun anew");
  });
  it("fill as their pictures are done", () => {
    expect(RUN.shards.first.map(filled)).toEqual([1, 0.25, 0]);
  });
  it("are in hand only as far as all are known", () => {
    expect(inHand(RUN.shards)).toBe(1);
    expect(inHand({ ...RUN.shards, total: 500 })).toBeNull();
  });
});

it("asks for the same again", () => {
  expect(wishOf(RUN)).toEqual({ dataset: "d", model_version: "m", only: {}, top_k: 5 });
  expect(wishOf({ ...RUN, min_confidence: 0 }).min_confidence).toBe(0);
});

it("promises as many as are left", () => {
  expect([promise(false, 12), promise(false, 0), promise(true, 12)]).toEqual([
    "Label 12 pictures",
    "Label pictures",
    "Label these pictures",
  ]);
});

it("says beforehand what is labelled already", () => {
  expect(forecastWords(300, 0, "net")).toBe("300 pictures, none labelled by net yet.");
  expect(forecastWords(300, 120, "net")).toContain("120 are labelled by net already");
  expect(forecastWords(300, 300, "net")).toContain("only new ones");
});

describe("what changed since the version before", () => {
  const one = (id: string, version: string, created_at: string, more: Partial<Run> = {}): Run => ({
    ...RUN,
    id,
    model_version: { id: `m${version}`, name: "net", version },
    created_at,
    ...more,
  });
  const now = one("now", "3", "2026-11-21T12:00:00Z");
  const old = one("old", "1", "2026-11-21T09:00:00Z");

  it("is asked of the latest run before it by another version that labelled anything", () => {
    const empty = one("empty", "2", "2026-11-21T11:00:00Z", { labelled: 0, unchanged: 0 });
    const other = { ...old, id: "other", model_version: { id: "x", name: "shapes", version: "1" } };
    const later = one("later", "2", "2026-11-21T13:00:00Z");
    const again = one("again", "3", "2026-11-21T10:00:00Z");
    expect(earlierOf(now, [later, now, empty, again, other, old])).toBe(old);
    expect(earlierOf(now, [now, again, other])).toBeUndefined();
  });

  it("is told in words", () => {
    expect(changedWords(1, old.model_version)).toBe("1 label says something else than net 1 did.");
    expect(changedWords(12, old.model_version)).toBe("12 labels say something else than net 1 did.");
    expect(changedWords(0, old.model_version)).toBe("Every label says what net 1 said.");
  });
});
