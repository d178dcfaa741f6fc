import type { ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { RewardHead } from "../../packages/rlhf/src/model/head.ts";
import { type Model, packModel, unpackModel } from "../../packages/rlhf/src/model/model-files.ts";
import { openParameters } from "../../packages/rlhf/src/model/parameters.ts";
import { shakenWeights, styles } from "../../packages/rlhf/src/model/styles.fixture.ts";
import { scoreSequences } from "../../packages/rlhf/src/reward/reward-network.ts";
import { openTokenizer } from "../../packages/rlhf/src/tokenizer/byte-pair.ts";
import { expectClose, ourLogits } from "../harness/our-logits.ts";
import { hasTransformers, transformersLogits, transformersModel, transformersScores } from "../harness/transformers.ts";

const engine = await openEngine();
const { tf } = engine;
const ids = [
  [1, 10, 20, 269, 40, 7, 7, 9],
  [4, 200, 3],
];
const tokenizer = openTokenizer([]);
const gpt2Styles = styles.filter(([, config]) => config.positions === "learned");
const [[, gpt2] = []] = gpt2Styles;
if (!gpt2) throw new Error("no style is GPT-2's");
const languageModel = (config: ModelConfig): Model => ({
  config,
  tokenizer,
  head: { kind: "lm" },
  weights: shakenWeights(config),
});

/** Milliseconds: Python takes some ten seconds to load torch, and several times that on a busy machine. */
const timeout = 240_000;

describe.skipIf(!hasTransformers)("GPT-2's style and Hugging Face's transformers", { timeout }, () => {
  test.each(gpt2Styles)("a model of ours in %s style has the same logits there", (_, config) => {
    const model = languageModel(config);
    expectClose(transformersLogits(packModel(model), ids).flat(2), ourLogits(engine, model, ids).flat(2));
  });

  test("a reward model of ours gives the same scores there", async () => {
    const head: RewardHead = {
      kind: "reward",
      objective: "bradley-terry",
      scale: 1,
      offset: 0,
      normalisation: { mean: 0, standardDeviation: 1, referenceSet: "none", answers: 0 },
    };
    const weights = shakenWeights(gpt2, head);
    const network = {
      tf,
      config: gpt2,
      parameters: openParameters(tf, weights),
      likelihood: undefined,
      pad: undefined,
    };
    const ours = await scoreSequences(
      network,
      ids.map((row) => ({ ids: row, answerStart: 1 })),
    );
    expectClose(transformersScores(packModel({ config: gpt2, tokenizer, head, weights }), ids), ours);
  });

  test.each([
    ["tied", { tie_word_embeddings: true }],
    ["with an output and a feed-forward width of its own", { tie_word_embeddings: false, n_inner: 24 }],
  ])("a GPT-2 saved there has the same logits here, %s", (_, settings) => {
    const sizes = { vocab_size: 270, n_positions: 16, n_embd: 16, n_layer: 2, n_head: 4 };
    const special = { bos_token_id: 1, eos_token_id: 2, pad_token_id: 0 };
    const { files, logits } = transformersModel({ class: "GPT2LMHeadModel", ...sizes, ...special, ...settings }, ids);
    const tokenizerJson = packModel(languageModel(gpt2)).get("tokenizer.json") ?? new Uint8Array();
    const model = unpackModel(new Map([...files, ["tokenizer.json", tokenizerJson]]));
    expect(new TextDecoder().decode(files.get("config.json"))).not.toContain("touchstone");
    expectClose(ourLogits(engine, model, ids).flat(2), logits.flat(2));
  });
});
