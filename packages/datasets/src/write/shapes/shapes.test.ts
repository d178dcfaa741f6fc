import { type ShapedFormat, shapeRules } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../containers/columns-of.ts";
import { encoded } from "../export-file.ts";
import { asked, compared, judged, plainContext, rowsIn, shaped } from "./judged.fixture.ts";
import type { FramedJudgement, Shaped } from "./shaped.ts";

const reasonsIn = (all: readonly Shaped[]) => all.flatMap((one) => ("leftOut" in one ? [one.leftOut] : []));
const talk = asked(["system", "Be kind."], ["user", "Why?"], ["assistant", "So."], ["user", "And?"]);

describe("one preference", () => {
  const one = compared(6, { prompt: talk });

  it.each<[ShapedFormat, object]>([
    ["trl-preference-plain", { prompt: talk, chosen: asked(["assistant", "B"]), rejected: asked(["assistant", "A"]) }],
    ["openrlhf", { prompt: talk, chosen: asked(["assistant", "B"]), rejected: asked(["assistant", "A"]) }],
    [
      "llama-factory-sharegpt",
      {
        conversations: [
          { from: "human", value: "Why?" },
          { from: "gpt", value: "So." },
          { from: "human", value: "And?" },
        ],
        chosen: { from: "gpt", value: "B" },
        rejected: { from: "gpt", value: "A" },
        system: "Be kind.",
      },
    ],
    [
      "llama-factory-alpaca",
      {
        ...{ instruction: "And?", input: "", chosen: "B", rejected: "A", system: "Be kind." },
        history: [["Why?", "So."]],
      },
    ],
    ["ms-swift", { messages: [...talk, { role: "assistant", content: "B" }], rejected_response: "A" }],
    [
      "nemo-rl",
      {
        context: talk,
        completions: [
          { rank: 0, completion: asked(["assistant", "B"]) },
          { rank: 1, completion: asked(["assistant", "A"]) },
        ],
      },
    ],
    [
      "openai-preference",
      {
        input: { messages: talk },
        preferred_output: asked(["assistant", "B"]),
        non_preferred_output: asked(["assistant", "A"]),
      },
    ],
  ])("is a row of %s and nothing more", async (format, row) => {
    const [first] = await shaped(format, [one]);
    expect(first).toMatchObject({ provenance: { label_id: one.judgementId, margin: 2 / 3 } });
    expect(rowsIn(await shaped(format, [one]))).toEqual([row]);
  });

  it("stands in HH as two transcripts, where no system speaks", async () => {
    expect(reasonsIn(await shaped("hh", [one]))).toEqual(["systemTurn"]);
    const [row] = rowsIn(await shaped("hh", [compared(1, { prompt: talk.slice(1) })]));
    expect(row).toEqual({
      chosen: "\n\nHuman: Why?\n\nAssistant: So.\n\nHuman: And?\n\nAssistant: A",
      rejected: "\n\nHuman: Why?\n\nAssistant: So.\n\nHuman: And?\n\nAssistant: B",
    });
  });

  it("has a margin where it was asked for, and only in shapes whose readers take one", async () => {
    for (const [format, { margin }] of Object.entries(shapeRules)) {
      const [row] = rowsIn(await shaped(format as ShapedFormat, [compared(1)], { margin: true }));
      expect([format, row !== undefined && "margin" in row]).toEqual([format, margin && row !== undefined]);
    }
  });

  it("is Label Studio's left or right as it was shown", async () => {
    const [row] = rowsIn(await shaped("label-studio", [compared(2, { shownOrder: [1, 0] })]));
    expect(row).toMatchObject({
      data: { prompt: "Why?", answer1: "B", answer2: "A" },
      annotations: [{ result: [{ type: "pairwise", value: { selected: "left" } }] }],
    });
  });
});

