import { Blob as RealBlob, File as RealFile } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { beforeEach, expect, test, vi } from "vitest";
import { contentOf, entriesOf } from "./unzip";
import { packed } from "./zip";

// jsdom's cannot be read as a stream; every browser's can.
beforeEach(() => {
  vi.stubGlobal("Blob", RealBlob);
  vi.stubGlobal("File", RealFile);
});

const zip = (contents: Record<string, string>): Promise<Blob> =>
  packed(
    Object.entries(contents).map(([path, text]) => ({ path, file: new File([text], path) })),
    () => {},
  );

test("an entry is found by its name and read alone", async () => {
  const file = await zip({ "crab/1.jpg": "one", "Ä.jpg": "two" });
  const entries = await entriesOf(file);
  expect([...entries.keys()]).toEqual(["crab/1.jpg", "Ä.jpg"]);
  const place = entries.get("Ä.jpg");
  expect(place && (await (await contentOf(file, place))?.text())).toBe("two");
});

test("a deflated entry is unpacked", async () => {
  const content = deflateRawSync("as it was");
  const head = new Uint8Array(30);
  const file = new Blob([head, content]);
  expect(await (await contentOf(file, { method: 8, size: content.length, offset: 0 }))?.text()).toBe(
    "as it was",
  );
});

test("what is no zip has no entries, and an unknown packing no content", async () => {
  expect((await entriesOf(new Blob(["not a zip at all, but long enough to look into"]))).size).toBe(0);
  expect(await contentOf(new Blob(["x"]), { method: 99, size: 1, offset: 0 })).toBeNull();
});
