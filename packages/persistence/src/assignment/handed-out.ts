import { LeasedTask, Split } from "@touchstone/contracts";
import { z } from "zod";

/**
 * A leased task as the database tells it: with what the annotator is not told. The order in which it is shown, the split
 * of its prompt, and whether it is of an evaluation, whose answers go out by opaque ids.
 */
export const HandedOut = LeasedTask.extend({
  shownAs: z.object({ order: z.array(z.number().int()), split: Split, blind: z.boolean() }),
});
export type HandedOut = z.infer<typeof HandedOut>;
