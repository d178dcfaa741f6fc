import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;

beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
});
afterAll(() => api.close());

describe("a session", () => {
  it("begins with the right password and tells who is signed in", async () => {
    const session = await admin.send("GET", "/api/session");
    expect(session.statusCode).toBe(200);
    expect(session.json()).toMatchObject({ member: { email: "ada@example.org", role: "admin" } });
  });
});
