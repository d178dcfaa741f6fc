import type { ImportJobView, Problem, SpooledFileView } from "@touchstone/contracts";
import pg from "pg";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newProject } from "../harness/import-file.ts";
import { beginImport, ended, spooled } from "../harness/send-in-pieces.ts";
import { tableDigests } from "../harness/table-digests.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

const pairs = (count: number) =>
  Buffer.from(
    Array.from({ length: count }, (_, at) =>
      JSON.stringify({ prompt: `Question ${at}?`, chosen: `yes, ${at}`, rejected: `no, ${at}`, annotator: "w1" }),
    ).join("\n"),
  );
const wish = { format: "trl-preference" };
const jobOf = async (id: string) => (await admin.send("GET", `/api/import-jobs/${id}`)).json<ImportJobView>();

/** Holds imports of a project up at the moment before they write, as one that was there before would. */
async function heldUp(projectId: string) {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  await client.query("SELECT pg_advisory_lock(hashtextextended('import ' || $1::text, 0))", [projectId]);
  return { release: () => client.end() };
}

describe("an import as a job", () => {
  it("tells how far it is, only ever more, and is stopped while it writes: nothing of it stays, and it begins again", async () => {
    const projectId = await newProject(admin, "stopped");
    const file = await spooled(admin, projectId, "pairs.jsonl", pairs(4_000));
    const before = await tableDigests(api.databaseUrl);
    const hold = await heldUp(projectId);
    const seen: ImportJobView[] = [];
    const { id } = await beginImport(admin, file.id, wish);
    await expect
      .poll(
        async () => {
          seen.push(await jobOf(id));
          return seen.at(-1)?.phase;
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe("writing");
    expect(seen.at(-1)).toMatchObject({ state: "running", rowsRead: 4_000, rows: 4_000, fileName: "pairs.jsonl" });
    const phases = ["looking", "reading", "writing"];
    const told = seen.map(
      ({ phase, bytesRead, rowsRead }) => phases.indexOf(phase) * 1e9 + rowsRead * 1e3 + bytesRead / 1e6,
    );
    expect(told).toEqual([...told].sort((a, b) => a - b));
    // Neither the file nor the same import again, while it goes on.
    for (const [method, rest] of [
      ["DELETE", ""],
      ["POST", "/imports?format=trl-preference"],
    ] as const) {
      const refused = await admin.send(method, `/api/spool/${file.id}${rest}`);
      expect(refused.json<Problem>().reason).toBe("spooledInImport");
    }
    expect((await admin.send("DELETE", `/api/import-jobs/${id}`)).json()).toMatchObject({ state: "cancelled" });
    expect((await admin.send("DELETE", `/api/import-jobs/${id}`)).json<Problem>().reason).toBe("importJobEnded");
    await hold.release();
    // It holds the queue of imports no more once it has stopped; until then the next would wait for it.
    const after = await tableDigests(api.databaseUrl);
    for (const table of ["prompt", "completion", "task", "judgement", "import", "audit_event", "member"]) {
      expect(after[table], table).toEqual(before[table]);
    }
    const again = await ended(admin, (await beginImport(admin, file.id, wish)).id);
    expect(again).toMatchObject({ state: "done", result: { rows: 4_000, prompts: 4_000, judgements: 4_000 } });
    expect(await jobOf(id)).toMatchObject({ state: "cancelled", fileKept: true, result: null, problem: null });
  });

  it("that is refused while it reads says why at the line, and writes nothing", async () => {
    const projectId = await newProject(admin, "refused");
    const rows = Buffer.concat([pairs(3), Buffer.from('\n{"prompt": "Q", "chosen": "a"}\n')]);
    const { id } = await spooled(admin, projectId, "bad.jsonl", rows);
    const begun = await admin.send("POST", `/api/spool/${id}/imports?format=trl-preference`);
    expect(begun.statusCode, begun.body).toBe(202);
    const job = await ended(admin, begun.json<ImportJobView>().id);
    expect(job).toMatchObject({ state: "failed", result: null, problem: { code: "invalid_line", requestId: job.id } });
    expect(job.problem?.path).toMatch(/^lines\.4/);
    expect((await admin.send("GET", `/api/projects/${projectId}/imports`)).json()).toEqual({ items: [] });
  });

  it("whose process has gone says that it was interrupted, and what that process still does is not written", async () => {
    const projectId = await newProject(admin, "interrupted");
    const file = await spooled(admin, projectId, "pairs.jsonl", pairs(20));
    const hold = await heldUp(projectId);
    const { id } = await beginImport(admin, file.id, wish);
    // As another process sees one that it takes for dead, because it has not been heard of for so long.
    await api.server.databasePool.query(
      "UPDATE import_job SET state = 'interrupted', ended_at = clock_timestamp() WHERE id = $1",
      [id],
    );
    await hold.release();
    const again = await ended(admin, (await beginImport(admin, file.id, wish)).id);
    expect(again).toMatchObject({ state: "done", result: { prompts: 20, duplicates: 0 } });
    expect(await jobOf(id)).toMatchObject({ state: "interrupted", result: null });
  });

  it("does not go with its project's file, and is not seen elsewhere", async () => {
    const { admin: stranger } = await newTenant(api.server, "eve@example.org");
    const projectId = await newProject(admin, "told");
    const file = await spooled(admin, projectId, "pairs.jsonl", pairs(2));
    const { id } = await ended(admin, (await beginImport(admin, file.id, wish)).id);
    await admin.send("DELETE", `/api/spool/${file.id}`);
    expect(await jobOf(id)).toMatchObject({ fileKept: false, fileName: "pairs.jsonl", state: "done" });
    const urls = [`/api/import-jobs/${id}`, `/api/projects/${projectId}/import-jobs`];
    for (const url of urls) expect((await stranger.send("GET", url)).statusCode).toBe(404);
    expect((await stranger.send("DELETE", `/api/import-jobs/${id}`)).statusCode).toBe(404);
  });
});

describe("a client of the tus protocol that knows nothing of this product", () => {
  it("sends a file in pieces by an API token, goes on with what it has begun before, and ends it", async () => {
    const projectId = await newProject(admin, "by tus");
    const { token } = (
      await admin.send("POST", "/api/tokens", { name: "tus", role: "researcher", expiresInDays: 1 })
    ).json<{
      token: string;
    }>();
    const origin = await api.server.listen({ host: "127.0.0.1", port: 0 });
    const bytes = pairs(300);
    const options = {
      endpoint: `${origin}/api/projects/${projectId}/spool/uploads`,
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: "votes of 第一批.jsonl" },
      chunkSize: 5_000,
    };
    // It stops in the middle, as a machine does that is switched off.
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(bytes, {
        ...options,
        onChunkComplete: (_size, accepted) => {
          if (accepted === 10_000) void upload.abort().then(() => resolve(upload.url ?? ""));
        },
        onError: reject,
      });
      upload.start();
    });
    const half = (await admin.send("GET", new URL(url).pathname)).json<SpooledFileView>();
    expect(half).toMatchObject({ state: "arriving", received: 10_000, name: "votes of 第一批.jsonl" });
    await new Promise<void>((resolve, reject) => {
      new Upload(bytes, { ...options, uploadUrl: url, onSuccess: () => resolve(), onError: reject }).start();
    });
    const whole = (await admin.send("GET", `/api/spool/${half.id}`)).json<SpooledFileView>();
    expect(whole).toMatchObject({ state: "ready", bytes: bytes.length });
    await Upload.terminate(url, { headers: { authorization: `Bearer ${token}` } });
    expect((await admin.send("GET", `/api/spool/${half.id}`)).statusCode).toBe(404);
  });
});
