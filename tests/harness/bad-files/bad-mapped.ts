import { type BadFile, row } from "./bad-file.ts";

const scored = { prompt: "q", completion: "t", score: "s" };
const votes = (count: number) => Array.from({ length: count }, (_, index) => ({ who: `w${index}`, said: "a" }));
const listed = { prompt: "q", a: "x", b: "y", votes: { list: "v", annotator: "who", value: "said" } };
const byId = { prompt: "q", aId: "i", bId: "j", a: "x", b: "y", winner: "a" };

/** Rows that cannot be read as a mapping says, and a mapping that no row fits. */
export const badMapped: readonly BadFile[] = [
  {
    ...row(
      "an id that names two answers",
      [
        { q: "p", i: "1", x: "A", j: "2", y: "B" },
        { q: "p", i: "1", x: "C", j: "3", y: "D" },
      ],
      "i",
      "answerWithTwoTexts",
      /make the ids different/,
      "1",
    ),
    mapping: byId,
  },
  {
    ...row(
      "a score off its scale",
      [
        { q: "p", t: "A", s: 5 },
        { q: "p", t: "B", s: 9 },
      ],
      "s",
      "scoreOfOtherScale",
      /Bring other scales to these five/,
      "9",
    ),
    mapping: scored,
  },
  {
    ...row(
      "a score of 1e400",
      [{ q: "p", t: "A", s: 5 }, '{"q":"p","t":"B","s":1e400}'],
      "s",
      "scoreOfOtherScale",
      /Bring other scales to these five/,
      "1e400",
    ),
    mapping: scored,
  },
  {
    ...row(
      "more votes than a task holds",
      [{ q: "p", x: "A", y: "B", v: votes(33_000) }],
      null,
      "tooManyVotes",
      /Leave some out/,
      "33000",
      "32767",
    ),
    mapping: listed,
  },
  {
    ...row(
      "a vote that means nothing",
      [{ q: "p", x: "A", y: "B", v: [{ who: "w", said: "perhaps" }] }],
      null,
      "mappingUnknownValue",
      /Say in the mapping, under “values”, what it means/,
      "perhaps",
    ),
    mapping: listed,
    line: null,
  },
  {
    ...row(
      "a mapping of a column that is not there",
      [{ q: "p", t: "A", s: 5 }],
      null,
      "warning.unknownColumn",
      /Name one of these/,
      "stars",
    ),
    ...{ mapping: { ...scored, score: "stars" }, line: null },
  },
];
