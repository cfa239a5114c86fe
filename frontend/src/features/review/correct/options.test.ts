import { describe, expect, it } from "vitest";
import { type Item, mark, named, openBatch, toVerdicts, undo } from "../model/batch";
import { answered, answerOf, found, markOf, NONE_OF_THESE, nextOpen, optionsOf } from "./options";

const CLASSES = ["Crab", "Crawdad", "Lobster", "Shrimp"].map((name) => ({ id: name.toLowerCase(), name }));
const picture = (id: string, ...suggested: string[]): Item => ({
  id,
  position: Number(id),
  thumb_url: "",
  full_url: "",
  width: null,
  height: null,
  suggested,
});
const values = (options: readonly { value: string }[]) => options.map(({ value }) => value);
const NOBODY: ReadonlySet<string> = new Set();

describe("what a picture may be", () => {
  it("puts what is likely first, then the classes by name, and the wrong one last", () => {
    const options = optionsOf(picture("0", "shrimp", "new:Squid"), CLASSES, "crab");
    expect(values(options)).toEqual(["shrimp", "new:Squid", "crawdad", "lobster", "crab"]);
    expect(options[1]).toEqual({ value: "new:Squid", name: "Squid", isNew: true });
  });
  it("leaves the class first where reviewers differed, and passes over classes that went away", () => {
    const options = optionsOf(picture("0", "crab", "merged", "lobster"), CLASSES, "crab");
    expect(values(options)).toEqual(["crab", "lobster", "crawdad", "shrimp"]);
  });
});

describe("the search", () => {
  const options = optionsOf(picture("0", "shrimp"), CLASSES, "crab");
  it("finds what begins so before what holds it", () => {
    expect(values(found("CRA", options, false))).toEqual(["crawdad", "crab"]);
    expect(values(found("r", options, false))).toEqual(["shrimp", "crawdad", "lobster", "crab"]);
    expect(found("whale", options, false)).toEqual([]);
  });
  it("offers a new class where that is allowed and the name is free", () => {
    expect(values(found(" giant  squid ", options, true))).toEqual(["new:giant squid"]);
    expect(values(found("cRaB", options, true))).toEqual(["crab"]);
  });
});

describe("a batch of corrections", () => {
  const batch = openBatch([picture("0"), picture("1"), picture("2")], "none", { 1: "shrimp" });
  it("travels in the words of its answers", () => {
    const [option] = found("lob", optionsOf(picture("0"), CLASSES, "crab"), false);
    if (!option) throw new Error("no lobster");
    const one = mark(batch, [0], markOf(option), 1);
    const all = mark(one, [2], named(NONE_OF_THESE), 2);
    expect(toVerdicts(all)).toEqual({ 0: "lobster", 1: "shrimp", 2: NONE_OF_THESE });
    expect(toVerdicts(undo(all, 3))).toEqual({ 0: "lobster", 1: "shrimp" });
    expect(answered(all)).toBe(3);
  });
  it("goes on to the next picture without an answer, round the end", () => {
    expect(nextOpen(batch, 0, NOBODY)).toBe(2);
    expect(nextOpen(batch, 2, NOBODY)).toBe(0);
    expect(nextOpen(batch, 2, new Set(["0"]))).toBe(2);
    expect(nextOpen(mark(batch, [0, 2], "unsure", 1), 0, NOBODY)).toBeNull();
  });
  it("says each answer in words", () => {
    expect(answerOf("none", CLASSES)).toBeNull();
    expect(answerOf("unsure", CLASSES)).toBe("Not sure");
    expect(answerOf(named(NONE_OF_THESE), CLASSES)).toBe("None of these");
    expect(answerOf(named("new:Squid"), CLASSES)).toBe("Squid");
    expect(answerOf(named("lobster"), CLASSES)).toBe("Lobster");
  });
});
