import { setImmediate as breathe } from "node:timers/promises";
import { countedTokens } from "@touchstone/datasets";
import { type RowLengthsAnswer, RowLengthsJob } from "@touchstone/jobs";
import { countLengths, findModel, labelSetRows, modelFiles, presentRows } from "@touchstone/persistence";
import { TrainingError, tokenCounter } from "@touchstone/rlhf";
import type { Services } from "../run/context.ts";

/** Heartbeats and other jobs of this process go on while it counts: milliseconds between two breaths. */
const breathMs = 50;

/** How many rows of an export are longer than a number of tokens, by a model's own tokenizer. It reads all of them. */
export async function handleRowLengths(
  services: Pick<Services, "db" | "files">,
  payload: unknown,
  shutdown: AbortSignal,
): Promise<RowLengthsAnswer> {
  const { modelId, labelSetId, tokens, format, aggregation, ...scope } = RowLengthsJob.parse(payload);
  const tokensIn = await tokenizerOf(services, scope.workspaceId, modelId);
  if (tokensIn === null) return { unreadable: true };
  const { db } = services;
  const rows =
    labelSetId === null
      ? await presentRows(db, scope, shutdown)
      : labelSetRows(db, { projectId: scope.projectId, labelSetId }, shutdown);
  let breathed = performance.now();
  const asked = { format, aggregation, margin: false, container: "jsonl", compression: "none", part: "rows" } as const;
  return countLengths(rows, asked, tokens, async (row) => {
    if (performance.now() - breathed > breathMs) {
      await breathe();
      breathed = performance.now();
    }
    return countedTokens(format, row, tokensIn);
  });
}

/** Null where its files can't be read, or hold no tokenizer of ours. */
async function tokenizerOf({ db, files }: Pick<Services, "db" | "files">, workspaceId: string, modelId: string) {
  const model = await findModel(db, workspaceId, modelId);
  // Weights can be large, and say nothing about lengths.
  const stored = modelFiles(model).filter(({ path }) => !path.endsWith(".safetensors"));
  const found = await files.readAll(stored).catch(() => null);
  if (found === null) return null;
  try {
    return tokenCounter(found);
  } catch (error) {
    if (error instanceof TrainingError) return null;
    throw error;
  }
}
