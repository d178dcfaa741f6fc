import type { RunFact } from "@touchstone/contracts";
import { ModelConfig } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import { initialWeights } from "../model/initial-weights.ts";
import { packModel, unpackModel } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
import { languageModelParts } from "../trainers/language-model-part.ts";
import { demonstrations, engine, freshPolicy, train } from "../trainers/tiny-world.fixture.ts";
import { stepGradients } from "./gradients.ts";
import { bytesOfUpdate, checkMemory, memoryRoom } from "./memory.ts";

const { tf } = engine;
const ownKernels = engine.backend === "native" || engine.backend === "wasm";
const gigabyte = 1e9;
const llama = { vocab: 600, context: 64, layers: 4, heads: 4, kvHeads: 2, width: 64, hidden: 160 };
const gpt2 = { ...llama, kvHeads: 4, norm: "layernorm", positions: "learned", feedForward: "gelu", biases: true };

/** Bytes that tensors take up at the widest moment of a step, beside those before it. */
async function measured(parameters: ReturnType<typeof openParameters>, parts: Parameters<typeof stepGradients>[1]) {
  const before = tf.memory().numBytes;
  const { peakBytes } = await tf.profile(() => {
    tf.dispose([...stepGradients(tf, parts, parameters.variables).gradients.values()]);
    return tf.scalar(0);
  });
  return peakBytes - before;
}

describe("the estimate of a step's memory", () => {
  test.each<[string, object]>([
    ["Llama", llama],
    ["Llama, untied", { ...llama, tied: false }],
    ["GPT-2", gpt2],
  ])("is within a third of what is measured, in one part and in four: %s", async (_, shape) => {
    const config = ModelConfig.parse(shape);
    const parameters = openParameters(tf, initialWeights(config, { kind: "lm" }, 1));
    const rows = Array.from({ length: 16 }, () => ({
      ids: Array.from({ length: 64 }, (_, i) => 6 + ((7 * i) % 200)),
      answerStart: 1,
    }));
    for (const pieces of [1, 4]) {
      const parts = languageModelParts({ tf, parameters, config }, rows, pieces);
      const estimate = bytesOfUpdate(tf, parameters.variables, parameters.variables, parts);
      const ratio = estimate / (await measured(parameters, parts));
      expect(ratio).toBeGreaterThan(2 / 3);
      expect(ratio).toBeLessThan(4 / 3);
    }
    parameters.dispose();
  });
});

describe("preflight", () => {
  const room = { held: 0.5 * gigabyte, heap: 4 * gigabyte, free: 3 * gigabyte, total: 8 * gigabyte };
  const checked = (needed: number, where = room) => {
    const facts: RunFact[] = [];
    checkMemory(needed, where, (_, fact) => void (fact && facts.push(fact)));
    return facts;
  };

  test("says nothing of a step that fits, warns of one that may not, refuses one that can't", () => {
    expect(checked(2 * gigabyte)).toEqual([]);
    expect(checked(3.2 * gigabyte)).toEqual([
      { code: "tight_memory", level: "warning", values: { needed: 3_200, available: 3_000 } },
    ]);
    expect(() => checked(6 * gigabyte)).toThrow(
      "A step takes about 6500 MB, and the engine's heap has 4000 MB at most. " +
        "Raise accumulate, or lower the batch size or the context.",
    );
    const small = { ...room, heap: Number.POSITIVE_INFINITY, total: 2 * gigabyte };
    expect(() => checked(3 * gigabyte, small)).toThrow(/this machine has 2000 MB/);
  });

  // An engine without a heap of its own has the whole machine, which may be large.
  test.runIf(ownKernels)("a run that can't fit is refused before its first step", async () => {
    const { tokenizer } = unpackModel(freshPolicy);
    const config = ModelConfig.parse({
      ...llama,
      vocab: tokenizer.vocab,
      layers: 8,
      width: 256,
      hidden: 2_048,
      context: 24,
    });
    const weights = initialWeights(config, { kind: "lm" }, 1);
    const policy = packModel({ config, tokenizer, head: { kind: "lm" }, weights });
    const before = tf.memory().numTensors;
    // 1,024 rows of about 12 tokens and 244,000 floats a token: 12 GB.
    const run = train({ trainer: "sft", batchSize: 1_024 }, { demonstrations }, { policy }).then(() => "trained");
    await expect(run).rejects.toMatchObject({ code: "too_little_memory" });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("this process has room, which is asked of the machine", () => {
    const { held, heap, free, total } = memoryRoom(tf, 1);
    expect(held).toBe(tf.memory().numBytes);
    expect(heap).toBe(ownKernels ? 2 ** 32 : Number.POSITIVE_INFINITY);
    expect(free).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(free);
  });
});
