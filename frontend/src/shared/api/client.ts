import createClient, { type Middleware } from "openapi-fetch";
import { type Problem, problemFrom, Unreachable } from "./problem";
import type { paths } from "./schema";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/** The page's security token: a cookie that `GET /` sets and that only our own script can read. */
export const csrfToken = (cookies: string = document.cookie): string | undefined =>
  cookies
    .split("; ")
    .find((cookie) => cookie.startsWith("csrftoken="))
    ?.slice("csrftoken=".length);

type Listener = () => void;
const signedOutListeners = new Set<Listener>();

/** Calls back when any request is answered 401: the session has ended. Returns what stops it. */
export const onSignedOut = (listener: Listener): Listener => {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
};

const isCancelled = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

const security: Middleware = {
  onRequest({ request }) {
    const token = csrfToken();
    if (token && !SAFE_METHODS.includes(request.method)) request.headers.set("X-CSRFToken", token);
    return request;
  },
};

/** The refusal in an answer; tells those who listen when it says that the session has ended. */
export const refusalIn = async (response: Response): Promise<Problem> => {
  const problem = await problemFrom(response);
  if (problem.status === 401) for (const listener of signedOutListeners) listener();
  return problem;
};

const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw await refusalIn(response);
  },
  onError({ error }) {
    if (isCancelled(error)) throw error;
    throw new Unreachable(error);
  },
};

/**
 * The one way to talk to the server, typed by its own schema (`npm run api:generate`): a false address or
 * field name does not compile. A refusal is thrown as `Problem`, no answer at all as `Unreachable`.
 */
export const api = createClient<paths>({
  // Looked up at each call, so that a test (or a service worker) can stand in for the network.
  baseUrl: globalThis.location?.origin ?? "",
  fetch: (request) => globalThis.fetch(request),
});
api.use(security, problems);

/** The body of an answer: `const me = await answer(api.GET("/api/v1/me/"))`. Refusals were thrown before. */
export const answer = async <Body>(call: Promise<{ data?: Body }>): Promise<Body> => {
  const { data } = await call;
  return data as Body;
};
