import { z } from "zod";

/** Rules over several keys of a config, by the name that they carry in their `params`. */
const rules = ["configBiasesDiffer", "configForeignHead", "configWidthOfHeads", "configSharedHeads"] as const;
/** Such a rule with what its sentence names. */
export const BrokenRule = z.union([
  z.object({ code: z.enum(rules) }),
  z.object({ code: z.literal("configRotations"), values: z.object({ type: z.string() }) }),
  z.object({ code: z.literal("configWindow"), values: z.object({ window: z.number(), context: z.number() }) }),
]);
export type ConfigRule = z.infer<typeof BrokenRule>["code"];
