import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FolderView, Problem, type SpooledFileView, type SpoolView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newProject } from "../harness/import-file.ts";
import { beginImport, ended } from "../harness/send-in-pieces.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let projectId: string;
const quota = 3_000_000;
const root = mkdtempSync(join(tmpdir(), "touchstone-folder-"));
const folder = join(root, "given");
const servers: Server[] = [];
beforeAll(async () => {
  mkdirSync(join(folder, "deep"), { recursive: true });
  api = await openApi({
    TOUCHSTONE_SPOOL_BYTES: String(quota),
    TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1",
    TOUCHSTONE_IMPORT_FOLDER: folder,
  });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  projectId = await newProject(admin, "sources");
});
afterAll(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await api.close();
  rmSync(root, { recursive: true, force: true });
});

const rows = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `${JSON.stringify({ prompt: `Q${at}`, chosen: "a", rejected: "b" })}\n`,
  ).join("");
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
const reasonOf = (response: { json<T>(): T }) => Problem.parse(response.json()).reason;
const get = async (id: string) => (await admin.send("GET", `/api/spool/${id}`)).json<SpooledFileView>();
const listed = async () => (await admin.send("GET", `/api/projects/${projectId}/spool`)).json<SpoolView>().items;
const fetchIt = (url: string, token?: string) =>
  admin.send("POST", `/api/projects/${projectId}/spool/downloads`, { url, ...(token ? { token } : {}) });
const choose = (path: string) => admin.send("POST", `/api/projects/${projectId}/spool/folder`, { path });
const remove = (id: string) => admin.send("DELETE", `/api/spool/${id}`);

/** An address of another machine, as far as the product can tell. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A file once it has stopped arriving. */
async function arrived(response: { body: string; statusCode: number; json<T>(): T }): Promise<SpooledFileView> {
  expect(response.statusCode, response.body).toBe(201);
  const { id } = response.json<SpooledFileView>();
  await expect.poll(async () => (await get(id)).state, { timeout: 15_000, interval: 30 }).not.toBe("arriving");
  return get(id);
}

