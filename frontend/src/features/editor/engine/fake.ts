/** For tests: a server, a model and a browser in memory that behave as the real ones are promised to. */
import { encode } from "../model/rle";
import { brushed } from "../model/shapes";
import { restore, type Stored } from "../model/stored";
import { fromObjects, toObjects, type WireObject } from "./exchange";
import type { PageEvent, Surface } from "./session";
import {
  type Claim,
  type Document,
  type EditorServer,
  Failure,
  type FailureKind,
  type Nothing,
  type Picture,
  type Question,
  type Readiness,
  type Reply,
  type Segmenter,
} from "./wire";

export const SIZE = { width: 60, height: 40 };
const JOB = {
  name: "Table-top outlines",
  instructions_html: "",
  classes: ["Cup", "Saucer", "Spoon"].map((name, nth) => ({ id: `c${nth + 1}`, name })),
};

const segmenter = (name: string, available: boolean): Segmenter => ({
  name,
  title: `The model ${name}`,
  available,
  default: name === "dextr-lite",
  reason: available ? "" : `${name}.pth is not there. Put it into /weights.`,
});
export const SEGMENTERS = [
  segmenter("sam-vit-b", false),
  segmenter("grabcut", true),
  segmenter("dextr-lite", true),
];

const NOTHING: Nothing = { reason: "finished", available_at: null, by: null, at: null, holders: [] };

interface Kept {
  version: number;
  objects: WireObject[];
}

/** Deals `pictures` pictures to one person and keeps their documents under ETags. */
export class FakeServer implements EditorServer {
  readonly documents = new Map<string, Kept>();
  readonly finished: string[] = [];
  readonly skipped: { assignment: string; reason: string }[] = [];
  readonly calls: string[] = [];
  readonly questions: Question[] = [];
  down: FailureKind | null = null;
  /** Saves happen, but nobody hears of it. */
  losesAnswers = false;
  /** One call that is refused for good. */
  refuses: { call: string; kind: FailureKind; message: string } | null = null;
  /** How the model is: answers at once, leaves all waiting, refuses, or nobody is there. */
  model: "ready" | "waits" | "fails" | "gone" = "ready";
  private readonly pictures: number;
  private readonly open_: string[] = [];

  constructor(pictures = 3) {
    this.pictures = pictures;
  }

  async claim(_job: string, holding: readonly string[]): Promise<Claim> {
    this.arrive("claim");
    const resumed = this.open_.find((id) => !holding.includes(id));
    const fresh = `a${this.open_.length + this.finished.length + 1}`;
    const id = resumed ?? fresh;
    if (!resumed && this.open_.length + this.finished.length >= this.pictures) {
      return { work: null, job: JOB, nothing: NOTHING };
    }
    if (!resumed) {
      this.open_.push(id);
    }
    const number = Number(id.slice(1));
    const picture = {
      image: `i${number}`,
      full_url: `/full/${number}`,
      thumb_url: `/thumb/${number}`,
      ...SIZE,
    };
    return { work: { assignment: id, picture, number, total: this.pictures }, job: JOB };
  }

  async open(_job: string, { image }: Picture): Promise<Document> {
    this.arrive(`open ${image}`);
    const kept = this.documents.get(image);
    return kept
      ? { etag: `"${kept.version}"`, history: fromObjects(JSON.parse(JSON.stringify(kept.objects)), SIZE) }
      : { etag: '"0"', history: fromObjects([], SIZE) };
  }

  async save(_job: string, picture: Picture, { etag, history }: Document): Promise<string> {
    this.arrive(`save ${picture.image}`);
    const version = this.documents.get(picture.image)?.version ?? 0;
    if (etag !== `"${version}"`) {
      throw new Failure("conflict", "Someone else saved this document.");
    }
    this.documents.set(picture.image, { version: version + 1, objects: toObjects(history, picture) });
    if (this.losesAnswers) {
      throw new Failure("offline", "The answer was lost.");
    }
    return `"${version + 1}"`;
  }

  async finish(assignment: string, _key: string): Promise<void> {
    this.arrive(`finish ${assignment}`);
    this.open_.splice(this.open_.indexOf(assignment), 1);
    this.finished.push(assignment);
  }

  async skip(assignment: string, reason: string): Promise<void> {
    this.arrive(`skip ${assignment}`);
    this.open_.splice(this.open_.indexOf(assignment), 1);
    this.finished.push(assignment);
    this.skipped.push({ assignment, reason });
  }

  async heartbeat(): Promise<void> {
    this.arrive("heartbeat");
  }

  async warm(image: string, segmenter: string): Promise<void> {
    this.arrive(`warm ${image} ${segmenter}`);
    this.present();
  }

  async warmth(_image: string, _segmenter: string): Promise<Readiness> {
    this.arrive("warmth");
    const states = { ready: "ready", waits: "preparing", fails: "failed", gone: "preparing" } as const;
    const state = states[this.model];
    return { state, message: state === "failed" ? "The picture cannot be decoded." : "" };
  }

  async ask(question: Question, _signal: AbortSignal): Promise<Reply> {
    this.arrive("ask");
    this.present();
    this.questions.push(question);
    return this.reply(`r${this.questions.length}`);
  }

  async look(request: string, _signal: AbortSignal): Promise<Reply> {
    this.arrive("look");
    return this.reply(request);
  }

  async segmenters(): Promise<readonly Segmenter[]> {
    this.arrive("segmenters");
    return SEGMENTERS;
  }

  historyOf(image: string): Stored {
    return fromObjects(this.documents.get(image)?.objects ?? [], SIZE);
  }

  objectsOf(image: string): readonly WireObject[] {
    return this.documents.get(image)?.objects ?? [];
  }

  restored(image: string) {
    return restore(this.historyOf(image), SIZE);
  }

  private reply(id: string): Reply {
    const base = { id, mask: null, score: null, ahead: null, message: "" };
    if (this.model === "waits") {
      return { ...base, state: "queued", ahead: 2 };
    }
    if (this.model === "fails") {
      return { ...base, state: "failed", message: "The picture cannot be decoded." };
    }
    const question = this.questions[Number(id.slice(1)) - 1];
    const mask = encode(modelMask(question?.points ?? []));
    return { ...base, state: "done", mask, score: 0.94 };
  }

  private present(): void {
    if (this.model === "gone") {
      throw new Failure("error", "The server stopped.");
    }
  }

  private arrive(call: string): void {
    this.calls.push(call);
    if (this.down) {
      throw new Failure(this.down, "down");
    }
    if (this.refuses?.call === call) {
      throw new Failure(this.refuses.kind, this.refuses.message);
    }
  }
}

/** The model of the tests: a thick line from the first point to the third. */
export function modelMask(points: readonly { x: number; y: number }[]) {
  const [from = { x: 0, y: 0 }, , to = from] = points;
  return brushed(SIZE, from, to, 5);
}

export class FakeSurface implements Surface {
  ahead = 0;
  private connected = true;
  private readonly heard = new Map<PageEvent, Set<() => void>>();

  now = (): number => Date.now() + this.ahead;
  online = (): boolean => this.connected;
  visible = (): boolean => true;

  listen(event: PageEvent, heard: () => void): () => void {
    const all = this.heard.get(event) ?? new Set();
    this.heard.set(event, all.add(heard));
    return () => all.delete(heard);
  }

  setConnected(connected: boolean): void {
    this.connected = connected;
    for (const heard of this.heard.get(connected ? "online" : "offline") ?? []) {
      heard();
    }
  }
}
