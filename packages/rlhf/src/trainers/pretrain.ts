import type { PretrainSpec } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { type Model, packModel } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy } from "../model/needed-models.ts";
import { openParameters } from "../model/parameters.ts";
import { noteTestRows } from "../reward/held-out.ts";
import { meanAnswerLoss } from "../rollout/answer-log-probs.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { trainBpe } from "../tokenizer/train-bpe.ts";
import type { Note } from "../training/note.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { counted, tooFew } from "../training-error.ts";
import { languageModelParts } from "./language-model-part.ts";
import { bestFitWindows, packedWindows, randomWindows } from "./text-windows.ts";

/** Pretraining on raw texts. A fresh model gets a tokenizer learned from the training texts. */
export function openPretrainer(spec: PretrainSpec, request: TraineeRequest, note: Note): Trainee {
  const { tf } = request.engine;
  const texts = request.data.texts ?? [];
  if (texts.length === 0) throw tooFew("texts", 0, 1);
  const { heldOutTexts: given, testTexts = [] } = request.data;
  const { train, heldOut } = given ? { train: texts, heldOut: given } : splitTexts(texts, spec.heldOut, request.seed);
  const start = startingModel(spec, request, train);
  const { config, tokenizer } = start;
  const { context } = config;
  noteTestRows(note, "texts", { heldOut: testTexts, watched: 0 });
  const cut = { packed: packedWindows, "best-fit": bestFitWindows, random: randomWindows }[spec.windows ?? "packed"];
  const cutting = { train, tokenizer, context, batchSize: spec.batchSize, seed: request.seed };
  const windows = cut({ ...cutting, heldOut });
  // Cut apart from the others: what is held out for the end must not move their windows.
  const atEnd = testTexts.length > 0 ? cut({ ...cutting, heldOut: testTexts }).heldOut : [];
  note(
    `Trained on ${counted(train.length, "texts")}, ${counted(windows.count, "windows")} of at most ${context} tokens, with ${tokenizer.vocab} pieces.`,
    {
      code: "pretrained_on",
      level: "note",
      values: { texts: train.length, windows: windows.count, context, vocab: tokenizer.vocab },
    },
  );
  const parameters = openParameters(tf, start.weights);
  const model = { tf, parameters, config, team: request.team };
  const figures = async (of: readonly AnswerSequence[]) =>
    of.length === 0 ? {} : { "heldout.loss": await meanAnswerLoss(model, of, request.signal, windows.read) };

  return {
    totalSteps: spec.steps,
    parameters,
    trains: () => true,
    prepare(step) {
      return { parts: languageModelParts(model, windows.at(step), spec.accumulate, windows.read) };
    },
    evaluate: () => figures(windows.heldOut),
    finish: async () => ({
      files: packModel({ config, tokenizer, head: start.head, weights: parameters.read() }),
      metrics: { texts: train.length, ...(await figures([...windows.heldOut, ...atEnd])) },
    }),
    dispose: () => parameters.dispose(),
  };
}

function startingModel(spec: PretrainSpec, request: TraineeRequest, texts: readonly string[]): Model {
  if (request.models.policy) return asLanguageModel(neededPolicy(request.models.policy, "modelToGoOn"));
  const tokenizer = openTokenizer(trainBpe(texts, spec.model.vocab));
  // Little text may have fewer pieces to learn than asked for; rows for pieces that don't exist would be waste.
  const config = { ...spec.model, vocab: tokenizer.vocab };
  return { config, tokenizer, head: { kind: "lm" }, weights: initialWeights(config, { kind: "lm" }, request.seed) };
}

function splitTexts(texts: readonly string[], share: number, seed: number) {
  const shuffled = seededRandom(`${seed}/held-out-texts`).shuffle(texts);
  const count = Math.min(texts.length - 1, Math.round(share * texts.length));
  return { heldOut: shuffled.slice(0, count), train: shuffled.slice(count) };
}
