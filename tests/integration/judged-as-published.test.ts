import type { Answers, LeasedTask } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { readArgumentPairs, readArgumentReasons } from "../harness/argument-pairs.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { readRankedReplies } from "../harness/ranked-replies.ts";
import { hasReferenceData, referenceLines } from "../harness/reference-data.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

/** What an export says of one judgement. */
const Row = z.object({
  prompt: z.array(z.object({ content: z.string() })),
  annotator_hash: z.string(),
  completions: z.array(z.object({ text: z.string() })),
  shown_order: z.array(z.number().int()),
  answers: z.record(z.string(), z.unknown()),
});

const withReferenceData = it.skipIf(!hasReferenceData);

describe("what was judged elsewhere, judged here as its makers had it judged", () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    api = await openApi({ TOUCHSTONE_REQUESTS_PER_MINUTE: "1000000" });
    admin = (await newTenant(api.server, "ada@example.org")).admin;
  });
  afterAll(() => api?.close());

  interface Study {
    readonly name: string;
    readonly questions: readonly object[];
    readonly rows: readonly object[];
    readonly annotators: number;
    /** What this annotator says to the task: the makers' judgement of it, or null where there is none. */
    readonly answers: (task: LeasedTask, annotator: number) => Answers | null;
  }

  /** Has a study judged task by task, each annotator after the other. @returns the rows of its export. */
  async function judged({ name, questions, rows, annotators, answers }: Study) {
    const projectId = await newProject(admin, name, annotators);
    await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });
    const sent = await importFile(admin, projectId, { format: "prompts", question: "own" }, rows);
    expect(sent.json()).toMatchObject({ tasks: rows.length });
    for (let annotator = 0; annotator < annotators; annotator++) {
      const visitor = await invite(admin, "annotator", `${name}-${annotator}@example.org`);
      for (;;) {
        const claimed = await visitor.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
        const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
        if (!task) break;
        const said = answers(task, annotator);
        if (!said) {
          await visitor.send("POST", `/api/leases/${task.lease.id}/skip`, { leaseToken: task.lease.token });
          continue;
        }
        const { answer: _, ...submission } = submissionFor(task);
        const given = await visitor.send("POST", "/api/judgements", { ...submission, answers: said });
        expect(given.json()).toMatchObject({ surplus: false, created: true });
      }
    }
    const exported = await exportRows(admin, projectId, "judgements");
    return exported.filter(({ kind }) => kind === "judgement").map((row) => Row.parse(row));
  }

  const textsOf = (task: LeasedTask) => task.completions.map(({ text }) => text ?? "");
  /** Texts in the order in which they were shown. */
  const shownTexts = (row: z.infer<typeof Row>) => row.shown_order.map((index) => row.completions[index]?.text ?? "");

  /** What names a task within a study: files of prompts have no ids. */
  const taskKey = (turns: readonly { content: string }[], texts: readonly string[]) =>
    [...turns.map(({ content }) => content), ...[...texts].sort()].join("\0");
  const keyOf = (row: z.infer<typeof Row>) => taskKey(row.prompt, shownTexts(row));
  const keyOfTask = (task: LeasedTask) => taskKey(task.prompt.messages, textsOf(task));

  withReferenceData("OpenAssistant: every ranking of a conversation's replies comes out as it was", async () => {
    const all = await readRankedReplies();
    // An answer is one in its prompt, and nine are shown at most.
    const usable = all.filter(({ texts }) => texts.length <= 9 && new Set(texts).size === texts.length);
    expect([all.length, usable.length]).toEqual([146, 146]);
    const byKey = new Map(usable.map((one) => [taskKey(one.messages, one.texts), one]));
    const rankOf = (one: (typeof usable)[number], text: string) => one.ranks[one.texts.indexOf(text)] ?? null;
    const rows = await judged({
      name: "openassistant",
      questions: [{ name: "order", kind: "ranking" }],
      rows: usable.map(({ messages, texts }) => ({ messages, completions: texts })),
      annotators: 1,
      answers: (task) => {
        const one = byKey.get(keyOfTask(task));
        return one ? { order: { ranks: textsOf(task).map((text) => rankOf(one, text)) } } : null;
      },
    });
    const out = rows.map((row) => {
      const { ranks } = z.object({ ranks: z.array(z.number()) }).parse(row.answers.order);
      return [keyOf(row), Object.fromEntries(shownTexts(row).map((text, place) => [text, ranks[place]]))];
    });
    const wanted = usable.map((one) => [
      taskKey(one.messages, one.texts),
      Object.fromEntries(one.texts.map((text, n) => [text, one.ranks[n]])),
    ]);
    expect(Object.fromEntries(out)).toEqual(Object.fromEntries(wanted));
    expect(rows).toHaveLength(usable.length);
  });

  withReferenceData("MT-Bench's single turns: which of two answers is better comes out as it was", async () => {
    const Pair = z.object({
      subset: z.string(),
      idx: z.number(),
      input: z.string(),
      output_1: z.string(),
      output_2: z.string(),
      label: z.union([z.literal(1), z.literal(2)]),
    });
    const lines = await referenceLines("preference/llmbar_processed_mtbench_faireval_llmeval2.jsonl.gz");
    const pairs = lines.map((line) => Pair.parse(JSON.parse(line))).filter(({ subset }) => subset === "MT-Bench");
    // Two pairs stand in the file twice, with one label.
    const liked = new Map<string, { pair: z.infer<typeof Pair>; text: string }>();
    for (const pair of pairs) {
      const texts = [pair.output_1, pair.output_2];
      const key = taskKey([{ content: pair.input }], texts);
      const text = texts[pair.label - 1] ?? "";
      expect(liked.get(key)?.text ?? text).toBe(text);
      liked.set(key, { pair, text });
    }
    expect([pairs.length, liked.size]).toEqual([92, 90]);
    const rows = await judged({
      name: "mtbench",
      questions: [{ name: "better", kind: "preference", settings: { steps: 2, bothBad: false } }],
      rows: [...liked.values()].map(({ pair: { input, output_1, output_2 } }) => ({
        prompt: input,
        completions: [output_1, output_2],
      })),
      annotators: 1,
      answers: (task) => {
        const known = liked.get(keyOfTask(task));
        return known ? { better: { choice: "graded", step: textsOf(task)[0] === known.text ? 2 : 6 } } : null;
      },
    });
    const out = rows.map((row) => {
      const { step } = z.object({ step: z.number() }).parse(row.answers.better);
      return [keyOf(row), shownTexts(row)[step === 2 ? 0 : 1]];
    });
    expect(Object.fromEntries(out)).toEqual(Object.fromEntries([...liked].map(([key, { text }]) => [key, text])));
    expect(rows).toHaveLength(liked.size);
  });

  it("two turns of our own: which answer to the second question is better comes out as it was", async () => {
    const dishes = ["soup", "bread", "dumplings", "a salad", "rice", "a pie", "noodles", "a stew"];
    const pairs = dishes.flatMap((dish) =>
      [2, 3, 5, 6].map((step) => ({
        messages: [
          { role: "user", content: `How do I make ${dish}?` },
          { role: "assistant", content: `Begin with what you have, and taste ${dish} often.` },
          { role: "user", content: `And for ${step} people?` },
        ],
        completions: [`Take ${step} times as much of everything.`, `One pot of ${dish} is enough for ${step}.`],
        step,
      })),
    );
    const keyOfPair = ({ messages, completions }: (typeof pairs)[number]) => taskKey(messages, completions);
    const byKey = new Map(pairs.map((pair) => [keyOfPair(pair), pair]));
    const rows = await judged({
      name: "two-turns",
      questions: [{ name: "better", kind: "preference", settings: { steps: 6, bothBad: false } }],
      rows: pairs.map(({ messages, completions }) => ({ messages, completions })),
      annotators: 1,
      answers: (task) => {
        const pair = byKey.get(keyOfTask(task));
        if (!pair) return null;
        const step = textsOf(task)[0] === pair.completions[0] ? pair.step : 8 - pair.step;
        return { better: { choice: "graded", step } };
      },
    });
    const out = rows.map((row) => {
      const { step } = z.object({ step: z.number() }).parse(row.answers.better);
      return [keyOf(row), shownTexts(row)[0] === byKey.get(keyOf(row))?.completions[0] ? step : 8 - step];
    });
    expect(Object.fromEntries(out)).toEqual(Object.fromEntries(pairs.map((pair) => [keyOfPair(pair), pair.step])));
    expect(rows).toHaveLength(pairs.length);
  });

  withReferenceData("UKPConvArg1: five votes a pair with their reasons come out as they were", async () => {
    const pairs = (await readArgumentPairs()).slice(0, 60);
    const reasons = await readArgumentReasons();
    const reasonOf = (id: string, vote: number) => reasons.get(id)?.[vote];
    const annotators = 5;
    const steps = { a1: 2, equal: 4, a2: 6 } as const;
    const promptOf = ({ title, stance }: (typeof pairs)[number]) => `${title}: ${stance}`;
    const keyOfPair = (pair: (typeof pairs)[number]) =>
      taskKey([{ content: promptOf(pair) }], [pair.text1, pair.text2]);
    const byKey = new Map(pairs.map((pair) => [keyOfPair(pair), pair]));
    expect(byKey.size).toBe(pairs.length);
    const rows = await judged({
      name: "arguments",
      questions: [
        { name: "convincing", kind: "preference", settings: { steps: 3, bothBad: false } },
        { name: "why", kind: "text", required: false },
      ],
      rows: pairs.map((pair) => ({ prompt: promptOf(pair), completions: [pair.text1, pair.text2] })),
      annotators,
      answers: (task, annotator) => {
        const pair = byKey.get(keyOfTask(task));
        const vote = pair?.votes[annotator];
        if (!pair || !vote) return null;
        const canonical = steps[vote.value];
        const step = textsOf(task)[0] === pair.text1 ? canonical : 8 - canonical;
        const reason = reasonOf(pair.id, annotator);
        return { convincing: { choice: "graded", step }, ...(reason ? { why: { text: reason } } : {}) };
      },
    });
    const said = (id: string, value: string, reason: string | undefined) => JSON.stringify([id, value, reason ?? null]);
    const out = rows.map((row) => {
      const pair = byKey.get(keyOf(row));
      const { step } = z.object({ step: z.number() }).parse(row.answers.convincing);
      const canonical = shownTexts(row)[0] === pair?.text1 ? step : 8 - step;
      const value = Object.entries(steps).find(([, known]) => known === canonical)?.[0] ?? "";
      return said(pair?.id ?? "", value, z.object({ text: z.string() }).optional().parse(row.answers.why)?.text);
    });
    const wanted = pairs.flatMap(({ id, votes }) =>
      votes.slice(0, annotators).map(({ value }, vote) => said(id, value, reasonOf(id, vote))),
    );
    expect(out.sort()).toEqual(wanted.sort());
    expect(new Set(rows.map((row) => row.annotator_hash)).size).toBe(annotators);
  });
});
