import { areEqual } from "../objectives/advantages.ts";
import type { Note } from "../training/note.ts";

/**
 * Says, once a run, that what scores the answers tells none of them from the others it is held against. The price of KL and of
 * a missing end are no part of the rewards looked at: they go on moving the policy, and would hide it.
 * @returns called with a step's rewards, those in one group held against each other
 */
export function equalRewardsWatch(note: Note): (step: number, groups: readonly (readonly number[])[]) => void {
  let isSaid = false;
  return (step, groups) => {
    if (isSaid || !groups.every(areEqual)) return;
    isSaid = true;
    note(
      `At step ${step} all answers that are held against each other got the same reward, so it had nothing to teach. If that goes on, look at the reward model, and at whether the answers differ.`,
      { code: "equal_rewards", level: "warning", values: {} },
    );
  };
}
