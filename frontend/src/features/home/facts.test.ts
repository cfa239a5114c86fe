import { describe, expect, it } from "vitest";
import type { Job, OwnJob } from "./api";
import { byUse, marked, needsOf, screenOf, whyNot } from "./facts";

const own = (name: string, more: Partial<OwnJob>): OwnJob => ({
  id: name,
  name,
  kind: "verification",
  state: "running",
  batches: 10,
  batch_size: 25,
  batches_sent: 0,
  judged: 0,
  available: true,
  started: false,
  ...more,
});

describe("a sent batch", () => {
  it("says that nothing was wrong, rather than nothing", () => {
    expect(marked({ wrong: 0, unsure: 0 })).toBe("none wrong");
    expect(marked({ wrong: 6, unsure: 1 })).toBe("6 wrong, 1 unsure");
  });
});

describe("own jobs", () => {
  it("come with what can be gone on with first, and what waits last", () => {
    const jobs = [
      own("done", { available: false, started: true }),
      own("new", {}),
      own("begun", { started: true }),
    ];
    expect(byUse(jobs).map((job) => job.name)).toEqual(["begun", "new", "done"]);
  });

  it("say why they give nothing", () => {
    expect(whyNot(own("a", {}))).toBeUndefined();
    expect(whyNot(own("a", { available: false, state: "paused" }))).toContain("Paused");
    expect(whyNot(own("a", { available: false }))).toContain("Nothing left");
  });
});

describe("what needs an admin", () => {
  const job = (id: string, state: Job["state"]) => ({ id, name: `Job ${id}`, state }) as Job;

  it("is disputes first, then drafts and jobs that stand still; running ones need nothing", () => {
    const overview = {
      checked: [],
      disputed: [{ job: { id: "r", name: "Job r" }, dataset: "d", items: 38 }],
    };
    const needs = needsOf([job("r", "running"), job("p", "paused"), job("d", "draft")], overview);
    expect(needs.map((need) => [need.kind, need.job])).toEqual([
      ["dispute", "r"],
      ["paused", "p"],
      ["draft", "d"],
    ]);
    expect(needs[0]?.title).toBe("38 pictures in dispute");
  });
});

describe("the way to a job", () => {
  it("leads outlines to the editor and all else to the grid", () => {
    const jobs = [own("outlines", { kind: "segmentation" }), own("check", {})];
    expect(screenOf("outlines", jobs)).toBe("/edit/$job");
    expect(screenOf("check", jobs)).toBe("/review/$job");
  });
});
