import { expect, test } from "vitest";
import { byWords, likeWords } from "./words";

test.each([
  [{ cosine: 0.93456, bits: null }, "0.934"],
  [{ cosine: 0.99999, bits: null }, "0.999"],
  [{ cosine: 1, bits: null }, "1.000"],
  [{ cosine: null, bits: 0 }, "looks the same"],
  [{ cosine: null, bits: 3 }, "3 of 64 differ"],
])("%o reads “%s”", (like, words) => {
  expect(likeWords(like)).toBe(words);
});

test("whoever compared is named, and why looks had to do", () => {
  expect(byWords({ version: { id: "1", name: "lite0", version: "1" } })).toContain("lite0@1");
  expect(byWords({ version: null })).toContain("no model has seen");
});
