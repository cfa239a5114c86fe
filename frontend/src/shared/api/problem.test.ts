import { describe, expect, it } from "vitest";
import { isPassing, Problem, problemFrom, reasonOf, Unreachable } from "./problem";

const refusal = (body: object, status = 400): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json" } });

const LEASE_LOST = {
  type: "/api/docs/errors#lease_lost",
  title: "This batch went to someone else.",
  status: 409,
  detail: "It was dealt again at 14:32.",
  code: "lease_lost",
  errors: {},
  request_id: "r-1",
  draft: { revision: 7 },
};

describe("problemFrom", () => {
  it("keeps what the server said, with its own extra members", async () => {
    const problem = await problemFrom(refusal(LEASE_LOST, 409));
    expect(problem.message).toBe("It was dealt again at 14:32.");
    expect([problem.status, problem.code]).toEqual([409, "lease_lost"]);
    expect(problem.document.draft).toEqual({ revision: 7 });
  });

  it("makes a sentence of a proxy's HTML page", async () => {
    const problem = await problemFrom(
      new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "X-Request-Id": "r-2" } }),
    );
    expect(problem.message).toBe("The server answered 502.");
    expect([problem.code, problem.document.request_id]).toEqual(["http_502", "r-2"]);
  });

  it("takes the status from the answer, not from what the body claims", async () => {
    expect((await problemFrom(refusal({ ...LEASE_LOST, status: 200 }, 403))).status).toBe(403);
  });
});

describe("the messages for a form", () => {
  const problem = new Problem({
    ...LEASE_LOST,
    errors: { name: ["This field is required."], plan: { grid: ["Too short.", "Not sorted."] } },
  });

  it("stand at their fields, nested ones in one sentence", () => {
    expect(problem.field("name")).toBe("This field is required.");
    expect(problem.field("plan")).toBe("Too short. Not sorted.");
    expect(problem.field("team")).toBeUndefined();
  });

  it("leave out fields that the form does not have", () => {
    expect(problem.fields(["name", "team"])).toEqual({ name: "This field is required." });
  });
});

describe("isPassing", () => {
  it("is true only where the same request may succeed later", () => {
    const answered = (status: number) => isPassing(new Problem({ ...LEASE_LOST, status }));
    expect([400, 401, 403, 404, 409, 422].map(answered)).toEqual(Array(6).fill(false));
    expect([429, 500, 502, 503].map(answered)).toEqual(Array(4).fill(true));
    expect(isPassing(new Unreachable())).toBe(true);
    expect(isPassing(new TypeError("x is undefined"))).toBe(false);
  });
});

describe("reasonOf", () => {
  it("never shows a person the words of a programming error", () => {
    expect(reasonOf(new TypeError("x is undefined"))).not.toContain("undefined");
    expect(reasonOf(new Unreachable())).toBe("The server cannot be reached.");
  });
});
