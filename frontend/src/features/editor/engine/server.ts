/** The server as outlining sees it, with every failure told by what the screen does about it. */
import { answer, api } from "@/shared/api/client";
import { Problem, Unreachable } from "@/shared/api/problem";
import type { components } from "@/shared/api/schema";
import type { Size } from "../model/mask";
import { RleError } from "../model/rle";
import type { Point } from "../model/shapes";
import { restore, type Stored, shortened } from "../model/stored";
import { fromObjects, toObjects, type WireObject } from "./exchange";
import {
  type Claim,
  type Document,
  type EditorServer,
  Failure,
  type FailureKind,
  type Picture,
  type Reason,
  type Reply,
} from "./wire";

type ClaimOut = components["schemas"]["ClaimOut"];
type MaskOut = components["schemas"]["MaskOut"];

/** Milliseconds after which no answer counts as no connection. */
const PATIENCE = 20_000;
/** Characters of history in a saved document: the server takes 2 MB in all. */
const MOST_HISTORY = 700_000;

const patience = () => AbortSignal.timeout(PATIENCE);

const KINDS: Readonly<Record<string, FailureKind>> = {
  lease_lost: "lost",
  // Finished in another window: from here it can only be looked at.
  already_submitted: "lost",
  // Skipped there: what was drawn here after that is kept.
  skipped: "lost",
  csrf_failed: "signed_out",
};

const STATUSES: Readonly<Record<number, FailureKind>> = {
  401: "signed_out",
  408: "busy",
  412: "conflict",
  429: "busy",
};

/** Sorts an error into what the screen does about it. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof Unreachable || error instanceof DOMException) {
    return new Failure("offline", "The server cannot be reached.");
  }
  if (!(error instanceof Problem)) {
    throw error;
  }
  const { status, code, message } = error;
  return new Failure(KINDS[code] ?? STATUSES[status] ?? (status >= 500 ? "error" : "refused"), message);
}

/** The same answer, its failure sorted. */
async function sorted<Reply>(call: Promise<Reply>): Promise<Reply> {
  try {
    return await call;
  } catch (error) {
    throw failureFrom(error);
  }
}

const told = <Body>(call: Promise<{ data?: Body }>): Promise<Body> => sorted(answer(call));

/** Pictures by reference have no size until somebody has opened them. */
async function sizeOf(url: string): Promise<Size> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (error) {
    if (error instanceof DOMException) {
      throw new Failure("refused", "The picture cannot be read.");
    }
    throw error;
  }
  return { width: image.naturalWidth, height: image.naturalHeight };
}

async function claimOf({ assignment, job, progress, ...why }: ClaimOut): Promise<Claim> {
  const [item] = assignment?.items ?? [];
  if (!assignment || !item) {
    const { reason, available_at, by, at, held_by } = why;
    const holders = held_by.map(({ name }) => name);
    return { work: null, job, nothing: { reason: reason as Reason, available_at, by, at, holders } };
  }
  const { image, full_url, thumb_url, width, height } = item;
  if (!image) {
    throw new Failure("refused", "This job has no pictures to be outlined.");
  }
  const size = width && height ? { width, height } : await sizeOf(full_url);
  const picture = { image, full_url, thumb_url, ...size };
  const work = {
    assignment: assignment.id,
    picture,
    number: progress.batch_number,
    total: progress.batches,
  };
  return { work, job };
}

function replyOf({ id, state, mask, score, ahead, message }: MaskOut): Reply {
  // The schema names the states of all work; a mask is never checked or asked about.
  return { id, state: state as Reply["state"], mask, score, ahead, message };
}

/** A document that does not fit its picture is refused whole. */
function checked(objects: readonly WireObject[], picture: Size): Stored {
  try {
    return fromObjects(objects, picture);
  } catch (error) {
    if (error instanceof RleError) {
      throw new Failure("refused", error.message);
    }
    throw error;
  }
}

/** A response that must carry the document's version. */
function etagOf(response: Response): string {
  const etag = response.headers.get("ETag");
  if (etag === null) {
    throw new Failure("refused", "The server did not say which version of the outlines this is.");
  }
  return etag;
}

async function openDocument(job: string, { image, ...size }: Picture): Promise<Document> {
  const { data, response } = await sorted(
    api.GET("/api/v1/annotations/{image_id}/", {
      params: { path: { image_id: image }, query: { job } },
      signal: patience(),
    }),
  );
  return { etag: etagOf(response), history: checked((data?.objects ?? []) as WireObject[], size) };
}

const pairs = (points: readonly Point[]): number[][] => points.map(({ x, y }) => [x, y]);

export function makeServer(): EditorServer {
  return {
    async claim(job_id, holding) {
      const params = { path: { job_id } };
      const body = { holding: [...holding] };
      return claimOf(
        await told(api.POST("/api/v1/jobs/{job_id}/claim/", { params, body, signal: patience() })),
      );
    },
    open: openDocument,
    async save(job, picture, { etag, history }) {
      const whole = restore(history, picture);
      const objects = toObjects(shortened(whole, MOST_HISTORY), picture);
      const { response } = await sorted(
        api.PUT("/api/v1/annotations/{image_id}/", {
          params: {
            path: { image_id: picture.image },
            query: { job },
            header: { "If-Match": etag, Prefer: "return=minimal" },
          },
          body: { objects },
          signal: patience(),
        }),
      );
      return etagOf(response);
    },
    async finish(assignment_id, key) {
      const params = { path: { assignment_id }, header: { "Idempotency-Key": key } };
      await told(api.POST("/api/v1/assignments/{assignment_id}/submit/", { params, signal: patience() }));
    },
    async skip(assignment_id, reason) {
      const params = { path: { assignment_id } };
      const body = { reason };
      await told(api.POST("/api/v1/assignments/{assignment_id}/skip/", { params, body, signal: patience() }));
    },
    async heartbeat(ids) {
      await told(
        api.POST("/api/v1/assignments/heartbeat/", {
          body: { ids: [...ids] },
          signal: patience(),
        }),
      );
    },
    async warm(image_id, segmenter) {
      const params = { path: { image_id } };
      const body = { segmenter };
      await told(api.POST("/api/v1/images/{image_id}/warm/", { params, body, signal: patience() }));
    },
    async warmth(image_id, segmenter) {
      const params = { path: { image_id }, query: { segmenter } };
      return told(api.GET("/api/v1/images/{image_id}/warm/", { params, signal: patience() }));
    },
    async ask({ image, segmenter, object, points, positive, negative, previous }, signal) {
      const body = {
        image,
        object,
        segmenter,
        extreme_points: pairs(points),
        positive: pairs(positive),
        negative: pairs(negative),
        previous,
      };
      return replyOf(await told(api.POST("/api/v1/mask-requests/", { body, signal })));
    },
    async look(request_id, signal) {
      const params = { path: { request_id } };
      return replyOf(await told(api.GET("/api/v1/mask-requests/{request_id}/", { params, signal })));
    },
    async segmenters() {
      return (await told(api.GET("/api/v1/segmenters/", { signal: patience() }))).results;
    },
  };
}
