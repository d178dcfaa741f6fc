import { mqmScore } from "@touchstone/labeling";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { judgeAll, projectAsking } from "../harness/asked-project.ts";
import { exportRows } from "../harness/import-file.ts";
import { hasReferenceData, referenceLines } from "../harness/reference-data.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

/** As Google's raters marked them; the file has no offsets, so where an error lies here is this test's own choice. */
const Segment = z.object({
  source: z.string(),
  seg: z.string(),
  doc: z.string(),
  systems: z.record(
    z.string(),
    z.object({
      target: z.string(),
      mqm: z.record(z.string(), z.number()),
      errors: z.array(z.object({ rater: z.string(), category: z.string(), severity: z.string() })),
    }),
  ),
});
type Segment = z.infer<typeof Segment>;

/** Of each group of raters so many segments go through the product; a larger number is for whoever wants them all. */
const segmentsEach = Number(process.env.TOUCHSTONE_WMT_SEGMENTS ?? 2);

/** The table of weights of WMT 2023. */
const wmtWeights = {
  severities: [
    { name: "Minor", weight: 1 },
    { name: "Major", weight: 5 },
  ],
  weights: [
    { category: "Fluency/Punctuation", severity: "Minor", weight: 0.1 },
    { category: "Non-translation!", severity: "Major", weight: 25 },
  ],
};

describe.skipIf(!hasReferenceData)("WMT 2023, Chinese to English, judged as its makers had it judged", () => {
  const read = async () =>
    (await referenceLines("preference/wmt23_zhen_mqm_3raters.first70pct.jsonl.gz")).map((line) =>
      Segment.parse(JSON.parse(line)),
    );
  const errorsOf = ({ errors }: Segment["systems"][string], rater: string) =>
    errors.filter((error) => error.rater === rater).map(({ category, severity }) => ({ category, severity }));

  it("scores all 7,890 ratings of the file as the file does", async () => {
    const ratings = (await read()).flatMap(({ systems }) =>
      Object.values(systems).flatMap((system) =>
        Object.entries(system.mqm).map(([rater, score]) => ({ score, errors: errorsOf(system, rater) })),
      ),
    );
    expect(ratings).toHaveLength(7_890);
    expect(ratings.filter(({ score, errors }) => mqmScore(errors, wmtWeights) !== score)).toEqual([]);
  });

  it("gives back categories, severities and scores of each of the eight raters, ten systems a segment", async () => {
    const all = await read();
    const categories = [
      ...new Set(
        all
          .flatMap(({ systems }) => Object.values(systems).flatMap(({ errors }) => errors))
          .map(({ category }) => category),
      ),
    ];
    const settings = { categories, ...wmtWeights };
    const raters = new Map<string, Visitor>();
    for (const rater of new Set(all.flatMap(ratersOf))) {
      raters.set(rater, await invite(admin, "annotator", `${rater}@example.org`));
    }
    // Each segment was rated by three of the eight: a project for each three, with its first segments.
    const said: string[] = [];
    const given: string[] = [];
    for (const names of new Set(all.map((segment) => ratersOf(segment).join(" ")))) {
      const segments = all.filter((segment) => ratersOf(segment).join(" ") === names).slice(0, segmentsEach);
      const systems = segments.flatMap(({ doc, seg, source, systems: of }) =>
        Object.entries(of).map(([name, system]) => ({ id: `${doc} ${seg} ${name}`, source, system })),
      );
      const rows = systems.map(({ id, source, system }) => ({
        prompt: source,
        external_id: id,
        completions: [{ id, text: system.target }],
        language: "en",
      }));
      const projectId = await projectAsking(admin, [{ name: "errors", kind: "spans", settings }], rows, 3);
      for (const rater of names.split(" ")) {
        const who = raters.get(rater);
        if (!who) throw new Error(`nobody is ${rater}`);
        // Of systems that say the same, each is rated once, in whichever order they come.
        const left = [...systems];
        await judgeAll(who, projectId, systems.length, (task) => {
          const next = left.findIndex(
            ({ source, system }) =>
              source === task.prompt.messages[0]?.content && system.target === task.completions[0]?.text,
          );
          const [one] = left.splice(next, 1);
          if (next < 0 || !one) throw new Error(`no system says ${task.completions[0]?.text}`);
          const { source, system } = one;
          const errors = errorsOf(system, rater);
          said.push(JSON.stringify([source, system.target, errors, system.mqm[rater]]));
          const spans = errors.map((error, index) => placed(error, index, system.target));
          return { errors: { spans, clean: errors.length === 0 ? [0] : [] } };
        });
      }
      for (const row of (await exportRows(admin, projectId, "judgements")).map((one) => WmtRow.parse(one))) {
        const [source, target] = [row.prompt[0]?.content, row.completions[0]?.text];
        given.push(JSON.stringify([source, target, row.answer.spans.map(withoutPlace), row.scores.errors[0]]));
      }
    }
    expect(given.sort()).toEqual(said.sort());
    // Three ratings of each of ten systems, and the same of the next segment, of eight groups of three raters.
    expect(given.length).toBeGreaterThanOrEqual(8 * 3 * 10 * Math.min(segmentsEach, 2));
  }, 600_000);
});

