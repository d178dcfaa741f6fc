import type { Demonstration, SftSpec } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { packModel } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy } from "../model/needed-models.ts";
import { openParameters } from "../model/parameters.ts";
import { heldOutOf, noteTestRows } from "../reward/held-out.ts";
import { encodeConversation, encodeFitting } from "../reward/labelled-answers.ts";
import { noteCoverage } from "../reward/note-labels.ts";
import { meanAnswerLoss } from "../rollout/answer-log-probs.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { TrainingError, tooFew } from "../training-error.ts";
import { languageModelParts } from "./language-model-part.ts";

/** Supervised fine-tuning: imitates demonstrations, the answer's tokens and its end only. */
export function openSftTrainer(spec: SftSpec, request: TraineeRequest, note: Note): Trainee {
  const { tf } = request.engine;
  const policy = asLanguageModel(neededPolicy(request.models.policy, "policyToTune"));
  const { config, tokenizer } = policy;
  const encode = ({ prompt, text }: Demonstration) => encodeConversation(tokenizer, prompt, text, config.context);
  const rows = request.data.demonstrations ?? [];
  const { fitting: train, tooLong } = encodeFitting(
    rows.filter(({ split }) => split === "train"),
    encode,
  );
  const { heldOut, watched } = heldOutOf(rows, encode);
  if (train.length === 0) {
    throw tooLong > 0
      ? new TrainingError(
          "all_too_long",
          `All ${tooLong} demonstrations are longer than the model's context of ${config.context} tokens.`,
          {
            values: { noun: "demonstrations", fitting: 0, count: tooLong, context: config.context },
          },
        )
      : tooFew("demonstrations", 0, 1);
  }
  noteCoverage(note, "demonstrations", train.length, tooLong, config.context);
  noteTestRows(note, "demonstrations", { heldOut, watched });
  const parameters = openParameters(tf, policy.weights);
  const order = exampleOrder(train.length, spec.batchSize, request.seed);
  const model = { tf, parameters, config, team: request.team };
  const figures = async (of: readonly AnswerSequence[]) =>
    of.length === 0 ? {} : { "heldout.loss": await meanAnswerLoss(model, of, request.signal) };

  return {
    totalSteps: stepsOf(spec.epochs, train.length, spec.batchSize),
    parameters,
    trains: () => true,
    prepare(step) {
      const sequences: AnswerSequence[] = order.at(step).flatMap((index) => train[index] ?? []);
      return { parts: languageModelParts(model, sequences, spec.accumulate) };
    },
    evaluate: () => figures(heldOut.slice(0, watched)),
    finish: async () => ({
      files: packModel({ config, tokenizer, head: policy.head, weights: parameters.read() }),
      metrics: { labels: train.length, labelsTooLong: tooLong, ...(await figures(heldOut)) },
    }),
    dispose: () => parameters.dispose(),
  };
}