describe("what a shape can't hold", () => {
  const file = [{ id: "m", kind: "image", type: "image/png", name: "a.png", sha256: "0", bytes: 1 }] as never;
  const call = JSON.stringify({
    schema_version: "ATIF-v1.7",
    steps: [
      {
        step_id: 1,
        source: "agent",
        message: "",
        tool_calls: [{ tool_call_id: "c", function_name: "f", arguments: "{}" }],
      },
    ],
  });

  it.each<[string, ShapedFormat, FramedJudgement, string]>([
    ["a tie", "trl-preference-plain", compared(4), "tie"],
    ["a rating, in pairs", "openrlhf", judged("rating", { choice: "rated", score: 4 }, { texts: ["A"] }), "otherKind"],
    ["a preference, in ratings", "kto-ratings", compared(1), "otherKind"],
    [
      "a rating that is neither",
      "kto-ratings",
      judged("rating", { choice: "rated", score: 3 }, { texts: ["A"] }),
      "middleRating",
    ],
    ["a picture", "ms-swift", compared(1, { prompt: [{ role: "user", content: "Why?", media: file }] }), "media"],
    [
      "a picture, in a ranking",
      "rankings",
      compared(1, { prompt: [{ role: "user", content: "Why?", media: file }] }),
      "media",
    ],
    ["a call of a tool", "nemo-rl", compared(1, { texts: [call, "B"] }), "tools"],
    ["a call of a tool, unpaired", "kto-pairs", compared(1, { texts: [call, call] }), "tools"],
    [
      "turns that do not alternate",
      "llama-factory-alpaca",
      compared(1, { prompt: asked(["user", "a"], ["user", "b"]) }),
      "turnOrder",
    ],
    ["the marks of HH in a text", "hh", compared(1, { texts: ["A\n\nHuman: and", "B"] }), "markers"],
    ["two of the same", "ms-swift", compared(1, { texts: ["A", "A"] }), "sameText"],
    [
      "an answer without its text",
      "openrlhf",
      compared(1, {
        completions: [
          { completionId: "a", text: null },
          { completionId: "b", text: "B" },
        ],
      }),
      "withoutText",
    ],
  ])("is said: %s (%s)", async (_, format, judgement, reason) => {
    const all = await shaped(format, [judgement]);
    expect(rowsIn(all)).toEqual([]);
    expect(new Set(reasonsIn(all))).toEqual(new Set([reason]));
  });
});

describe("unpaired rows", () => {
  it("call an answer good from 4 and bad up to 2", async () => {
    const rated = (score: number) => judged("rating", { choice: "rated", score }, { texts: ["A"] });
    const rows = rowsIn(await shaped("kto-ratings", [rated(5), rated(1)]));
    expect(rows).toEqual([
      { prompt: asked(["user", "Why?"]), completion: asked(["assistant", "A"]), label: true },
      { prompt: asked(["user", "Why?"]), completion: asked(["assistant", "A"]), label: false },
    ]);
  });

  it("call both bad where that was said, and nothing of a tie", async () => {
    const all = await shaped("kto-pairs", [compared(5), compared(4), judged("preference", { choice: "both-bad" })]);
    expect(rowsIn(all).map(({ completion, label }) => [completion, label])).toEqual([
      [asked(["assistant", "A"]), false],
      [asked(["assistant", "B"]), true],
      [asked(["assistant", "A"]), false],
      [asked(["assistant", "B"]), false],
    ]);
    expect(reasonsIn(all)).toEqual(["tie"]);
    expect(all.map((one) => "provenance" in one && one.provenance.completion_id)).toEqual([
      "p1-0",
      "p1-1",
      false,
      "p1-0",
      "p1-1",
    ]);
  });
});

it("a ranking stands whole: ties equal, and null where an answer was not ranked", async () => {
  const texts = ["A", "B", "C", "D"];
  const [row] = rowsIn(await shaped("rankings", [judged("ranking", { ranks: [2, 1, 1, null] }, { texts })]));
  expect(row).toMatchObject({
    responses: ["B", "C", "A", "D"],
    ranks: [1, 1, 2, null],
    response_ids: ["p1-1", "p1-2", "p1-0", "p1-3"],
  });
  const [tie] = rowsIn(await shaped("rankings", [compared(4)]));
  expect(tie).toMatchObject({ responses: ["A", "B"], ranks: [1, 1], both_bad: false });
});

it("prompts stand once each, and verl's with what their file says is right", async () => {
  const twice = [compared(1), compared(4), compared(1, { promptId: "p2" })];
  expect(rowsIn(await shaped("prompt-only", twice))).toHaveLength(2);
  const known = compared(1);
  const gold = { ...known, context: { ...known.context, gold: "42" } };
  expect(rowsIn(await shaped("verl", [gold]))).toEqual([
    {
      ...{ data_source: "touchstone", prompt: asked(["user", "Why?"]), ability: "chat" },
      reward_model: { style: "rule", ground_truth: "42" },
      extra_info: { split: "train", index: "p1" },
    },
  ]);
});

