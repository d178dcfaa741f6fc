import { z } from "zod";
import { RunKind } from "./learning.ts";
import { Id, Timestamp } from "./scalars.ts";

// What may depend on something that is to go, and how whoever has read the list says so.

export const Dependant = z.object({ id: Id, name: z.string() });

/** A frozen set with how much it held and how much of it goes. */
export const DependentLabelSet = z.object({
  id: Id,
  sha256: z.string(),
  judgements: z.number().int(),
  going: z.number().int(),
  createdAt: Timestamp,
});

export const DependentRun = Dependant.extend({ number: z.number().int(), kind: RunKind, underWay: z.boolean() });
export const DependentModel = Dependant.extend({ number: z.number().int(), kind: z.enum(["policy", "reward"]) });
export const DependentEvaluation = z.object({ id: Id, candidate: z.string().nullable(), baseline: z.string() });

/** Of whoever was told: the name as it stands, and the stamp of the list that was read before. */
export const ConfirmedByName = z.strictObject({
  name: z.string().max(500),
  stamp: z.string().min(1).max(100),
});
