import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { type Files, scoreCompletions } from "@touchstone/rlhf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engine } from "../../packages/rlhf/src/trainers/tiny-world.fixture.ts";
import type { BuiltProcess } from "../harness/built-process.ts";
import { openServingPlace, type ServingPlace } from "../harness/serving-place.ts";
import { documentedPython } from "./documented.ts";
import { asked, hasPackage, withEnvironment } from "./environments.ts";

/** What OpenRLHF's client made of the answer that it was rewarded for. */
interface Rewarded {
  readonly prompt: string;
  readonly text: string;
  readonly reward: number | null;
  readonly score: number | null;
  readonly logs: Readonly<Record<string, number>>;
}

let place: ServingPlace;
let judge: { readonly id: string; readonly files: Files };
let worker: BuiltProcess;
let folder: string;
/** Statuses of all that was answered, by path. */
const answered: { readonly path: string; readonly status: number }[] = [];
beforeAll(async () => {
  place = await openServingPlace("ada@example.org");
  judge = await place.addJudge();
  worker = await place.startWorker();
  folder = mkdtempSync(join(tmpdir(), "touchstone-rewards-"));
  place.api.server.server.on("request", ({ url = "" }, response: ServerResponse) =>
    response.on("finish", () => answered.push({ path: url, status: response.statusCode })),
  );
});
afterAll(async () => {
  await place.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The function of the docs, as a file that a trainer loads. */
function documented(name: string): string {
  const path = join(folder, `${name}.py`);
  writeFileSync(path, documentedPython("serving.md", name));
  return path;
}

const run = (script: string, args: readonly string[]) =>
  asked("trl", script, args, {
    ...{ HF_HUB_OFFLINE: "1", HF_HOME: join(folder, "hf"), TRACKIO_DISABLE: "1" },
    ...{ TOUCHSTONE_URL: place.base, TOUCHSTONE_TOKEN: place.token, REWARD_MODEL: judge.id },
  });

/** What the reward model says by itself. */
const scoresOf = async (said: readonly { readonly prompt: string; readonly text: string }[]) =>
  scoreCompletions({
    ...{ engine, reward: judge.files },
    items: said.map(({ prompt, text }) => ({
      prompt: [{ role: "user" as const, content: prompt }],
      text: text.replaceAll("\0", "\ufffd"),
    })),
  });
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

withEnvironment("trl")("TRL's trainers are rewarded by our scorer, through the function of the docs", async () => {
  const trained = (await run("train_with_our_rewards.py", [documented("touchstone_reward")])) as Record<
    string,
    { given: [string, string, number][]; logged: number[] }
  >;
  expect(Object.keys(trained)).toEqual(["GRPO on texts", "GRPO on conversations", "RLOO on texts"]);
  for (const [name, { given, logged }] of Object.entries(trained)) {
    // Two steps of one prompt with four answers each.
    expect([name, given.length, logged.length]).toEqual([name, 8, 2]);
    const own = await scoresOf(given.map(([prompt, text]) => ({ prompt, text })));
    for (const [index, [, , reward]] of given.entries())
      expect(reward).toBeCloseTo(own[index]?.normalised ?? Number.NaN, 4);
    expect(new Set(given.map(([, , reward]) => reward)).size).toBeGreaterThan(1);
    for (const [step, reward] of logged.entries())
      expect(reward).toBeCloseTo(mean(given.slice(4 * step, 4 * step + 4).map(([, , one]) => one)), 4);
  }
});

describe.skipIf(!hasPackage("trl", "openrlhf"))("OpenRLHF's own client (skipped where it is not installed)", () => {
  const ask = async (remoteUrl: string, count: number) =>
    (await run("ask_with_openrlhf.py", [remoteUrl, String(count)])) as Rewarded[];

  async function expectOurs(said: readonly Rewarded[]): Promise<void> {
    const own = await scoresOf(said);
    for (const [index, { reward, score, logs }] of said.entries()) {
      expect(reward).toBeCloseTo(own[index]?.normalised ?? Number.NaN, 4);
      expect(score).toBe(reward);
      expect(logs.raw_score).toBeCloseTo(own[index]?.score ?? Number.NaN, 4);
      expect(logs.truncated).toBe(Number(own[index]?.truncated));
    }
  }

  it("loads the function of the docs as a file, and waits where all places are taken", async () => {
    process.kill(worker.pid, "SIGSTOP");
    const body = JSON.stringify({ model: "tiny/1", messages: [{ role: "user", content: "Hi" }], max_tokens: 1 });
    const headers = { authorization: `Bearer ${place.token}`, "content-type": "application/json" };
    const others = Array.from({ length: 64 }, () =>
      fetch(`${place.base}/v1/chat/completions`, { method: "POST", headers, body }),
    );
    await place.waiting(64);
    const rewarded = ask(documented("reward_func"), 12);
    const rewards = () => answered.filter(({ path }) => path.startsWith("/v1/rewards/")).map(({ status }) => status);
    await expect.poll(rewards, { timeout: 120_000 }).toContain(429);
    process.kill(worker.pid, "SIGCONT");
    const said = await rewarded;
    expect(said).toHaveLength(12);
    await expectOurs(said);
    // Half of them end by themselves, and their end is no part of what is scored.
    expect(said.some(({ text }) => text.includes("</s>"))).toBe(false);
    expect(rewards().filter((status) => status === 200)).toHaveLength(12);
    // Python may take longer to start than a question waits for a worker.
    for (const other of await Promise.all(others)) expect([200, 503]).toContain(other.status);
  });

  it("reads our answers over HTTP by itself, but sends no token: without one there is no reward", async () => {
    const path = `/v1/rewards/${judge.id}`;
    const relay = createServer(async (request, response) => {
      const body = JSON.parse(await textOf(request));
      // As the file does: the end of an answer is no part of it.
      const query = body.query.map((whole: string) => whole.replace(/<\/s>$/, "").replaceAll("\0", "\ufffd"));
      const answer = await fetch(place.base + path, {
        method: "POST",
        headers: { authorization: `Bearer ${place.token}`, "content-type": "application/json" },
        body: JSON.stringify({ ...body, query }),
      });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
    await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
    const said = await ask(`http://127.0.0.1:${(relay.address() as AddressInfo).port}`, 6);
    relay.close();
    expect(said).toHaveLength(6);
    await expectOurs(said);
    answered.length = 0;
    expect((await ask(place.base + path, 1)).map(({ reward }) => reward)).toEqual([null]);
    expect(answered.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  });
});