describe("a file from an address", () => {
  it("comes through a redirect to another origin, which sees no token, and is imported", async () => {
    const asked: { at: string; authorization: string | undefined }[] = [];
    const cdn = await serve((request, response) => {
      asked.push({ at: "cdn", authorization: request.headers.authorization });
      response.setHeader("content-disposition", "inline; filename*=UTF-8''%E5%AF%B9.jsonl");
      response.end(rows(3));
    });
    const hub = await serve((request, response) => {
      asked.push({ at: "hub", authorization: request.headers.authorization });
      response.writeHead(302, { location: `${cdn}/signed?key=of-the-cdn` }).end();
    });
    const file = await arrived(await fetchIt(`${hub}/resolve/main/pairs.jsonl?secret=in-the-query`, "hf_secret"));
    expect(file).toMatchObject({
      state: "ready",
      name: "对.jsonl",
      place: `${hub}/resolve/main/pairs.jsonl`,
      sha256: sha256(rows(3)),
    });
    expect(asked).toEqual([
      { at: "hub", authorization: "Bearer hf_secret" },
      { at: "cdn", authorization: undefined },
    ]);
    const job = await ended(admin, (await beginImport(admin, file.id, { format: "trl-preference" })).id);
    expect(job).toMatchObject({ state: "done", result: { prompts: 3 } });
    const stored = JSON.stringify(await api.server.database.$queryRaw`SELECT to_jsonb(f) FROM spooled_file f`);
    expect(stored).not.toMatch(/hf_secret|in-the-query|of-the-cdn/);
    await remove(file.id);
  });

  it("goes on from where its line broke, if it is the same file by its tag, and not if it is another", async () => {
    const bytes = randomBytes(400_000);
    const ranges: (string | undefined)[] = [];
    let tag = '"one"';
    const origin = await serve((request, response) => {
      const { range } = request.headers;
      ranges.push(range);
      const start = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
      response.writeHead(range ? 206 : 200, {
        etag: tag,
        "content-length": bytes.length - start,
        ...(range ? { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
      });
      if (range) return void response.end(bytes.subarray(start));
      // The line breaks once something of it has arrived; by then it may be another file.
      response.write(bytes.subarray(0, 150_000), () => setTimeout(() => response.destroy(), 50));
      if (request.url === "/changes") tag = '"two"';
    });
    const file = await arrived(await fetchIt(`${origin}/stays`));
    expect(file).toMatchObject({ state: "ready", sha256: sha256(bytes), bytes: bytes.length });
    expect(ranges).toEqual([undefined, "bytes=150000-"]);
    const other = await arrived(await fetchIt(`${origin}/changes`));
    expect(other).toMatchObject({ state: "failed", sha256: null, problem: { reason: "downloadChanged" } });
    expect(reasonOf(await admin.send("POST", `/api/spool/${other.id}/receipt`))).toBe("spooledFailed");
    for (const { id } of [file, other]) await remove(id);
  });

  it("is stopped by removing it, and nothing of it stays", async () => {
    let closed = false;
    const origin = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      const drip = setInterval(() => response.write(Buffer.alloc(1_000)), 10);
      response.on("close", () => {
        clearInterval(drip);
        closed = true;
      });
    });
    const { id } = (await fetchIt(`${origin}/slow.jsonl`)).json<SpooledFileView>();
    expect(await get(id)).toMatchObject({ state: "arriving", bytes: 1_000_000 });
    expect((await remove(id)).statusCode).toBe(204);
    await expect.poll(() => closed, { timeout: 5_000 }).toBe(true);
    expect(await listed()).toEqual([]);
  });

  it("is refused by name, before anything is kept of it", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/none") response.writeHead(404).end("no such file");
      else if (request.url === "/huge") response.writeHead(200, { "content-length": 9 * 2 ** 30 }).flushHeaders();
      else if (request.url === "/full") response.writeHead(200, { "content-length": quota + 1 }).flushHeaders();
      else response.writeHead(302, { location: "http://10.1.2.3/inside" }).end();
    });
    const reasons = await Promise.all(
      [
        `${origin}/none`,
        `${origin}/huge`,
        `${origin}/full`,
        `${origin}/in`,
        "http://192.168.0.1/",
        "file:///etc/passwd",
      ].map(async (url) => reasonOf(await fetchIt(url))),
    );
    expect(reasons).toEqual([
      ...["downloadRefused", "outgoingTooLarge", "spoolFull", "outgoingPrivate", "outgoingPrivate", "outgoingScheme"],
    ]);
    expect(await listed()).toEqual([]);
  });

  it("that doesn't say how large it is stops where the room ends, and says so", async () => {
    const origin = await serve((_request, response) => {
      for (let sent = 0; sent < 10; sent++) response.write(Buffer.alloc(500_000, " "));
      response.end();
    });
    const file = await arrived(await fetchIt(`${origin}/endless`));
    expect(file).toMatchObject({ state: "failed", problem: { reason: "spoolFull" } });
    // What had come is of no use to anybody, and takes no room from others.
    const used = async () => (await admin.send("GET", `/api/projects/${projectId}/spool`)).json<SpoolView>().used;
    await expect.poll(used, { timeout: 10_000 }).toBe(0);
    expect(await get(file.id)).toMatchObject({ state: "failed", received: 0, problem: { reason: "spoolFull" } });
    await remove(file.id);
  });

  it("whose process has ended says so, and can be fetched again", async () => {
    const { id: memberId, workspaceId } = await api.server.database.member.findFirstOrThrow({
      where: { role: "admin" },
    });
    const { id } = await api.server.database.spooledFile.create({
      data: {
        ...{ workspaceId, projectId, memberId, origin: "address", name: "a.jsonl", place: "http://a.example/a.jsonl" },
        ...{ beatAt: new Date(Date.now() - 60_000), expiresAt: new Date(Date.now() + 60_000) },
      },
    });
    await expect.poll(async () => (await get(id)).problem?.reason, { timeout: 10_000 }).toBe("processEnded");
    await remove(id);
  });
});

