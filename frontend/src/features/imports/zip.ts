import type { Given } from "@/shared/lib/dropped";

/**
 * Packs files into a zip without compressing them (pictures are compressed already), as PKWARE's APPNOTE
 * 6.3 describes it, with zip64 fields where there are more than 65 535 entries or 4 GB. The zip refers to
 * the files; nothing is held in memory but what is being read for its checksum.
 */

const UTF8_NAMES = 0x0800;
const MOST_16 = 0xffff;
const MOST_32 = 0xffff_ffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb8_8320 ^ (rest >>> 1) : rest >>> 1;
  return rest >>> 0;
});

/** The CRC-32 of ITU-T V.42 of more bytes, going on from `before`. */
export const crc32 = (bytes: Uint8Array, before = 0): number => {
  let rest = ~before;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
};

const checksumOf = async (file: Blob): Promise<number> => {
  let sum = 0;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return sum;
    sum = crc32(value, sum);
  }
};

/** Little-endian numbers of 2, 4 or 8 bytes, one after the other. */
const fields = (
  ...values: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]
): Uint8Array<ArrayBuffer> => {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of values) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
};

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly size: number;
  readonly sum: number;
  readonly offset: number;
}

const common = ({ name, size, sum }: Entry, version: number, extra: number) =>
  [
    [version, 2],
    [UTF8_NAMES, 2],
    [0, 2],
    [0, 2],
    [0x21, 2],
    [sum, 4],
    [size, 4],
    [size, 4],
    [name.length, 2],
    [extra, 2],
  ] as const;

const localHeader = (entry: Entry): BlobPart[] => [
  fields([0x0403_4b50, 4], ...common(entry, 20, 0)),
  entry.name,
];

const centralHeader = (entry: Entry): Uint8Array<ArrayBuffer>[] => {
  const far = entry.offset >= MOST_32;
  const extra = far ? fields([1, 2], [8, 2], [entry.offset, 8]) : new Uint8Array(0);
  return [
    fields(
      [0x0201_4b50, 4],
      [45, 2],
      ...common(entry, 45, extra.length),
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [Math.min(entry.offset, MOST_32), 4],
    ),
    entry.name,
    extra,
  ];
};

const ending = (entries: number, size: number, offset: number): Uint8Array<ArrayBuffer>[] => {
  const wide = entries >= MOST_16 || offset >= MOST_32;
  const after = offset + size;
  const zip64 = [
    fields(
      [0x0606_4b50, 4],
      [44, 8],
      [45, 2],
      [45, 2],
      [0, 4],
      [0, 4],
      [entries, 8],
      [entries, 8],
      [size, 8],
      [offset, 8],
    ),
    fields([0x0706_4b50, 4], [0, 4], [after, 8], [1, 4]),
  ];
  const short = Math.min(entries, MOST_16);
  return [
    ...(wide ? zip64 : []),
    fields(
      [0x0605_4b50, 4],
      [0, 2],
      [0, 2],
      [short, 2],
      [short, 2],
      [size, 4],
      [Math.min(offset, MOST_32), 4],
      [0, 2],
    ),
  ];
};

const bytesOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/**
 * One zip of these files.
 *
 * @param onPacked - hears how many are packed, after each
 * @param signal - stops between two files
 */
export const packed = async (
  files: readonly Given[],
  onPacked: (files: number) => void,
  signal?: AbortSignal,
): Promise<Blob> => {
  const parts: BlobPart[] = [];
  const central: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [index, { path, file }] of files.entries()) {
    signal?.throwIfAborted();
    const entry = {
      name: new TextEncoder().encode(path),
      size: file.size,
      sum: await checksumOf(file),
      offset,
    };
    parts.push(...localHeader(entry), file);
    central.push(...centralHeader(entry));
    offset += 30 + entry.name.length + file.size;
    onPacked(index + 1);
  }
  return new Blob([...parts, ...central, ...ending(files.length, bytesOf(central), offset)], {
    type: "application/zip",
  });
};
