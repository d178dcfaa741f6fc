import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type ArenaBattleView, ArenaNews } from "@touchstone/contracts";
import { registerModel } from "@touchstone/persistence";
import { describeModel, type Files } from "@touchstone/rlhf";
import * as world from "../../packages/rlhf/src/trainers/tiny-world.fixture.ts";
import type { TestApi } from "./api-server.ts";
import { type BuiltProcess, spawnBuilt } from "./built-process.ts";
import { storeFiles } from "./store-files.ts";
import type { Visitor } from "./visitor.ts";

/** A worker that serves, for a test's own API. */
export function startServing(api: TestApi): BuiltProcess {
  return spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: api.databaseUrl,
    REDIS_URL: api.redisUrl,
    TOUCHSTONE_FILES_DIR: api.filesDir,
  });
}

/** A small policy with a context of so many tokens: rotary positions have no weights, so it can be any. */
export async function storeTiny(api: TestApi, workspaceId: string, name: string, context: number): Promise<string> {
  const config = Buffer.from(world.freshPolicy.get("config.json") ?? []).toString();
  const changed = config.replace(/"max_position_embeddings": ?\d+/, `"max_position_embeddings": ${context}`);
  const files: Files = new Map([...world.freshPolicy, ["config.json", Buffer.from(changed)]]);
  const { kind, parameters, tokenizerSha256, sha256 } = describeModel(files);
  const stored = await storeFiles(api.filesDir, `models/${name}`, files);
  const row = { workspaceId, kind, name, parameters, tokenizerSha256, sha256, files: stored, spec: {} };
  return registerModel(api.server.database, row);
}

/** What an answer to a request came as, word for word. */
export interface Received {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Somebody who talks to the API over the wire, and keeps all that comes back. */
export class Talker {
  readonly received: Received[] = [];
  readonly #visitor: Visitor;
  readonly #base: string;

  constructor(api: TestApi, visitor: Visitor) {
    this.#visitor = visitor;
    this.#base = `http://127.0.0.1:${(api.server.server.address() as AddressInfo).port}`;
  }

  async send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Received> {
    const { cookie = "", csrfToken = "" } = this.#visitor;
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...{ cookie, "x-csrf-token": csrfToken },
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const received = {
      status: response.status,
      headers: JSON.stringify([...response.headers]),
      body: await response.text(),
    };
    this.received.push(received);
    return received;
  }

  /** @throws where it is refused */
  async battle(method: string, path: string, body?: unknown): Promise<ArenaBattleView> {
    const { status, body: text } = await this.send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return JSON.parse(text);
  }

  /** The news of both answers; asked anew for as long as nobody serves yet. */
  async answers(battleId: string): Promise<ArenaNews[]> {
    for (let tries = 0; ; tries++) {
      const { status, body } = await this.send("POST", `/api/battles/${battleId}/answers`);
      if (status === 200) return newsOf(body);
      if (status !== 503 || tries > 200) throw new Error(`${status} ${body}`);
      await sleep(250);
    }
  }
}

/** What stands in the events of a stream. */
export function newsOf(body: string): ArenaNews[] {
  const events = body.trimEnd().split("\n\n");
  const isWhole = events.at(-1) === "data: [DONE]";
  const told = isWhole ? events.slice(0, -1) : events;
  const news = told.map((event) => ArenaNews.parse(JSON.parse(event.slice("data: ".length))));
  if (!isWhole && news.at(-1)?.type !== "failed") throw new Error(`it broke off: ${events.at(-1)}`);
  return news;
}

/** Both answers as they were told piece by piece. */
export function toldIn(news: readonly ArenaNews[]): { a: string; b: string } {
  const said = news.flatMap((one) => (one.type === "said" ? [one] : []));
  return { a: said.map(({ a }) => a).join(""), b: said.map(({ b }) => b).join("") };
}
