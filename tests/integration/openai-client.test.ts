import { servingChannel, servingQueueName } from "@touchstone/jobs";
import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BuiltProcess } from "../harness/built-process.ts";
import { openServingPlace, type ServingPlace } from "../harness/serving-place.ts";

let place: ServingPlace;
let worker: BuiltProcess;
let client: OpenAI;
beforeAll(async () => {
  place = await openServingPlace("ada@example.org");
  client = clientWith();
  worker = await place.startWorker();
});
afterAll(() => place.close());

const clientWith = (more: ConstructorParameters<typeof OpenAI>[0] = {}) =>
  new OpenAI({ baseURL: `${place.base}/v1`, apiKey: place.token, maxRetries: 0, ...more });
const tea = { model: "tiny/1", messages: [{ role: "user" as const, content: "Write about tea." }] };
const contentOf = ({ choices }: OpenAI.ChatCompletion) => choices.map(({ message }) => message.content);
const signal = (name: NodeJS.Signals) => process.kill(worker.pid, name);

/** What was thrown. @throws Error where nothing was */
function thrownBy(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => {
      throw new Error("It was answered.");
    },
    (error: unknown) => error,
  );
}

describe("OpenAI's own client", () => {
  it("lists the models, a page of them", async () => {
    const ids: string[] = [];
    for await (const { id, object } of client.models.list()) ids.push(`${object} ${id}`);
    expect(ids).toEqual(["model tiny/1"]);
  });

  it("gets a whole answer with its usage, the one that the policy gives by itself", async () => {
    const completion = await client.chat.completions.create({ ...tea, seed: 7, max_completion_tokens: 40 });
    const expected = await place.alone({ temperature: 1, maxNewTokens: 40 });
    expect(completion).toMatchObject({ object: "chat.completion", model: "tiny/1" });
    expect(completion.choices).toMatchObject([
      { index: 0, finish_reason: "length", message: { role: "assistant", content: expected, refusal: null } },
    ]);
    const { usage } = completion;
    expect(usage?.completion_tokens).toBe(40);
    expect(usage?.total_tokens).toBe(40 + (usage?.prompt_tokens ?? Number.NaN));
  });

  it("streams the same, piece by piece and by its own helper, which puts the pieces together", async () => {
    const asked = { ...tea, seed: 7, max_tokens: 40, stream: true as const, stream_options: { include_usage: true } };
    const expected = await place.alone({ temperature: 1, maxNewTokens: 40 });
    const pieces: string[] = [];
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of await client.chat.completions.create(asked)) {
      pieces.push(chunk.choices[0]?.delta.content ?? "");
      usage = chunk.usage ?? usage;
    }
    expect(pieces.join("")).toBe(expected);
    expect(pieces.filter((piece) => piece !== "").length).toBeGreaterThan(1);
    expect(usage?.completion_tokens).toBe(40);
    const whole = await client.chat.completions.stream(asked).finalChatCompletion();
    expect(contentOf(whole)).toEqual([expected]);
    expect(whole.choices[0]?.finish_reason).toBe("length");
    expect(whole.usage).toEqual(usage);
  });

  it("stops before a stop string, whole and streamed", async () => {
    const expected = await place.alone({ temperature: 1, maxNewTokens: 40 });
    const [stop = ""] = /[ -~]{2}/.exec(expected.slice(2)) ?? [];
    expect(stop, JSON.stringify(expected)).toHaveLength(2);
    const asked = { ...tea, seed: 7, max_tokens: 40, stop: [stop, "never said"] };
    const before = expected.slice(0, expected.indexOf(stop));
    const whole = await client.chat.completions.create(asked);
    const streamed = await client.chat.completions.stream(asked).finalChatCompletion();
    for (const { choices } of [whole, streamed])
      expect(choices).toMatchObject([{ finish_reason: "stop", message: { content: before } }]);
  });

  it("gets the same for the same seed, another for another, and as many answers as it wants", async () => {
    const ask = async (seed: number, n = 1) =>
      contentOf(await client.chat.completions.create({ ...tea, seed, n, max_tokens: 16 }));
    const first = await ask(7, 3);
    expect(first).toHaveLength(3);
    expect(new Set(first).size).toBe(3);
    expect(await ask(7, 3)).toEqual(first);
    expect(await ask(7)).toEqual(first.slice(0, 1));
    expect(await ask(8)).not.toEqual(first.slice(0, 1));
    const streamed = await client.chat.completions
      .stream({ ...tea, seed: 7, n: 3, max_tokens: 16 })
      .finalChatCompletion();
    expect(contentOf(streamed)).toEqual(first);
  });

  it("leaves in the middle of a stream, and nobody goes on with it", async () => {
    const stream = await client.chat.completions.create({ ...tea, n: 8, stream: true });
    let pieces = 0;
    for await (const _ of stream) {
      // Stopped, so that it can't be through before the client has left.
      if (pieces++ === 0) signal("SIGSTOP");
      stream.controller.abort();
    }
    const listeners = () => place.redis.pubsub("CHANNELS", servingChannel("*"));
    await expect.poll(listeners).toEqual([]);
    expect(await place.redis.llen(`bull:${servingQueueName}:active`)).toBe(1);
    signal("SIGCONT");
    await expect.poll(() => place.redis.llen(`bull:${servingQueueName}:active`)).toBe(0);
    const calledOff = new AbortController();
    const asked = client.chat.completions.create(tea, { signal: calledOff.signal });
    calledOff.abort();
    expect(await thrownBy(asked)).toBeInstanceOf(APIUserAbortError);
    expect((await client.chat.completions.create({ ...tea, max_tokens: 1 })).choices).toHaveLength(1);
  });
});