const ratersOf = ({ systems }: Segment): string[] =>
  [...new Set(Object.values(systems).flatMap(({ mqm }) => Object.keys(mqm)))].sort();

const Span = z.object({
  place: z.number(),
  start: z.number().nullable(),
  end: z.number().nullable(),
  category: z.string(),
  severity: z.string(),
  note: z.string().optional(),
});
type Span = z.infer<typeof Span>;
const withoutPlace = ({ category, severity }: Span) => ({ category, severity });

const WmtRow = z.object({
  prompt: z.array(z.object({ content: z.string() })),
  completions: z.array(z.object({ text: z.string() })),
  answer: z.object({ spans: z.array(Span) }),
  scores: z.object({ errors: z.array(z.number()) }),
});

/** What is left out lies nowhere in the text; anything else on one word after the other. */
function placed(error: { category: string; severity: string }, index: number, text: string): Span {
  if (/Omission/.test(error.category)) return { place: 0, start: null, end: null, ...error };
  const words = [...text.matchAll(/\S+/g)];
  const word = words[index % words.length];
  const start = [...text.slice(0, word?.index ?? 0)].length;
  return { place: 0, start, end: start + [...(word?.[0] ?? text)].length, ...error };
}

const Feedback = z.object({
  question: z.string(),
  "prediction 1": z.string(),
  "prediction 2": z.string(),
  "prediction 3": z.string(),
  "prediction 4": z.string(),
  feedback: z.object({
    errors: z.array(
      z.object({ "error type": z.string(), explanation: z.string(), start: z.number(), end: z.number() }),
    ),
    "missing-info": z.array(
      z.object({ "error type": z.string(), passage_id: z.number(), sentence_id: z.array(z.number()) }),
    ),
    "corrected-prediction": z.string(),
  }),
  preference: z.array(z.number()).length(6),
});
type Feedback = z.infer<typeof Feedback>;

describe.skipIf(!hasReferenceData)("FineGrainedRLHF, judged as its makers had it judged", () => {
  it("holds spans, corrections and preferences of 350 questions in one judgement each, as the file has them", async () => {
    const file = "preference/finegrainedrlhf_dev_feedback.rows001-350.jsonl.gz";
    const rows = (await referenceLines(file)).map((line) => Feedback.parse(JSON.parse(line)));
    const categories = [
      ...new Set(
        rows.flatMap(({ feedback }) =>
          [...feedback.errors, ...feedback["missing-info"]].map((one) => one["error type"]),
        ),
      ),
    ];
    const settings = { categories, severities: [{ name: "error", weight: 1 }], every: false, notes: true };
    const questions = [
      { name: "errors", kind: "spans", settings },
      // Some predictions have nothing that could be kept, and their correction is empty.
      { name: "corrected", kind: "correction", required: false },
      // Some of its makers' preferences go round in a circle, which is no order.
      { name: "order", kind: "ranking", required: false },
    ];
    const byQuestion = new Map(rows.map((row) => [row.question, row]));
    const imported = rows.map((row) => ({ prompt: row.question, completions: predictionsOf(row), split: "train" }));
    const projectId = await projectAsking(admin, questions, imported);
    // One judgement of each, and none of them asked again.
    const changed = await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
    expect(changed.statusCode, changed.body).toBe(200);
    const rowOf = (prompt: string | undefined): Feedback => {
      const row = byQuestion.get(prompt ?? "");
      if (!row) throw new Error(`no row asks ${prompt}`);
      return row;
    };
    await judgeAll(admin, projectId, rows.length, (task) => {
      const row = rowOf(task.prompt.messages[0]?.content);
      const places = predictionsOf(row).map((text) => task.completions.findIndex((one) => one.text === text));
      return answersTo(row, places);
    });
    const counts = { spans: 0, missing: 0, corrected: 0, unchanged: 0, ordered: 0, circles: 0 };
    const out = await exportRows(admin, projectId, "judgements");
    for (const given of out.map((one) => FeedbackRow.parse(one))) {
      const row = rowOf(given.prompt[0]?.content);
      // What is compared is told by the exported row alone: its own texts, and where they were shown.
      const shown = given.shown_order.map((index) => given.completions[index]?.text ?? "");
      const [first = ""] = predictionsOf(row);
      const { errors, corrected, order } = given.answers;
      expect(errors.spans.every(({ place }) => shown[place] === first)).toBe(true);
      const located = errors.spans.filter(({ start }) => start !== null);
      expect(
        located.map(({ start, end, category, note = "" }) => ({
          "error type": category,
          explanation: note,
          start,
          end,
        })),
      ).toEqual(row.feedback.errors.map((error) => ({ ...error, explanation: error.explanation.trim() })));
      const missing = errors.spans.filter(({ start }) => start === null);
      expect(missing.map(({ category, note }) => [category, note])).toEqual(
        row.feedback["missing-info"].map((one) => [one["error type"], sentencesOf(one)]),
      );
      counts.spans += located.length;
      counts.missing += missing.length;
      const text = row.feedback["corrected-prediction"];
      if (corrected?.choice === "edited") expect(corrected.text).toBe(text);
      else if (corrected) expect(text).toBe(first);
      else expect(text.trim()).toBe("");
      if (corrected) counts[corrected.choice === "edited" ? "corrected" : "unchanged"] += 1;
      if (order) {
        const ranks = predictionsOf(row).map((one) => order.ranks[shown.indexOf(one)] ?? 0);
        expect(preferenceOf(ranks)).toEqual(row.preference);
        counts.ordered += 1;
      } else counts.circles += 1;
    }
    expect(out).toHaveLength(350);
    expect(counts).toEqual({ spans: 958, missing: 548, corrected: 336, unchanged: 4, ordered: 334, circles: 16 });
  }, 120_000);
});

