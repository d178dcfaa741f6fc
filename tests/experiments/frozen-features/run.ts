import { storedFeatures } from "../../../apps/cli/src/rlhf/files/features-folder.ts";
import { shown } from "../cross-validation/compared.ts";
import type { Experiment } from "../experiment.ts";
import { acrossFolds } from "./experiment.ts";
import { argumentFolds, harmlessFolds } from "./rows.ts";
import { lacksModel, readSmolModel } from "./smol-model.ts";

/** Tokens that are read: arguments whole; of conversations the end, which is what an answer answers to. */
const contexts = { arguments: 512, harmless: 256 };
/** How many of the conversations are read: all, unless this says fewer, and then the result says so. */
const harmlessPairs = Number(process.env.TOUCHSTONE_HARMLESS_PAIRS ?? Number.POSITIVE_INFINITY);

export const frozenFeaturesExperiment: Experiment = {
  needsReferenceData: true,
  lacks: lacksModel,
  async run(say) {
    const { files: policy, name } = readSmolModel();
    const reading = (context: number) => ({ policy, name, cache: storedFeatures(), settings: { context } });
    const onArguments = await acrossFolds(await argumentFolds(), reading(contexts.arguments), say);
    const harmless = await acrossFolds(await harmlessFolds(harmlessPairs), reading(contexts.harmless), say);
    const result = { model: name, contexts, arguments: onArguments, harmless };
    return { result, table: tableOf(onArguments, harmless) };
  },
};

type Found = Awaited<ReturnType<typeof acrossFolds>>;

function tableOf(...found: readonly Found[]): string {
  const rows: [string, (one: Found) => string][] = [
    ["head on frozen features", ({ all }) => shown(all.accuracy.model)],
    ["longer wins", ({ all }) => shown(all.accuracy.longer)],
    ["bag of bigrams", ({ all }) => shown(all.accuracy.bigram)],
    ["likelihood alone", ({ all }) => shown(all.accuracy.untrained)],
    ["lead over longer wins", ({ all }) => shown(all.lead.longer)],
    ["lead over bag of bigrams", ({ all }) => shown(all.lead.bigram)],
    [
      "of like length: the head",
      ({ lengthMatched }) => `${shown(lengthMatched.accuracy.model)} of ${lengthMatched.judged}`,
    ],
    ["of like length: longer wins", ({ lengthMatched }) => shown(lengthMatched.accuracy.longer)],
    [
      "under others’ prompts (under their own)",
      ({ promptShuffled: control }) =>
        control ? `${shown(control.accuracy.model)} (${shown(control.asked)}) of ${control.judged}` : "",
    ],
    ["recipes chosen", ({ chosen }) => chosen.map(({ recipe, strength }) => `${recipe} ${strength}`).join(", ")],
  ];
  const counts = found.map(
    ({ all }) => `${all.judged.toLocaleString("en")} pairs; ${all.clusters.toLocaleString("en")} clusters`,
  );
  const head = `| | UKPConvArg1 strict (${counts[0]}) | HH harmless (${counts[1]}) |`;
  return [head, "|---|---|---|", ...rows.map(([title, of]) => `| ${title} | ${found.map(of).join(" | ")} |`)].join(
    "\n",
  );
}
