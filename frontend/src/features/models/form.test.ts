import { describe, expect, it } from "vitest";
import { Problem } from "@/shared/api/problem";
import { bodyOf, CHECKS, coloursIn, EMPTY, namesIn, refusedFields } from "./form";

const refusal = (code: string, detail = "", errors = {}) =>
  new Problem({ title: "Refused.", status: 400, detail, code, errors, request_id: "" });

describe("what is typed", () => {
  it("is a class for each line that is not empty", () => {
    expect(namesIn(" Apple\r\n\n Pear \n")).toEqual(["Apple", "Pear"]);
  });
  it("is three colours, however they are parted", () => {
    expect(coloursIn("0.485, 0.456 0.406")).toEqual([0.485, 0.456, 0.406]);
    expect(coloursIn("0.5; 0.5")).toBeNull();
    expect(coloursIn("a, b, c")).toBeNull();
  });
  it("is told at once where it cannot be", () => {
    expect(CHECKS.classes("Apple")).not.toBeNull();
    expect(CHECKS.std("0.5, 0.5, 0")).toBe("Each above 0");
    expect(CHECKS.size("7")).not.toBeNull();
    expect(CHECKS.name("a/b")).not.toBeNull();
    expect(CHECKS.name("Äpfel 2.1")).toBeNull();
    expect(CHECKS.temperature("1,4")).toBeNull();
    expect(CHECKS.sha256("abc")).not.toBeNull();
  });
});

describe("what is sent", () => {
  it("leaves out what nobody said", () => {
    const body = bodyOf({ ...EMPTY, name: "net", classes: "a\nb" }, new File(["x"], "m.onnx"));
    expect([...body.keys()].toSorted()).toEqual(
      ["classes", "file", "framing", "mean", "name", "size", "std", "version"].toSorted(),
    );
    expect(body.get("classes")).toBe('["a","b"]');
  });
  it("names the file by its path, or sends it, never both", () => {
    const form = { ...EMPTY, place: "server" as const, path: "a/b.onnx", temperature: "1,5" };
    const body = bodyOf(form, new File(["x"], "m.onnx"));
    expect(body.get("path")).toBe("a/b.onnx");
    expect(body.has("file")).toBe(false);
    expect(body.get("calibration")).toBe('{"temperature":1.5}');
  });
});

describe("a refusal", () => {
  it("stands beside the field that it is about", () => {
    expect(refusedFields(refusal("wrong_output", "It has 5."), EMPTY)).toEqual({
      classes: "Refused. It has 5.",
    });
    expect(refusedFields(refusal("model_version_taken"), EMPTY)).toEqual({ version: "Refused." });
    expect(refusedFields(refusal("not_onnx"), EMPTY)).toEqual({ file: "Refused." });
    expect(refusedFields(refusal("not_onnx"), { place: "server" })).toEqual({ path: "Refused." });
  });
  it("of several fields is told by field", () => {
    const errors = { size: ["Too small."], calibration: { temperature: ["Too cold."] } };
    expect(refusedFields(refusal("invalid", "", errors), EMPTY)).toEqual({
      size: "Too small.",
      temperature: "Too cold.",
    });
  });
  it("of no field is left to the form", () => {
    expect(refusedFields(refusal("too_large"), EMPTY)).toEqual({});
    expect(refusedFields(new Error("gone"), EMPTY)).toEqual({});
  });
});
