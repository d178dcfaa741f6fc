import { describe, expect, it } from "vitest";
import { createClient } from "./create-client.ts";
import { ApiError, ConnectionError } from "./errors.ts";

const id = "0195d2a0-0000-7000-8000-000000000001";
const session = {
  member: { id, name: "Ada", email: "ada@example.org", role: "admin" },
  workspace: { id, name: "Demo" },
  csrfToken: "fresh-token",
};
const problem = (code: string, status: number) => ({
  type: "about:blank",
  code,
  title: "t",
  status,
  detail: "d",
  requestId: "req-1",
});

/** Answers in order, and remembers what was asked. */
function server(...answers: { status: number; body?: unknown }[]) {
  const asked: { method: string; url: string; csrf: string | null; authorization: string | null; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(new URL(String(input), "http://localhost"), init);
    const text = await request.text();
    asked.push({
      method: request.method,
      url: request.url.replace("http://localhost", ""),
      csrf: request.headers.get("x-csrf-token"),
      authorization: request.headers.get("authorization"),
      body: text ? JSON.parse(text) : undefined,
    });
    const next = answers.shift();
    if (!next) throw new TypeError("network away");
    return next.body === undefined
      ? new Response(null, { status: next.status })
      : Response.json(next.body, { status: next.status });
  };
  return { asked, client: createClient({ baseUrl: "", fetch }), fetch };
}

describe("createClient", () => {
  it("fills the path and leaves absent query values out", async () => {
    const { asked, client } = server({ status: 200, body: { items: [], next: null } });
    await client.listRuns({ params: { id }, query: { limit: 5, cursor: undefined } });
    expect(asked[0]?.url).toBe(`/api/projects/${id}/runs?limit=5`);
  });

  it("fetches the CSRF token before the first request that changes something, and sends it", async () => {
    const { asked, client } = server({ status: 200, body: session }, { status: 204 });
    await client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    expect(asked.map((one) => [one.method, one.csrf])).toEqual([
      ["GET", null],
      ["POST", "fresh-token"],
    ]);
  });

  it("sends an API token with every request, and asks for no CSRF token then", async () => {
    const { asked, fetch } = server({ status: 204 }, { status: 200, body: { items: [], next: null } });
    const client = createClient({ baseUrl: "", fetch, apiToken: "ts_secret" });
    await client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    await client.listRuns({ params: { id } });
    expect(asked.map((one) => [one.method, one.csrf, one.authorization])).toEqual([
      ["POST", null, "Bearer ts_secret"],
      ["GET", null, "Bearer ts_secret"],
    ]);
  });

  it("takes a new token once when the old one was refused", async () => {
    const { asked, client } = server(
      { status: 200, body: { ...session, csrfToken: "stale-token" } },
      { status: 403, body: problem("csrf_failed", 403) },
      { status: 200, body: session },
      { status: 204 },
    );
    await client.getSession();
    await client.releaseLease({ params: { id }, body: { leaseToken: "0123456789abcdef" } });
    expect(asked.map((one) => one.csrf)).toEqual([null, "stale-token", null, "fresh-token"]);
  });

  it("throws the problem's code, request id and whether a retry can help", async () => {
    const { client } = server({ status: 503, body: problem("unavailable", 503) });
    const error = await client.getSession().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "unavailable", requestId: "req-1", retry: true });
  });

  it("calls it a lost connection when no answer came, or one that is not the API's", async () => {
    const { client } = server({ status: 502, body: { html: true } });
    await expect(client.getSession()).rejects.toBeInstanceOf(ConnectionError);
    await expect(client.getSession()).rejects.toBeInstanceOf(ConnectionError);
  });
});
