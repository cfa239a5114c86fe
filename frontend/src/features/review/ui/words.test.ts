import { describe, expect, it } from "vitest";
import { nothing } from "../engine/fake";
import {
  countsInWords,
  explained,
  hindrance,
  keptInWords,
  keptSentence,
  submitWaitsFor,
  tileName,
} from "./words";

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
    const available_at = new Date(2026, 10, 21, 14, 32).toISOString();
    const held_by = [
      { name: "Ana", batches: 3 },
      { name: "Tom", batches: 2 },
    ];
    const { title, text } = explained({ ...nothing("all_dealt"), available_at, held_by });
    expect(title).toBe("All batches are dealt out until 14:32");
    expect(text).toContain("Ana and Tom hold the last 5 batches. What is not finished by 14:32 comes back");
    const many = ["Ana", "Ben", "Eve", "Tom"].map((name) => ({ name, batches: 1 }));
    const crowd = explained({ ...nothing("all_dealt"), available_at, held_by: many });
    expect(crowd.text).toMatch(/^Ana, Ben and others hold the last batches\./);
    expect(explained(nothing("all_dealt")).title).toBe("All batches are dealt out");
  });
  it("say who paused or closed the job, and when", () => {
    const today = new Date();
    today.setHours(14, 10);
    const who = { by: "Mira", at: today.toISOString() };
    expect(explained({ ...nothing("paused"), ...who }).text).toMatch(
      /^Mira paused this job at 14:10\. Your marks are kept\./,
    );
    expect(explained({ ...nothing("closed"), ...who }).text).toMatch(/^Mira closed this job at 14:10\./);
    expect(explained(nothing("paused")).text).toMatch(/^Your marks are kept\./);
  });
  it("tell an error of the server from a lost connection", () => {
    expect(hindrance("error")).toBe("The server had an error.");
    expect(hindrance("offline")).toBe("The server cannot be reached.");
    expect(hindrance("online")).toBeNull();
    expect(keptSentence({ marks: 4, batches: 0 })).toBe("Your 4 marks are kept.");
    expect(keptSentence({ marks: 0, batches: 1 })).toBe("Your 1 finished batch is kept.");
    expect(keptSentence({ marks: 0, batches: 0 })).toBe("");
  });
});
