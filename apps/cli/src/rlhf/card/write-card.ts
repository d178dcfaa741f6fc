import type { Comparison, Ranking, Rating } from "@touchstone/contracts";
import { counted, type TrainingRow } from "@touchstone/datasets";
import { openEngine } from "@touchstone/engine";
import { comparisonsOf } from "@touchstone/labeling";
import { evaluateReward } from "@touchstone/rlhf";
import { onInterrupt } from "../../signals.ts";
import { callerPath } from "../files/caller-path.ts";
import { writeWhole } from "../files/folder.ts";
import { outputFile } from "../files/output-file.ts";
import { readModel } from "../files/read-model.ts";
import { readDataFile, splitOf } from "../files/read-rows.ts";
import { withItsBase } from "../files/rests-on.ts";
import { refuseInputAsOutput } from "../files/same-file.ts";
import { UsageError } from "../usage-error.ts";

interface CardOptions {
  readonly model: string;
  readonly in: readonly string[];
  readonly train?: readonly string[];
  readonly policy?: string;
  readonly out?: string;
}

/** `rlhf card`. @throws UsageError, TrainingError */
export async function writeCard(options: CardOptions): Promise<void> {
  const { train = [] } = options;
  const model = await withItsBase(await readModel("--model", options.model), undefined);
  const policy = options.policy === undefined ? undefined : await readModel("--policy", options.policy);
  if (options.out !== undefined) await refuseInputAsOutput(callerPath(options.out), [...options.in, ...train]);
  const out = options.out === undefined ? undefined : await outputFile("--out", options.out);
  const asked = await labelsOf(options.in, "test");
  const heldOut = asked.filter(({ split }) => split !== "train");
  const learned = asked.length - heldOut.length;
  if (learned > 0) {
    process.stderr.write(
      `${counted(learned, "row")} of --in of the split train left out: a model is not judged by them.\n`,
    );
  }
  if (heldOut.length === 0) {
    throw new UsageError("--in: there is no comparison, ranking or rating in it that is held out.");
  }
  // What was learned from is that, whatever split its rows name.
  const known = (await labelsOf(train, "train")).map((row) => ({ ...row, split: "train" as const }));
  const rows = [...heldOut, ...known];
  const card = await evaluateReward({
    engine: await openEngine(),
    reward: model.files,
    policy: policy?.files,
    comparisons: comparisonsOf(rows.filter(isComparison), rows.filter(isRanking)),
    ratings: rows.filter(isRating),
    signal: onInterrupt(),
  });
  process.stderr.write(`${card.sentence.en}\n`);
  const json = `${JSON.stringify(card, null, 2)}\n`;
  if (out === undefined) process.stdout.write(json);
  else await writeWhole(out, json);
}

type Label = Comparison | Ranking | Rating;
const isComparison = (row: TrainingRow): row is Comparison => row.kind === "comparison";
const isRanking = (row: TrainingRow): row is Ranking => row.kind === "ranking";
const isRating = (row: TrainingRow): row is Rating => row.kind === "rating";
const isLabel = (row: TrainingRow): row is Label => isComparison(row) || isRanking(row) || isRating(row);

/** Labels of files, each with the split that it names, else that of the file's use. */
async function labelsOf(paths: readonly string[], split: "train" | "test"): Promise<Label[]> {
  const labels: Label[] = [];
  for (const path of paths) {
    const file = await readDataFile(path, split);
    for (const row of file.rows) if (isLabel(row)) labels.push({ ...row, split: splitOf(row, file) });
  }
  return labels;
}
