/** Where a person's work is, told truthfully. */
import type { Link } from "./courier";
import type { Desk } from "./desk";
import { unsaved } from "./held";

export interface Kept {
  /**
   * `saved`: the server has acknowledged everything. `saving`: on its way. `kept`: committed on this device
   * while the server cannot be had. `unsaved`: neither; only this page holds it.
   */
  readonly state: "saved" | "saving" | "kept" | "unsaved";
  /** Tiles of unfinished batches that the server does not know of. */
  readonly marks: number;
  /** Finished batches that the server has not acknowledged. */
  readonly batches: number;
}

export function whereKept(desk: Desk, link: Link): Kept {
  const marks = desk.held.reduce((sum, held) => sum + (held.lostAt === null ? unsaved(held) : 0), 0);
  const batches = desk.finished.length;
  const state = marks + batches === 0 ? "saved" : waiting(desk, link);
  return { state, marks, batches };
}

function waiting(desk: Desk, link: Link): Kept["state"] {
  if (link === "online") {
    return "saving";
  }
  if (desk.failed) {
    return "unsaved";
  }
  return desk.kept ? "kept" : "saving";
}
