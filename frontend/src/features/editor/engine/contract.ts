/** The part of the API that outlining needs, as the generated schema will have it. */
import type { WireObject } from "./exchange";

interface ItemOut {
  id: string;
  image: string;
  position: number;
  thumb_url: string;
  full_url: string;
  width: number | null;
  height: number | null;
}

export interface ClaimOut {
  assignment: { id: string; items: ItemOut[] } | null;
  reason: string;
  available_at: string | null;
  job: {
    name: string;
    instructions_html: string;
    classes: { id: string; name: string }[];
  };
  progress: { batch_number: number; batches: number };
}

export interface MaskOut {
  id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  mask: { size: number[]; counts: string } | null;
  score: number | null;
  ahead?: number | null;
  reason?: string | null;
  message?: string | null;
}

interface MaskIn {
  image: string;
  object: string;
  extreme_points: number[][];
  positive: number[][];
  negative: number[][];
  previous: string | null;
}

interface Body<Content> {
  content: { "application/json": Content };
}

interface Ok<Content> {
  200: { headers: Record<string, unknown>; content: { "application/json": Content } };
}

interface Call<Path, Query, Header, In, Out> {
  parameters: { path: Path; query?: Query; header?: Header; cookie?: never };
  requestBody?: In extends undefined ? never : Body<In>;
  responses: Ok<Out>;
}

type Nothing = Record<string, never>;

export interface EditorPaths {
  "/api/v1/jobs/{job_id}/claim/": {
    post: Call<{ job_id: string }, never, never, { holding: string[] }, ClaimOut>;
  };
  "/api/v1/assignments/{assignment_id}/submit/": {
    post: Call<{ assignment_id: string }, never, { "Idempotency-Key": string }, object, object>;
  };
  "/api/v1/assignments/heartbeat/": {
    post: Call<Nothing, never, never, { ids: string[] }, object>;
  };
  "/api/v1/annotations/{image_id}/": {
    get: Call<{ image_id: string }, { job: string }, never, undefined, { objects: unknown[] }>;
    put: Call<
      { image_id: string },
      { job: string },
      { "If-Match": string },
      { objects: WireObject[] },
      object
    >;
  };
  "/api/v1/images/{image_id}/warm/": {
    post: Call<{ image_id: string }, never, never, undefined, object>;
  };
  "/api/v1/mask-requests/": {
    post: Call<Nothing, never, never, MaskIn, MaskOut>;
  };
  "/api/v1/mask-requests/{request_id}/": {
    get: Call<{ request_id: string }, never, never, undefined, MaskOut>;
  };
  "/api/v1/segmenters/": {
    get: Call<
      Nothing,
      never,
      never,
      undefined,
      { results: { name: string; title?: string; available: boolean; default?: boolean }[] }
    >;
  };
}
