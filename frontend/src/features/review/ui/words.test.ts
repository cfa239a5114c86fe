import { describe, expect, it } from "vitest";
import { countsInWords, explained, keptInWords, submitWaitsFor, tileName } from "./words";

describe("the words of the review screen", () => {
  it("name a tile and its state", () => {
    expect(tileName(5, "wrong", false)).toBe("Picture 6, marked wrong");
    expect(tileName(0, "right", false)).toBe("Picture 1, right");
    expect(tileName(0, "right", true)).toBe("Picture 1, did not load, counted as unsure");
  });
  it("count", () => {
    expect(countsInWords({ right: 21, wrong: 3, unsure: 1, none: 0 })).toBe("21 right, 3 wrong, 1 unsure");
    expect(countsInWords({ right: 1, wrong: 0, unsure: 0, none: 24 })).toContain("24 to choose");
    expect(keptInWords({ marks: 4, batches: 1 })).toBe("4 marks and 1 finished batch");
    expect(keptInWords({ marks: 0, batches: 2 })).toBe("2 finished batches");
    expect(keptInWords({ marks: 0, batches: 0 })).toBe("");
  });
  it("say what a submit waits for", () => {
    expect(submitWaitsFor({ able: true, loading: 0, waiting: 0, unchosen: 0 })).toBe("");
    expect(submitWaitsFor({ able: false, loading: 2, waiting: 0, unchosen: 0 })).toBe("2 pictures loading");
    expect(submitWaitsFor({ able: false, loading: 2, waiting: 1, unchosen: 0 })).toBe(
      "1 picture waits for the connection",
    );
    expect(submitWaitsFor({ able: false, loading: 2, waiting: 1, unchosen: 3 })).toBe("3 more to choose");
  });
  it("say until when all batches are dealt out", () => {
    const at = new Date(2026, 10, 21, 14, 32).toISOString();
    expect(explained({ reason: "all_dealt", available_at: at }).title).toBe(
      "All batches are dealt out until 14:32",
    );
    expect(explained({ reason: "all_dealt", available_at: null }).title).toBe("All batches are dealt out");
  });
});