const FeedbackRow = z.object({
  prompt: z.array(z.object({ content: z.string() })),
  shown_order: z.array(z.number()),
  completions: z.array(z.object({ text: z.string() })),
  answers: z.object({
    errors: z.object({ spans: z.array(Span) }),
    corrected: z.object({ choice: z.string(), text: z.string().optional() }).optional(),
    order: z.object({ ranks: z.array(z.number()) }).optional(),
  }),
});

const predictionsOf = (row: Feedback): string[] => [
  row["prediction 1"],
  row["prediction 2"],
  row["prediction 3"],
  row["prediction 4"],
];

const sentencesOf = (one: Feedback["feedback"]["missing-info"][number]): string =>
  `passage ${one.passage_id}, sentences ${one.sentence_id.join(", ")}`;

/** What the makers' rater said, as the product takes it; `places` are those at which the predictions are shown. */
function answersTo({ feedback, preference, ...row }: Feedback, places: readonly number[]) {
  const [place = -1] = places;
  const said = { place, severity: "error" };
  const located = feedback.errors.map((error) => {
    const note = error.explanation.trim();
    return { ...said, start: error.start, end: error.end, category: error["error type"], ...(note ? { note } : {}) };
  });
  const missing = feedback["missing-info"].map((one) => ({
    ...said,
    start: null,
    end: null,
    category: one["error type"],
    note: sentencesOf(one),
  }));
  const spans = [...located, ...missing];
  const text = feedback["corrected-prediction"];
  const edited = text === row["prediction 1"] ? { choice: "unchanged", place } : { choice: "edited", place, text };
  const ranks = orderOf(preference);
  return {
    errors: { spans, clean: spans.length === 0 ? [place] : [] },
    ...(text.trim() === "" ? {} : { corrected: edited }),
    ...(ranks ? { order: { ranks: placesRanked(ranks, places) } } : {}),
  };
}

const placesRanked = (ranks: readonly number[], places: readonly number[]): number[] =>
  places.map((_, shown) => ranks[places.indexOf(shown)] ?? 0);

const pairs = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const;

/** By pair who of the two is better, 0 for a tie, as the file has it. */
const preferenceOf = (ranks: readonly number[]): number[] =>
  pairs.map(([one, other]) => {
    const lead = (ranks[other] ?? 0) - (ranks[one] ?? 0);
    if (lead === 0) return 0;
    return lead > 0 ? 1 : 2;
  });

/** The ranks from which the pairs follow; null where they go round in a circle. */
function orderOf(preference: readonly number[]): number[] | null {
  const ranks = [0, 1, 2, 3].map(
    (one) =>
      1 +
      pairs.filter(([a, b], index) => (a === one && preference[index] === 2) || (b === one && preference[index] === 1))
        .length,
  );
  return JSON.stringify(preferenceOf(ranks)) === JSON.stringify(preference) ? ranks : null;
}
