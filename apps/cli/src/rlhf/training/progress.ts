import type { Metrics } from "@touchstone/rlhf";

/** Milliseconds between two lines of progress where nobody watches a terminal. */
const quietly = 5_000;
const shown = ["loss", "reward", "kl", "accuracy", "heldout.accuracy", "heldout.loss", "heldout.reward", "heldout.kl"];

export interface TrainingProgress {
  step(step: number, totalSteps: number, values: Metrics): void;
  /** A line of its own. */
  line(text: string): void;
}

/** Progress on stderr: one line that is rewritten in a terminal, a line every few seconds elsewhere. */
export function trainingProgress(stage: string, out: NodeJS.WriteStream = process.stderr): TrainingProgress {
  const began = Date.now();
  let first: number | undefined;
  let last = 0;
  const clear = () => {
    if (out.isTTY) out.write("\r\u001b[K");
  };
  return {
    step(step, totalSteps, values) {
      first ??= step - 1;
      const now = Date.now();
      if (step < totalSteps && now - last < (out.isTTY ? 100 : quietly)) return;
      last = now;
      const left = ((now - began) / Math.max(1, step - first)) * (totalSteps - step);
      const figures = shown.flatMap((name) =>
        values[name] === undefined ? [] : [`${name} ${values[name].toPrecision(3)}`],
      );
      const text = `${stage} ${step}/${totalSteps}, ${duration(left)} left  ${figures.join("  ")}`;
      clear();
      out.write(out.isTTY ? text.slice(0, (out.columns ?? 80) - 1) : `${text}\n`);
    },
    line(text) {
      clear();
      out.write(`${text}\n`);
    },
  };
}

/** 75_000 → "1 min 15 s" */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
