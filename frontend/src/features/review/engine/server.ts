/** The server as reviewing sees it: the generated client, with every failure told by what the screen does about it. */
import { answer, api } from "@/shared/api/client";
import { Problem, Unreachable } from "@/shared/api/problem";
import type { components } from "@/shared/api/schema";
import type { JobKind } from "@/shared/lib/kinds";
import type { WireVerdicts } from "../model/batch";
import {
  type Claim,
  type Dealt,
  Failure,
  type FailureKind,
  type JobInfo,
  type Reason,
  type ReviewServer,
  type SentBatch,
  type StoredDraft,
} from "./wire";

type Schemas = components["schemas"];

/** Milliseconds after which no answer counts as no connection. */
const PATIENCE = 20_000;
const PAGE = 2_000;

const CONFLICTS: readonly FailureKind[] = [
  "stale_draft",
  "lease_lost",
  "already_submitted",
  "job_closed",
  "too_many_open",
];

/** Sorts an error into what the screen does about it. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof Unreachable || (error instanceof DOMException && error.name === "AbortError")) {
    return new Failure("offline", "The server cannot be reached.");
  }
  if (!(error instanceof Problem)) {
    throw error;
  }
  const { status, code, message, document } = error;
  const conflict = CONFLICTS.find((kind) => kind === code);
  if (conflict) {
    return new Failure(conflict, message, conflict === "stale_draft" ? storedIn(document) : null);
  }
  if (status === 401 || code === "csrf_failed") {
    return new Failure("signed_out", message);
  }
  if (status >= 500) {
    return new Failure("error", message);
  }
  return new Failure(status === 429 || status === 408 ? "busy" : "refused", message);
}

function storedIn({ draft }: Readonly<Record<string, unknown>>): StoredDraft | null {
  return isDraft(draft) ? storedDraft(draft) : null;
}

function isDraft(value: unknown): value is Schemas["StoredDraftOut"] {
  return typeof value === "object" && value !== null && "verdicts" in value && "revision" in value;
}

function storedDraft({ verdicts, revision, saved_at }: Schemas["StoredDraftOut"]): StoredDraft {
  return { verdicts: verdicts as WireVerdicts, revision, saved_at: saved_at ?? "" };
}

function dealtOf({ id, label_class, lease_expires_at, draft, items }: Schemas["DealtOut"]): Dealt {
  return { id, label_class, lease_expires_at, draft: draft && storedDraft(draft), items };
}

function claimOf({ assignment, reason, job, progress, ...why }: Schemas["ClaimOut"]): Claim {
  const info: JobInfo = { ...job, start_as: job.start_as === "none" ? "none" : "confirm" };
  return assignment
    ? { dealt: dealtOf(assignment), job: info, progress }
    : { dealt: null, job: info, nothing: { ...why, reason: reason as Reason } };
}

/** The body of an answer; whatever goes wrong is a `Failure`. */
async function told<Body>(call: Promise<{ data?: Body }>): Promise<Body> {
  try {
    return await answer(call);
  } catch (error) {
    throw failureFrom(error);
  }
}

const patience = () => ({ signal: AbortSignal.timeout(PATIENCE) });
const byId = (assignment_id: string) => ({ path: { assignment_id } });

async function sentBatches(job: string): Promise<SentBatch[]> {
  const sent: SentBatch[] = [];
  let cursor: string | undefined;
  do {
    const query = {
      job,
      mine: true,
      state: "submitted" as const,
      page_size: PAGE,
      ...(cursor && { cursor }),
    };
    const page = await told(api.GET("/api/v1/assignments/", { params: { query }, ...patience() }));
    for (const { id, label_class, submitted_at } of page.results) {
      sent.push({ id, label_class, submitted_at: submitted_at ?? "" });
    }
    cursor = page.next
      ? (new URL(page.next, location.origin).searchParams.get("cursor") ?? undefined)
      : undefined;
  } while (cursor);
  return sent;
}

async function stillMine(ids: readonly string[]): Promise<string[]> {
  const body = { ids: [...ids] };
  const { assignments } = await told(api.POST("/api/v1/assignments/heartbeat/", { body, ...patience() }));
  return assignments.filter(({ state, reopened }) => state === "dealt" || reopened).map(({ id }) => id);
}

/** `elsewhere` hears of a job of another kind than the screen is made for: nothing of it may get onto it. */
export function makeServer(kind: JobKind, elsewhere: (kind: JobKind) => void): ReviewServer {
  return {
    async claim(job_id, holding) {
      const path = { job_id };
      const body = { holding: [...holding] };
      const claimed = await told(
        api.POST("/api/v1/jobs/{job_id}/claim/", { params: { path }, body, ...patience() }),
      );
      if (claimed.job.kind !== kind) {
        elsewhere(claimed.job.kind as JobKind);
        throw new Failure("refused", "The work of this job has a screen of its own.");
      }
      return claimOf(claimed);
    },
    async saveDraft(id, draft) {
      const call = api.PUT("/api/v1/assignments/{assignment_id}/draft/", {
        params: byId(id),
        body: { ...draft, verdicts: { ...draft.verdicts } },
        ...patience(),
      });
      await told(call);
    },
    async submit(id, key, { verdicts, active_ms }) {
      const params = { ...byId(id), header: { "Idempotency-Key": key } };
      const body = { verdicts: { ...verdicts }, active_ms };
      await told(api.POST("/api/v1/assignments/{assignment_id}/submit/", { params, body, ...patience() }));
    },
    heartbeat: stillMine,
    sent: sentBatches,
    async reopen(id) {
      return dealtOf(
        await told(
          api.POST("/api/v1/assignments/{assignment_id}/reopen/", { params: byId(id), ...patience() }),
        ),
      );
    },
    async outline(item_id) {
      const params = { path: { item_id } };
      const call = api.GET("/api/v1/items/{item_id}/outline/", { params, ...patience() });
      return (await told(call)).outline;
    },
    async confidence(item_id) {
      const path = { item_id };
      const { confidence } = await told(
        api.GET("/api/v1/items/{item_id}/confidence/", { params: { path }, ...patience() }),
      );
      return confidence;
    },
  };
}
