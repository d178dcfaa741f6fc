import { type Answer, ChoiceAnswer, type LeasedTask, questionKinds, stepsOf } from "@touchstone/contracts";

type Question = LeasedTask["questions"][number];

/** An answer that fits, whatever is asked of a task: the first answer shown is the better one, and all of it is good. */
export function anyAnswers({ questions, completions }: LeasedTask): Record<string, Answer> {
  const texts = completions.map(({ text }) => text ?? "");
  return Object.fromEntries(questions.map((question) => [question.name, answerTo(question, texts)]));
}

function answerTo({ kind, settings }: Question, texts: readonly string[]): Answer {
  switch (kind) {
    case "preference":
      return { choice: "graded", step: 2 };
    case "rating":
      return { choice: "rated", score: 5 };
    case "ranking":
      return { ranks: texts.map((_, place) => place + 1) };
    case "choice":
      return ChoiceAnswer.parse({ chosen: questionKinds.choice.settings.parse(settings).options.slice(0, 1) });
    case "steps": {
      const { cut } = questionKinds.steps.settings.parse(settings);
      return { choice: "labelled", labels: stepsOf(texts[0] ?? "", cut).map(() => "good" as const) };
    }
    case "aspects": {
      const { aspects } = questionKinds.aspects.settings.parse(settings);
      return { ratings: Object.fromEntries(aspects.map((aspect) => [aspect, texts.map(() => 4)])) };
    }
    default:
      throw new Error(`No answer is known to a question of the kind ${kind}.`);
  }
}
