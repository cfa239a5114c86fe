import { expect, test } from "vitest";
import type { Search } from "./api";
import { comparedWords, foundWords, workWords } from "./words";

const search: Search = {
  id: "1",
  state: "done",
  message: "",
  progress: { done: 0, total: null, rate: null, seconds_left: null, message: "" },
  pictures: 1797,
  unreadable: 0,
  seen_by: null,
  requested_by: null,
  created_at: "",
  finished_at: null,
};

test("what was found and compared is said in counts", () => {
  expect(foundWords({ search, groups: 1, pictures: 2 })).toBe("1 group, 2 pictures");
  expect(comparedWords(search)).toBe("1\u202F797 pictures compared by how they look.");
});

test("a network that had to agree is named, and so is what could not be read", () => {
  const seen_by = { id: "2", name: "lite0", version: "1" };
  expect(comparedWords({ ...search, pictures: 3, unreadable: 1, seen_by })).toBe(
    "3 pictures compared by how they look, and by what lite0@1 sees where it has seen them. 1 picture could not be read.",
  );
});

test("a search at work says what it does and how far it is", () => {
  expect(workWords({ ...search, state: "queued" })).toBe("Waiting for a worker");
  const progress = { ...search.progress, done: 20, total: 90, message: "Looking at older pictures." };
  expect(workWords({ ...search, state: "running", progress })).toBe("Looking at older pictures. 20 of 90");
  expect(workWords({ ...search, state: "running" })).toBe("Comparing the pictures.");
});
