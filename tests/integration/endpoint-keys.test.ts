import fs, { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ExportFormat, type RunAskedView, type RunView } from "@touchstone/contracts";
import { openDatabase, openEndpoint } from "@touchstone/persistence";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openApi, testSecret } from "../harness/api-server.ts";
import { askingPlace, endpointKey, everythingOf } from "../harness/asking-place.ts";
import { spawnBuilt } from "../harness/built-process.ts";
import { emptyDatabase } from "../harness/database.ts";
import { filesBelow } from "../harness/files-below.ts";
import { temporaryFolder } from "../harness/touchstone.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";
import { archiveOf, bringArchive, unpacked } from "../harness/work-on-archives.ts";

const place = askingPlace();

const sealedKeyOf = async (id: string) =>
  (await place.database.db.endpoint.findUniqueOrThrow({ where: { id } })).sealedKey ?? "";

describe("the key of an endpoint", () => {
  it("is nowhere: not in the database, logs, files, exports, a copy of the project, the audit log or an answer", async () => {
    const logged: string[] = [];
    // All that the API logs goes to the process's standard output.
    vi.spyOn(fs, "writeSync").mockImplementation((_, text) => logged.push(String(text)));
    place.api.server.log.level = "trace";
    const project = await place.projectWith(2);
    const endpoint = await place.newEndpoint();
    const answers: string[] = [];
    const send = async (...request: Parameters<Visitor["send"]>) => {
      const { statusCode, body } = await place.admin.send(...request);
      answers.push(body);
      return statusCode;
    };
    // Where it is changed, written wrongly, refused, quoted and echoed.
    expect(await send("PATCH", `/api/endpoints/${endpoint.id}`, { key: `${endpointKey}X` })).toBe(200);
    const draft = { name: "x", baseUrl: place.baseUrl, model: "m", key: `${endpointKey}\n` };
    expect(await send("POST", "/api/endpoints", draft)).toBe(400);
    expect(await send("POST", "/api/endpoints", { ...draft, key: endpointKey, name: endpoint.name })).toBe(409);
    const services = { log: pino({ level: "trace" }, { write: (line) => logged.push(line) }) };
    const run = await place.worked(await place.launched(project, endpoint.id), services);
    for (const behaviour of [
      { kind: "status", status: 401, body: JSON.stringify({ error: { message: `Wrong key: ${endpointKey}X` } }) },
      { kind: "answers", text: `${endpointKey}X` },
      { kind: "dies" },
    ] as const) {
      place.address.behave = () => behaviour;
      expect(await send("POST", `/api/endpoints/${endpoint.id}/test`)).toBe(200);
      const failed = await place.worked(await place.launched(project, endpoint.id), services);
      expect(await send("GET", `/api/runs/${failed.id}`)).toBe(200);
      expect(await send("GET", `/api/runs/${failed.id}/asked`)).toBe(200);
    }
    const paths = ["/api/endpoints", `/api/runs/${run.id}`, `/api/runs/${run.id}/asked`, "/api/audit"];
    const exports = ExportFormat.options.map((format) => `/api/projects/${project}/exports?format=${format}`);
    for (const path of [...paths, ...exports]) expect([path, await send("GET", path)]).toEqual([path, 200]);
    const copy = await archiveOf(place.api, place.admin, project);
    const parts = [...(await unpacked(copy))].map(([name, part]) => (name.endsWith(".gz") ? gunzipSync(part) : part));
    const files = await filesBelow(place.api.filesDir);
    // Lines of one moment are written together.
    await expect.poll(() => logged.join()).toContain("archive/file");
    vi.mocked(fs.writeSync).mockRestore();
    place.api.server.log.level = "error";
    const looked = {
      answers: answers.join(),
      logs: logged.join(),
      copy: parts.join(),
      files,
      rows: await everythingOf(place.database),
    };
    for (const [where, text] of Object.entries(looked)) {
      expect(text.includes(endpointKey.slice(8)), where).toBe(false);
      expect(text.includes(Buffer.from(endpointKey).toString("base64").slice(0, 20)), where).toBe(false);
    }
    // What was looked through holds what it should hold.
    expect(looked.answers).toContain(endpoint.name);
    expect(looked.rows).toContain(endpoint.name);
    expect(looked.logs).toContain("run taken");
    expect(looked.copy).toContain("endpoint_call");
    expect(looked.copy).not.toContain(endpoint.name);
    expect(looked.files.length).toBeGreaterThan(copy.length - 1);
  });

  it("does not come along where a copy of the project is brought in, and nor does the endpoint", async () => {
    const project = await place.projectWith(2);
    const endpoint = await place.newEndpoint();
    const run = await place.worked(await place.launched(project, endpoint.id));
    const copy = await archiveOf(place.api, place.admin, project);
    const elsewhere = await openApi();
    onTestFinished(() => elsewhere.close());
    const { admin: eve } = await newTenant(elsewhere.server, "eve@example.org");
    expect(await bringArchive(elsewhere, eve, copy)).toMatchObject({ state: "ready" });
    expect((await eve.send("GET", "/api/endpoints")).json()).toEqual({ items: [] });
    const there = openDatabase(elsewhere.databaseUrl);
    onTestFinished(() => there.close());
    const rows = (await everythingOf(there)) + (await filesBelow(elsewhere.filesDir));
    expect(rows).toContain("Question 0");
    for (const secret of [endpointKey.slice(8), await sealedKeyOf(endpoint.id)]) expect(rows).not.toContain(secret);
    // What was asked, answered and spent came along.
    const { id: projectId } = await there.db.project.findFirstOrThrow();
    const { items } = (await eve.send("GET", `/api/projects/${projectId}/runs`)).json<{ items: RunView[] }>();
    expect(items).toMatchObject([{ kind: "generate", endpointId: null, step: run.step }]);
    const asked = (await eve.send("GET", `/api/runs/${items[0]?.id}/asked`)).json<RunAskedView>();
    expect(asked).toMatchObject({
      endpoint: null,
      answered: 4,
      requests: 4,
      spent: { promptTokens: 40, answerTokens: 20 },
    });
  });

  it("lies sealed in a backup, and opens after a restore to the secret that it was sealed by alone", async () => {
    const home = temporaryFolder();
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const { id } = await place.newEndpoint();
    const run = async (args: string[], env: Record<string, string>) => {
      const command = spawnBuilt("cli/dist/main.js", env, args);
      return [await command.ended(), command.output()] as const;
    };
    const file = join(home, "kept.tar.gz");
    // The installation's secret stands in its environment, as an operator's does who keeps it apart from the data.
    const env = { TOUCHSTONE_SECRET: testSecret, TOUCHSTONE_DATA_DIR: join(home, "data") };
    mkdirSync(env.TOUCHSTONE_DATA_DIR);
    const [made, said] = await run(["backup", file], { ...env, DATABASE_URL: place.api.databaseUrl });
    expect(made, said).toBe(0);
    const kept = gunzipSync(readFileSync(file)).toString("latin1");
    expect(kept).toContain(await sealedKeyOf(id));
    for (const secret of [endpointKey.slice(8), testSecret]) expect(kept + said).not.toContain(secret);
    const target = await emptyDatabase();
    onTestFinished(() => target.drop());
    const into = { ...env, DATABASE_URL: target.url, TOUCHSTONE_DATA_DIR: join(home, "restored") };
    const [restored, told] = await run(["restore", file], into);
    expect(restored, told).toBe(0);
    const there = openDatabase(target.url);
    onTestFinished(() => there.close());
    const { workspaceId } = await there.db.endpoint.findUniqueOrThrow({ where: { id } });
    expect((await openEndpoint(there.db, testSecret, workspaceId, id)).key).toBe(endpointKey);
    const another = openEndpoint(there.db, `not ${testSecret}`, workspaceId, id);
    await expect(another).rejects.toMatchObject({ reason: "endpointKeyUnreadable" });
  });
});
