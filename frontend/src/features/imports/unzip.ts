/**
 * Reads single entries of a zip on this device, so that a preview can show pictures that the server has
 * not stored. The format is PKWARE's APPNOTE 6.3; entries that are stored or deflated are read, zip64
 * and encrypted ones are passed over. Only the directory and the entries asked for are read.
 */

const END = 0x0605_4b50;
const ENTRY = 0x0201_4b50;
const LONGEST_END = 22 + 0xffff;
const STORED = 0;
const DEFLATED = 8;

interface Place {
  readonly method: number;
  readonly size: number;
  readonly offset: number;
}

const viewOf = async (file: Blob, from: number, to: number): Promise<DataView> =>
  new DataView(await file.slice(from, to).arrayBuffer());

/** Where the directory lies; null when this is no zip that is read here. */
const directoryOf = async (file: Blob): Promise<DataView | null> => {
  const from = Math.max(0, file.size - LONGEST_END);
  const tail = await viewOf(file, from, file.size);
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const offset = tail.getUint32(at + 16, true);
    return viewOf(file, offset, offset + tail.getUint32(at + 12, true));
  }
  return null;
};

/** The entries of a zip by name. Empty when it cannot be read: the server then says why. */
export const entriesOf = async (file: Blob): Promise<Map<string, Place>> => {
  const found = new Map<string, Place>();
  const view = await directoryOf(file);
  if (view === null) return found;
  const text = new TextDecoder();
  let at = 0;
  while (at + 46 <= view.byteLength && view.getUint32(at, true) === ENTRY) {
    const length = view.getUint16(at + 28, true);
    const name = text.decode(new Uint8Array(view.buffer, at + 46, length));
    found.set(name, {
      method: view.getUint16(at + 10, true),
      size: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
};

/** The content of an entry; null when it is packed in a way that is not read here. */
export const contentOf = async (file: Blob, { method, size, offset }: Place): Promise<Blob | null> => {
  if (method !== STORED && method !== DEFLATED) return null;
  const head = await viewOf(file, offset, offset + 30);
  if (head.byteLength < 30) return null;
  const from = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = file.slice(from, from + size);
  if (method === STORED) return packed;
  return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).blob();
};
