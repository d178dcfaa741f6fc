import type { Locale, Message, QuestionnaireDraft } from "@touchstone/contracts";
import type { z } from "zod";
import type { ExampleFile } from "./example-files.ts";

type AskedQuestion = Omit<z.input<typeof QuestionnaireDraft>["questions"][number], "title">;

/** A row to judge, written by us: nobody's data, and said to be an example wherever it is counted. */
interface TemplateExample {
  readonly prompt: readonly Message[];
  /** Texts, or pictures and sounds that are answers by themselves. */
  readonly completions: readonly (string | ExampleFile)[];
  /** What answers are held against. */
  readonly sourceText?: string;
}

/** What a template says in one language. */
export interface TemplateTexts {
  readonly guideline: string;
  /** By the name of the question; one without an entry has the words of its kind. */
  readonly titles: Readonly<Record<string, string>>;
  readonly examples: readonly TemplateExample[];
}

/** A use that a project can begin with. */
export interface Template {
  /** Of the questionnaire. */
  readonly name: string;
  readonly overlap: number;
  /** Names such as options are English, as answers and exports hold them in every language. */
  readonly questions: readonly AskedQuestion[];
  /** What is shown in place of those names, where that is not English. */
  readonly labels: Readonly<Partial<Record<Locale, Readonly<Record<string, string>>>>>;
  readonly texts: Readonly<Record<Locale, TemplateTexts>>;
}

/** A prompt of one turn. */
export const ask = (content: string): readonly Message[] => [{ role: "user", content }];
