import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEngine } from "@touchstone/engine";
import { importAdapter } from "@touchstone/rlhf";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { packModel, unpackModel } from "../../packages/rlhf/src/model/model-files.ts";
import { shakenWeights, styles } from "../../packages/rlhf/src/model/styles.fixture.ts";
import { openTokenizer } from "../../packages/rlhf/src/tokenizer/byte-pair.ts";
import { expectClose, ourLogits } from "../harness/our-logits.ts";
import { askPython, inFolder, python } from "../harness/python.ts";

const engine = await openEngine();
const script = fileURLToPath(new URL("../harness/peft-adapter.py", import.meta.url));
const look = "import importlib.util as i, sys; sys.exit(not all(map(i.find_spec, ['torch', 'transformers', 'peft'])))";
const hasPeft = spawnSync(python, ["-c", look]).status === 0;
const Logits = z.array(z.array(z.array(z.number())));
/** Milliseconds: Python takes some ten seconds to load torch, and several times that on a busy machine. */
const timeout = 240_000;

const rows = [
  [1, 7, 260, 12, 99],
  [1, 30, 31],
];
const filesIn = (folder: string) =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

describe.skipIf(!hasPeft)("adapters and Hugging Face's peft", { timeout }, () => {
  it.each([
    ["Llama's", { target_modules: ["q_proj", "down_proj"] }],
    ["Llama's with biases and an output of its own", { target_modules: ["k_proj", "lm_head"], use_rslora: true }],
    ["Qwen2's", { target_modules: "all-linear", rank_pattern: { v_proj: 3 }, alpha_pattern: { "mlp.up_proj": 5 } }],
    ["Qwen3's", { target_modules: ["o_proj"], init_lora_weights: "gaussian" }],
    ["GPT-2's", { target_modules: ["c_attn", "mlp.c_proj"], fan_in_fan_out: true }],
    ["GPT-2's", { target_modules: ["c_fc"], lora_dropout: 0.5 }],
  ])("an adapter saved there on a model of ours in %s style has the same logits here: %o", (style, settings) => {
    const config = styles.find(([name]) => name === style)?.[1];
    if (!config) throw new Error("no such style");
    const model = {
      config,
      head: { kind: "lm" } as const,
      tokenizer: openTokenizer([]),
      weights: shakenWeights(config),
    };
    const base = packModel(model);
    inFolder((folder) => {
      const [at, adapter] = [join(folder, "base"), join(folder, "adapter")];
      mkdirSync(at);
      for (const [name, bytes] of base) writeFileSync(join(at, name), bytes);
      const lora = { r: 4, lora_alpha: 6, task_type: "CAUSAL_LM", ...settings };
      const theirs = Logits.parse(askPython(script, ["save", at, adapter, JSON.stringify(lora)], rows));
      const { files } = importAdapter(filesIn(adapter), base);
      const ours = ourLogits(engine, unpackModel(files), rows);
      expectClose(ours.flat(2), theirs.flat(2));
      const without = ourLogits(engine, model, rows).flat(2);
      const change = ours.flat(2).map((value, index) => Math.abs(value - (without[index] ?? Number.NaN)));
      expect(Math.max(...change)).toBeGreaterThan(1e-2);
      // What lies beside the merged model is the adapter still: there, on the base, it makes the same again.
      const again = join(folder, "again");
      mkdirSync(again);
      for (const [name, bytes] of files) {
        if (name.startsWith("adapter/")) writeFileSync(join(again, name.replace("adapter/", "")), bytes);
      }
      expectClose(Logits.parse(askPython(script, ["logits", at, again], rows)).flat(2), theirs.flat(2));
    });
  });
});