describe("judgements put together", () => {
  const turned = (step: number) => compared(step, { shownOrder: [1, 0] });

  it("are one row for what most preferred, with who said what, however they were shown", async () => {
    const [row, ...more] = await shaped("trl-preference", [compared(1), turned(7), compared(7), compared(4)], {
      aggregation: "majority",
    });
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      contradicted: true,
      row: {
        ...{ chosen: asked(["assistant", "A"]), votes_chosen: 2, votes_rejected: 1, votes_tie: 1, votes: 4 },
        ...{ share: 2.5 / 4, weight: 4, margin: 1 / 4 },
      },
    });
    expect(row && "provenance" in row && row.provenance.label_ids).toHaveLength(4);
  });

  it("are none where as many say the one as the other, and where most say a tie", async () => {
    const majority = { aggregation: "majority" } as const;
    expect(await shaped("openrlhf", [compared(1), compared(7)], majority)).toEqual([{ leftOut: "evenVotes" }]);
    expect(await shaped("openrlhf", [compared(1), compared(4), compared(4)], majority)).toEqual([{ leftOut: "tie" }]);
  });

  it("keep a soft share of ties too", async () => {
    const [row] = rowsIn(await shaped("trl-preference", [compared(4), compared(4)], { aggregation: "soft" }));
    expect(row).toMatchObject({ share: 0.5, votes: 2, margin: 0 });
  });
});

describe("columns of a file that were kept", () => {
  const kept = (metadata: Record<string, unknown> | undefined, externalId: string) =>
    compared(1, { context: { ...plainContext, externalId, ...(metadata ? { metadata } : {}) } });
  const said = { batch: 2, "a.b": ["x"] };

  it("stand in each row that is not of a strict shape, as the text of their JSON, and in where each other row came from", async () => {
    for (const format of Object.keys(shapeRules) as ShapedFormat[]) {
      const rating = judged(
        "rating",
        { choice: "rated", score: 5 },
        { texts: ["A"], context: { ...plainContext, metadata: said } },
      );
      const [one] = await shaped(format, [format === "kto-ratings" ? rating : kept(said, "7")]);
      if (one === undefined || "leftOut" in one) throw new Error(`${format} has no row`);
      expect([format, one.provenance.metadata]).toEqual([format, JSON.stringify(said)]);
      expect([format, one.row.metadata]).toEqual([format, format === "rankings" ? JSON.stringify(said) : undefined]);
    }
  });

  it("stand in a row of several judgements where all of their tasks say the same, as do their ids", async () => {
    const together = async (...judgements: FramedJudgement[]) =>
      rowsIn(await shaped("trl-preference", judgements, { aggregation: "soft" }))[0];
    expect(await together(kept(said, "7"), kept(said, "7"))).toMatchObject({
      ...{ metadata: JSON.stringify(said), external_id: "7" },
    });
    const differ = await together(kept(said, "7"), kept({ batch: 3 }, "8"));
    expect([differ?.metadata, differ?.external_id, differ?.votes]).toEqual([undefined, null, 2]);
    expect((await together(kept(said, "7"), kept(undefined, "7")))?.external_id).toBe("7");
  });
});

it("a prompt that stands once has the known answer and the id that all of its tasks say, and else none", async () => {
  const of = (gold: string, externalId: string) => compared(1, { context: { ...plainContext, gold, externalId } });
  const rowOf = async (...judgements: FramedJudgement[]) => {
    const [one, ...more] = await shaped("verl", judgements);
    if (one === undefined || "leftOut" in one || more.length > 0) throw new Error("A prompt is one row.");
    return { reward: one.row.reward_model, id: one.provenance.external_id };
  };
  expect(await rowOf(of("4", "a"), of("4", "a"))).toEqual({ reward: { style: "rule", ground_truth: "4" }, id: "a" });
  // A pair of an evaluation says nothing of either.
  expect(await rowOf(compared(1), of("4", "a"))).toEqual({ reward: { style: "rule", ground_truth: "4" }, id: "a" });
  const none = { reward: { style: "model", ground_truth: "" }, id: null };
  expect(await rowOf(of("4", "a"), of("5", "b"), of("4", "a"))).toEqual(none);
});

it("declares each column of each shape", async () => {
  const texts = ["A", "B", "C"];
  const some = [
    compared(1),
    judged("ranking", { ranks: [1, 2, null] }, { texts }),
    judged("rating", { choice: "rated", score: 5 }, { texts: ["A"] }),
  ];
  for (const format of Object.keys(shapeRules) as ShapedFormat[]) {
    const declared = columnsOf(format, { aggregation: "votes", margin: false }).map(({ name }) => name);
    const rows = rowsIn(await shaped(format, some));
    expect([format, rows.length > 0]).toEqual([format, true]);
    for (const row of rows)
      expect([format, Object.keys(row).filter((name) => !declared.includes(name))]).toEqual([format, []]);
  }
});

it("encodes what it is given", async () => {
  async function* given() {
    yield "é";
  }
  for await (const bytes of encoded(given())) expect([...bytes]).toEqual([0xc3, 0xa9]);
});
