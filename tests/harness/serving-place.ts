import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { producerConnection, servingQueueName } from "@touchstone/jobs";
import { registerModel } from "@touchstone/persistence";
import { describeModel, type Files, generateCompletions } from "@touchstone/rlhf";
import { expect, vi } from "vitest";
import * as world from "../../packages/rlhf/src/trainers/tiny-world.fixture.ts";
import { openApi, type TestApi } from "./api-server.ts";
import { type BuiltProcess, spawnBuilt } from "./built-process.ts";
import { storeFiles } from "./store-files.ts";
import { newTenant, type Visitor } from "./visitor.ts";

/** Somebody's programs: a workspace with an API token and the policy `tiny/1`. */
export interface Programs {
  readonly admin: Visitor;
  readonly workspaceId: string;
  readonly token: string;
  readonly policyId: string;
}

/** An API that listens, with registered models to be served; a worker when one is started. */
export interface ServingPlace extends Programs {
  readonly api: TestApi;
  /** Origin without a trailing slash. */
  readonly base: string;
  /** Of the policy `tiny/1`, whose context is 160 tokens. */
  readonly policy: Files;
  readonly redis: ReturnType<typeof producerConnection>;
  /** Trains and registers a reward model, in the first workspace or this one. */
  addJudge(workspaceId?: string): Promise<{ readonly id: string; readonly files: Files }>;
  /** Another workspace that has the same policy. */
  moveIn(email: string): Promise<Programs>;
  /** Starts a worker, and resolves when it answers. */
  startWorker(env?: Record<string, string>): Promise<BuiltProcess>;
  /** What the policy says by itself. */
  alone(options: object, content?: string): Promise<string>;
  /** The ids of all that waits in the queue, in their order, once so many do. @throws Error where they don't within 10 s */
  waiting(count: number): Promise<string[]>;
  close(): Promise<void>;
}

/** BullMQ's own list of what waits: a worker that is stopped takes nothing from it. */
export const waitingSet = `bull:${servingQueueName}:prioritized`;

// Rotary positions have no weights, so its context can be any.
const config = Buffer.from(world.freshPolicy.get("config.json") ?? []).toString();
const longer = config.replace(/"max_position_embeddings": ?\d+/, '"max_position_embeddings": 160');
const policy: Files = new Map([...world.freshPolicy, ["config.json", Buffer.from(longer)]]);

/** A judge that has seen a few pairs: enough to tell texts apart. */
async function trainedJudge(): Promise<Files> {
  const spec = { trainer: "reward" as const, epochs: 0.1, minimumLabels: 8 };
  return (await world.train(spec, { comparisons: world.comparisons }, { policy: world.freshPolicy })).files;
}

async function store({ server, filesDir }: TestApi, workspaceId: string, name: string, files: Files): Promise<string> {
  const { kind, parameters, tokenizerSha256, sha256 } = describeModel(files);
  const stored = await storeFiles(filesDir, `models/${crypto.randomUUID()}`, files);
  const row = { workspaceId, kind, name, parameters, tokenizerSha256, sha256, files: stored, spec: {} };
  return registerModel(server.database, row);
}

/** Close it in afterAll. */
export async function openServingPlace(email: string): Promise<ServingPlace> {
  const api = await openApi();
  const moveIn = async (whose: string): Promise<Programs> => {
    const { admin, workspaceId } = await newTenant(api.server, whose);
    const policyId = await store(api, workspaceId, "Tiny", policy);
    const made = await admin.send("POST", "/api/tokens", { name: "programs", role: "researcher" });
    expect(made.statusCode, made.body).toBe(201);
    return { admin, workspaceId, token: made.json<{ token: string }>().token, policyId };
  };
  const programs = await moveIn(email);
  const redis = producerConnection(api.redisUrl);
  await api.server.listen({ port: 0, host: "127.0.0.1" });
  const base = `http://127.0.0.1:${(api.server.server.address() as AddressInfo).port}`;
  const workers: BuiltProcess[] = [];
  let judged: Promise<Files> | undefined;
  const statusOfAnswer = async () => {
    const headers = { authorization: `Bearer ${programs.token}`, "content-type": "application/json" };
    const messages = [{ role: "user", content: "Hello" }];
    const body = JSON.stringify({ model: "tiny/1", messages, max_tokens: 1 });
    return (await fetch(`${base}/v1/chat/completions`, { method: "POST", headers, body })).status;
  };

  return {
    ...{ ...programs, api, base, policy, redis, moveIn },
    async addJudge(workspaceId = programs.workspaceId) {
      judged ??= trainedJudge();
      const files = await judged;
      return { id: await store(api, workspaceId, "Judge", files), files };
    },
    async startWorker(env = {}) {
      const worker = spawnBuilt("worker/dist/main.js", {
        DATABASE_URL: api.databaseUrl,
        REDIS_URL: api.redisUrl,
        TOUCHSTONE_FILES_DIR: api.filesDir,
        ...env,
      });
      workers.push(worker);
      await vi.waitUntil(async () => (await statusOfAnswer()) !== 503, { timeout: 30_000, interval: 50 });
      return worker;
    },
    async alone(options, content = "Write about tea.") {
      const prompts = [[{ role: "user" as const, content }]];
      const { engine } = world;
      const [answer] = await generateCompletions({ engine, policy, prompts, options, seed: 7 });
      return answer?.text ?? "";
    },
    async waiting(count) {
      for (let tries = 0; tries < 200; tries++) {
        const ids = await redis.zrange(waitingSet, "0", "-1");
        if (ids.length === count) return ids;
        await sleep(50);
      }
      throw new Error(`${await redis.zcard(waitingSet)} wait, and not ${count}`);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.kill("SIGKILL")));
      redis.disconnect();
      api.server.server.closeAllConnections();
      await api.close();
    },
  };
}
