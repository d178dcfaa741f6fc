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
    params: { code: "nameOfStandard" },
  }),
  /** The newest version that its writer has read, 0 for none: one that was made since stands in the way. */
  basedOn: z.number().int().min(0).optional(),
  questions: z
    .array(QuestionDraft)
    .min(1)
    .max(20)
    .superRefine((questions, context) => {
      const fault = (path: (string | number)[], code: string, message: string) =>
        context.addIssue({ code: "custom", path, message, params: { code } });
      for (const [index, { name, kind, when }] of questions.entries()) {
        const before = questions.slice(0, index);
        const earlier = before.map((one) => one.name);
        if (contractOf(kind).once && before.some((one) => one.kind === kind)) {
          const message = `“${kind}” can be asked once only: its answer is given in the answers shown`;
          fault([index, "kind"], "askedOnce", message);
        }
        if (earlier.includes(name)) fault([index, "name"], "nameTaken", `“${name}” is the name of an earlier question`);
        if (when && !earlier.includes(when.question)) {
          fault([index, "when", "question"], "askedLater", `“${when.question}” is no question before this one`);
        }
      }
      const { least, most } = completionsOf(questions);
      if (least > most) {
        fault(
          [],
          "differentNumbers",
          `these questions are about different numbers of answers: one wants ${least}, another at most ${most}`,
        );
      }
    }),
});
export type QuestionnaireDraft = z.infer<typeof QuestionnaireDraft>;
