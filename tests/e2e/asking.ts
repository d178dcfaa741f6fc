import type { Client } from "@touchstone/api-client";
import { ProjectDraft, QuestionnaireDraft } from "@touchstone/contracts";
import type { z } from "zod";
import { jsonLines, type PromptRow } from "./practice-files.ts";

type Row = Pick<PromptRow, "prompt" | "completions">;
export type AskedQuestions = z.input<typeof QuestionnaireDraft>["questions"];

/** A project that asks these questions about some rows. @returns its id. */
export async function projectAsking(
  admin: Client,
  name: string,
  questions: AskedQuestions,
  rows: readonly Row[],
): Promise<string> {
  const { id } = await admin.createProject({
    body: ProjectDraft.parse({ name, guideline: "Prefer what helps.", mustRead: false }),
  });
  await admin.writeQuestionnaire({ params: { id }, body: QuestionnaireDraft.parse({ name: "own", questions }) });
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", question: "own", open: "true" }, upload });
  return id;
}

/** Rows of so many answers each, which name themselves. */
export function rowsOf(rows: number, answers: number, words = ""): Row[] {
  return Array.from({ length: rows }, (_, n) => ({
    prompt: `Which way is best, in case ${n + 1}?`,
    completions: Array.from({ length: answers }, (_, k) => `Way ${k + 1} of case ${n + 1}.${words}`),
  }));
}

/** As long as answers of models often are: several paragraphs, each a few lines. */
export const longWords = "\n\n".concat(
  Array.from({ length: 8 }, (_, n) => `Paragraph ${n + 1} goes on for a while. ${"It says more. ".repeat(14)}`).join(
    "\n\n",
  ),
);

/** Asked where two answers are compared in more than one way, with a follow-up for strong choices. */
export const severalQuestions: AskedQuestions = [
  { name: "better", kind: "preference" },
  {
    name: "sure",
    kind: "preference",
    title: "Is it really that much better?",
    settings: { steps: 2, bothBad: false },
    when: { question: "better", field: "step", is: [1, 7] },
  },
  { name: "kinder", kind: "preference", title: "Which one is kinder?", settings: { steps: 3 }, required: false },
  { name: "order", kind: "ranking", title: "Which one would you send first?", settings: { ties: false } },
];
