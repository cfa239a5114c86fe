import { describe, expect, it } from "vitest";
import { fitted, fittedTo, describe as inWords, original, panned, stepped, zoomed } from "./zoom";

const PICTURE = { width: 400, height: 200 };
const FRAME = { width: 800, height: 600 };

describe("the enlarged picture", () => {
  it("fits whole and says how much it is enlarged", () => {
    expect(fitted(PICTURE, FRAME)).toEqual({ scale: 2, x: 0, y: 0 });
    expect(inWords(PICTURE, fitted(PICTURE, FRAME))).toBe("400 × 200 at 200\u2009%");
    expect(inWords(PICTURE, original(null, PICTURE, FRAME))).toBe("400 × 200 at 100\u2009%");
  });
  it("shows an object as large as it fits, and its original pixels around it", () => {
    const part = { x: 300, y: 50, width: 100, height: 100 };
    expect(fittedTo(part, PICTURE, FRAME)).toEqual({ scale: 6, x: -800, y: 0 });
    expect(fittedTo({ ...part, x: 150 }, PICTURE, FRAME)).toEqual({ scale: 6, x: 0, y: 0 });
    expect(
      original({ x: 1900, y: 950, width: 40, height: 40 }, { width: 4000, height: 2000 }, FRAME),
    ).toEqual({
      scale: 1,
      x: 80,
      y: 30,
    });
  });
  it("keeps the point under the pointer in place while zooming", () => {
    const view = zoomed(fitted(PICTURE, FRAME), 4, { x: 100, y: 20 }, PICTURE, FRAME);
    expect(view.scale).toBe(8);
    expect([(100 - view.x) / 8, (20 - view.y) / 8]).toEqual([50, 10]);
  });
  it("never gets lost outside the view", () => {
    expect(panned(fitted(PICTURE, FRAME), { x: 500, y: 500 }, PICTURE, FRAME)).toEqual({
      scale: 2,
      x: 0,
      y: 0,
    });
    const close = zoomed(fitted(PICTURE, FRAME), 2, { x: 0, y: 0 }, PICTURE, FRAME);
    expect(panned(close, { x: -9000, y: 9000 }, PICTURE, FRAME)).toEqual({ scale: 4, x: -400, y: 100 });
  });
  it("zooms no further than sixteenfold, and out to the whole picture or its original size", () => {
    let view = fitted(PICTURE, FRAME);
    for (let nth = 0; nth < 40; nth += 1) {
      view = stepped(view, 1, PICTURE, FRAME);
    }
    expect(view.scale).toBe(16);
    for (let nth = 0; nth < 80; nth += 1) {
      view = stepped(view, -1, PICTURE, FRAME);
    }
    expect(view.scale).toBe(1);
  });
});
