import { PretrainSpec, SftSpec } from "@touchstone/contracts";
import { z } from "zod";

/** All that decides the practice model's weights, beside the code: `prisma/demo/practice-model/spec.json`. */
export const PracticeModelRecipe = z.strictObject({
  seed: z.number().int().min(0),
  /** Texts of the grammar's corpus to pretrain on. */
  corpus: z.number().int().min(100),
  pretrain: PretrainSpec,
  /** Demonstrations, half of them flawed on purpose, to fine-tune on. */
  demonstrations: z.number().int().min(100),
  sft: SftSpec,
});
export type PracticeModelRecipe = z.infer<typeof PracticeModelRecipe>;
