import { Problem, Role, type Route, type RouteName, routeNames, routes } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { sampleRequest } from "../harness/sample-requests.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
const visitors = new Map<Role, Visitor>();

const table = routeNames.map((name): { name: RouteName; route: Route } => ({ name, route: routes[name] }));
const restricted = table.filter(({ route }) => route.access !== "public");

beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  for (const role of Role.options) visitors.set(role, await invite(admin, role, `${role}@example.org`));
});
afterAll(() => api.close());

function headersOf(visitor: Visitor | undefined): Record<string, string> {
  return {
    ...(visitor?.cookie ? { cookie: visitor.cookie } : {}),
    ...(visitor?.csrfToken ? { "x-csrf-token": visitor.csrfToken } : {}),
  };
}

async function call(name: RouteName, route: Route, headers: Record<string, string>, id?: string) {
  const request = sampleRequest(name, route, id);
  const response = await api.server.inject({ ...request, headers: { ...request.headers, ...headers } });
  const isProblem = response.headers["content-type"] === "application/problem+json";
  return { status: response.statusCode, code: isProblem ? Problem.parse(response.json()).code : undefined };
}

describe.each(restricted)("$name", ({ name, route }) => {
  it("is closed to whoever is not signed in", async () => {
    expect(await call(name, route, {})).toEqual({ status: 401, code: "unauthenticated" });
    const forged = { cookie: "touchstone=forged", authorization: `Bearer ts_${"x".repeat(43)}` };
    expect(await call(name, route, forged)).toEqual({ status: 401, code: "unauthenticated" });
  });

  it.each([...Role.options])("opens to %s exactly when the table says so", async (role) => {
    const { status, code } = await call(name, route, headersOf(visitors.get(role)));
    // The other cases go on with this session.
    if (name === "signOut") await visitors.get(role)?.signIn(`${role}@example.org`);
    if (route.access.includes(role)) {
      expect([401, 403]).not.toContain(status);
      expect(status).toBeLessThan(500);
    } else {
      expect({ status, code }).toEqual({ status: 403, code: "forbidden" });
    }
  });
});

describe.each(restricted.filter(({ route }) => route.method !== "GET"))("$name", ({ name, route }) => {
  it("changes nothing without the session's CSRF token", async () => {
    const { cookie = "" } = admin;
    expect(await call(name, route, { cookie })).toEqual({ status: 403, code: "csrf_failed" });
    const wrong = { cookie, "x-csrf-token": "A".repeat(43) };
    expect(await call(name, route, wrong)).toEqual({ status: 403, code: "csrf_failed" });
  });

  it("changes nothing for a page of another site", async () => {
    const foreign = { ...headersOf(admin), origin: "https://evil.example" };
    expect(await call(name, route, foreign)).toEqual({ status: 403, code: "csrf_failed" });
  });
});

describe("another workspace", () => {
  it("does not exist: whatever is asked about its rows is answered with 404", async () => {
    const other = (await newTenant(api.server, "bea@example.org")).admin;
    const ids = await rowsOf(other);
    const byId = restricted.filter(({ route }) => route.path.includes(":id"));
    const seen: unknown[] = [];
    for (const { name, route } of byId) {
      for (const [noun, id] of Object.entries(ids)) {
        const { status, code } = await call(name, route, headersOf(admin), id);
        if (status !== 404 || code !== "not_found") seen.push({ name, noun, status, code });
      }
    }
    expect(seen).toEqual([]);
  });

  it("appears in no list", async () => {
    const other = (await newTenant(api.server, "cas@example.org")).admin;
    const ids = Object.values(await rowsOf(other));
    const lists = restricted.filter(
      ({ route }) => route.method === "GET" && !route.path.includes(":") && !("socket" in route),
    );
    for (const { name, route } of lists) {
      const response = await admin.send("GET", route.path);
      expect({ name, status: response.statusCode }).toEqual({ name, status: 200 });
      for (const id of ids) expect(response.body, name).not.toContain(id);
    }
  });

  it("can be named in no body either", async () => {
    const other = (await newTenant(api.server, "dan@example.org")).admin;
    const { project, member } = await rowsOf(other);
    const drafts = [
      { kind: "open", projectId: project, capacity: 1, consent: "Yes?" },
      { kind: "password-reset", memberId: member },
    ];
    for (const draft of drafts) expect((await admin.send("POST", "/api/links", draft)).statusCode).toBe(404);
  });
});

/** One row of each noun of a workspace, by id. */
async function rowsOf(owner: Visitor) {
  const id = async (method: "GET" | "POST", url: string, body?: unknown) =>
    (await owner.send(method, url, body)).json<{ id: string }>().id;
  const { member } = (await owner.send("GET", "/api/session")).json<{ member: { id: string } }>();
  return {
    project: await id("POST", "/api/projects", { name: "Theirs" }),
    member: member.id,
    link: await id("POST", "/api/links", { kind: "invitation", role: "annotator" }),
    token: await id("POST", "/api/tokens", { name: "theirs", role: "admin" }),
  };
}
