import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { EndpointTestView, EndpointView, RunAskedView, RunView } from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { workOnRun } from "../harness/held-run.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";
import { pythonOf } from "./environments.ts";

const key = "sk-of-the-server-beside-this-test";
const python = pythonOf("llama-cpp");
const questions = ["Why is the sky blue?", "Name three fruits.", "Write a line about rain.", "What is 2 + 3?"];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// `npm run llama-cpp` makes the environment: it compiles llama.cpp and brings a model of 98 MB.
describe.skipIf(!existsSync(python))(
  "llama.cpp's own server, with SmolLM2-135M (skipped without its environment)",
  () => {
    let server: ChildProcess;
    let api: TestApi;
    let admin: Visitor;
    let database: OpenDatabase;
    let baseUrl: string;

    beforeAll(async () => {
      const port = await freePort();
      const script = fileURLToPath(new URL("serve_llama_cpp.py", import.meta.url));
      server = spawn(python, [script, String(port), key], { stdio: "ignore" });
      baseUrl = `http://127.0.0.1:${port}/v1`;
      api = await openApi({ TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1" });
      ({ admin } = await newTenant(api.server, "ada@example.org"));
      database = openDatabase(api.databaseUrl);
      const models = () => fetch(`${baseUrl}/models`, { headers: { authorization: `Bearer ${key}` } });
      await vi.waitFor(models, { timeout: 300_000, interval: 500 });
    }, 360_000);
    afterAll(async () => {
      server.kill();
      await database.close();
      await api.close();
    });

    async function newEndpoint(draft: object = {}): Promise<EndpointView> {
      const sampling = { temperature: 0.8, topP: 0.95, topK: 40, maxNewTokens: 24 };
      const own = { name: crypto.randomUUID(), baseUrl, model: "smollm2-135m-instruct", key, sampling };
      const made = await admin.send("POST", "/api/endpoints", { ...own, ...draft });
      expect(made.statusCode, made.body).toBe(201);
      return made.json<EndpointView>();
    }

    it("answers prompts, each several times, and what it counts is what was spent", async () => {
      const projectId = await newProject(admin, "Asked of llama.cpp", 1);
      await importFile(
        admin,
        projectId,
        { format: "prompts" },
        questions.map((prompt) => ({ prompt })),
      );
      await database.db.prompt.updateMany({ where: { projectId }, data: { split: "train" } });
      const { id: endpointId } = await newEndpoint();
      const launch = { kind: "generate", endpointId, spec: { prompts: questions.length, samplesPerPrompt: 4 } };
      const launched = (await admin.send("POST", `/api/projects/${projectId}/runs`, launch)).json<RunView>();
      await workOnRun(api, database, launched.id);
      const run = (await admin.send("GET", `/api/runs/${launched.id}`)).json<RunView>();
      expect(run).toMatchObject({ state: "succeeded", step: 16, totalSteps: 16 });
      const asked = (await admin.send("GET", `/api/runs/${launched.id}/asked`)).json<RunAskedView>();
      expect(asked).toMatchObject({ wanted: 16, answered: 16, failed: 0, requests: 16, faults: [] });
      expect(asked.spent).toMatchObject({ unknownTokens: 0 });
      expect(asked.lengths?.longest).toBeLessThanOrEqual(24);
      expect(asked.finishReasons.every(({ reason }) => ["stop", "length"].includes(reason))).toBe(true);
      const { items } = (await admin.send("GET", "/api/endpoints")).json<{ items: EndpointView[] }>();
      expect(items[0]?.spent.tokens).toBe(asked.spent.promptTokens + asked.spent.answerTokens);
      const answers = await database.db.completion.findMany({ where: { runId: run.id } });
      expect(new Set(answers.map(({ seed }) => seed)).size).toBe(16);
      expect(new Set(answers.map(({ text }) => text)).size).toBeGreaterThan(8);
      expect(await database.db.task.count({ where: { projectId } })).toBeGreaterThan(questions.length);
    });

    it("is understood when it refuses", async () => {
      const test = async (draft: object) => {
        const { id } = await newEndpoint(draft);
        return (await admin.send("POST", `/api/endpoints/${id}/test`)).json<EndpointTestView>();
      };
      expect(await test({})).toMatchObject({ fault: null, text: expect.stringMatching(/\w/) });
      expect(await test({ key: `${key}-not` })).toMatchObject({ fault: { reason: "endpointKeyRefused" } });
      const elsewhere = { baseUrl: baseUrl.replace("/v1", "/v2") };
      expect(await test(elsewhere)).toMatchObject({ fault: { reason: "endpointNotFound" } });
    });
  },
);