describe("a file of the server's folder", () => {
  it("is listed by its path and read in place: nothing is copied, and it is imported", async () => {
    writeFileSync(join(folder, "pairs.jsonl"), rows(2));
    writeFileSync(join(folder, "deep", "more.jsonl"), rows(4));
    writeFileSync(join(folder, ".hidden"), "");
    const list = async () => (await admin.send("GET", `/api/projects/${projectId}/spool/folder`)).json<FolderView>();
    const { items, cut } = await list();
    expect(cut).toBe(false);
    // What is deeper than one look goes is not listed, and that is said.
    const nine = join(folder, ..."abcdefghi");
    mkdirSync(nine, { recursive: true });
    writeFileSync(join(nine, "deepest.jsonl"), rows(1));
    expect(await list()).toMatchObject({ more: 0, cut: true, items });
    rmSync(join(folder, "a"), { recursive: true });
    expect(items.map(({ path, bytes }) => [path, bytes])).toEqual([
      ["deep/more.jsonl", rows(4).length],
      ["pairs.jsonl", rows(2).length],
    ]);
    const chosen = await choose("deep/more.jsonl");
    expect(chosen.statusCode, chosen.body).toBe(201);
    const file = chosen.json<SpooledFileView>();
    expect(file).toMatchObject({
      state: "ready",
      name: "more.jsonl",
      place: "deep/more.jsonl",
      sha256: sha256(rows(4)),
    });
    const job = await ended(admin, (await beginImport(admin, file.id, { format: "trl-preference" })).id);
    expect(job).toMatchObject({ state: "done", result: { rows: 4 } });
    expect((await admin.send("GET", `/api/projects/${projectId}/spool`)).json<SpoolView>().used).toBe(0);
    await remove(file.id);
  });

  it("is not read where its path or a link leads out, and a link within may be followed", async () => {
    writeFileSync(join(root, "secret"), "of the server");
    mkdirSync(join(root, "given-too"));
    writeFileSync(join(root, "given-too", "a"), "");
    symlinkSync(join(root, "secret"), join(folder, "out"));
    symlinkSync(root, join(folder, "up"));
    symlinkSync("pairs.jsonl", join(folder, "within"));
    const outside = ["../secret", "deep/../../secret", "/etc/passwd", "out", "up/secret", "../given-too/a", "."];
    for (const path of outside) expect(reasonOf(await choose(path)), path).toBe("folderOutside");
    for (const path of ["none", "deep", "pairs.jsonl/x"])
      expect(reasonOf(await choose(path)), path).toBe("folderNoFile");
    const within = (await choose("within")).json<SpooledFileView>();
    expect(within).toMatchObject({ sha256: sha256(rows(2)) });
    await remove(within.id);
    const { items } = (await admin.send("GET", `/api/projects/${projectId}/spool/folder`)).json<FolderView>();
    expect(items.map(({ path }) => path)).toEqual(["deep/more.jsonl", "pairs.jsonl", "within"]);
  });

  it("that has changed since it was chosen is neither looked through nor imported", async () => {
    writeFileSync(join(folder, "changes.jsonl"), rows(2));
    const { id } = (await choose("changes.jsonl")).json<SpooledFileView>();
    expect((await admin.send("POST", `/api/spool/${id}/receipt`)).statusCode).toBe(200);
    // Of the same length.
    writeFileSync(join(folder, "changes.jsonl"), rows(2).replaceAll("a", "c"));
    expect(reasonOf(await admin.send("POST", `/api/spool/${id}/receipt`))).toBe("folderFileChanged");
    expect(reasonOf(await admin.send("POST", `/api/spool/${id}/imports?format=trl-preference`))).toBe(
      "folderFileChanged",
    );
    await remove(id);
  });

  it("is copied where that is asked for: its bytes count, and an import reads them when the folder has no such file any more", async () => {
    const copy = (path: string) => admin.send("POST", `/api/projects/${projectId}/spool/folder`, { path, copy: true });
    const used = async () => (await admin.send("GET", `/api/projects/${projectId}/spool`)).json<SpoolView>().used;
    const whole = rows(20_000);
    writeFileSync(join(folder, "copied.jsonl"), whole);
    writeFileSync(join(folder, "second.jsonl"), rows(5));
    const [first, second] = await Promise.all(
      ["copied.jsonl", "second.jsonl"].map(async (path) => arrived(await copy(path))),
    );
    expect(first).toMatchObject({
      ...{ state: "ready", origin: "folder", inPlace: false, place: "copied.jsonl" },
      ...{ sha256: sha256(whole), received: whole.length },
    });
    expect(second).toMatchObject({ state: "ready", sha256: sha256(rows(5)) });
    expect(await used()).toBe(whole.length + rows(5).length);
    rmSync(join(folder, "second.jsonl"));
    const job = await ended(admin, (await beginImport(admin, second?.id ?? "", { format: "trl-preference" })).id);
    expect(job).toMatchObject({ state: "done", result: { rows: 5 } });
    for (const file of [first, second]) await remove(file?.id ?? "");
    expect(await used()).toBe(0);
    for (const path of ["../secret", "out"]) expect(reasonOf(await copy(path)), path).toBe("folderOutside");
    writeFileSync(join(folder, "huge"), Buffer.alloc(quota + 1));
    expect(reasonOf(await copy("huge"))).toBe("spoolFull");
    for (const name of ["huge", "copied.jsonl"]) rmSync(join(folder, name));
  });

  it("can't be asked for where no folder is named", async () => {
    const other = await openApi();
    const { admin: there } = await newTenant(other.server, "ada@example.org");
    const url = `/api/projects/${await newProject(there, "none")}/spool`;
    expect((await there.send("GET", url)).json<SpoolView>().hasFolder).toBe(false);
    expect((await there.send("GET", `${url}/folder`)).json()).toEqual({ items: [], more: 0, cut: false });
    expect(reasonOf(await there.send("POST", `${url}/folder`, { path: "a" }))).toBe("folderUnset");
    await other.close();
  });
});
