import { setTimeout as sleep } from "node:timers/promises";
import { type ChatChunk, ChatCompletion, type ChatError, EndpointSampling } from "@touchstone/contracts";
import { openServingQueue, servingChannel, servingQueueName } from "@touchstone/jobs";
import { askCompletion, OutgoingAllow, openOutgoing } from "@touchstone/outgoing";
import { type Files, scoreCompletions } from "@touchstone/rlhf";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as world from "../../packages/rlhf/src/trainers/tiny-world.fixture.ts";
import type { BuiltProcess } from "../harness/built-process.ts";
import { openServingPlace, type ServingPlace, waitingSet } from "../harness/serving-place.ts";
import { newTenant } from "../harness/visitor.ts";

let place: ServingPlace;
let judge: { readonly id: string; readonly files: Files };
let worker: BuiltProcess;
beforeAll(async () => {
  place = await openServingPlace("serve@example.org");
  judge = await place.addJudge();
});
afterAll(() => place.close());

const post = (path: string, body: unknown, more: RequestInit = {}) =>
  fetch(`${place.base}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${place.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    ...more,
  });
const said = (content: string) => [{ role: "user", content }];
const chat = (more: object, init?: RequestInit) =>
  post("/v1/chat/completions", { model: "tiny/1", messages: said("Write about tea."), ...more }, init);
const completion = async (more: object) => {
  const response = await chat(more);
  const body = await response.text();
  expect(response.status, body).toBe(200);
  return ChatCompletion.parse(JSON.parse(body));
};
const errorOf = async (response: Response) => ((await response.json()) as ChatError).error;

/** All events of a stream, without the last, which says that it was whole. */
async function streamed(more: object): Promise<ChatChunk[]> {
  const response = await chat({ stream: true, ...more });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const events = (await response.text()).trimEnd().split("\n\n");
  expect(events.pop()).toBe("data: [DONE]");
  return events.map((event) => JSON.parse(event.slice("data: ".length)));
}

it("says that nobody serves, and how to start somebody, as long as no worker is there", async () => {
  const response = await chat({});
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await errorOf(response)).toMatchObject({
    type: "server_error",
    code: "servingNoWorker",
    message: expect.stringContaining("TOUCHSTONE_CAPABILITIES=cpu,serve"),
  });
  const scored = await post(`/api/models/${judge.id}/scores`, { items: [{ prompt: "q1", answer: "zz" }] });
  expect(scored.status).toBe(503);
});

it("answers as the policy does by itself, whole and streamed, with usage, lengths, stops and seeds", async () => {
  worker = await place.startWorker();
  const asked = { seed: 7, max_completion_tokens: 40 };
  const expected = await place.alone({ temperature: 1, maxNewTokens: 40 });
  const whole = await completion(asked);
  expect(whole).toMatchObject({
    object: "chat.completion",
    model: "tiny/1",
    choices: [{ index: 0, message: { role: "assistant", content: expected }, finish_reason: "length" }],
    usage: { completion_tokens: 40, total_tokens: whole.usage.prompt_tokens + 40 },
  });
  const chunks = await streamed({ ...asked, stream_options: { include_usage: true } });
  const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
  expect(text).toBe(expected);
  expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("length");
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);

  const [stop = ""] = /[ -~]{2}/.exec(expected.slice(2)) ?? [];
  expect(stop, JSON.stringify(expected)).toHaveLength(2);
  const stopped = { ...asked, stop: [stop] };
  const [choice] = (await completion(stopped)).choices;
  expect(choice).toMatchObject({
    finish_reason: "stop",
    message: { content: expected.slice(0, expected.indexOf(stop)) },
  });
  const pieces = await streamed(stopped);
  expect(pieces.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(choice?.message.content);

  const sampled = { n: 3, seed: 7, max_tokens: 12, top_p: 0.9 };
  const texts = async () => (await completion(sampled)).choices.map(({ message }) => message.content);
  const first = await texts();
  expect(await texts()).toEqual(first);
  expect(new Set(first).size).toBe(3);
  expect(first[0]).toBe(await place.alone({ temperature: 1, topP: 0.9, maxNewTokens: 12 }));
});

it("is an endpoint as any other: the product's own client reads it", async () => {
  const outgoing = openOutgoing({ allow: OutgoingAllow.parse("127.0.0.1") });
  const sampling = EndpointSampling.parse({ temperature: 1, maxNewTokens: 40 });
  const dialect = { lengthName: "max_tokens" as const, seed: true };
  const messages = [{ role: "user" as const, content: "Write about tea." }];
  const question = {
    baseUrl: `${place.base}/v1`,
    model: "tiny/1",
    key: place.token,
    dialect,
    sampling,
    messages,
    seed: 7,
  };
  const { answer, fault } = await askCompletion(outgoing, { ...question, wholeMs: 20_000 });
  expect(fault).toBeNull();
  expect(answer).toMatchObject({ text: await place.alone({ temperature: 1, maxNewTokens: 40 }), answerTokens: 40 });
  const unknown = await askCompletion(outgoing, { ...question, model: "tiny/9", wholeMs: 20_000 });
  expect(unknown.fault).toMatchObject({ reason: "endpointNotFound", next: "stop" });
  await outgoing.close();
});

it("lists the workspace's policies and answers with none of another's", async () => {
  const headers = { authorization: `Bearer ${place.token}` };
  const list = await (await fetch(`${place.base}/v1/models`, { headers })).json();
  expect(list).toMatchObject({ object: "list", data: [{ id: "tiny/1", object: "model" }] });
  const stranger = (await newTenant(place.api.server, "stranger@example.org")).admin;
  const theirs = await stranger.send("GET", "/v1/models");
  expect(theirs.json()).toEqual({ object: "list", data: [] });
  for (const model of ["tiny/1", place.policyId]) {
    const refusal = await stranger.send("POST", "/v1/chat/completions", { model, messages: said("Hello") });
    expect(refusal.statusCode).toBe(404);
    expect(refusal.json()).toMatchObject({ error: { code: "model_not_found", param: "model" } });
  }
  expect((await stranger.send("POST", `/v1/rewards/${judge.id}`, { query: ["a"], prompts: ["a"] })).statusCode).toBe(
    404,
  );
  const nobody = await fetch(`${place.base}/v1/models`, { headers: { authorization: "Bearer sk-wrong" } });
  expect(nobody.status).toBe(401);
  expect(await errorOf(nobody)).toMatchObject({ code: "invalid_api_key" });
});

it.each([
  ["tools", { tools: [{ type: "function" }] }, "tools"],
  ["logprobs", { logprobs: true }, "logprobs"],
  ["a parameter that nobody has", { repetition_penalty: 1.1 }, "repetition_penalty"],
  ["a penalty", { frequency_penalty: 0.5 }, "frequency_penalty"],
  ["JSON alone", { response_format: { type: "json_object" } }, "response_format.type"],
  ["too many answers", { n: 9 }, "n"],
  ["no tokens", { max_tokens: 0 }, "max_tokens"],
  ["two lengths", { max_tokens: 4, max_completion_tokens: 5 }, "max_tokens"],
  ["options of a stream without one", { stream_options: { include_usage: true } }, "stream_options"],
  ["a picture", { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "x" } }] }] }, undefined],
  ["an empty turn", { messages: [{ role: "user", content: "" }] }, "messages.0.content"],
  [
    "a turn of empty parts",
    { messages: [{ role: "user", content: [{ type: "text", text: "" }] }] },
    "messages.0.content",
  ],
  ["a result of a tool", { messages: [{ role: "tool", content: "4", tool_call_id: "a" }] }, undefined],
])("refuses %s by name, as a 400 in OpenAI's shape", async (_what, more, param) => {
  const response = await chat(more);
  expect(response.status).toBe(400);
  const error = await errorOf(response);
  expect(error).toMatchObject({ type: "invalid_request_error", message: expect.any(String) });
  if (param !== undefined) expect(error.param).toBe(param);
});

it("takes what clients send unasked, and turns of an earlier answer as they came", async () => {
  const messages = [
    { role: "developer", content: "Be brief." },
    { role: "user", content: [{ type: "text", text: "Hello" }] },
    {
      role: "assistant",
      content: "Hi",
      refusal: null,
      annotations: [],
      audio: null,
      function_call: null,
      tool_calls: [],
    },
    { role: "user", content: "Again" },
  ];
  const unasked = { user: "u", n: null, stop: null, seed: null, tools: [], logit_bias: {}, presence_penalty: 0 };
  expect((await completion({ messages, max_tokens: 2, ...unasked })).choices).toHaveLength(1);
});

it("refuses a conversation that is too long for the context, also where it would be streamed", async () => {
  const response = await chat({ messages: said("tea ".repeat(400)), stream: true });
  expect(response.status).toBe(400);
  expect(await errorOf(response)).toMatchObject({
    code: "context_length_exceeded",
    message: expect.stringContaining("160"),
  });
});

const signal = (name: NodeJS.Signals) => process.kill(worker.pid, name);

it("scores answers as the reward model does by itself, also as OpenRLHF asks, and says what is no reward model", async () => {
  const items = Array.from({ length: 20 }, (_, index) => ({
    prompt: `q${index}`,
    answer: `${"z".repeat(index % 5)}ab`,
  }));
  const own = await scoreCompletions({
    ...{ engine: world.engine, reward: judge.files },
    items: items.map(({ prompt, answer }) => ({ prompt: [{ role: "user" as const, content: prompt }], text: answer })),
  });
  const response = await post(`/api/models/${judge.id}/scores`, { items });
  const { scores } = (await response.json()) as { scores: { score: number; normalised: number }[] };
  expect(scores).toHaveLength(20);
  for (const [index, { score, normalised }] of scores.entries()) {
    expect(score).toBeCloseTo(own[index]?.score ?? Number.NaN, 5);
    expect(normalised).toBeCloseTo(own[index]?.normalised ?? Number.NaN, 5);
  }
  const prompts = items.map(({ prompt }) => prompt);
  const query = items.map(({ prompt, answer }) => prompt + answer);
  const remote = await post(`/v1/rewards/${judge.id}`, { query, prompts, labels: prompts.map(() => null) });
  const rewards = scores.map(({ normalised }) => normalised);
  const logged = { raw_score: scores.map(({ score }) => score), truncated: scores.map(() => 0) };
  expect(await remote.json()).toEqual({ rewards, scores: rewards, extra_logs: logged });

  const apart = await post(`/v1/rewards/${judge.id}`, { query: ["ab"], prompts: ["q"] });
  expect(await errorOf(apart)).toMatchObject({ code: "servingQueryApart", param: "query.0" });
  const uneven = await post(`/v1/rewards/${judge.id}`, { query: ["ab"], prompts: ["a", "b"] });
  expect(await errorOf(uneven)).toMatchObject({ code: "servingUneven" });
  const wrong = await post(`/api/models/${place.policyId}/scores`, { items: items.slice(0, 1) });
  expect(await wrong.json()).toMatchObject({ code: "invalid_value", reason: "servingNotReward" });
});

it("tells how long it took in the metrics", async () => {
  const metrics = await (await fetch(`${place.base}/api/metrics`)).text();
  for (const line of ['kind="chat",until="first"', 'kind="chat",until="whole"', 'kind="score",until="whole"'])
    expect(metrics).toContain(`touchstone_serving_seconds_bucket{le="60",${line}}`);
});

it("says at once what a worker has no room for, with the bytes needed and there", async () => {
  await worker.kill("SIGKILL");
  worker = await place.startWorker({ TOUCHSTONE_SERVING_BYTES: "20000" });
  const response = await chat({});
  expect(response.status).toBe(400);
  const { code, message } = await errorOf(response);
  expect(code).toBe("servingTooLarge");
  expect(message).toMatch(/needs \d{5,} bytes .* has 20000/);
});

it("never lets half an answer pass for a whole one, and stops when nobody listens", async () => {
  // In the place of the worker, which is stopped, the test says what one would, and then nothing, or leaves something out.
  signal("SIGSTOP");
  const tell = (id: string | undefined, number: number, news: object) =>
    place.redis.publish(servingChannel(id ?? ""), JSON.stringify({ number, news }));
  const begin = async (): Promise<string | undefined> => {
    const [id] = await place.waiting(1);
    await tell(id, 0, { type: "begun", promptTokens: 3 });
    await tell(id, 1, { type: "said", said: [{ answer: 0, text: "Half an ", tokens: 3 }] });
    return id;
  };

  const streaming = chat({ stream: true });
  await tell(await begin(), 3, { type: "done" });
  const gap = await (await streaming).text();
  expect(gap).toContain("Half an ");
  expect(gap).not.toContain("[DONE]");
  expect(gap).toMatch(/data: \{"error":\{"message":"The worker that answered was lost[^\n]*"servingBrokeOff"\}\}\n\n$/);
  const asked = chat({});
  await tell(await begin(), 3, { type: "done" });
  expect((await asked).status).toBe(503);
  expect(await (await asked).text()).not.toContain("Half");

  const leaving = new AbortController();
  const left = chat({ stream: true }, { signal: leaving.signal });
  const id = await begin();
  await (await left).body?.getReader().read();
  expect(await tell(id, 2, { type: "beat" })).toBe(1);
  leaving.abort();
  let listeners = 1;
  for (let number = 3; listeners > 0 && number < 200; number++) {
    await sleep(20);
    listeners = await tell(id, number, { type: "beat" });
  }
  expect(listeners).toBe(0);
  await place.waiting(0);

  const queue = openServingQueue(place.redis, { lostAfterMs: 300, patienceMs: 100 });
  const ask = {
    kind: "chat" as const,
    messages: [],
    answers: 1,
    seed: 1,
    sampling: { temperature: 1, topP: 1, stop: [] },
  };
  const heard: string[] = [];
  const silent = async () => {
    for await (const { type } of queue.ask(
      { workspaceId: place.workspaceId, modelId: place.policyId, ask },
      new AbortController().signal,
    ))
      heard.push(type);
  };
  const lost = expect(silent()).rejects.toMatchObject({ reason: "servingBrokeOff" });
  await begin();
  const [taken = ""] = await place.redis.zpopmin(waitingSet);
  await place.redis.lpush(`bull:${servingQueueName}:active`, taken);
  await lost;
  expect(heard).toEqual(["begun", "said"]);
  await queue.close();
});

it("ends what waits for a worker that dies with a clear error", async () => {
  const response = chat({ stream: true });
  await place.waiting(1);
  await worker.kill("SIGKILL");
  expect((await response).status).toBe(503);
  expect(await errorOf(await response)).toMatchObject({ code: "servingNoWorker" });
});
