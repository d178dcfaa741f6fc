import type { z } from "zod";

/** What a kind of question is across processes: how it is set, and how it is answered. */
export interface QuestionContract {
  /** What a question without words of its own says in exports; a page says it in its language. */
  readonly title: string;
  /**
   * What whoever asks chooses. Fields have defaults, so that `{}` is a question ready to be asked; only what nobody can
   * choose for others, such as the options of a choice, is required, and then `{}` is refused by its name.
   */
  readonly settings: z.ZodType<object>;
  /** What a form begins with where `{}` is refused: nothing is chosen yet of what is required. */
  readonly blank?: object;
  /** What an annotator says. Places of answers are those SHOWN, counted from 0. */
  readonly answer: z.ZodType<object>;
  /** How many answers of models a task of it shows. */
  readonly completions: { readonly least: number; readonly most: number };
  /** Whether a task asks it once at most: the place where it is answered is there once. */
  readonly once?: boolean;
}
