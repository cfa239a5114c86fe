/**
 * Pictures that are on the screen or soon will be, loaded and decoded before they are needed.
 *
 * A picture is `loading`, `ready` (decoded and held in memory), `broken` (the server answered and it is no
 * picture), or `waiting` (there was no connection; it is tried again when there is).
 */
import { type Item, shownOf } from "../model/batch";

export type PictureState = "loading" | "ready" | "broken" | "waiting";

/** Loads and decodes one address; what it resolves to is kept so that the browser keeps the pixels. */
export type Decode = (url: string) => Promise<unknown>;

interface Entry {
  state: PictureState;
  /** Counted up with every try, so that the screen asks the browser afresh. */
  attempt: number;
  pixels: unknown;
}

export class Pictures {
  private readonly entries = new Map<string, Entry>();
  private readonly decode: Decode;
  private readonly online: () => boolean;
  private readonly changed: () => void;

  constructor(decode: Decode, online: () => boolean, changed: () => void) {
    this.decode = decode;
    this.online = online;
    this.changed = changed;
  }

  state(item: string): PictureState {
    return this.entries.get(item)?.state ?? "loading";
  }

  attempt(item: string): number {
    return this.entries.get(item)?.attempt ?? 0;
  }

  /** Loads what is not there yet, and lets go of every picture that is not named. */
  want(items: readonly Item[]): void {
    const wanted = new Set(items.map(({ id }) => id));
    for (const id of this.entries.keys()) {
      if (!wanted.has(id)) {
        this.entries.delete(id);
      }
    }
    for (const item of items) {
      if (!this.entries.has(item.id)) {
        this.load(item);
      }
    }
  }

  retry(item: Item): void {
    this.load(item);
    this.changed();
  }

  /** The connection is back: what could not be had without one is tried again. */
  retryFailed(items: readonly Item[]): void {
    for (const item of items) {
      if (this.state(item.id) === "waiting" || this.state(item.id) === "broken") {
        this.load(item);
      }
    }
  }

  private load(item: Item): void {
    const entry: Entry = { state: "loading", attempt: this.attempt(item.id) + 1, pixels: null };
    this.entries.set(item.id, entry);
    this.decode(shownOf(item).url).then(
      (pixels) => this.settle(item.id, entry, "ready", pixels),
      () => this.settle(item.id, entry, this.online() ? "broken" : "waiting", null),
    );
  }

  private settle(item: string, entry: Entry, state: PictureState, pixels: unknown): void {
    if (this.entries.get(item) === entry) {
      entry.state = state;
      entry.pixels = pixels;
      this.changed();
    }
  }
}

export const decodeImage: Decode = async (url) => {
  const image = new Image();
  image.decoding = "async";
  image.src = url;
  await image.decode();
  return image;
};
