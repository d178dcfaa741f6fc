import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { WebSocket } from "ws";
import type { Attacker, Way } from "./attacker.ts";

/** What a researcher of another workspace has: a project to work in, and an address to send it to. */
export interface Grounds {
  readonly projectId: string;
  /** A project with one task of 4,000 votes. */
  readonly votedId: string;
  readonly socketOrigin: string;
}

const mebibyte = 1024 * 1024;
const lines = { "content-type": "application/x-ndjson" };
const row = (index: number, answers = 2) =>
  JSON.stringify({
    prompt: `Prompt ${index}`,
    completions: Array.from({ length: answers }, (_, k) => `Answer ${k} of ${index}`),
  });
const rows = (count: number) => Array.from({ length: count }, (_, index) => `${row(index)}\n`).join("");
const pretraining = {
  kind: "pretrain",
  seed: 1,
  includeSimulated: true,
  spec: {
    steps: 1,
    batchSize: 1,
    model: { vocab: 300, context: 16, layers: 1, heads: 1, kvHeads: 1, width: 8, hidden: 8 },
  },
};

/** Ways of a researcher of another workspace; what they may do is theirs to do, but nobody else's loss. */
export function members({ projectId, votedId, socketOrigin }: Grounds): readonly Way[] {
  const project = `/api/projects/${projectId}`;
  const imports = (name: string, file: () => string | Buffer, sideBySide = 2, query = "format=prompts"): Way => ({
    name,
    run: async (a) => {
      const body = file();
      await a.flood(sideBySide, () => a.post(`${project}/imports?${query}`, body, lines));
    },
  });
  const reads = (name: string, path: string, sideBySide = 16): Way => ({
    name,
    run: (a) => a.flood(sideBySide, () => a.send(path)),
  });
  return [
    imports("a row of 20,000 answers", () => `${row(0, 20_000)}\n`),
    imports("a line of 16 MB of brackets", () => "[".repeat(16 * mebibyte - 1), 4),
    imports("a file of 20,000 rows", () => rows(20_000)),
    {
      name: "an import of 1,000,000 rows",
      isLong: true,
      run: async (a) => {
        const body = Buffer.from(rows(1_000_000));
        await a.flood(1, () => a.post(`${project}/imports?format=prompts`, body, lines), 1);
      },
    },
    imports("a file that unpacks to 300 MB", () => gzipSync(Buffer.alloc(300 * mebibyte, " ")), 2),
    imports("a row of 33,000 votes", () => `${JSON.stringify(votedRow(33_000))}\n`, 2, votesQuery),
    {
      name: "receipts of 50,000 rows",
      run: async (a) => {
        const body = rows(50_000);
        await a.flood(4, () => a.post(`${project}/imports/receipt`, body, lines));
      },
    },
    {
      name: "uploads that never end",
      run: (a) =>
        a.hold(
          100,
          () => a.head("POST", `${project}/imports?format=prompts`, { ...lines, "transfer-encoding": "chunked" }),
          { drip: "1\r\n \r\n" },
        ),
    },
    {
      name: "exports, unread",
      run: (a) => a.hold(25, () => a.head("GET", `/api/projects/${votedId}/exports?format=judgements`), { deaf: true }),
    },
    reads("exports, 25 at once", `/api/projects/${votedId}/exports?format=judgements`, 25),
    reads("samples of exports", `/api/projects/${votedId}/exports/sample?format=trl-preference`),
    reads("figures of a task of 4,000 votes", `/api/projects/${votedId}/figures`),
    reads("pages of judgements", `/api/projects/${votedId}/judgements?limit=200`),
    reads("the audit log", "/api/audit?limit=200"),
    { name: "300 runs", run: (a) => a.flood(8, () => a.post(`${project}/runs`, pretraining), 300) },
    {
      name: "schedules of every second and minute",
      run: (a) =>
        a.flood(
          8,
          (turn) =>
            a.post(`${project}/schedules`, {
              trigger: { kind: "cron", pattern: turn % 2 === 0 ? "* * * * * *" : "* * * * *" },
              preset: "preference",
            }),
          300,
        ),
    },
    {
      name: "changes of the project",
      run: (a) =>
        a.flood(16, (turn) => a.send(project, { method: "PATCH", body: JSON.stringify({ description: `${turn}` }) })),
    },
    {
      name: "a guideline of 900 kB",
      run: (a) =>
        a.flood(4, (turn) =>
          a.send(project, {
            method: "PATCH",
            body: JSON.stringify({ guideline: `${turn} ${"# a\n".repeat(225_000)}` }),
          }),
        ),
    },
    { name: "claims", run: (a) => a.flood(16, () => a.post(`/api/work/${votedId}/claims`, { count: 2 })) },
    {
      name: "1,500 subscriptions on a socket",
      run: (a) => talk(a, socketOrigin, 1, () => ({ type: "subscribe", topic: "figures", id: votedId })),
    },
    {
      name: "60 sockets that talk nonsense",
      run: (a) => talk(a, socketOrigin, 60, () => ({ type: "subscribe", topic: "figures", id: "x".repeat(10_000) })),
    },
  ];
}

export const votesQuery = `format=columns&mapping=${encodeURIComponent(
  JSON.stringify({
    prompt: "q",
    a: "a",
    b: "b",
    votes: { list: "v", annotator: "w", value: "s" },
    values: { a: ["a"], b: ["b"] },
  }),
)}`;

/** A row of two answers and so many votes. */
export const votedRow = (votes: number) => ({
  q: "Which of them?",
  a: "This one.",
  b: "That one.",
  v: Array.from({ length: votes }, (_, index) => ({ w: `w${index}`, s: index % 3 === 0 ? "b" : "a" })),
});

/** Opens sockets by tickets, and says 1,500 messages on each. */
async function talk(attacker: Attacker, origin: string, sockets: number, message: () => object): Promise<void> {
  const open: WebSocket[] = [];
  await attacker.flood(
    4,
    async () => {
      const answer = await attacker.post("/api/socket-tickets", {});
      if (!answer || answer.status >= 300) return;
      const { ticket } = JSON.parse(answer.body);
      const socket = new WebSocket(`${origin}/api/socket?ticket=${ticket}`);
      open.push(socket);
      socket.on("error", () => undefined);
      socket.on("open", () => {
        for (let turn = 0; turn < 1_500; turn++) socket.send(JSON.stringify(message()));
      });
    },
    sockets,
  );
  while (!attacker.signal.aborted) await sleep(50);
  for (const socket of open) socket.terminate();
}
