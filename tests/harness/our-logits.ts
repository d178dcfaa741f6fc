import type { Engine } from "@touchstone/engine";
import { expect } from "vitest";
import { toBatch } from "../../packages/rlhf/src/model/batch.ts";
import { hiddenStates } from "../../packages/rlhf/src/model/decoder.ts";
import type { Model } from "../../packages/rlhf/src/model/model-files.ts";
import { openPolicy } from "../../packages/rlhf/src/rollout/open-policy.ts";
import { policyLogits } from "../../packages/rlhf/src/rollout/policy.ts";
import type { Ids } from "./transformers.ts";

/** Logits of a language model as we compute them, (rows, tokens, vocab). */
export function ourLogits({ tf }: Pick<Engine, "tf">, model: Model, rows: Ids): number[][][] {
  const policy = openPolicy(tf, model);
  const { parameters, config } = policy;
  const logits = rows.map((row) =>
    tf.tidy(() => policyLogits(policy, hiddenStates(tf, parameters, config, toBatch([row]))).arraySync()),
  );
  parameters.dispose();
  return logits;
}

/** Equal to 1e-4, the largest difference that float32 on two machines explains. */
export function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  const worst = Math.max(...actual.map((value, at) => Math.abs(value - (expected[at] ?? Number.NaN))));
  expect(worst).toBeLessThanOrEqual(1e-4);
}