describe("what it is refused, as its own errors", () => {
  const create = (more: object) => client.chat.completions.create({ ...tea, ...more });

  it("names the parameter of a bad request", async () => {
    const wrong = await thrownBy(create({ temperature: 3 }));
    expect(wrong).toBeInstanceOf(BadRequestError);
    expect(wrong).toMatchObject({ status: 400, type: "invalid_request_error", param: "temperature" });
    const tools = [{ type: "function" as const, function: { name: "look_up" } }];
    expect(await thrownBy(create({ tools }))).toMatchObject({ status: 400, param: "tools" });
    const long = [{ role: "user" as const, content: "tea ".repeat(400) }];
    const tooLong = await thrownBy(create({ messages: long, stream: true }));
    expect(tooLong).toBeInstanceOf(BadRequestError);
    expect(tooLong).toMatchObject({ code: "context_length_exceeded", message: expect.stringContaining("160") });
  });

  it("knows a wrong key, an unknown model, and what there is not here", async () => {
    const wrong = await thrownBy(clientWith({ apiKey: "sk-wrong" }).models.list());
    expect(wrong).toBeInstanceOf(AuthenticationError);
    expect(wrong).toMatchObject({ status: 401, code: "invalid_api_key" });
    const unknown = await thrownBy(create({ model: "gpt-5" }));
    expect(unknown).toBeInstanceOf(NotFoundError);
    expect(unknown).toMatchObject({ code: "model_not_found", param: "model", message: expect.stringMatching(/gpt-5/) });
    const elsewhere = await thrownBy(client.embeddings.create({ model: "tiny/1", input: "tea" }));
    expect(elsewhere).toBeInstanceOf(NotFoundError);
    expect(elsewhere).toMatchObject({ message: expect.stringContaining("/v1/embeddings") });
  });

  it("says that an answer broke off, and keeps it from passing for whole", async () => {
    // In the place of the worker, which is stopped, the test says what one would, and leaves something out.
    signal("SIGSTOP");
    const asked = client.chat.completions.create({ ...tea, stream: true });
    const [id = ""] = await place.waiting(1);
    const tell = (number: number, news: object) =>
      place.redis.publish(servingChannel(id), JSON.stringify({ number, news }));
    await tell(0, { type: "begun", promptTokens: 3 });
    await tell(1, { type: "said", said: [{ answer: 0, text: "Half an ", tokens: 3 }] });
    const stream = await asked;
    await tell(3, { type: "done" });
    const heard: string[] = [];
    const listened = thrownBy(
      (async () => {
        for await (const { choices } of stream) heard.push(choices[0]?.delta.content ?? "");
      })(),
    );
    const error = await listened;
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ code: "servingBrokeOff", message: expect.stringMatching(/Ask again/) });
    expect(heard.join("")).toBe("Half an ");
    await place.waiting(0);
    signal("SIGCONT");
  });

  it("gets a clear 429 beyond the limit, and comes again by itself when it has been told to", async () => {
    signal("SIGSTOP");
    const sixtyFour = Promise.all(Array.from({ length: 64 }, () => create({ max_tokens: 1 })));
    await place.waiting(64);
    const full = await thrownBy(create({}));
    expect(full).toBeInstanceOf(RateLimitError);
    expect(full).toMatchObject({ status: 429, type: "rate_limit_error", code: "rate_limit_exceeded" });
    expect(full).toMatchObject({ message: expect.stringMatching(/\(64\)/) });
    expect((full as RateLimitError).headers.get("retry-after")).toBe("2");
    const statuses: number[] = [];
    const patient = clientWith({
      maxRetries: 5,
      fetch: async (...request) => {
        const response = await fetch(...request);
        statuses.push(response.status);
        return response;
      },
    });
    const asked = patient.chat.completions.create({ ...tea, max_tokens: 1 });
    await expect.poll(() => statuses).toEqual([429]);
    signal("SIGCONT");
    expect((await asked).choices).toHaveLength(1);
    expect(statuses).toEqual([429, 200]);
    expect(await sixtyFour).toHaveLength(64);
  });

  it("says that nobody serves where no worker is there", async () => {
    await worker.kill("SIGKILL");
    const nobody = await thrownBy(create({}));
    expect(nobody).toBeInstanceOf(InternalServerError);
    expect(nobody).toMatchObject({ status: 503, code: "servingNoWorker" });
  });
});
