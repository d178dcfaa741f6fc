import type { Answer } from "@touchstone/contracts";
import type { useTranslations } from "next-intl";

/** An answer in the page's words, with A and B as they were shown. */
export function answerSentence(t: ReturnType<typeof useTranslations<"judgements">>, answer: Answer): string {
  const { key, score } = wordsOfAnswer(answer);
  return t(`answers.${key}`, { score });
}

/** The message under `judgements.answers` that says an answer in the order shown. */
function wordsOfAnswer(answer: Answer): {
  key: `step${1 | 2 | 3 | 4 | 5 | 6 | 7}` | "bothBad" | "rated";
  score: number;
} {
  if (answer.choice === "both-bad") return { key: "bothBad", score: 0 };
  if (answer.choice === "rated") return { key: "rated", score: answer.score };
  const keys = ["step1", "step2", "step3", "step4", "step5", "step6", "step7"] as const;
  return { key: keys[answer.step - 1] ?? "step4", score: answer.step };
}
