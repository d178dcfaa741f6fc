import { gzipSync } from "node:zlib";
import { type ExportContainer, type Message, RankingAnswer, type ShapedFormat } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportRow } from "../../import-row.ts";
import { zipOf } from "../../read/zip.fixture.ts";
import { readImport } from "../../read-import.ts";
import { makeReceipt } from "../../recognise/make-receipt.ts";
import { exportFile } from "../export-file.ts";
import { asked, compared, judged, rowsIn, shaped } from "./judged.fixture.ts";
import { type PairFormat, pairShapes } from "./pair-shapes.ts";
import type { FramedJudgement } from "./shaped.ts";

/** What files lose or mistake: signs of every script, line ends, what tables and scripts take for something else. */
const edges = [
  ...[
    "🙂 👩‍👩‍👧 🇩🇪",
    "天空是蓝色的。",
    "مرحبا \u202Eabc",
    "a\r\nb\nc\rd",
    "tab\there\ttoo",
    "\"double\" 'single' «more»",
  ],
  ...["=cmd()|' /C calc'!A0", "'=kept as it is", "''-1", "+1", "-2", "@SUM(A1)", "\t=1", "'quoted'"],
  ...["2026-01-31", "1e21", "007", "12345678901234567890", "1,234.50", "true", "null", "NaN"],
  ...["[1, 2, 3]", '{"a": 1}', '["x"]', "a,b;c|d", "\u2028line\u2029paragraph", "\uFEFFmark"],
];
const anything = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const text = fc
  .oneof(fc.constantFrom(...edges), anything)
  .filter((value) => !value.includes("\0") && value.trim() !== "");
const turns = (...roles: Message["role"][]): fc.Arbitrary<Message[]> =>
  fc
    .tuple(...roles.map(() => text))
    .map((texts) => roles.map((role, place) => ({ role, content: texts[place] ?? "" })));
/** What each shape can hold: a transcript knows no system, and nobody else speaks twice in turn. */
const promptOf = (format: string) =>
  format === "hh" || format === "label-studio"
    ? turns("user")
    : fc.oneof(turns("user"), turns("system", "user"), turns("system", "user", "assistant", "user"));
const steps = [1, 2, 3, 5, 6, 7];
const pairOf = (...formats: string[]) =>
  fc
    .record({ prompt: promptOf(formats.includes("hh") ? "hh" : ""), a: text, b: text, step: fc.constantFrom(...steps) })
    // Of two answers that are one text nothing says which is which.
    .filter(({ a, b }) => a.trim() !== b.trim());

/** A file of rows as it would be downloaded, and packed as people send it on. */
async function fileOf(
  format: ShapedFormat,
  judgements: readonly FramedJudgement[],
  container: Exclude<ExportContainer, "folder"> = "jsonl",
  margin = false,
): Promise<Buffer> {
  const rows = rowsIn(await shaped(format, judgements, { margin }));
  async function* each() {
    yield* rows;
  }
  const parts: Uint8Array[] = [];
  const asked = { format, aggregation: "votes", margin, container } as const;
  for await (const part of exportFile(each(), asked)) parts.push(part);
  return Buffer.concat(parts);
}

/** The rows of a file that is recognised by itself, as an import would take them. */
async function readBack(bytes: Uint8Array): Promise<ImportRow[]> {
  async function* read() {
    yield bytes;
  }
  const { receipt, source } = await makeReceipt({ read, sha256: "" }, { source: null, asked: null, overlap: 1 });
  expect(receipt.badRows).toEqual([]);
  expect(receipt.warnings.filter(({ weight }) => weight === "stop")).toEqual([]);
  const rows: ImportRow[] = [];
  for await (const row of readImport(read(), source)) rows.push(row);
  return rows;
}

interface Given {
  readonly prompt: Message[];
  readonly a: string;
  readonly b: string;
  readonly step: number;
}

const judgementOf = ({ prompt, a, b, step }: Given, place: number) =>
  compared(step, { prompt, texts: [a, b], promptId: `p${place}` });

