/** One picture of the session at a moment, for the screen to draw. Pure: made from the parts, changes none. */
import { type Counts, counts } from "../model/batch";
import { pace } from "../model/pace";
import type { Link } from "./courier";
import type { Desk } from "./desk";
import type { Held } from "./held";
import type { PictureState, Pictures } from "./pictures";
import { type Kept, whereKept } from "./saved";
import type { Standing } from "./standing";
import type { Failure, JobInfo, Nothing, Progress } from "./wire";

/** Something to be said once. */
export type Notice =
  | { readonly kind: "no_unsure" }
  | { readonly kind: "nothing_sent" }
  | { readonly kind: "sent_elsewhere" }
  | { readonly kind: "not_opened"; readonly failure: Failure };

export interface TilePicture {
  readonly state: PictureState;
  readonly attempt: number;
}

/** Can the batch be sent? If not, what it waits for, in tiles. */
export interface Submittable {
  readonly able: boolean;
  readonly loading: number;
  readonly waiting: number;
  readonly unchosen: number;
}

/**
 * `opening`: nothing is known yet. `working`: a batch is on the screen. `nothing`: the server has said why there
 * is none. `fetching`: there will be one. `stranded`: there is none on this device and the server cannot be had.
 * `refused`: the job cannot be opened.
 */
export type Phase = "opening" | "working" | "nothing" | "fetching" | "stranded" | "refused";

export interface Snapshot {
  readonly phase: Phase;
  readonly current: Held | null;
  readonly tiles: readonly TilePicture[];
  readonly unreadable: ReadonlySet<string>;
  readonly counts: Counts;
  readonly submit: Submittable;
  readonly kept: Kept;
  readonly link: Link;
  readonly refusal: string;
  /** Batches loaded behind the one on the screen, and the pictures in them. */
  readonly ahead: { readonly batches: number; readonly images: number };
  readonly lost: readonly Held[];
  readonly nothing: Nothing | null;
  readonly job: JobInfo | null;
  readonly progress: Progress | null;
  /** Images a minute over the last ten minutes of work, null without evidence. */
  readonly pace: number | null;
  /** Images sent from this device in this job. */
  readonly total: number;
  readonly paused: boolean;
  readonly notice: Notice | null;
}

/** What the picture is taken of. */
export interface View {
  readonly loaded: boolean;
  readonly current: Held | null;
  readonly desk: Desk;
  readonly standing: Standing;
  readonly link: Link;
  readonly refusal: string;
  readonly pictures: Pictures;
  readonly paused: boolean;
  readonly notice: Notice | null;
  readonly now: number;
}

const NO_COUNTS: Counts = { right: 0, wrong: 0, unsure: 0, none: 0 };

export function picture(view: View): Snapshot {
  const { current, desk, standing, link, refusal, paused } = view;
  const tiles = tilesOf(view);
  const unreadable = unreadableOf(current, tiles);
  const counted = current ? counts(current.batch, unreadable) : NO_COUNTS;
  const behind = desk.line.filter((held) => held !== current);
  return {
    phase: phaseOf(view),
    current,
    tiles,
    unreadable,
    counts: counted,
    submit: submittable(current, tiles, counted.none),
    kept: whereKept(desk, link),
    link,
    refusal,
    ahead: { batches: behind.length, images: behind.reduce((sum, { batch }) => sum + batch.items.length, 0) },
    lost: desk.held.filter((held) => held.lostAt !== null),
    nothing: standing.nothing,
    job: desk.record.job,
    progress: progressOf(current, standing),
    pace: pace(desk.record.sent, view.now),
    total: desk.record.total,
    paused,
    notice: view.notice ?? (standing.sentElsewhere.size > 0 ? { kind: "sent_elsewhere" } : null),
  };
}

function tilesOf({ current, pictures }: View): TilePicture[] {
  const items = current?.batch.items ?? [];
  return items.map(({ id }) => ({ state: pictures.state(id), attempt: pictures.attempt(id) }));
}

/** Pictures that did not load and were never seen. One that was seen before keeps its mark. */
function unreadableOf(current: Held | null, tiles: readonly TilePicture[]): ReadonlySet<string> {
  const items = current?.batch.items ?? [];
  const broken = items.filter(
    ({ id }, index) => tiles[index]?.state === "broken" && !current?.shown.includes(id),
  );
  return new Set(broken.map(({ id }) => id));
}

function submittable(current: Held | null, tiles: readonly TilePicture[], unchosen: number): Submittable {
  const unseen = tiles.filter((_, index) => {
    const id = current?.batch.items[index]?.id;
    return id !== undefined && !current?.shown.includes(id);
  });
  const loading = unseen.filter(({ state }) => state === "loading").length;
  const waiting = unseen.filter(({ state }) => state === "waiting").length;
  return { able: current !== null && loading + waiting + unchosen === 0, loading, waiting, unchosen };
}

function phaseOf({ loaded, current, desk, standing, link, refusal }: View): Phase {
  if (standing.closed && !current?.lostAt) {
    return "nothing";
  }
  if (current) {
    return "working";
  }
  if (!loaded) {
    return "opening";
  }
  if (refusal) {
    return "refused";
  }
  if (link !== "online" && link !== "signed_out") {
    return "stranded";
  }
  // What the last claim said may be outdated by what is still to be sent.
  return standing.nothing && desk.finished.length === 0 ? "nothing" : "fetching";
}

/** The numbers of the job as last heard, with the number of the very batch on the screen. */
function progressOf(current: Held | null, { progress }: Standing): Progress | null {
  const latest = progress ?? current?.progress ?? null;
  return latest && { ...latest, batch_number: current?.progress?.batch_number ?? latest.batch_number };
}
