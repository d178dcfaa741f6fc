import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Way } from "./attacker.ts";

const signIn = "/api/session";
const mebibyte = 1024 * 1024;
const nested = (depth: number, inside = "1") => `${"[".repeat(depth)}${inside}${"]".repeat(depth)}`;
const login = (email: string) => ({ email, password: "not the right one" });
const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
const socketKey = () => ({ "sec-websocket-key": randomBytes(16).toString("base64") });

/** Ways of somebody who is not signed in. */
export const strangers: readonly Way[] = [
  { name: "deep JSON", run: (a) => a.flood(4, () => a.post(signIn, `{"x":"\\u0041","y":${nested(5_000)}}`)) },
  {
    name: "deep and wide JSON, 1 MB",
    run: (a) =>
      a.flood(2, () => a.post(signIn, `{"x":"\\ud8","y":${nested(5_000, "1,".repeat(510_000).slice(0, -1))}}`)),
  },
  {
    name: "90,000 unknown keys",
    run: (a) => {
      const body = JSON.stringify(Object.fromEntries(Array.from({ length: 90_000 }, (_, key) => [`k${key}`, 1])));
      return a.flood(4, () => a.post(signIn, body));
    },
  },
  {
    name: "a password of 1 MB",
    run: (a) => a.flood(4, () => a.post(signIn, { ...login("a@b.co"), password: "x".repeat(mebibyte - 100) })),
  },
  { name: "an e-mail of 100 kB", run: (a) => a.flood(4, () => a.post(signIn, login(`${"a.".repeat(50_000)}@b.co`))) },
  { name: "passwords of one e-mail", run: (a) => a.flood(8, () => a.post(signIn, login("annotator-0@example.org"))) },
  {
    name: "one password for many e-mails",
    run: (a) => a.flood(8, (turn) => a.post(signIn, login(`p${turn}@example.org`))),
  },
  {
    name: "guessed links",
    run: (a) => a.flood(16, () => a.send(`/api/join/${randomBytes(32).toString("base64url")}`)),
  },
  {
    name: "heads that never end",
    run: (a) => a.hold(300, () => `POST ${signIn} HTTP/1.1\r\nhost: a\r\n`, { drip: "x-a: b\r\n" }),
  },
  {
    name: "bodies that never end",
    run: (a) =>
      a.hold(300, () => a.head("POST", signIn, { "content-type": "application/json", "content-length": "900000" }), {
        drip: " ",
      }),
  },
  { name: "connections that say nothing", run: (a) => a.hold(1_000, () => "") },
  { name: "upgrades of pages", run: (a) => a.hold(300, () => a.head("GET", "/foo", { ...upgrade, ...socketKey() })) },
  {
    name: "upgrades without a ticket",
    run: (a) => a.hold(300, () => a.head("GET", "/api/socket", { ...upgrade, ...socketKey() })),
  },
  { name: "no HTTP", run: (a) => a.flood(16, () => once(a, "\u0000\u0016\u0003nonsense\r\n\r\n")) },
  {
    name: "a head of 60 kB",
    run: (a) => a.flood(16, () => once(a, a.head("GET", "/api/health/live", { "x-a": "b".repeat(60_000) }))),
  },
  {
    name: "500 requests in one breath",
    run: (a) => a.flood(4, () => once(a, a.head("GET", "/api/projects").repeat(500), 200)),
  },
  {
    name: "a body that unpacks to 100 MB",
    run: (a) => {
      const bomb = gzipSync(Buffer.alloc(100 * mebibyte, " "));
      return a.flood(4, () => a.post(signIn, bomb, { "content-encoding": "gzip" }));
    },
  },
  {
    name: "the API's description, unread",
    run: (a) => a.hold(200, () => a.head("GET", "/api/openapi.json").repeat(20), { deaf: true }),
  },
  {
    name: "paths in disguise",
    run: (a) =>
      a.flood(16, (turn) =>
        a.send(["/%61pi/session", "/%zz", "//api//session", "/api/../api/session"][turn % 4] ?? "/"),
      ),
  },
  {
    name: "a body in chunks of one byte",
    run: (a) =>
      a.flood(8, () =>
        once(
          a,
          chunked(a.head("POST", signIn, { "content-type": "application/json", "transfer-encoding": "chunked" })),
          300,
        ),
      ),
  },
];

const chunked = (head: string) => head + "1\r\n \r\n".repeat(20_000);

/** Says it on a connection of its own, and waits until that is closed, though not for long. */
function once(attacker: Parameters<Way["run"]>[0], bytes: string, patienceMs = 1_000): Promise<void> {
  return new Promise((resolve) => {
    const socket = attacker.open(bytes);
    socket.resume();
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.once("close", () => resolve());
  });
}
