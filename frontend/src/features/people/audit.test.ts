import { describe, expect, it } from "vitest";
import { detailWords } from "./audit";

describe("the details of an audit entry", () => {
  it("name only what changed", () => {
    const before = { role: "labeler", is_active: true, name: "Ana" };
    expect(detailWords({ before, after: { ...before, role: "admin" } })).toBe("role: labeler to admin");
  });

  it("name what was given when nothing is known of before", () => {
    expect(detailWords({ after: { name: "Ana" } })).toBe("name: Ana");
    expect(detailWords({ role: "labeler", read_only: false })).toBe("role: labeler, read_only: false");
  });

  it("say nothing where nothing was recorded", () => {
    expect(detailWords({})).toBe("");
    expect(detailWords(null)).toBe("");
  });

  it("show that a text became empty", () => {
    expect(detailWords({ before: { name: "Ana" }, after: { name: "" } })).toBe('name: Ana to ""');
  });
});
