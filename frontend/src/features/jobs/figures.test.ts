import { describe, expect, it } from "vitest";
import type { Job, Outlining, Progress, ReviewerProgress } from "./api";
import { byNeed, figuresOf, outlinesLeft } from "./figures";

const reviewer = (name: string, compared: number, differed: number): ReviewerProgress => ({
  person: { id: name, name },
  batches: 1,
  judged: compared,
  seen: compared,
  compared,
  agreed: compared - differed,
  disconfirmed: 0,
  unsure: 0,
  seconds_per_batch: null,
});

const time = (more: Partial<Progress["batch_time"]>): Progress["batch_time"] => ({
  batches: 0,
  lower_seconds: null,
  median_seconds: null,
  upper_seconds: null,
  longest_seconds: null,
  step_seconds: 5,
  bars: [],
  too_fast: 0,
  too_fast_seconds: 15,
  ...more,
});

const job = { batch_size: 25, reviewers_per_item: 2 } as Job;

const progress = (more: Partial<Progress>): Progress => ({
  state: "running",
  items: 100,
  batches: 4,
  classes: 0,
  finished: 0,
  judged: 0,
  outcomes: { pending: 100, confirmed: 0, disconfirmed: 0, split: 0, unsure: 0 },
  by_class: [],
  by_reviewer: [],
  recent_batches: 0,
  held_batches: 0,
  at_work: 0,
  held: [],
  batch_time: time({}),
  agreement: {
    items: 0,
    raw: { value: null, reason: null },
    raw_on_wrong: { value: null, reason: null },
    krippendorff_alpha: { value: null, reason: null },
    gwet_ac1: { value: null, reason: null },
  },
  noted: 0,
  notes: [],
  ...more,
});

describe("the figures of a job", () => {
  it("know nothing before anybody looked", () => {
    const figures = figuresOf(job, progress({}));
    expect(figures).toMatchObject({ looksDone: 0, looksWanted: 200, wrongPercent: null, secondsLeft: null });
  });

  it("count a split as wrong, and unsure and pending in neither part", () => {
    const outcomes = { pending: 50, confirmed: 33, disconfirmed: 5, split: 2, unsure: 10 };
    const figures = figuresOf(job, progress({ outcomes }));
    expect(figures.wrong).toBe(7);
    expect(figures.wrongPercent).toBeCloseTo(17.5, 10);
  });

  it("share the time left among those who hold a batch, each once", () => {
    const at = { judged: 50, batch_time: time({ median_seconds: 50, batches: 2 }) };
    expect(figuresOf(job, progress({ ...at })).secondsLeft).toBe(300);
    const two = figuresOf(job, progress({ ...at, at_work: 2 }));
    expect([two.secondsLeft, two.atWork]).toEqual([150, 2]);
  });

  it("never say less than no time left", () => {
    const over = { judged: 250, batch_time: time({ median_seconds: 50, batches: 2 }) };
    expect(figuresOf(job, progress(over)).secondsLeft).toBe(0);
  });
});

describe("the time left for outlines", () => {
  const outlining = {
    pictures: 10,
    sent: 8,
    at_work: 0,
    picture_time: time({ median_seconds: 60 }),
  } as Outlining;

  it("counts each picture as often as it is outlined, shared by those at work", () => {
    expect(outlinesLeft(job, outlining)).toBe(720);
    expect(outlinesLeft(job, { ...outlining, at_work: 3 })).toBe(240);
  });

  it("is not known before the first picture, and never below none", () => {
    expect(outlinesLeft(job, { ...outlining, picture_time: time({}) })).toBeNull();
    expect(outlinesLeft(job, { ...outlining, sent: 21 })).toBe(0);
  });
});

describe("the order of reviewers", () => {
  it("puts first who differs most, and does not rank those who did nothing", () => {
    const order = byNeed([reviewer("Ana", 100, 5), reviewer("Tom", 50, 15), reviewer("Lena", 0, 0)]);
    expect(order.map((one) => one.person.name)).toEqual(["Tom", "Ana", "Lena"]);
  });
});
