import { ApiError } from "@touchstone/api-client";
import type { AnswerAsk, AnswerEvent } from "@touchstone/contracts";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { columnOfEndpoint, drawInSight, drawsOf, freshTalk, hindrance, markedDraws, pairFault } from "./talk.ts";
import { type TalkPorts, TalkStore } from "./talk-store.ts";

/** One question under way: what was asked, and a way to answer it bit by bit. */
interface Asked {
  readonly model: string;
  readonly body: AnswerAsk;
  readonly signal: AbortSignal | undefined;
  say(...events: readonly AnswerEvent[]): void;
  end(text?: string): void;
}

let asked: Asked[];
let store: TalkStore;

const said = (text: string): AnswerEvent => ({ type: "said", text, tokens: text.length });
const ended: AnswerEvent = { type: "ended", finishReason: "stop", proof: "p" };

/** @param of what is asked for answers, before its id */
const asking =
  (of: string): TalkPorts["ask"] =>
  async ({ params, body }, { signal } = {}) => {
    const bytes = new TransformStream<Uint8Array, Uint8Array>();
    const writer = bytes.writable.getWriter();
    const write = (text: string) => void writer.write(new TextEncoder().encode(text)).catch(() => undefined);
    signal?.addEventListener("abort", () => void writer.abort(signal.reason).catch(() => undefined));
    asked.push({
      ...{ model: `${of}${params.id}`, signal: signal ?? undefined },
      body: { sampling: { temperature: 1, topP: 1 }, ...body } as AnswerAsk,
      say: (...events) => write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")),
      end: (text = "data: [DONE]\n\n") => {
        write(text);
        void writer.close().catch(() => undefined);
      },
    });
    return new Response(bytes.readable);
  };

beforeEach(() => {
  asked = [];
  store = new TalkStore(freshTalk, { ask: asking(""), askEndpoint: asking("endpoint ") });
  store.begin([], () => ["a", "b"]);
});

const question = (index: number): Asked => {
  const one = asked[index];
  if (!one) throw new Error(`only ${asked.length} were asked`);
  return one;
};
const columnOf = (place: number) => store.read().columns[place]?.key ?? "";
const sight = (place: number, turn = -1) => {
  const at = store.read().turns.at(turn);
  return at && drawInSight(at, columnOf(place));
};
const settled = (place: number, state: string) => vi.waitFor(() => expect(sight(place)?.state).toBe(state));

async function answer(index: number, place: number, text: string): Promise<void> {
  question(index).say(said(text), ended);
  question(index).end();
  await settled(place, "whole");
}

describe("several answers at once", () => {
  it("asks all with the same turns, and lets none wait for another", async () => {
    store.send("Why tea?");
    expect(asked.map(({ model }) => model)).toEqual(["a", "b"]);
    await answer(1, 1, "Because.");
    expect(sight(0)?.state).toBe("growing");
    expect(sight(1)).toMatchObject({ text: "Because.", proof: "p" });
    expect(question(0).body.messages).toEqual([{ role: "user", content: "Why tea?" }]);
  });

  it("says nothing twice: a second press while answers grow is none", () => {
    expect(store.send("Why tea?")).toBe(true);
    expect(store.send("Why tea?")).toBe(false);
    expect(store.send("   ")).toBe(false);
    expect(asked).toHaveLength(2);
  });

  it("goes on from each column's own answers, or from the picked one", async () => {
    store.set({ system: "Be brief." });
    store.send("One");
    await answer(0, 0, "of a");
    await answer(1, 1, "of b");
    store.send("Two");
    expect(question(2).body.messages.map(({ content }) => content)).toEqual(["Be brief.", "One", "of a", "Two"]);
    expect(question(3).body.messages.map(({ content }) => content)).toEqual(["Be brief.", "One", "of b", "Two"]);
    await answer(2, 0, "more of a");
    await answer(3, 1, "more of b");
    store.set({ together: true });
    expect(hindrance(store.read())).toBe("unpicked");
    expect(store.send("Three")).toBe(false);
    for (const { id } of store.read().turns) store.pick(id, columnOf(1));
    store.send("Three");
    for (const index of [4, 5])
      expect(question(index).body.messages.map(({ content }) => content)).toEqual([
        "Be brief.",
        "One",
        "of b",
        "Two",
        "more of b",
        "Three",
      ]);
  });
});

