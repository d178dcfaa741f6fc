import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newTenant } from "../harness/visitor.ts";
import { writeLabelSetFiles } from "../harness/write-label-set-files.ts";

const run = promisify(execFile);
const repository = fileURLToPath(new URL("../..", import.meta.url));
const installed = (path: string) => join(repository, "node_modules", path);

let api: TestApi;
let folder: string;
let surroundings: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typescript-client-"));
  const [opened] = await Promise.all([openApi(), installPacked()]);
  api = opened;
  const url = await api.server.listen({ port: 0, host: "127.0.0.1" });
  const { admin } = await newTenant(api.server, "ada@example.org");
  const made = await admin.send("POST", "/api/tokens", { name: "a program", role: "admin" });
  surroundings = { TOUCHSTONE_URL: url, TOUCHSTONE_TOKEN: made.json<{ token: string }>().token };
});
afterAll(async () => {
  await api?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A project of somebody else: the packed client and nothing of ours, installed without a network. */
async function installPacked(): Promise<void> {
  const packed = join(folder, "packed");
  const builder = join(repository, "packages/api-client/build/build.ts");
  // A process of its own: the compiler holds its loop for seconds.
  await run(process.execPath, ["--import", "tsx", builder, packed], { cwd: repository });
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: packed });
  const [{ filename }] = JSON.parse(stdout);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const flags = ["--offline", "--no-audit", "--no-fund", "--no-package-lock"];
  await run("npm", ["install", ...flags, join(folder, filename)], { cwd: folder });
  await cp(join(folder, "node_modules/@touchstone/api-client/examples"), join(folder, "examples"), { recursive: true });
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["examples"] }));
  for (const one of ["@types", "undici-types"]) await symlink(installed(one), join(folder, "node_modules", one));
}

/** As strict as TypeScript can be, with the library's own declarations looked at too. */
const compilerOptions = {
  ...{ target: "ES2022", module: "NodeNext", lib: ["ES2023"], types: ["node"], outDir: "out", rootDir: "." },
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  ...{ verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true },
};

it("is packed without any other package, type-checked by a strict program, and walks from rows to a file with the API", async () => {
  const manifest = JSON.parse(await readFile(join(folder, "node_modules/@touchstone/api-client/package.json"), "utf8"));
  expect(manifest).toMatchObject({ license: "Apache-2.0", type: "module", engines: { node: ">=20.19" } });
  expect(Object.keys(manifest)).not.toContain("dependencies");
  expect(await readdir(join(folder, "node_modules/@touchstone"))).toEqual(["api-client"]);

  const checked = await run(process.execPath, [installed("typescript/lib/tsc.js"), "-p", folder]).catch(
    ({ stdout }: { stdout: string }) => ({ stdout }),
  );
  expect(checked.stdout).toBe("");

  const file = join(folder, "preferences.jsonl");
  const { stdout } = await run(process.execPath, [join(folder, "out/examples/walk.js"), file], { env: surroundings });
  const written = await readFile(file, "utf8");
  expect(JSON.parse(stdout)).toEqual({
    judgements: 2,
    sources: ["imported", "imported"],
    bytes: Buffer.byteLength(written),
    code: "invalid_value",
    fields: ["name"],
  });
  const rows = written.trimEnd().split("\n");
  expect(rows.map((row) => JSON.parse(row).chosen).sort()).toHaveLength(2);
});

it("goes on with a download that broke off, and leaves the same bytes", async () => {
  const program = `
    import { createClient } from "@touchstone/api-client";
    import { readFile } from "node:fs/promises";
    import { exportToFile } from "./out/examples/export-to-file.js";
    let broken = 0;
    /** The first two answers break off after some bytes, the second within what the first one had. */
    const fetch = async (address, init) => {
      const answer = await globalThis.fetch(address, init);
      if (!String(address).includes("/export") || broken === 2) return answer;
      broken += 1;
      const bytes = new Uint8Array(await answer.arrayBuffer()).subarray(0, broken === 1 ? 300 : 200);
      const body = new ReadableStream({
        start: (it) => it.enqueue(bytes),
        pull: (it) => it.error(new TypeError("terminated")),
      });
      return new Response(body, answer);
    };
    const { TOUCHSTONE_URL: baseUrl, TOUCHSTONE_TOKEN: apiToken } = process.env;
    const client = createClient({ baseUrl, apiToken, fetch });
    const [{ id }] = (await client.listProjects()).items;
    const set = await client.makeLabelSet({ params: { id }, body: { selection: { filter: {} } } });
    await exportToFile(client, set.id, "trl-preference", "again.jsonl");
    const whole = await client.exportSet({ params: { id: set.id }, query: { format: "trl-preference" } });
    console.log(broken, (await readFile("again.jsonl", "utf8")) === (await whole.text()));`;
  await writeFile(join(folder, "broken.mjs"), program);
  const { stdout } = await run(process.execPath, ["broken.mjs"], { cwd: folder, env: surroundings });
  expect(stdout.trim()).toBe("2 true");
});

