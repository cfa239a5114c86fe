import { expect, it } from "vitest";
import { countWords, EMPTY, partWords, stageWords, wishOf } from "./words";

it("asks for nothing that was not chosen", () => {
  expect(wishOf("d", EMPTY)).toEqual({ dataset: "d", balanced: false });
  const left = { ...EMPTY, jobs: ["j"], export: "e", name: " fruit " };
  expect(wishOf("d", left)).toEqual({ dataset: "d", name: "fruit", balanced: false });
});

it("asks for fine-tuning where that was chosen", () => {
  expect(wishOf("d", { ...EMPTY, method: "fine_tune" })).toEqual({
    dataset: "d",
    method: "fine_tune",
    balanced: false,
  });
});

it("waits until what it is to learn from is chosen", () => {
  expect(wishOf("d", { ...EMPTY, from: "jobs" })).toBeNull();
  expect(wishOf("d", { ...EMPTY, from: "export" })).toBeNull();
  expect(wishOf("d", { ...EMPTY, from: "jobs", jobs: ["j"] })).toMatchObject({ jobs: ["j"] });
});

it("says how the classes are known, without what there is none of", () => {
  expect(countWords({ confirmed: 120, corrected: 14, conflicting: 0 })).toBe("120 confirmed, 14 corrected");
});

it("says the parts once they are known", () => {
  const none = { pictures: 30, learned_from: 0, held_out: 0, unreadable: 0 };
  expect(partWords(none)).toBe("30 pictures");
  expect(partWords({ ...none, learned_from: 24, held_out: 6 })).toBe("learned from 24 pictures, 6 held out");
});

it("says that nobody has taken it yet", () => {
  expect(stageWords({ state: "queued", stage: "seeing" })).toBe("Waiting for a worker");
  expect(stageWords({ state: "running", stage: "judging" })).toBe("Judging on held-out pictures");
  expect(stageWords({ state: "running", stage: "tuning" })).toBe("Fine-tuning the network");
});