describe("an answer that isn't whole", () => {
  it("is never taken for one, whatever breaks it off, and nobody goes on from it", async () => {
    store.send("Why tea?");
    question(0).say(said("Half an "));
    question(0).end("");
    await settled(0, "broken");
    expect(sight(0)).toMatchObject({ text: "Half an ", proof: null, problem: null });
    const problem = { type: "t", title: "t", detail: "d", code: "unavailable" as const, status: 503, requestId: "r" };
    question(1).say(said("Half"), { type: "failed", problem });
    question(1).end("");
    await settled(1, "broken");
    expect(sight(1)?.problem?.code).toBe("unavailable");
    store.send("And then?");
    expect(asked).toHaveLength(2);
  });

  it("keeps what the server refused, with its reason", async () => {
    const problem = { type: "t", title: "t", detail: "d", code: "conflict" as const, status: 409, requestId: "r" };
    const refusing = new TalkStore(freshTalk, {
      ask: () => Promise.reject(new ApiError({ ...problem, reason: "servingArchived", values: { name: "x/1" } })),
      askEndpoint: asking("endpoint "),
    });
    refusing.begin([], () => ["a"]);
    refusing.send("Hello");
    await vi.waitFor(() => {
      const [turn] = refusing.read().turns;
      expect(turn && drawsOf(turn)[0]).toMatchObject({
        state: "broken",
        problem: { status: 409, reason: "servingArchived", values: { name: "x/1" } },
      });
    });
  });

  it("ends at the server too when it is stopped, cleared, or its model is taken away", async () => {
    store.send("Why tea?");
    question(0).say(said("Well"));
    await vi.waitFor(() => expect(sight(0)?.text).toBe("Well"));
    store.stop(columnOf(0));
    expect(question(0).signal?.aborted).toBe(true);
    expect(question(1).signal?.aborted).toBe(false);
    await settled(0, "stopped");
    store.replace(columnOf(1), "c");
    expect(question(1).signal?.aborted).toBe(true);
    store.again(columnOf(0));
    store.clear();
    expect(question(2).signal?.aborted).toBe(true);
    expect(store.read().turns).toEqual([]);
  });
});

describe("asking again", () => {
  it("keeps the answers before, and takes another seed also where one is set", async () => {
    store.set({ seed: 5 });
    store.send("Why tea?");
    await answer(0, 0, "One.");
    store.again(columnOf(0));
    await answer(2, 0, "Two.");
    expect([question(0).body.seed, question(2).body.seed]).toEqual([5, 6]);
    const [turn] = store.read().turns;
    expect(turn?.draws[columnOf(0)]?.map(({ text }) => text)).toEqual(["One.", "Two."]);
    store.show(turn?.id ?? "", columnOf(0), 0);
    expect(sight(0)?.text).toBe("One.");
  });

  it("says the last turn otherwise in its place", async () => {
    store.send("Why tea?");
    await answer(0, 0, "One.");
    store.sayOtherwise("Why coffee?");
    expect(store.read().turns.map(({ text }) => text)).toEqual(["Why coffee?"]);
    expect(question(1).signal?.aborted).toBe(true);
  });

  it("asks a model that comes later from the beginning, one turn after another", async () => {
    store.remove(columnOf(1));
    store.send("One");
    await answer(0, 0, "of a");
    store.send("Two");
    await answer(1, 0, "more of a");
    store.begin(["c"], () => []);
    const key = columnOf(1);
    void store.catchUp(key);
    question(2).say(said("of c"), ended);
    question(2).end();
    await vi.waitFor(() => expect(asked).toHaveLength(4));
    expect(question(3).body.messages.map(({ content }) => content)).toEqual(["One", "of c", "Two"]);
  });
});

describe("two answers for people", () => {
  it("are two whole ones to the same conversation, with different texts", async () => {
    store.send("Why tea?");
    await answer(0, 0, "Same.");
    await answer(1, 1, "Same.");
    const mark = (place: number) => store.mark(sight(place)?.id ?? "");
    const fault = () => pairFault(markedDraws(store.read()));
    expect(fault()).toBe("notTwo");
    mark(0);
    expect(fault()).toBe("notTwo");
    mark(1);
    expect(fault()).toBe("sameText");
    store.again(columnOf(1));
    await answer(2, 1, "Another.");
    mark(1);
    // A third mark takes the place of the first.
    expect(markedDraws(store.read()).map(({ text }) => text)).toEqual(["Same.", "Another."]);
    expect(fault()).toBeNull();
    store.send("And then?");
    await answer(3, 0, "Nothing.");
    mark(0);
    expect(fault()).toBe("otherPrompts");
  });
});

describe("a model behind an endpoint", () => {
  it("is asked at the endpoint beside policies, and its tokens are those that its address counts in the end", async () => {
    store.replace(columnOf(1), columnOfEndpoint("e"));
    store.send("Why tea?");
    expect(asked.map(({ model }) => model)).toEqual(["a", "endpoint e"]);
    await answer(0, 0, "Ours");
    question(1).say(said("Theirs"), {
      ...{ type: "ended", finishReason: "length", proof: null, promptTokens: 12, tokens: 2 },
    });
    question(1).end();
    await settled(1, "whole");
    expect(sight(1)).toMatchObject({ text: "Theirs", finishReason: "length", promptTokens: 12, tokens: 2 });
    expect(pairFault([sight(0), sight(1)].flatMap((draw) => draw ?? []))).toBe("ofEndpoint");
  });
});
