import { z } from "zod";
import { DpoSpec } from "./dpo.ts";
import { IlqlSpec } from "./ilql.ts";
import { GrpoSpec, PpoSpec, RlooSpec } from "./on-policy.ts";
import { PretrainSpec } from "./pretrain.ts";
import { RewardSpec } from "./reward.ts";
import { SftSpec } from "./sft.ts";

/**
 * What a training run is asked to do. Page, API, worker and command line share these specs; every field has a
 * default that suits a model of about half a million parameters on two cores, so `{ trainer: "rloo" }` is complete.
 */
export const TrainingSpec = z
  .discriminatedUnion("trainer", [PretrainSpec, SftSpec, RewardSpec, IlqlSpec, RlooSpec, GrpoSpec, PpoSpec, DpoSpec])
  .refine((spec) => !(spec.trainer === "reward" && spec.freezeBody && spec.lora), {
    path: ["lora"],
    error: "lora adapts the body and freezeBody leaves it as it is: leave one of the two out",
    params: { code: "loraOrFrozen" },
  });
export type TrainingSpec = z.infer<typeof TrainingSpec>;
/** A spec as a person writes it, defaults left out. */
export type TrainingSpecInput = z.input<typeof TrainingSpec>;
