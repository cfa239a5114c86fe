/** For tests: a server, a browser and a device in memory that behave as the real ones are promised to. */
import type { Item, WireVerdicts } from "../model/batch";
import type { PageEvent, Surface } from "./session";
import type {
  Claim,
  Dealt,
  Draft,
  JobInfo,
  Nothing,
  ReviewServer,
  SentBatch,
  StoredDraft,
  Submission,
} from "./wire";
import { Failure } from "./wire";

type State = "free" | "dealt" | "submitted" | "lost";

interface Row {
  readonly dealt: Dealt;
  state: State;
  draft: (StoredDraft & { client: string }) | null;
  verdicts: WireVerdicts | null;
  key: string | null;
}

export const JOB: JobInfo = {
  name: "Fruit check",
  instructions: "",
  instructions_html: "",
  examples: [],
  start_as: "confirm",
  allow_unsure: true,
  classes: [],
  allow_new_class: false,
};

const SIZE = 3;

function itemsOf(batch: number): Item[] {
  return Array.from({ length: SIZE }, (_, position) => ({
    id: `b${batch}i${position}`,
    position,
    thumb_url: `/thumb/b${batch}i${position}`,
    full_url: `/full/b${batch}i${position}`,
    width: 32,
    height: 32,
  }));
}

/** Deals `batches` batches of three to one person, as DESIGN 4 promises. */
export class FakeServer implements ReviewServer {
  readonly rows: Row[];
  readonly calls: string[] = [];
  down: "no" | "offline" | "error" | "busy" | "signed_out" = "no";
  closed = false;
  /** An answer is lost on its way back: the work is done, the caller does not know. */
  losesNextAnswer = false;
  nothing: Nothing = nothing("finished");
  confidences = 0;

  constructor(batches: number) {
    this.rows = Array.from({ length: batches }, (_, nth) => ({
      dealt: {
        id: `a${nth + 1}`,
        label_class: { id: "c", name: "Granny-Smith" },
        lease_expires_at: null,
        draft: null,
        items: itemsOf(nth + 1),
      },
      state: "free",
      draft: null,
      verdicts: null,
      key: null,
    }));
  }

  async claim(_job: string, holding: readonly string[]): Promise<Claim> {
    await this.arrive("claim");
    if (this.closed) {
      return { dealt: null, job: JOB, nothing: nothing("closed") };
    }
    const open = this.rows.filter(({ state }) => state === "dealt");
    const mine = open.find(({ dealt }) => !holding.includes(dealt.id));
    if (!mine && open.length >= 3) {
      throw new Failure("too_many_open", "Three are open.");
    }
    const row = mine ?? this.rows.find(({ state }) => state === "free");
    if (!row) {
      return { dealt: null, job: JOB, nothing: this.nothing };
    }
    row.state = "dealt";
    const number = this.rows.indexOf(row) + 1;
    const judged = SIZE * this.rows.filter(({ state }) => state === "submitted").length;
    const progress = {
      batch_number: number,
      batches: this.rows.length,
      judged,
      items: SIZE * this.rows.length,
    };
    return { dealt: { ...row.dealt, draft: row.draft }, job: JOB, progress };
  }

  async saveDraft(assignment: string, draft: Draft): Promise<void> {
    await this.arrive(`draft ${assignment}`);
    const row = this.open(assignment);
    const known = row.draft;
    if (
      known &&
      (draft.revision < known.revision ||
        (draft.revision === known.revision && draft.client !== known.client))
    ) {
      throw new Failure("stale_draft", "Older than what is stored.", known);
    }
    row.draft = { ...draft, saved_at: new Date().toISOString() };
    this.leave();
  }

  async submit(assignment: string, key: string, { verdicts }: Submission): Promise<void> {
    await this.arrive(`submit ${assignment}`);
    const row = this.row(assignment);
    if (row.state === "submitted" && row.key === key) {
      return;
    }
    this.open(assignment);
    row.state = "submitted";
    row.key = key;
    row.verdicts = verdicts;
    this.leave();
  }

  async heartbeat(assignments: readonly string[]): Promise<readonly string[]> {
    await this.arrive("heartbeat");
    return assignments.filter((id) => this.row(id).state === "dealt");
  }

  async sent(): Promise<readonly SentBatch[]> {
    await this.arrive("sent");
    return this.rows
      .filter(({ state }) => state === "submitted")
      .map(({ dealt }) => ({ id: dealt.id, label_class: dealt.label_class, submitted_at: dealt.id }));
  }

  async reopen(assignment: string): Promise<Dealt> {
    await this.arrive(`reopen ${assignment}`);
    const row = this.row(assignment);
    row.state = "dealt";
    const draft = { verdicts: row.verdicts ?? {}, revision: row.draft?.revision ?? 0, saved_at: "" };
    return { ...row.dealt, draft };
  }

  async outline(): Promise<string> {
    await this.arrive("outline");
    return "M0 0L2 0L2 1Z";
  }

  async confidence(): Promise<number | null> {
    await this.arrive("confidence");
    this.confidences += 1;
    return 0.83;
  }

  row(assignment: string): Row {
    const row = this.rows.find(({ dealt }) => dealt.id === assignment);
    if (!row) {
      throw new Failure("refused", "There is no such batch.");
    }
    return row;
  }

  private open(assignment: string): Row {
    const row = this.row(assignment);
    if (this.closed) {
      throw new Failure("job_closed", "This job is closed.");
    }
    if (row.state === "submitted") {
      throw new Failure("already_submitted", "This batch was sent.");
    }
    if (row.state !== "dealt") {
      throw new Failure("lease_lost", "This batch went to someone else.");
    }
    return row;
  }

  private async arrive(call: string): Promise<void> {
    await Promise.resolve();
    if (this.down !== "no") {
      throw new Failure(this.down, "No.");
    }
    this.calls.push(call);
  }

  private leave(): void {
    if (this.losesNextAnswer) {
      this.losesNextAnswer = false;
      throw new Failure("offline", "The answer was lost.");
    }
  }
}

/** A reason without names or times. */
export const nothing = (reason: Nothing["reason"]): Nothing => ({
  reason,
  available_at: null,
  by: null,
  at: null,
  held_by: [],
});

/** A browser whose connection, visibility and clock a test can move. */
export class FakeSurface implements Surface {
  connected = true;
  shown = true;
  /** Milliseconds that the clock runs ahead. */
  ahead = 0;
  private readonly heard = new Map<PageEvent, Set<() => void>>();

  now = (): number => Date.now() + this.ahead;
  online = (): boolean => this.connected;
  visible = (): boolean => this.shown;

  listen = (event: PageEvent, heard: () => void): (() => void) => {
    const all = this.heard.get(event) ?? new Set();
    this.heard.set(event, all.add(heard));
    return () => all.delete(heard);
  };

  setConnected(connected: boolean): void {
    this.connected = connected;
    this.tell(connected ? "online" : "offline");
  }

  setVisible(shown: boolean): void {
    this.shown = shown;
    this.tell(shown ? "visible" : "hidden");
  }

  private tell(event: PageEvent): void {
    this.heard.get(event)?.forEach((heard) => void heard());
  }
}
