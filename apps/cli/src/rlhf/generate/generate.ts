import { type Message, SamplingOptions } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { bestOf, type GeneratedCompletion, generateCompletions, scoreCompletions } from "@touchstone/rlhf";
import { onInterrupt } from "../../signals.ts";
import { callerPath } from "../files/caller-path.ts";
import { writeWhole } from "../files/folder.ts";
import { outputFile } from "../files/output-file.ts";
import { readModel } from "../files/read-model.ts";
import { readDataFile } from "../files/read-rows.ts";
import { withItsBase } from "../files/rests-on.ts";
import { refuseInputAsOutput } from "../files/same-file.ts";
import { parsedSettings } from "../files/spec-file.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  model: string;
  prompt?: string;
  in?: string;
  out?: string;
  samples: number;
  bestOf?: number;
  reward?: string;
  seed: number;
}

interface Drawn {
  readonly prompt: { readonly id: string; readonly messages: readonly Message[] };
  readonly answer: GeneratedCompletion;
  readonly reward?: number | undefined;
}

/** `rlhf generate`. @throws UsageError, TrainingError */
export async function generate(options: Options): Promise<void> {
  const sampling = samplingOf({ ...options });
  if (options.out !== undefined && options.in !== undefined) {
    await refuseInputAsOutput(callerPath(options.out), [options.in]);
  }
  const out = options.out === undefined ? undefined : await outputFile("--out", options.out);
  const prompts = await promptsOf(options);
  if (options.bestOf !== undefined && options.reward === undefined) {
    throw new UsageError("--best-of needs a --reward model that says which answer is best.");
  }
  const policy = await readModel("--model", options.model);
  const reward =
    options.reward === undefined
      ? undefined
      : await withItsBase(await readModel("--reward", options.reward), undefined);
  const engine = await openEngine();
  const signal = onInterrupt();
  const count = options.samples * (options.bestOf ?? 1);
  const repeated = prompts.flatMap((prompt) => Array.from({ length: count }, () => prompt));
  const answers = await generateCompletions({
    engine,
    policy: policy.files,
    prompts: repeated.map(({ messages }) => messages),
    options: sampling,
    seed: options.seed,
    signal,
  });
  const items = answers.map(({ text }, index) => ({ prompt: repeated[index]?.messages ?? [], text }));
  const scores = reward && (await scoreCompletions({ engine, reward: reward.files, items, signal }));
  const drawn = repeated.flatMap((prompt, index): Drawn[] => {
    const answer = answers[index];
    return answer ? [{ prompt, answer, reward: scores?.[index]?.score }] : [];
  });
  const kept = bestOf(drawn, options.bestOf ?? 1, ({ reward: score = 0 }) => score);
  if (out === undefined) for (const { answer } of kept) process.stdout.write(`${answer.text}\n`);
  else await writeWhole(out, kept.map((one) => `${JSON.stringify(rowOf(one))}\n`).join(""));
  const unanswered = kept.filter(({ answer }) => answer.finishReason === "prompt_too_long").length;
  if (unanswered > 0) {
    process.stderr.write(
      `${unanswered} of ${kept.length} answers are empty: their prompts leave no room in the model's context.\n`,
    );
  }
}

function samplingOf(options: Readonly<Record<string, unknown>>): SamplingOptions {
  const known = Object.keys(SamplingOptions.shape);
  const given = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)));
  return parsedSettings(SamplingOptions, given);
}

async function promptsOf(options: Options): Promise<Drawn["prompt"][]> {
  if ((options.prompt === undefined) === (options.in === undefined))
    throw new UsageError("Give either --prompt or --in.");
  if (!Number.isInteger(options.samples) || options.samples < 1) throw new UsageError("--samples must be 1 or more.");
  const { bestOf: best = 1 } = options;
  if (!Number.isInteger(best) || best < 1) throw new UsageError("--best-of must be 1 or more.");
  if (options.prompt !== undefined) return [{ id: "prompt", messages: [{ role: "user", content: options.prompt }] }];
  const { rows } = await readDataFile(options.in ?? "", "test");
  const prompts = rows.flatMap((row) => (row.kind === "text" ? [] : [{ id: row.promptId, messages: row.prompt }]));
  if (prompts.length > 0) return prompts;
  throw new UsageError(`--in: ${options.in} holds texts alone. Rows need a prompt, or messages.`);
}

function rowOf({ prompt, answer, reward }: Drawn) {
  return {
    id: prompt.id,
    prompt: prompt.messages,
    completion: answer.text,
    finish_reason: answer.finishReason,
    log_prob: answer.logProbs.reduce((sum, value) => sum + value, 0),
    ...(reward === undefined ? {} : { reward }),
  };
}
