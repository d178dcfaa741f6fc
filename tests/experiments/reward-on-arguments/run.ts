import { availableParallelism } from "node:os";
import type { Experiment } from "../experiment.ts";
import { withLaboratory } from "../laboratory.ts";
import { rewardOnArguments } from "./experiment.ts";
import { tableOf } from "./table.ts";

/** One worker a core, and no more than two: the figures do not depend on it, only the time. */
const lanes = Math.min(2, availableParallelism());

export const rewardOnArgumentsExperiment: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const result = await withLaboratory(lanes, say, (laboratory) => rewardOnArguments(laboratory, lanes, say));
    const table = tableOf(result.pooled, result.control);
    const fresh = tableOf(result.withoutDevelopmentFold);
    return { result, table: `${table}\n\nWithout the fold that the recipe was decided on:\n${fresh}` };
  },
};
