import { PretrainSpec } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { runTrainer } from "@touchstone/rlhf";
import type { z } from "zod";

/** One run: its figures by step, and the held-out loss at its end, in nats a character. */
export interface Trained {
  readonly seed: number;
  readonly loss: readonly (readonly [step: number, value: number])[];
  readonly heldOut: readonly (readonly [step: number, value: number])[];
  readonly final: number;
}

/** Pretrains a fresh model by character. The loss at the end is that of all held-out text, each character once. */
export async function trainOnPlays(
  recipe: Omit<z.input<typeof PretrainSpec>, "trainer">,
  { train, heldOut }: { readonly train: string; readonly heldOut: string },
  seed: number,
  say: (line: string) => void,
): Promise<Trained> {
  const loss: [number, number][] = [];
  const looks: [number, number][] = [];
  const { metrics } = await runTrainer({
    engine: await openEngine(),
    spec: PretrainSpec.parse({ trainer: "pretrain", ...recipe }),
    data: { texts: [train], heldOutTexts: [heldOut] },
    models: {},
    seed,
    onMetric(step, values) {
      if (values.loss !== undefined) loss.push([step, values.loss]);
      const look = values["heldout.loss"];
      if (look === undefined) return;
      looks.push([step, look]);
      say(`seed ${seed}, step ${step}: ${look.toFixed(4)} nats a character held out`);
    },
  });
  return { seed, loss, heldOut: looks, final: metrics["heldout.loss"] ?? Number.NaN };
}
