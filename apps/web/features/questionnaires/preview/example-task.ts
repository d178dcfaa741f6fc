import { completionsOf, type LeasedTask, type Question } from "@touchstone/contracts";

/** Texts of an example, in the reader's language. */
export interface ExampleTexts {
  readonly language: string;
  readonly prompt: string;
  readonly answer: (place: number) => string;
}

export interface ExampleWish {
  readonly projectId: string;
  readonly guidelineVersion: number;
  readonly questions: readonly Question[];
  /** How many answers it shows. */
  readonly answers: number;
}

/** The numbers of answers with which these questions can be tried. */
export function answerCounts(questions: readonly Question[]): readonly number[] {
  const { least, most } = completionsOf(questions);
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

/** As many as make the questions plain: three are an order, and two a pair. */
export function usualCount(counts: readonly number[]): number {
  return counts.find((count) => count === 3) ?? counts.find((count) => count === 2) ?? counts[0] ?? 0;
}

/** The nth task of a preview, of the form in which the API hands them out. */
export function exampleTask(nth: number, wish: ExampleWish, texts: ExampleTexts): LeasedTask {
  return {
    lease: { id: id(1, nth), token: "preview", expiresAt: "9999-01-01T00:00:00Z", leaseSeconds: 86_400 },
    taskId: id(2, nth),
    projectId: wish.projectId,
    questionnaireId: id(3, 0),
    questions: [...wish.questions],
    prompt: {
      id: id(4, nth),
      messages: [{ role: "user", content: texts.prompt }],
      language: texts.language,
      sourceText: null,
    },
    completions: Array.from({ length: wish.answers }, (_, index) => ({
      id: id(5 + index, nth),
      text: texts.answer(index + 1),
    })),
    guidelineVersion: wish.guidelineVersion,
    previousAnswers: null,
    note: null,
  };
}

/** Ids that no database gives, and of which no two things have the same. */
const id = (group: number, nth: number): string =>
  `00000000-0000-4000-8000-${String(group).padStart(4, "0")}${String(nth).padStart(8, "0")}`;
