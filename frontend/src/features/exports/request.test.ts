import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlFor, pythonFor } from "./request";
import { outlinesOf, wishOf } from "./wish";

const HOST = "https://labels.example.org";
const WISH = wishOf({
  dataset: "d1",
  outcome: ["confirmed", "split"],
  label_classes: ['It\'s "Crab"'],
  min_confidence: 0.85,
  latest: true,
  plain: true,
});

test("the Python script asks for exactly what the form asks for", () => {
  const code = pythonFor(WISH, HOST);
  expect(code).toContain(`url = "${HOST}/api/v1/exports/labels/"`);
  expect(code).toContain('"outcome": ["confirmed", "split"],');
  expect(code).toContain('"label_classes": ["It\'s \\"Crab\\""],');
  expect(code).toContain('"latest": True,');
  expect(code).toContain('"guard_formulas": False,');
});

test("the script asks for the reviewers where the form does", () => {
  const wish = wishOf({ job: "j1", format: "jsonl", reviewers: true });
  expect(pythonFor(wish, HOST)).toContain('"reviewers": True,');
  expect(curlFor(wish, HOST)).toContain("'reviewers=true'");
});

test("outlines are asked for, waited for and fetched", () => {
  const code = pythonFor(outlinesOf({ job: "j1", label_classes: ["c1"] }), HOST);
  expect(code).toContain('ask = {"job":"j1","format":"coco","label_classes":["c1"]}');
  execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: code });
});

test("masks of labels are asked for with their filters, and land in a zip", () => {
  const code = pythonFor(wishOf({ dataset: "d1", format: "masks", outcome: ["confirmed"] }), HOST);
  expect(code).toContain('ask = {"dataset":"d1","format":"masks","outcome":["confirmed"]}');
  expect(code).toContain('open("masks.zip", "wb")');
  execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: code });
});

test("a shell hands curl every value as it is, quotes included", () => {
  const command = curlFor(WISH, HOST).replace(/^curl/, "printf '%s\\n'");
  const lines = execFileSync("sh", ["-c", command], { encoding: "utf8" }).split("\n");
  expect(lines).toContain('label_classes=It\'s "Crab"');
  expect(lines).toContain("min_confidence=0.85");
});

test("neither holds a token, only where it is read from", () => {
  expect(pythonFor(WISH, HOST)).toContain("os.environ['LABELAPP_TOKEN']");
  expect(curlFor(WISH, HOST)).toContain('"Authorization: Bearer $LABELAPP_TOKEN"');
});

test("what is left at its default is not written down", () => {
  expect(pythonFor(wishOf({ job: "j1" }), HOST)).not.toMatch(
    /outcome|label_classes|latest|guard|dataset|reviewers/,
  );
});
