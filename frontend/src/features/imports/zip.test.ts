import { Blob as RealBlob, File as RealFile } from "node:buffer";
import { beforeEach, expect, test, vi } from "vitest";
import { crc32, packed } from "./zip";

// jsdom's cannot be read as a stream; every browser's can.
beforeEach(() => {
  vi.stubGlobal("Blob", RealBlob);
  vi.stubGlobal("File", RealFile);
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("the checksum is that of the standard's example", () => {
  expect(crc32(bytes("123456789"))).toBe(0xcbf4_3926);
});

test("the checksum goes on from a part", () => {
  expect(crc32(bytes("6789"), crc32(bytes("12345")))).toBe(0xcbf4_3926);
});

test("an aborted packing stops before the next file", async () => {
  const file = new File(["x"], "a");
  const stop = new AbortController();
  const packing = packed(
    [
      { path: "a", file },
      { path: "b", file },
    ],
    () => stop.abort(),
    stop.signal,
  );
  await expect(packing).rejects.toThrow("abort");
});

test("every entry is listed where its content lies, under its own name", async () => {
  const given = ["crab/1.jpg", "Ä.jpg"].map((path) => ({
    path,
    file: new File([`content of ${path}`], path),
  }));
  const zip = new DataView(await (await packed(given, () => {})).arrayBuffer());
  const end = zip.byteLength - 22;
  expect(zip.getUint32(end, true)).toBe(0x0605_4b50);
  expect(zip.getUint16(end + 10, true)).toBe(2);
  let at = zip.getUint32(end + 16, true);
  for (const { path } of given) {
    const [length, offset] = [zip.getUint16(at + 28, true), zip.getUint32(at + 42, true)];
    const text = (from: number, size: number) =>
      new TextDecoder().decode(new Uint8Array(zip.buffer, from, size));
    expect(text(at + 46, length)).toBe(path);
    expect(text(offset + 30 + length, zip.getUint32(at + 24, true))).toBe(`content of ${path}`);
    at += 46 + length;
  }
  expect(at).toBe(end);
});
