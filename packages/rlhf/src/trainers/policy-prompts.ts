import { heldOutOf, noteTestRows } from "../reward/held-out.ts";
import type { EncodedPrompt } from "../rollout/draw-answers.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Note } from "../training/note.ts";
import type { PromptItem } from "../training/request.ts";
import { counted } from "../training-error.ts";

/** Room that a prompt must leave for its answer, in tokens. */
const leastRoom = 8;

export interface NamedPrompt extends EncodedPrompt {
  readonly promptId: string;
}

export interface PolicyPrompts {
  readonly train: readonly NamedPrompt[];
  /** Measured on during the run, the same ones throughout: of the validation split; training prompts if it has none. */
  readonly watched: readonly NamedPrompt[];
  /** Measured on at its end: what is held out, the test split after the validation split as far as there is room. */
  readonly final: readonly NamedPrompt[];
}

/** Encodes prompts, each once, and says in plain words what could not be used. */
export function policyPrompts(
  items: readonly PromptItem[],
  tokenizer: Tokenizer,
  context: number,
  evaluationPrompts: number,
  note: Note,
): PolicyPrompts {
  const different = differentPrompts(items, note);
  const encoded = different
    .map(({ promptId, prompt, split }) => ({ promptId, prompt, split, ids: tokenizer.encodePrompt(prompt) }))
    .filter(({ ids }) => leavesRoom(ids, context));
  const tooLong = different.length - encoded.length;
  if (tooLong > 0) {
    note(
      `${tooLong} of ${different.length} prompts leave no room for an answer in ${context} tokens and were left out.`,
      {
        code: "prompts_without_room",
        level: "warning",
        values: { count: tooLong, total: different.length, context },
      },
    );
  }
  const train = encoded.filter(({ split }) => split === "train");
  const { heldOut, watched } = heldOutOf(encoded, (prompt) => prompt);
  if (watched === 0) {
    const until = heldOut.length > 0 ? "No prompt is of the validation split: until the end" : "No prompt is held out:";
    note(`${until} reward and KL are measured on training prompts.`, {
      code: "no_prompts_held_out",
      level: "warning",
      values: {},
    });
  }
  const final = heldOut.slice(0, evaluationPrompts);
  noteTestRows(note, "prompts", { heldOut: final, watched: Math.min(watched, final.length) });
  // Whether there are test prompts must change nothing before the end, early stopping included.
  const shown = watched > 0 ? heldOut.slice(0, watched) : train;
  return {
    train,
    watched: shown.slice(0, evaluationPrompts),
    final: final.length > 0 ? final : train.slice(0, evaluationPrompts),
  };
}

/** Whether an answer has room behind a prompt. */
export function leavesRoom(promptIds: readonly number[], context: number): boolean {
  return promptIds.length + leastRoom <= context;
}

const order: readonly PromptItem["split"][] = ["train", "validation", "test"];

/** Each prompt once. One that stands in several splits is of the first: a held-out row never takes a training prompt away. */
function differentPrompts(items: readonly PromptItem[], note: Note): PromptItem[] {
  const different = new Map<string, PromptItem>();
  const torn = new Set<string>();
  for (const item of items) {
    const known = different.get(item.promptId);
    if (known && known.split !== item.split) torn.add(item.promptId);
    if (!known || order.indexOf(item.split) < order.indexOf(known.split)) different.set(item.promptId, item);
  }
  if (torn.size > 0) {
    const count = counted(torn.size, "prompts");
    note(
      `${count} ${torn.size === 1 ? "stands" : "stand"} in more than one split, and count for the first of training, validation, test.`,
      {
        code: "prompts_in_two_splits",
        level: "warning",
        values: { count: torn.size },
      },
    );
  }
  return [...different.values()];
}
