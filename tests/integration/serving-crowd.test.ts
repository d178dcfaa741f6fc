import { openServingQueue, ServingJob, servingQueueName } from "@touchstone/jobs";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BuiltProcess } from "../harness/built-process.ts";
import { openServingPlace, type Programs, type ServingPlace } from "../harness/serving-place.ts";

let place: ServingPlace;
let others: Programs;
let third: Programs;
let worker: BuiltProcess;
beforeAll(async () => {
  place = await openServingPlace("ada@example.org");
  others = await place.moveIn("eve@example.org");
  third = await place.moveIn("zoe@example.org");
  worker = await place.startWorker();
});
afterAll(() => place.close());

const signal = (name: NodeJS.Signals) => process.kill(worker.pid, name);
const clientOf = ({ token }: Programs) => new OpenAI({ baseURL: `${place.base}/v1`, apiKey: token, maxRetries: 0 });

const post = ({ token }: Programs, path: string, body: object) => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return fetch(`${place.base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
};

/** Streamed and without chance: the same question has one answer. @throws APIError */
async function answerTo(client: OpenAI, content: string, more: object = {}): Promise<string> {
  const messages = [{ role: "user" as const, content }];
  const asked = { model: "tiny/1", messages, temperature: 0, max_tokens: 20, stream: true as const, ...more };
  let text = "";
  let end: string | null = null;
  for await (const { choices } of await client.chat.completions.create(asked)) {
    text += choices[0]?.delta.content ?? "";
    end = choices[0]?.finish_reason ?? end;
  }
  expect(end, content).toMatch(/^(stop|length)$/);
  return text;
}

/** Of which workspace each question is that waits, in the order in which they are taken. */
async function whoWaits(count: number): Promise<string[]> {
  const names = new Map([
    [place.workspaceId, "ada"],
    [others.workspaceId, "eve"],
    [third.workspaceId, "zoe"],
  ]);
  const ids = await place.waiting(count);
  const jobs = await Promise.all(ids.map((id) => place.redis.hget(`bull:${servingQueueName}:${id}`, "data")));
  return jobs.map((data) => names.get(ServingJob.parse(JSON.parse(data ?? "")).workspaceId) ?? "?");
}

it("answers sixty-four clients at once, each with what it would have got alone", async () => {
  const client = clientOf(place);
  const questions = Array.from({ length: 64 }, (_, index) => `${index} things about tea number ${index}`);
  // Without chance, and by a seed of its own: an untrained policy says the same to everybody by its likeliest tokens alone.
  const by = (index: number) => ({ seed: index, temperature: index % 4 === 0 ? 0 : 1 });
  const alone: string[] = [];
  for (const [index, question] of questions.entries()) alone.push(await answerTo(client, question, by(index)));
  // Mixed up they would be seen.
  expect(new Set(alone).size).toBeGreaterThan(32);
  const clients = questions.map(() => clientOf(place));
  signal("SIGSTOP");
  const together = Promise.all(
    questions.map((question, index) => answerTo(clients[index] ?? client, question, by(index))),
  );
  await place.waiting(64);
  signal("SIGCONT");
  expect(await together).toEqual(alone);
});

it("takes workspaces in turns, in whatever order they came and however much one of them has asked before", async () => {
  signal("SIGSTOP");
  const asked: Promise<string>[] = [];
  const ask = async (whose: Programs, times: number) => {
    const client = clientOf(whose);
    for (let n = 0; n < times; n++) {
      asked.push(answerTo(client, `Turn ${n}`));
      await place.waiting(asked.length);
    }
  };
  await ask(place, 4);
  await ask(others, 3);
  await ask(third, 1);
  await ask(place, 1);
  expect(await whoWaits(9)).toEqual(["ada", "eve", "zoe", "ada", "eve", "ada", "eve", "ada", "ada"]);
  signal("SIGCONT");
  await Promise.all(asked);
});

it("answers the one question of a workspace long before the flood of another is through", async () => {
  const ended: string[] = [];
  const ada = clientOf(place);
  const eve = clientOf(others);
  // All of it lies there before the worker takes the first of it, however quick it is.
  signal("SIGSTOP");
  const asked = Array.from({ length: 64 }, async (_, index) => {
    await answerTo(ada, `Flood ${index}`, { n: 4, max_tokens: 40 });
    ended.push("ada");
  });
  await place.waiting(64);
  asked.push(answerTo(eve, "One question", { max_tokens: 40 }).then(() => void ended.push("eve")));
  await place.waiting(65);
  signal("SIGCONT");
  await Promise.all(asked);
  expect(ended).toHaveLength(65);
  expect(ended.indexOf("eve")).toBeLessThan(48);
});

it("scores for workspaces in turns: a flood of texts does not keep another's from being scored", async () => {
  const judges = [await place.addJudge(), await place.addJudge(others.workspaceId)] as const;
  const items = Array.from({ length: 256 }, (_, index) => ({ prompt: "q1", answer: `${index} z` }));
  const ended: string[] = [];
  const score = async (name: string, whose: Programs, id: string) => {
    const answer = await post(whose, `/api/models/${id}/scores`, { items });
    expect(answer.status).toBe(200);
    ended.push(name);
  };
  signal("SIGSTOP");
  const asked = Array.from({ length: 10 }, () => score("ada", place, judges[0].id));
  await place.waiting(10);
  asked.push(score("eve", others, judges[1].id));
  expect((await whoWaits(11)).indexOf("eve")).toBe(1);
  signal("SIGCONT");
  await Promise.all(asked);
  // Ada's ten share every other turn.
  expect(ended[0]).toBe("eve");
});

it("has a room for each workspace, and a clear 429 beyond it and beyond what may wait for all", async () => {
  signal("SIGSTOP");
  const queue = openServingQueue(place.redis);
  const leaving: AbortController[] = [];
  const { workspaceId, policyId: modelId } = third;
  const sampling = { temperature: 1, topP: 1, stop: [] };
  const ask = { kind: "chat" as const, messages: [], answers: 1, seed: 1, sampling };
  const wait = () => {
    const leave = new AbortController();
    leaving.push(leave);
    return queue.ask({ workspaceId, modelId, ask }, leave.signal).next();
  };
  const said = { model: "tiny/1", messages: [{ role: "user", content: "Hello" }], max_tokens: 1 };
  const status = async (whose: Programs, path: string, body: object) => {
    const answer = await post(whose, path, body);
    return [answer.status, answer.headers.get("retry-after"), await answer.text()];
  };
  const ada = Array.from({ length: 64 }, () => answerTo(clientOf(place), "Wait"));
  await place.waiting(64);
  expect(await status(place, "/v1/chat/completions", said)).toEqual([429, "2", expect.stringContaining("(64)")]);
  // The room of one is not another's.
  const eve = answerTo(clientOf(others), "Wait");
  await place.waiting(65);
  const many = Array.from({ length: 191 }, () => wait().catch((error: unknown) => error));
  await place.waiting(256);
  expect(await status(others, "/v1/chat/completions", said)).toEqual([429, "2", expect.stringContaining("(256)")]);
  const items = [{ prompt: "q", answer: "a" }];
  const { id } = await place.addJudge();
  expect(await status(place, `/api/models/${id}/scores`, { items })).toEqual([
    429,
    "2",
    expect.stringContaining("(64)"),
  ]);
  for (const leave of leaving) leave.abort(new Error("left"));
  for (const error of await Promise.all(many)) expect(error).toMatchObject({ message: "left" });
  await place.waiting(65);
  signal("SIGCONT");
  const answers = await Promise.all([...ada, eve]);
  expect(new Set(answers).size).toBe(1);
  await queue.close();
});
