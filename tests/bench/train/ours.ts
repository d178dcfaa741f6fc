import { PretrainSpec } from "@touchstone/contracts";
import { runTrainer } from "@touchstone/rlhf";
import { z } from "zod";
import { openOrders } from "../orders.ts";
import { EngineChoice, labelOf, openChosen } from "../our-engine.ts";
import { randomText } from "../random-text.ts";
import { Setting } from "../settings.ts";

/**
 * The trainer that users run, measured: `pretrain` through its public entry, with clipping, AdamW and metrics. It waits in
 * the callback that follows each step, and so trains in rounds on command.
 */
const Settings = z.strictObject({ choice: EngineChoice, setting: Setting });
const { choice, setting } = Settings.parse(JSON.parse(process.argv[2] ?? ""));
const { batchSize, ...shape } = setting;

/** Steps before the first round: code is compiled and memory is grown in them. */
const warmUpSteps = 2;
/** More steps than any measurement takes. */
const endless = 1_000_000;

const orders = openOrders();
const opened = await openChosen(choice);
const engine = typeof opened === "string" ? orders.unavailable(opened) : opened;

const spec = PretrainSpec.parse({
  trainer: "pretrain",
  steps: endless,
  evaluateEvery: endless,
  checkpointEvery: endless,
  batchSize,
  // Every window has the whole context, so that a step's tokens are what they are said to be.
  windows: "random",
  heldOut: 0,
  model: { ...shape, kvHeads: setting.heads },
});

let steps = 0;
let round = { seconds: 0, began: 0, stepsBefore: 0 };

await runTrainer({
  engine,
  spec,
  seed: 1,
  // Eight words a piece leave the tokenizer pairs to merge until it has all its pieces.
  data: { texts: [randomText(8 * setting.vocab, "bench")] },
  models: {},
  onNote(message, fact) {
    if (fact?.code === "pretrained_on" && fact.values?.vocab !== setting.vocab) {
      throw new Error(`The tokenizer has not as many pieces as asked for: ${message}`);
    }
  },
  async onMetric() {
    steps += 1;
    if (steps < warmUpSteps) return;
    if (steps === warmUpSteps) orders.ready(labelOf(choice));
    else {
      const elapsed = (performance.now() - round.began) / 1_000;
      if (elapsed < round.seconds) return;
      orders.tell(((steps - round.stepsBefore) * batchSize * setting.context) / elapsed);
    }
    const seconds = await orders.next();
    round = { seconds, began: performance.now(), stepsBefore: steps };
  },
});
