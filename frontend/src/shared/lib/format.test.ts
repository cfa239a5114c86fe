import { describe, expect, it } from "vitest";
import * as format from "./format";

const plain = (text: string): string => text.replaceAll(format.THIN, "_");

describe("numbers", () => {
  it("says slow rates with a decimal", () => {
    expect([null, 0.44, 3.24, 96.4].map(format.rateWords)).toEqual(["–", "0.4", "3.2", "96"]);
  });

  it.each([
    [812, "812 bytes"],
    [412_000, "412 kB"],
    [30_600_000, "30.6 MB"],
    [2_100_000_000, "2.1 GB"],
  ])("says the size of %d bytes", (value, text) => {
    expect(format.bytesWords(value)).toBe(text);
  });

  it.each([
    [0, "0"],
    [999, "999"],
    [1959, "1_959"],
    [1_000_000, "1_000_000"],
  ])("parts the thousands of %d", (value, text) => {
    expect(plain(format.count(value))).toBe(text);
  });

  it("says a count as a noun phrase", () => {
    expect(plain(format.counted(1, "row"))).toBe("1 row");
    expect(plain(format.counted(5101, "row"))).toBe("5_101 rows");
    expect(plain(format.counted(24, "class", "classes"))).toBe("24 classes");
  });

  it("shows no evidence as a dash, never as 0 %", () => {
    expect(format.percent(null)).toBe("–");
    expect(plain(format.percent(8.44))).toBe("8.4_%");
  });

  it("never says all or nothing of a part", () => {
    expect(plain(format.share(9999, 10_000))).toBe("99_%");
    expect(plain(format.share(1, 10_000))).toBe("1_%");
    expect(plain(format.share(10_000, 10_000))).toBe("100_%");
    expect(plain(format.share(0, 10_000))).toBe("0_%");
    expect(plain(format.share(0, 0))).toBe("0_%");
  });

  it("writes a confidence with two places, and more where it has them", () => {
    expect([0.8, 0.85, 1, 0.8125, null].map(format.confidence)).toEqual([
      "0.80",
      "0.85",
      "1.00",
      "0.8125",
      "none",
    ]);
  });
});

describe("times", () => {
  it("counts a batch by the stopwatch", () => {
    expect([39, 59.6, 125].map(format.stopwatch)).toEqual(["0:39", "1:00", "2:05"]);
  });

  it.each([
    [0, "0 s"],
    [40, "40 s"],
    [59.7, "1 min"],
    [660, "11 min"],
    [6600, "1 h 50 min"],
    [14_400, "4 h 0 min"],
    [3 * 86_400, "3 days"],
  ])("says %d seconds of work in words", (seconds, text) => {
    expect(plain(format.duration(seconds))).toBe(text);
  });

  const now = new Date(2026, 10, 21, 14, 30);

  it("says today by the clock and any other day by its date", () => {
    expect(format.moment(new Date(2026, 10, 21, 9, 5), now)).toBe("09:05");
    expect(format.moment(new Date(2026, 10, 20, 14, 8), now)).toBe("20 Nov 2026, 14:08");
  });

  it("says how long ago", () => {
    expect(format.ago(new Date(2026, 10, 21, 14, 29, 30), now)).toBe("just now");
    expect(format.ago(new Date(2026, 10, 21, 14, 26), now)).toBe("4 min ago");
  });
});

describe("names", () => {
  it.each([
    ["Mira Okafor", "MO"],
    ["jonas.lind", "JL"],
    ["mira", "MI"],
    ["Ana Maria Kovač", "AK"],
    ["", ""],
  ])("takes two letters of %s", (name, letters) => {
    expect(format.initials(name)).toBe(letters);
  });

  it("lists them as one says them", () => {
    expect(format.listed(["Ana"])).toBe("Ana");
    expect(format.listed(["Ana", "Tom", "Lena"])).toBe("Ana, Tom and Lena");
    expect(format.listed([])).toBe("");
  });
});

it("gives a confidence in a list four places at most, and two at least", () => {
  const texts = [0.9933664703, 0.85, 1, null].map(format.shortConfidence);
  expect(texts).toEqual(["0.9934", "0.85", "1.00", "none"]);
});
