import { expect, test } from "vitest";
import type { Given } from "@/shared/lib/dropped";
import { joinGiven, nameFor, sortGiven } from "./sorting";

const given = (...paths: string[]): Given[] => paths.map((path) => ({ path, file: new File(["x"], path) }));
const paths = (files: readonly Given[]): string[] => files.map(({ path }) => path);

test("a label file and a zip are told apart, whatever their case", () => {
  const sorted = sortGiven(given("Pictures.ZIP", "shellfish.CSV.gz"));
  expect([sorted.labels?.path, sorted.zip?.path, sorted.refused]).toEqual([
    "shellfish.CSV.gz",
    "Pictures.ZIP",
    [],
  ]);
});

test("a folder brings its pictures, and what systems leave behind is passed over in silence", () => {
  const sorted = sortGiven(
    given("shelf/crab/1.jpg", "shelf/.DS_Store", "__MACOSX/shelf/._1.jpg", "shelf/Thumbs.db"),
  );
  expect(paths(sorted.pictures)).toEqual(["shelf/crab/1.jpg"]);
  expect(sorted.refused).toEqual([]);
});

test("a file of another kind is refused by name at once", () => {
  expect(sortGiven(given("notes.docx")).refused).toEqual([
    "notes.docx is neither a label file (CSV, JSON Lines, COCO, Label Studio, FiftyOne), a zip, nor a picture.",
  ]);
});

test("an empty file is not taken", () => {
  const sorted = sortGiven([{ path: "a.csv", file: new File([], "a.csv") }]);
  expect([sorted.labels, sorted.refused]).toEqual([null, ["a.csv is empty."]]);
});

test("of many strangers five are named", () => {
  const refused = sortGiven(given(...Array.from({ length: 8 }, (_, n) => `${n}.txt`))).refused;
  expect(refused).toHaveLength(6);
  expect(refused.at(-1)).toBe("3 more files are of other kinds.");
});

test("a second label file is not taken, and says which one is", () => {
  const sorted = sortGiven(given("a.csv", "b.csv"));
  expect(sorted.labels?.path).toBe("a.csv");
  expect(sorted.refused[0]).toContain("b.csv is a second label file; a.csv is taken");
});

test("pictures come from one place: a zip wins over loose ones", () => {
  const sorted = sortGiven(given("p.zip", "1.jpg", "2.jpg"));
  expect(sorted.pictures).toEqual([]);
  expect(sorted.refused).toEqual([
    "2 loose pictures beside a zip are left out: pictures come from one place.",
  ]);
});

test("what comes later joins what was there; a new label file replaces the old one", () => {
  expect(paths(joinGiven(given("a.csv"), given("p.zip")))).toEqual(["a.csv", "p.zip"]);
  expect(paths(joinGiven(given("a.csv", "p.zip"), given("b.csv")))).toEqual(["p.zip", "b.csv"]);
  expect(paths(joinGiven(given("1.jpg"), given("p.zip")))).toEqual(["p.zip"]);
  expect(paths(joinGiven(given("p.zip"), given("1.jpg")))).toEqual(["1.jpg"]);
  expect(paths(joinGiven(given("1.jpg"), given("1.jpg", "2.jpg")))).toEqual(["1.jpg", "2.jpg"]);
});

test("a row finds its picture by the path, or by the only path that ends with it", () => {
  const names = ["shelf/crab/1.jpg", "shelf/crab/2.jpg", "other/crab/2.jpg"];
  expect(nameFor(names, "crab/1.jpg")).toBe("shelf/crab/1.jpg");
  expect(nameFor(names, "shelf/crab/2.jpg")).toBe("shelf/crab/2.jpg");
  expect(nameFor(names, "crab/2.jpg")).toBeNull();
  expect(nameFor(names, "rab/1.jpg")).toBeNull();
});