it("goes on with a file of a set by ranges, in another process too, and gives it its name once its hash is right", async () => {
  const program = `
    import { createClient } from "@touchstone/api-client";
    import { downloadFile } from "./out/examples/download-file.js";
    const asked = [];
    /** Each answer breaks off after 400 bytes, but where the second process has all it wants. */
    const fetch = async (address, init) => {
      const answer = await globalThis.fetch(address, init);
      if (init.method !== "GET") return answer;
      asked.push(init.headers.get("range"));
      if (process.env.PATIENT) return answer;
      const bytes = new Uint8Array(await answer.arrayBuffer()).subarray(0, 400);
      const body = new ReadableStream({
        start: (it) => it.enqueue(bytes),
        pull: (it) => (asked.length === 2 ? process.kill(process.pid, "SIGKILL") : it.error(new TypeError("terminated"))),
      });
      return new Response(body, answer);
    };
    const { TOUCHSTONE_URL: baseUrl, TOUCHSTONE_TOKEN: apiToken, LABEL_SET: set } = process.env;
    const client = createClient({ baseUrl, apiToken, fetch });
    console.log(JSON.stringify([await downloadFile(client, set, "judgements.jsonl", "kept.jsonl"), asked]));`;
  await writeFile(join(folder, "ranges.mjs"), program);
  const authorization = `Bearer ${surroundings.TOUCHSTONE_TOKEN}`;
  const ask = (method: "GET" | "POST", url: string, payload?: object) =>
    api.server.inject({ method, url, headers: { authorization }, ...(payload ? { payload } : {}) });
  const projects = await ask("GET", "/api/projects");
  const [{ id: projectId } = { id: "" }] = projects.json<{ items: { id: string }[] }>().items;
  const set = await ask("POST", `/api/projects/${projectId}/label-sets`, { selection: { filter: {} } });
  const { id } = set.json<{ id: string }>();
  await ask("POST", `/api/label-sets/${id}/files`, { name: "judgements.jsonl" });
  await writeLabelSetFiles(api);
  const env = { ...surroundings, LABEL_SET: id };
  const killed = await run(process.execPath, ["ranges.mjs"], { cwd: folder, env }).catch(({ signal }) => signal);
  expect(killed).toBe("SIGKILL");
  expect((await readdir(folder)).filter((name) => name.startsWith("kept."))).toEqual([
    expect.stringMatching(/^kept\.jsonl\.[0-9a-f]{16}\.part$/),
  ]);
  const { stdout } = await run(process.execPath, ["ranges.mjs"], { cwd: folder, env: { ...env, PATIENT: "1" } });
  const [sha256, ranges] = JSON.parse(stdout);
  const kept = await readFile(join(folder, "kept.jsonl"));
  expect(createHash("sha256").update(kept).digest("hex")).toBe(sha256);
  // Two answers of 400 bytes came before; how much of the second was written when it was killed is the machine's.
  expect(ranges).toEqual([expect.stringMatching(/^bytes=[48]00-$/)]);
});

it("bundles for a browser, in less than 10 KB on the wire", async () => {
  await writeFile(
    join(folder, "page.js"),
    'import { createClient, openLiveSocket } from "@touchstone/api-client"; console.log(createClient, openLiveSocket);',
  );
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page.js")],
    ...{ bundle: true, platform: "browser", format: "esm", minify: true, write: false, logLevel: "silent" },
  });
  const { gzipSync } = await import("node:zlib");
  expect(gzipSync(outputFiles[0]?.contents ?? "").byteLength).toBeLessThan(10_000);
});