/** A transcript's readers trim what was said, and know one kind of line end. */
const asHeld = (format: string) => (said: string) => (format === "hh" ? said.replaceAll("\r\n", "\n").trim() : said);

function contentOf({ prompt, a, b, step }: Given, held: (said: string) => string) {
  const [better, worse] = step < 4 ? [a, b] : [b, a];
  return {
    prompt: prompt.map(({ role, content }) => ({ role, content: held(content) })),
    better: held(better),
    worse: held(worse),
  };
}

function contentRead({ prompt, completions, votes }: ImportRow) {
  const [first, second] = completions.map((one) => one.text);
  const outcome = votes[0]?.outcome ?? 0;
  expect(outcome).not.toBe(0);
  const [better, worse] = outcome > 0 ? [first, second] : [second, first];
  return { prompt: prompt.map(({ role, content }) => ({ role, content })), better, worse };
}

const formats = Object.keys(pairShapes) as PairFormat[];
const containers = ["jsonl", "csv", "parquet"] as const;
const several = { minLength: 1, maxLength: 4 };
const runs = { seed: 15, numRuns: 8 };

describe("pairs that were written in a shape", () => {
  it.each(formats.flatMap((format) => containers.map((container) => ({ format, container }))))(
    "are recognised and read back as they were: $format as $container",
    async ({ format, container }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(pairOf(format), several), async (pairs) => {
          const file = await fileOf(format, pairs.map(judgementOf), container);
          expect((await readBack(file)).map(contentRead)).toEqual(pairs.map((pair) => contentOf(pair, asHeld(format))));
        }),
        runs,
      );
    },
  );

  it("are the same in any other shape that they went through: each to each", async () => {
    for (const one of formats) {
      for (const other of formats) {
        await fc.assert(
          fc.asyncProperty(fc.array(pairOf(one, other), several), async (pairs) => {
            const first = await readBack(await fileOf(one, pairs.map(judgementOf)));
            const again = first
              .map(contentRead)
              .map(({ prompt, better, worse }, place) =>
                judgementOf({ prompt, a: better ?? "", b: worse ?? "", step: 2 }, place),
              );
            const held = (said: string) => asHeld(other)(asHeld(one)(said));
            expect((await readBack(await fileOf(other, again))).map(contentRead)).toEqual(
              pairs.map((pair) => contentOf(pair, held)),
            );
          }),
          { seed: 15, numRuns: 1 },
        );
      }
    }
  });

  it.each(["trl-preference-plain", "openrlhf", "ms-swift"] as const)(
    "have their strength again where it was asked for: %s",
    async (format) => {
      const file = await fileOf(
        format,
        steps.map((step, place) => compared(step, { promptId: `p${place}` })),
        "jsonl",
        true,
      );
      expect((await readBack(file)).map(({ votes }) => votes[0]?.outcome)).toEqual([3, 2, 1, 1, 2, 3]);
    },
  );

  it("are the same packed with gzip, and together in a zip of a folder", async () => {
    const given = edges.map((edge): Given => ({ prompt: asked(["user", edge]), a: `${edge} A`, b: edge, step: 2 }));
    const wanted = given.map((one) => contentOf(one, asHeld("openrlhf")));
    const lines = await fileOf("openrlhf", given.map(judgementOf));
    const rows = await fileOf("openrlhf", given.map(judgementOf), "parquet");
    const table = await fileOf("openrlhf", given.map(judgementOf), "csv");
    for (const file of [lines, rows, table]) expect((await readBack(gzipSync(file))).map(contentRead)).toEqual(wanted);
    const other: Given = { prompt: asked(["user", "Held out?"]), a: "Yes.", b: "No.", step: 6 };
    const zip = zipOf([
      { name: "data/train-00000-of-00001.jsonl", bytes: lines },
      { name: "data/test-00000-of-00001.parquet", bytes: await fileOf("openrlhf", [judgementOf(other, 0)], "parquet") },
      { name: "README.md", bytes: Buffer.from("A card") },
    ]);
    const read = await readBack(zip);
    expect(read.map(contentRead)).toEqual([contentOf(other, asHeld("openrlhf")), ...wanted]);
    expect(read.map(({ split }) => split)).toEqual(["test", ...wanted.map(() => "train")]);
  });
});

