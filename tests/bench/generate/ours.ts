import { PretrainSpec } from "@touchstone/contracts";
import { type GenerationRequest, generateCompletions, runTrainer } from "@touchstone/rlhf";
import { z } from "zod";
import { openOrders } from "../orders.ts";
import { EngineChoice, labelOf, openChosen } from "../our-engine.ts";
import { randomText } from "../random-text.ts";
import { Setting } from "../settings.ts";
import { promptText, Sampling } from "./sampling.ts";

/** The sampler that rollouts and `rlhf -- generate` use, measured through its public entry: one batch a call. */
const Settings = z.strictObject({ choice: EngineChoice, setting: Setting, sampling: Sampling });
const { choice, setting, sampling } = Settings.parse(JSON.parse(process.argv[2] ?? ""));
const { batchSize: _, ...shape } = setting;

const orders = openOrders();
const opened = await openChosen(choice);
const engine = typeof opened === "string" ? orders.unavailable(opened) : opened;

/**
 * A few small steps on one long text teach the policy that a text hardly ever ends, so that the batch stays full. Tokens
 * are counted as they come, all the same.
 */
const spec = PretrainSpec.parse({
  trainer: "pretrain",
  steps: 150,
  batchSize: 4,
  windows: "random",
  heldOut: 0,
  model: { ...shape, kvHeads: setting.heads },
});
const text = randomText(8 * setting.vocab, "bench");
const { files } = await runTrainer({ engine, spec, seed: 1, data: { texts: [text] }, models: {} });

const prompts: GenerationRequest["prompts"] = Array.from({ length: sampling.batch }, (_, index) => [
  { role: "user", content: promptText(index) },
]);
const options = { temperature: 1, topK: 0, topP: 1, maxNewTokens: sampling.answer };

let calls = 0;
const callOnce = async () => {
  const answers = await generateCompletions({
    engine,
    policy: files,
    prompts,
    options,
    seed: calls++,
    slots: sampling.batch,
  });
  return answers.reduce((sum, { tokens }) => sum + tokens.length, 0);
};

await callOnce();
orders.ready(labelOf(choice));
for (;;) {
  const seconds = await orders.next();
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1_000;
  let tokens = 0;
  do tokens += await callOnce();
  while (elapsed() < seconds);
  orders.tell(tokens / elapsed());
}
