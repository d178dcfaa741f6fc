import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { createLogin, newTenant, password } from "../harness/visitor.ts";

let api: TestApi;

/** One proxy stands in front, so that an address is what it says last in X-Forwarded-For. */
beforeAll(async () => {
  api = await openApi({ TOUCHSTONE_TRUST_PROXY: "1" });
});
afterAll(() => api.close());

interface Attempt {
  email: string;
  address: string;
  password?: string;
  cookie?: string;
}

function attempt({ email, address, password: tried = "not the password", cookie }: Attempt) {
  return api.server.inject({
    method: "POST",
    url: "/api/session",
    headers: { "x-forwarded-for": `198.51.100.99, ${address}`, ...(cookie ? { cookie } : {}) },
    payload: { email, password: tried },
  });
}

/** How often each status was answered. */
async function statuses(attempts: readonly Attempt[]): Promise<Record<number, number>> {
  const found: Record<number, number> = {};
  for (const one of attempts) {
    const { statusCode } = await attempt(one);
    found[statusCode] = (found[statusCode] ?? 0) + 1;
  }
  return found;
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

/** Signs the owner in from an address of their own. @returns the cookie by which their browser is known. */
async function knownBrowser(email: string, address: string): Promise<string> {
  await createLogin(api.server.database, email);
  const response = await attempt({ email, address, password });
  expect(response.statusCode).toBe(200);
  const device = response.cookies.find(({ name }) => name.endsWith("touchstone-device"));
  expect(device).toMatchObject({ httpOnly: true, path: "/" });
  return `${device?.name}=${device?.value}`;
}

describe("guessing at passwords", () => {
  it("from twenty addresses at one e-mail is stopped, and its owner's browser gets in all the while", async () => {
    const email = "owner@example.org";
    const cookie = await knownBrowser(email, "192.0.2.1");
    const flood = await statuses(times(20, (at) => ({ email, address: `203.0.${at}.7` })));
    expect(flood).toEqual({ 401: 15, 429: 5 });
    expect((await attempt({ email, address: "192.0.2.1", password, cookie })).statusCode).toBe(200);
    // Also from another address, and after a few misses of their own.
    await statuses(times(9, () => ({ email, address: "192.0.2.200", cookie })));
    expect((await attempt({ email, address: "192.0.2.200", password, cookie })).statusCode).toBe(200);
    // A browser that nobody has signed in with waits, with the right password too: docs/decisions/guessing.md.
    expect((await attempt({ email, address: "192.0.2.1", password })).statusCode).toBe(429);
  });

  it("is limited in the owner's browser as well, and its cookie is of no use to another address or when forged", async () => {
    const cookie = await knownBrowser("stolen@example.org", "192.0.2.2");
    const guesses = times(11, (at) => ({ email: "stolen@example.org", address: `203.1.${at}.7`, cookie }));
    expect(await statuses(guesses)).toEqual({ 401: 10, 429: 1 });
    await createLogin(api.server.database, "other@example.org");
    const forged = `${cookie}x`;
    for (const [email, with_] of [
      ["other@example.org", cookie],
      ["stolen@example.org", forged],
    ] as const) {
      const flood = times(16, (at) => ({ email, address: `203.2.${at}.7`, cookie: with_ }));
      expect((await statuses(flood))[429]).toBe(1);
    }
  });

  it("from forty addresses of one IPv6 network is stopped, whomever it is about", async () => {
    const flood = times(40, (at) => ({ email: `six-${at}@example.org`, address: `2001:db8:7:9::${at + 1}` }));
    expect(await statuses(flood)).toEqual({ 401: 30, 429: 10 });
    expect((await attempt({ email: "six@example.org", address: "2001:db8:8:9::1" })).statusCode).toBe(401);
  });

  it("from one address at forty e-mails is stopped, and those who know their passwords there don't count", async () => {
    await createLogin(api.server.database, "colleague@example.org");
    const right = times(31, () => ({ email: "colleague@example.org", address: "192.0.2.50", password }));
    expect(await statuses(right)).toEqual({ 200: 31 });
    const flood = times(40, (at) => ({ email: `four-${at}@example.org`, address: "192.0.2.50" }));
    expect(await statuses(flood)).toEqual({ 401: 30, 429: 10 });
  });

  it("by a link that lets people in counts as at sign-in", async () => {
    const { admin } = await newTenant(api.server, "links@example.org");
    const project = await admin.send("POST", "/api/projects", { name: "Stories" });
    const open = { kind: "open", projectId: project.json<{ id: string }>().id, capacity: 50, consent: "Yes?" };
    const { path } = (await admin.send("POST", "/api/links", open)).json<{ path: string }>();
    await createLogin(api.server.database, "joined@example.org");
    const found: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      const { statusCode } = await api.server.inject({
        method: "POST",
        url: `/api${path}`,
        headers: { "x-forwarded-for": "192.0.2.60" },
        payload: { name: "Eve", email: "joined@example.org", password: `a long guess ${guess}`, consent: true },
      });
      found.push(statusCode);
    }
    expect(found).toEqual([...Array(10).fill(409), 429, 429]);
  });

  it("from a whole network is stopped", async () => {
    const flood = times(110, (at) => ({ email: `net-${at}@example.org`, address: `192.88.98.${at + 1}` }));
    expect(await statuses(flood)).toEqual({ 401: 100, 429: 10 });
  });
});

describe("one declared proxy", () => {
  it("is believed about the protocol, and not those in front of it", async () => {
    await createLogin(api.server.database, "secure@example.org");
    const response = await api.server.inject({
      method: "POST",
      url: "/api/session",
      headers: { "x-forwarded-for": "192.0.2.77", "x-forwarded-proto": "https" },
      payload: { email: "secure@example.org", password },
    });
    expect(response.cookies.map(({ name, secure }) => [name, secure])).toEqual([
      ["__Host-touchstone", true],
      ["__Host-touchstone-device", true],
    ]);
  });
});
