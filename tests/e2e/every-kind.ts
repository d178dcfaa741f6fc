import type { Client } from "@touchstone/api-client";
import { isQuestionKind, ProjectDraft, type QuestionKind, QuestionnaireDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { type AskedQuestions, rowsOf } from "./asking.ts";
import { jsonLines } from "./practice-files.ts";

type Asked = Omit<AskedQuestions[number], "name">;
interface Task {
  readonly question: Asked;
  /** How many answers are shown. */
  readonly answers: number;
  /** What a person presses, and types into the field that has opened then. */
  readonly keys: (draw: number) => readonly string[];
  /** What says something else in place of an answer that was given by draw 0. */
  readonly mend: readonly string[];
}

/** Three digits, in an order drawn at random. */
const digits = (draw: number) => [0, 1, 2].map((n) => String(((draw + n) % 3) + 1));
const write = (draw: number) => ["w", `typed: s7z 写 ${draw}`, "Control+Enter"];

/** Every kind as it is asked and answered here; one that is missing does not compile. */
export const everyKind: { readonly [K in QuestionKind]: Task } = {
  preference: { question: { kind: "preference" }, answers: 2, keys: (draw) => [String((draw % 7) + 1)], mend: ["6"] },
  // Here and below the last digit sends it; Enter sends one that was whole already, taken back or kept over a reload.
  ranking: {
    question: { kind: "ranking" },
    answers: 3,
    keys: (draw) => [...digits(draw), "Enter"],
    mend: ["focus: [data-answer]", "3", "Enter"],
  },
  rating: { question: { kind: "rating" }, answers: 1, keys: (draw) => [String((draw % 5) + 1)], mend: ["5"] },
  text: { question: { kind: "text" }, answers: 1, keys: write, mend: ["w", "End", "typed: more", "Control+Enter"] },
  correction: {
    question: { kind: "correction" },
    answers: 1,
    keys: (draw) => (draw % 2 === 0 ? ["n", "Enter"] : ["c", `typed: ${draw} `, "Control+Enter"]),
    mend: ["c", "typed: better ", "Control+Enter"],
  },
  demonstration: {
    question: { kind: "demonstration" },
    answers: 1,
    keys: write,
    mend: ["w", "End", "typed: more", "Control+Enter"],
  },
  choice: {
    question: { kind: "choice", settings: { options: ["Ask back", "Answer"] } },
    answers: 1,
    keys: (draw) => [String((draw % 2) + 1)],
    mend: ["2", "Enter"],
  },
  aspects: {
    question: { kind: "aspects", settings: { aspects: ["Truth", "Tone"] } },
    answers: 1,
    keys: (draw) => [...digits(draw), "Control+Enter"],
    mend: ["focus: .score-cell", "5", "Control+Enter"],
  },
  "best-worst": {
    question: { kind: "best-worst" },
    answers: 3,
    keys: (draw) => [...digits(draw).slice(0, 2), "Enter"],
    mend: ["1", "3", "Enter"],
  },
  steps: {
    question: { kind: "steps" },
    answers: 1,
    keys: (draw) => [String((draw % 3) + 1), "Control+Enter"],
    mend: ["focus: [id^=step-]", "3", "Control+Enter"],
  },
  spans: {
    question: { kind: "spans", settings: { categories: ["Meaning", "Style"] } },
    answers: 1,
    keys: (draw) =>
      draw % 3 === 0
        ? ["n"]
        : ["ArrowRight", "ArrowRight", "Shift+ArrowRight", String(draw % 3), String((draw % 4) + 1), "Enter"],
    mend: ["ArrowRight", "ArrowRight", "Shift+ArrowRight", "1", "2", "Enter", "Escape", "Enter"],
  },
  number: {
    question: { kind: "number" },
    answers: 1,
    keys: (draw) => ["1", `typed: ${draw % 100}`, "Enter"],
    mend: ["1", "Control+a", "typed: 77", "Enter", "Enter"],
  },
};

/** One project with tasks of every kind, in an order drawn at random. @returns its id. */
export async function projectOfEveryKind(admin: Client, rowsEach: number): Promise<string> {
  const { id } = await admin.createProject({ body: ProjectDraft.parse({ name: "Every kind", overlap: 2 }) });
  for (const kind of kindsAsked) {
    const body = QuestionnaireDraft.parse({
      name: `own-${kind}`,
      questions: [{ name: "said", ...everyKind[kind].question }],
    });
    await admin.writeQuestionnaire({ params: { id }, body });
    await importTasks(admin, id, kind, rowsEach);
  }
  return id;
}

export const kindsAsked = Object.keys(everyKind) as QuestionKind[];

/** Adds tasks of one kind; `words` end each prompt and answer, so that they are no duplicates of tasks that are there. */
export async function importTasks(admin: Client, id: string, kind: QuestionKind, count: number, words = "") {
  const rows = rowsOf(count, everyKind[kind].answers, words);
  const asked = rows.map((row) => ({ ...row, prompt: `As ${kind}: ${row.prompt}${words}` }));
  const upload = { body: new Blob([new Uint8Array(jsonLines(asked))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({
    params: { id },
    query: { format: "prompts", question: `own-${kind}`, open: "true" },
    upload,
  });
}

/** The kind that a prompt of such a project asks. */
export function kindOf(prompt: string | null): QuestionKind | null {
  const [, kind = ""] = /^As (\S+):/.exec(prompt ?? "") ?? [];
  return isQuestionKind(kind) ? kind : null;
}

/** The prompt of the task that is on the screen. */
export const promptOn = (page: Page) =>
  page
    .locator(".workbench-prompt .reading")
    .first()
    .textContent({ timeout: 1_000 })
    .catch(() => null);

export const inField = (page: Page) => page.evaluate(() => document.activeElement?.matches("textarea, input") === true);

/** Presses keys for as long as the task stands there for which they are meant. */
export async function pressOn(page: Page, prompt: string | null, keys: readonly string[]): Promise<void> {
  // A press in the moment in which keys sleep makes it longer.
  await page.locator(".workbench-foot:not([data-asleep])").waitFor();
  // Out of a field that was begun, where digits would be letters.
  await page.keyboard.press("Escape");
  for (const key of keys) {
    // A task that has only just come takes no key yet, so that none meant for the one before falls on it.
    if ((await promptOn(page)) !== prompt) return;
    if (key.startsWith("focus: ")) await page.locator(key.slice("focus: ".length)).first().focus();
    else if (!key.startsWith("typed: ")) await page.keyboard.press(key);
    else if (await inField(page)) await page.keyboard.type(key.slice("typed: ".length));
  }
}
