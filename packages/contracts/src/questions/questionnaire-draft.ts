import { z } from "zod";
import { text } from "../entities/scalars.ts";
import { completionsOf } from "./completions-of.ts";
import { contractOf } from "./kinds.ts";
import { AskedWhen, Question, QuestionKindName, QuestionName } from "./question.ts";
import { isStandardName } from "./standard.ts";

const QuestionDraft = z
  .strictObject({
    name: QuestionName,
    kind: QuestionKindName,
    title: text(300).default(""),
    settings: Question.shape.settings.default({}),
    required: z.boolean().default(true),
    when: AskedWhen.nullable().default(null),
  })
  // Settings are of the question's own kind, with what is left out as that kind has it.
  .transform((question, context) => {
    const settings = contractOf(question.kind).settings.safeParse(question.settings, { reportInput: true });
    if (settings.success) return { ...question, settings: Question.shape.settings.parse(settings.data) };
    for (const issue of settings.error.issues) context.addIssue({ ...issue, path: ["settings", ...issue.path] });
    return z.NEVER;
  });

/** What a project is to ask: names are its own, and questions follow up only on earlier ones. */
export const QuestionnaireDraft = z.strictObject({
  name: QuestionName.refine((name) => !isStandardName(name), {
    error: "is the name of a standard questionnaire: choose another",
  }),
  questions: z
    .array(QuestionDraft)
    .min(1)
    .max(20)
    .superRefine((questions, context) => {
      const fault = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
      for (const [index, { name, when }] of questions.entries()) {
        const earlier = questions.slice(0, index).map((one) => one.name);
        if (earlier.includes(name)) fault([index, "name"], `“${name}” is the name of an earlier question`);
        if (when && !earlier.includes(when.question)) {
          fault([index, "when", "question"], `“${when.question}” is no question before this one`);
        }
      }
      const { least, most } = completionsOf(questions);
      if (least > most) {
        fault(
          [],
          `these questions are about different numbers of answers: one wants ${least}, another at most ${most}`,
        );
      }
    }),
});
export type QuestionnaireDraft = z.infer<typeof QuestionnaireDraft>;