describe("what else was written in a shape", () => {
  it.each(containers)("is a ranking whole, with its ties and what has no rank: %s", async (container) => {
    const ranks = fc.constantFrom<(number | null)[]>(
      [1, 2, 3],
      [2, 1, 1],
      [1, 1, 2],
      [3, 1, 2],
      [1, 2, null],
      [null, 1, 1],
    );
    const ranking = fc
      .record({ prompt: promptOf("rankings"), texts: fc.uniqueArray(text, { minLength: 3, maxLength: 3 }), ranks })
      .filter(({ texts }) => new Set(texts).size === 3);
    await fc.assert(
      fc.asyncProperty(fc.array(ranking, several), async (given) => {
        const judgements = given.map(({ prompt, texts, ranks }, place) =>
          judged("ranking", { ranks }, { prompt, texts, promptId: `p${place}` }),
        );
        const read = await readBack(await fileOf("rankings", judgements, container));
        const said = read.map(({ prompt, completions, judgements: [one] = [] }) => ({
          prompt,
          ranks: Object.fromEntries(
            completions.map(({ text }, place) => [text, RankingAnswer.parse(one?.answer).ranks[place]]),
          ),
        }));
        expect(said).toEqual(
          given.map(({ prompt, texts, ranks }) => ({
            prompt,
            ranks: Object.fromEntries(texts.map((one, place) => [one, ranks[place]])),
          })),
        );
      }),
      runs,
    );
  });

  it.each(containers)("is an answer that is good or bad: %s", async (container) => {
    const rated = fc.record({ prompt: promptOf("kto"), text, score: fc.constantFrom(1, 2, 4, 5) });
    await fc.assert(
      fc.asyncProperty(fc.array(rated, several), async (given) => {
        const judgements = given.map(({ prompt, text, score }, place) =>
          judged("rating", { choice: "rated", score }, { prompt, texts: [text], promptId: `p${place}` }),
        );
        const read = await readBack(await fileOf("kto-ratings", judgements, container));
        expect(
          read.map(({ prompt, completions: [one], judgements: [said] = [] }) => [prompt, one?.text, said?.answer]),
        ).toEqual(given.map(({ prompt, text, score }) => [prompt, text, { chosen: [score > 3 ? "good" : "bad"] }]));
        const pairs = given.map(({ prompt, text }, place) =>
          judgementOf({ prompt, a: text, b: `${text}!`, step: 6 }, place),
        );
        const both = await readBack(await fileOf("kto-pairs", pairs, container));
        expect(both.map(({ completions: [one], judgements: [said] = [] }) => [one?.text, said?.answer])).toEqual(
          given.flatMap(({ text }) => [
            [text, { chosen: ["bad"] }],
            [`${text}!`, { chosen: ["good"] }],
          ]),
        );
      }),
      runs,
    );
  });

  it.each(["prompt-only", "verl"] as const)("is a prompt alone: %s", async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(pairOf(), several), fc.constantFrom(...containers), async (given, container) => {
        const read = await readBack(await fileOf(format, given.map(judgementOf), container));
        expect(read.map(({ prompt, completions }) => [prompt, completions])).toEqual(
          given.map(({ prompt }) => [prompt, []]),
        );
      }),
      runs,
    );
  });

  it("is a task of Label Studio with what was chosen", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pairOf("hh"), several), async (given) => {
        for (const container of ["jsonl", "csv"] as const) {
          const read = await readBack(await fileOf("label-studio", given.map(judgementOf), container));
          expect(read.map(contentRead)).toEqual(given.map((one) => contentOf(one, asHeld("label-studio"))));
        }
      }),
      runs,
    );
  });
});
