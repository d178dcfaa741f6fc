import type { HiddenAnswer } from "@touchstone/persistence";
import { PracticeTask, utility } from "@touchstone/practice";
import { z } from "zod";
import { RunFailure } from "./thread.ts";

const Practice = z.object({ practice: PracticeTask });
/** Qualities 1–5 of the demo's written answers, by place. */
const Written = z.object({ qualities: z.array(z.number().min(1).max(5)) });

/**
 * The truth that simulated annotators see through their noise, in [0, 1]: by rule in the practice world, by the
 * author's own grade for the demo's answers. Where neither exists there is nothing to simulate.
 */
export function hiddenUtility(answer: HiddenAnswer): number {
  const practice = Practice.safeParse(answer.metadata);
  if (practice.success) return utility(practice.data.practice, answer.text);
  const written = Written.safeParse(answer.metadata);
  const quality = written.success ? written.data.qualities[Number(answer.key)] : undefined;
  if (quality !== undefined) return (quality - 1) / 4;
  throw new RunFailure(
    "no_hidden_utility",
    "Simulated annotators need answers whose quality is known: those of the practice model, or the demo's own. Ask people to judge these.",
  );
}
