import { Role, type Route, routes } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let origin: string;
const visitors = new Map<Role, Visitor>();
const sockets = Object.values<Route>(routes).filter(({ socket }) => socket);
const roles = [...Role.options];

beforeAll(async () => {
  api = await openApi();
  origin = await api.server.listen({ host: "127.0.0.1", port: 0 });
  const { admin } = await newTenant(api.server, "ada@example.org");
  for (const role of roles) visitors.set(role, await invite(admin, role, `${role}@example.org`));
});
afterAll(() => api.close());

/** "open" or the status with which the upgrade was refused. */
function opened(path: string, headers: Record<string, string> = {}): Promise<"open" | number> {
  const socket = new WebSocket(`${origin.replace("http", "ws")}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      socket.terminate();
      resolve("open");
    });
    socket.on("unexpected-response", (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on("error", reject);
  });
}

async function credentialsOf(role: Role) {
  const visitor = visitors.get(role);
  if (!visitor?.cookie) throw new Error(`Nobody is ${role}.`);
  const { token } = (await visitor.send("POST", "/api/tokens", { name: "socket", role })).json<{ token: string }>();
  const { ticket } = (await visitor.send("POST", "/api/socket-tickets")).json<{ ticket: string }>();
  return { session: { cookie: visitor.cookie }, token: { authorization: `Bearer ${token}` }, ticket };
}

describe.each(sockets)("$path", ({ path, access }) => {
  it.each(roles)("opens to %s exactly when the table says so: by session, by token and by ticket", async (role) => {
    const { session, token, ticket } = await credentialsOf(role);
    const expected = access.includes(role) ? "open" : 403;
    expect(await opened(path, session)).toBe(expected);
    expect(await opened(path, token)).toBe(expected);
    expect(await opened(`${path}?ticket=${ticket}`)).toBe(expected);
    // However the address is written, the same route answers.
    expect(await opened(path.replace("api", "%61pi"), session)).toBe(expected);
  });

  it("is closed to whoever brings nothing, something made up, or a field that it doesn't know", async () => {
    expect(await opened(path)).toBe(401);
    expect(await opened(path, { cookie: "touchstone=forged" })).toBe(401);
    expect(await opened(path, { authorization: `Bearer ts_${"x".repeat(43)}` })).toBe(401);
    for (const ticket of ["", "made-up", "x".repeat(5_000)]) expect(await opened(`${path}?ticket=${ticket}`)).toBe(401);
    const { session } = await credentialsOf("admin");
    expect(await opened(`${path}?more=1`, session)).toBe(400);
  });

  it("is closed to pages of other sites, whatever they bring", async () => {
    const { session, token } = await credentialsOf("admin");
    for (const foreign of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      expect(await opened(path, { ...session, ...foreign })).toBe(403);
      expect(await opened(path, { ...token, ...foreign })).toBe(403);
    }
    expect(await opened(path, { ...session, origin })).toBe("open");
  });

  it("says what to do when it is asked for as a page", async () => {
    const response = await visitors.get("admin")?.send("GET", path);
    expect(response?.json()).toMatchObject({ code: "invalid_request", detail: expect.stringContaining("WebSocket") });
  });
});

describe("an upgrade of what is no socket", () => {
  it.each(["/api/health", "/api/nothing", "/nothing", "//", "/api/openapi.json"])("is refused at %s", async (path) => {
    expect(await opened(path)).toBe(404);
  });
});
