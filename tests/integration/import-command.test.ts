import { spawn } from "node:child_process";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

const program = new URL("../../apps/cli/dist/main.js", import.meta.url).pathname;

let api: TestApi;
let admin: Visitor;
let folder: string;
let surroundings: Record<string, string>;
beforeAll(async () => {
  api = await openApi();
  const url = await api.server.listen({ port: 0, host: "127.0.0.1" });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  folder = await mkdtemp(join(tmpdir(), "import-command-"));
  await write("pairs.jsonl", pairs);
  await newProject(admin, "refused");
  surroundings = { TOUCHSTONE_URL: url, TOUCHSTONE_TOKEN: await tokenOf("researcher") };
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

async function tokenOf(role: string): Promise<string> {
  const made = await admin.send("POST", "/api/tokens", { name: `a ${role}'s`, role });
  return made.json<{ token: string }>().token;
}

/** The built command, with nobody at the keyboard. */
function ran(args: readonly string[], env: Record<string, string> = {}) {
  return ended(spawn(process.execPath, [program, "import", ...args], { env: { ...environment(), ...env } }));
}

/** The same at a terminal, where a person answers once they are asked. */
function ranAtTerminal(args: readonly string[], answer: () => string | Promise<string>) {
  const command = [process.execPath, program, "import", ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", command, "/dev/null"], { env: environment() });
  let seen = "";
  const listen = async (chunk: Buffer) => {
    seen += chunk;
    if (!seen.includes("[y/N]")) return;
    child.stdout.off("data", listen);
    child.stdin.write(await answer());
  };
  child.stdout.on("data", listen);
  return ended(child);
}

const environment = () => ({ PATH: process.env.PATH ?? "", INIT_CWD: folder, ...surroundings });

async function ended(child: ReturnType<typeof spawn>) {
  let [out, error] = ["", ""];
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    error += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, error };
}

const write = (name: string, rows: readonly unknown[]) =>
  writeFile(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

async function importsOf(projectId: string): Promise<number> {
  const listed = await admin.send("GET", `/api/projects/${projectId}/imports`);
  return listed.json<{ items: unknown[] }>().items.length;
}

const pairs = Array.from({ length: 4 }, (_, index) => ({
  question: `Which of ${index}?`,
  response_a: `one ${index}`,
  response_b: `two ${index}`,
  winner: index % 2 ? "model_a" : "model_b",
  mood: "calm",
}));

describe("import FILE", () => {
  it("says what the file is and what becomes of each column, and writes nothing before somebody agreed", async () => {
    const id = await newProject(admin, "nobody is asked");
    const { code, out, error } = await ran(["pairs.jsonl", "--project", "nobody is asked"]);
    expect(code).toBe(2);
    expect(out).toContain("pairs.jsonl: two answers a prompt (columns).");
    expect(out).toContain("4 rows, 4 prompts, 8 answers, 4 tasks, 4 votes, 0 ratings.");
    expect(out).toMatch(/^ {2}question +prompt +4 {2}Which of 0\?$/m);
    expect(out).toMatch(/^ {2}winner +vote +4 {2}model_b$/m);
    expect(out).toMatch(/^ {2}mood +not imported +4 {2}calm$/m);
    expect(out).toContain("! Column “mood” is not imported.");
    expect(error).toContain("Agree to the receipt with --yes.");
    expect(await importsOf(id)).toBe(0);
  });

  it("imports what the receipt says with --yes, by the project's name or its id", async () => {
    const id = await newProject(admin, "agreed to");
    const { code, out } = await ran(["pairs.jsonl", "--project", id, "--yes"]);
    expect([code, out]).toEqual([0, expect.stringContaining("4 rows imported into “agreed to”: 4 prompts, 4 tasks,")]);
    expect(await exportRows(admin, id, "judgements")).toHaveLength(4);
  });

  it("shows the receipt alone with --receipt, as JSON with --json", async () => {
    const id = await newProject(admin, "only shown");
    const { code, out, error } = await ran(["pairs.jsonl", "--project", id, "--receipt", "--json"]);
    expect(code, error).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ receipt: { counts: { rows: 4, votes: 4 } }, imported: null });
    expect(error).toContain("two answers a prompt");
    expect(await importsOf(id)).toBe(0);
  });

  it.skipIf(process.platform !== "linux")("asks at a terminal, where only a yes is one", async () => {
    const id = await newProject(admin, "asked");
    const declined = await ranAtTerminal(["pairs.jsonl", "--project", "asked"], () => "n\n");
    expect(declined.code, declined.out).toBe(2);
    expect(declined.out).toContain("Import this into “asked”? [y/N]");
    expect(await importsOf(id)).toBe(0);
    expect((await ranAtTerminal(["pairs.jsonl", "--project", "asked"], () => "\n")).code).toBe(2);
    const agreed = await ranAtTerminal(["pairs.jsonl", "--project", "asked"], () => "y\n");
    expect(agreed.code, agreed.out).toBe(0);
    expect(await importsOf(id)).toBe(1);
  });

  it("leaves rows out only with --leave-out, and names their lines before", async () => {
    const id = await newProject(admin, "some are bad");
    await write("bad.jsonl", [
      { prompt: "p", chosen: "a", rejected: "b" },
      { prompt: "q", chosen: "a" },
      { prompt: "r", chosen: "c", rejected: "d" },
    ]);
    const refused = await ran(["bad.jsonl", "--project", id, "--yes"]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain("line 2, rejected: is missing");
    expect(refused.error).toContain("1 row can't be taken. Put them right, or import the others with --leave-out.");
    expect(await importsOf(id)).toBe(0);
    const left = await ran(["bad.jsonl", "--project", id, "--yes", "--leave-out"]);
    expect([left.code, left.out]).toEqual([0, expect.stringContaining("2 rows imported")]);
  });

  it("reads a file otherwise by --column and --as, and replaces what was proposed", async () => {
    const id = await newProject(admin, "otherwise");
    await write("odd.jsonl", [
      { frage: "Was?", question: "What?", left: "x", links: "y" },
      { frage: "Wer?", question: "Who?", left: "u", links: "v" },
    ]);
    const flags = ["--column", "prompt=frage", "answer=left", "answer=links", "language=question"];
    const { code, out } = await ran(["odd.jsonl", "--project", id, ...flags, "--yes"]);
    expect(code, out).toBe(0);
    expect(out).toMatch(/^ {2}frage +prompt /m);
    expect(out).toMatch(/^ {2}question +language /m);
    expect(out).toContain("Every column and every row is used.");
    const asPrompts = await ran(["pairs.jsonl", "--project", id, "--as", "prompts", "--receipt"]);
    expect([asPrompts.code, asPrompts.out]).toEqual([1, expect.stringContaining("read as you said (prompts)")]);
  });

  it("leaves a column out on purpose by --column unused=name, and takes a mapping from a file", async () => {
    const id = await newProject(admin, "on purpose");
    const left = await ran(["pairs.jsonl", "--project", id, "--column", "unused=mood", "--receipt"]);
    expect([left.code, left.out]).toEqual([0, expect.stringContaining("Every column and every row is used.")]);
    await writeFile(
      join(folder, "mapping.json"),
      JSON.stringify({ prompt: "question", a: "response_a", b: "response_bb" }),
    );
    const slip = await ran(["pairs.jsonl", "--project", id, "--mapping", "mapping.json", "--yes"]);
    expect([slip.code, slip.out]).toEqual([
      1,
      expect.stringMatching(/✗ b: there is no column “response_bb”.*“response_b”/),
    ]);
    expect(await importsOf(id)).toBe(0);
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ["no such file", ["none.jsonl", "--project", "refused"], {}, /There is no file none\.jsonl\./],
    ["no such project", ["pairs.jsonl", "--project", "other"], {}, /no project “other”.*“refused”/],
    ["no token", ["pairs.jsonl", "--project", "refused"], { TOUCHSTONE_TOKEN: "" }, /on the page Account/],
    ["a wrong token", ["pairs.jsonl", "--project", "refused", "--token", "ts_x"], {}, /unknown, expired or revoked/],
    [
      "nobody there",
      ["pairs.jsonl", "--project", "p", "--url", "http://127.0.0.1:1"],
      {},
      /Is the product running there/,
    ],
    ["no token at all", ["pairs.jsonl", "--project", "refused", "--token", "ts_试金"], {}, /This is no API token/],
    [
      "an address with more than an address",
      ["pairs.jsonl", "--project", "p", "--url", "http://ada:secret@127.0.0.1:1"],
      {},
      /has a name, a password, \? or # in it/,
    ],
    ["no address", ["pairs.jsonl", "--project", "p", "--url", "here"], {}, /“here” is no address/],
    [
      "no column",
      ["pairs.jsonl", "--project", "refused", "--column", "prompt=q"],
      {},
      /no column “q”\. It has question/,
    ],
    ["no role", ["pairs.jsonl", "--project", "refused", "--column", "what=q"], {}, /is not role=name/],
  ])("ends with 1 and a sentence: %s", async (_, args, env, sentence) => {
    const { code, error } = await ran(args, env);
    expect(code).toBe(1);
    expect(error).toMatch(sentence);
    expect(error).not.toContain("    at ");
  });

  it("says that it is not known what was imported where the connection breaks after the file was sent", async () => {
    const id = await newProject(admin, "cut off");
    const cut = createServer(async (request, response) => {
      const body = request.method === "POST" ? { body: new Uint8Array(await buffer(request)) } : {};
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        ["authorization", "content-type"].includes(name) ? [[name, String(value)] as [string, string]] : [],
      );
      const method = request.method ?? "GET";
      const answer = await fetch(`${surroundings.TOUCHSTONE_URL}${request.url}`, { method, headers, ...body });
      // The API has imported the file, and nobody hears of it.
      if (request.url?.includes("/imports?")) response.destroy();
      else response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
    await new Promise<void>((resolve) => cut.listen(0, "127.0.0.1", resolve));
    const address = cut.address();
    const port = typeof address === "object" ? address?.port : 0;
    const { code, error } = await ran(["pairs.jsonl", "--project", id, "--yes", "--url", `http://127.0.0.1:${port}`]);
    cut.close();
    expect(await importsOf(id)).toBe(1);
    expect([code, error]).toEqual([1, expect.stringContaining("Whether the file was imported is not known: look at")]);
    expect(error).not.toContain("Nothing was imported");
  });

  it("says that a token's role is too low", async () => {
    const token = await tokenOf("annotator");
    const { code, error } = await ran(["pairs.jsonl", "--project", "refused", "--token", token]);
    expect([code, error]).toEqual([1, expect.stringContaining("needs the role of a researcher or an admin")]);
  });

  it.skipIf(process.platform !== "linux")("imports nothing of a file that changed while it was looked at", async () => {
    const id = await newProject(admin, "changing");
    await write("changing.jsonl", pairs);
    const { code, out } = await ranAtTerminal(["changing.jsonl", "--project", id], async () => {
      await appendFile(join(folder, "changing.jsonl"), `${JSON.stringify(pairs[0])}\n`);
      return "y\n";
    });
    expect([code, out]).toEqual([1, expect.stringContaining("The file changed while it was being sent.")]);
    expect(await importsOf(id)).toBe(0);
  });
});
