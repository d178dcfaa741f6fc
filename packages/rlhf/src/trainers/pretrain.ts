import type { PretrainSpec } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { piecesOf } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { type Model, packModel } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy } from "../model/needed-models.ts";
import { openParameters } from "../model/parameters.ts";
import { meanAnswerLoss } from "../rollout/answer-log-probs.ts";
import { special } from "../tokenizer/special-tokens.ts";
import { openTokenizer, type Tokenizer } from "../tokenizer/tokenizer.ts";
import { trainBpe } from "../tokenizer/train-bpe.ts";
import { exampleOrder } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import type { TrainerRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { tooFew } from "../training-error.ts";
import { languageModelPart } from "./language-model-part.ts";

/** Pretraining on raw texts. A fresh model gets a tokenizer learned from the training texts. */
export function openPretrainer(spec: PretrainSpec, request: TrainerRequest, note: Note): Trainee {
  const { tf } = request.engine;
  const texts = request.data.texts ?? [];
  if (texts.length === 0) throw tooFew("texts", 0, 1);
  const { train, heldOut } = splitTexts(texts, spec.heldOut, request.seed);
  const start = startingModel(spec, request, train);
  const { config, tokenizer } = start;
  const windows = windowsOf(train, tokenizer, config.context);
  const heldOutWindows = windowsOf(heldOut, tokenizer, config.context);
  note(
    `Trained on ${train.length.toLocaleString("en")} texts, ${windows.length.toLocaleString("en")} windows of at most ${config.context} tokens, with ${tokenizer.vocab} pieces.`,
    {
      code: "pretrained_on",
      level: "note",
      values: { texts: train.length, windows: windows.length, context: config.context, vocab: tokenizer.vocab },
    },
  );
  const parameters = openParameters(tf, start.weights);
  const order = exampleOrder(windows.length, spec.batchSize, request.seed);
  const model = { tf, parameters, config };
  const figures = async () =>
    heldOutWindows.length === 0 ? {} : { "heldout.loss": await meanAnswerLoss(model, heldOutWindows, request.signal) };

  return {
    totalSteps: spec.steps,
    parameters,
    trains: () => true,
    prepare(step) {
      const sequences = order.at(step).flatMap((index) => windows[index] ?? []);
      const pieces = piecesOf(sequences, Math.ceil(spec.batchSize / spec.accumulate));
      return { parts: pieces.map((piece) => languageModelPart(model, piece, piece.length / spec.batchSize)) };
    },
    evaluate: figures,
    finish: async () => ({
      files: packModel({ config, tokenizer, head: start.head, weights: parameters.read() }),
      metrics: { texts: train.length, ...(await figures()) },
    }),
    dispose: () => parameters.dispose(),
  };
}

function startingModel(spec: PretrainSpec, request: TrainerRequest, texts: readonly string[]): Model {
  if (request.models.policy) return asLanguageModel(neededPolicy(request.models.policy, "the model to go on from"));
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

/**
 * All texts as one stream, `<|bos|> text <|eos|>` each, cut into windows of the context: nothing is dropped and nearly nothing
 * padded. Each window is predicted from its second token on.
 */
function windowsOf(texts: readonly string[], tokenizer: Tokenizer, context: number): AnswerSequence[] {
  const stream = texts.flatMap((text) => [special.bos, ...tokenizer.encode(text), special.eos]);
  return piecesOf(stream, context)
    .filter((ids) => ids.length > 1)
    .map((ids) => ({ ids, answerStart: 1 }));
}
