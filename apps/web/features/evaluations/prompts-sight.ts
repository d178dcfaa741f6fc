/** The least that an evaluation may be asked for. */
export const fewestPrompts = 5;
/** What is proposed where there are enough. */
const usualPrompts = 60;
/** What falls into the test split: a tenth of the prompts. */
const testShare = 0.1;

type Note = "none" | "few" | "some" | "more";

/** What a form says of the prompts that an evaluation can use, before any are asked for. */
export interface PromptsSight {
  readonly proposed: number;
  /** The largest number that may be asked for; while it is not known how many there are, the API's own limit. */
  readonly most: number;
  /** A message under `evaluations.prompts`; null while it is not known. */
  readonly note: Note | null;
  /** Prompts to import until the test split holds enough, about. */
  readonly wanting: number;
}

/**
 * @param available prompts of the test split
 * @param asked how many a person asks for, if they do
 */
export function promptsSight(available: number | undefined, asked?: number | undefined): PromptsSight {
  if (available === undefined) return { proposed: usualPrompts, most: 5_000, note: null, wanting: 0 };
  return {
    proposed: Math.max(fewestPrompts, Math.min(usualPrompts, available)),
    most: Math.max(fewestPrompts, available),
    note: noteOf(available, asked),
    wanting: Math.max(0, Math.ceil((fewestPrompts - available) / testShare)),
  };
}

function noteOf(available: number, asked: number | undefined): Note {
  if (available === 0) return "none";
  if (available < fewestPrompts) return "few";
  return asked !== undefined && asked > available ? "more" : "some";
}
