// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answer, api, csrfToken, onSignedOut } from "./client";
import { Problem, Unreachable } from "./problem";

const json = (body: object, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

const ME = { id: "1", username: "mira", name: "Mira", role: "admin", teams: [] };
const NOT_SIGNED_IN = { title: "Not signed in.", status: 401, detail: "", code: "not_signed_in", errors: {} };

const network = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  network.mockReset();
  vi.stubGlobal("fetch", network);
  // biome-ignore lint/suspicious/noDocumentCookie: the very cookie that the server sets.
  document.cookie = "csrftoken=abc123";
});

describe("the client", () => {
  it("answers with the body", async () => {
    network.mockResolvedValue(json(ME));
    expect(await answer(api.GET("/api/v1/me/"))).toEqual(ME);
  });

  it("sends the page's security token with what changes something, and only then", async () => {
    network.mockImplementation(async () => json(ME));
    await api.GET("/api/v1/me/");
    await api.PATCH("/api/v1/me/", { body: { name: "Mira" } });
    const [read, write] = network.mock.calls.map(([request]) => request.headers.get("X-CSRFToken"));
    expect([read, write]).toEqual([null, "abc123"]);
  });

  it("throws a refusal as a problem", async () => {
    network.mockResolvedValue(
      json({ title: "No.", detail: "Not yours.", code: "forbidden", errors: {} }, 403),
    );
    await expect(api.GET("/api/v1/users/")).rejects.toMatchObject({
      name: "Problem",
      code: "forbidden",
      message: "Not yours.",
    });
  });

  it("tells no answer from a refusal", async () => {
    network.mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(api.GET("/api/v1/me/")).rejects.toBeInstanceOf(Unreachable);
  });

  it("lets a cancelled request end as cancelled", async () => {
    network.mockRejectedValue(new DOMException("cancelled", "AbortError"));
    await expect(api.GET("/api/v1/me/")).rejects.toMatchObject({ name: "AbortError" });
  });

  it("calls out when the session has ended, and still refuses the request", async () => {
    network.mockImplementation(async () => json(NOT_SIGNED_IN, 401));
    const ended = vi.fn();
    const stop = onSignedOut(ended);
    await expect(api.GET("/api/v1/me/")).rejects.toBeInstanceOf(Problem);
    stop();
    await expect(api.GET("/api/v1/me/")).rejects.toBeInstanceOf(Problem);
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe("csrfToken", () => {
  it("finds its cookie among others", () => {
    expect(csrfToken("theme=dark; csrftoken=xyz; a=b")).toBe("xyz");
    expect(csrfToken("notcsrftoken=xyz")).toBeUndefined();
    expect(csrfToken("")).toBeUndefined();
  });
});
