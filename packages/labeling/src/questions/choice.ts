import type { ChoiceAnswer } from "@touchstone/contracts";
import type { AnswerFault, Asked, Measurement, QuestionRules } from "./question-rules.ts";

/** One or several of some options. Nothing is learned from it: whether an option is good or bad, nobody has said. */
export const choice: QuestionRules<"choice"> = {
  fault,
  forms: () => [],
  agreement: { scale: "nominal", measurements },
};

function fault({ chosen }: ChoiceAnswer, { settings }: Asked<"choice">): AnswerFault | null {
  const { options, multiple, least, most } = settings;
  const unknown = chosen.findIndex((option) => !options.includes(option));
  if (unknown >= 0) return { path: ["chosen", unknown], message: `Choose from: ${options.join(", ")}.` };
  if (new Set(chosen).size < chosen.length) return { path: ["chosen"], message: "Name each option once." };
  if (!multiple && chosen.length !== 1) return { path: ["chosen"], message: "Choose one option." };
  if (chosen.length < (least ?? 1)) return { path: ["chosen"], message: `Choose at least ${least}.` };
  if (chosen.length > (most ?? options.length)) return { path: ["chosen"], message: `Choose at most ${most}.` };
  return null;
}

/** Which option it is, or of several for each option whether it was chosen. */
function measurements({ chosen }: ChoiceAnswer, { settings: { options, multiple } }: Asked<"choice">): Measurement[] {
  if (!multiple) return [{ unit: "", value: options.indexOf(chosen[0] ?? "") }];
  return options.map((option) => ({ unit: option, value: chosen.includes(option) ? 1 : 0 }));
}
