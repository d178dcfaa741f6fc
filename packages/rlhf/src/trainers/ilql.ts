import type { IlqlSpec } from "@touchstone/contracts";
import { answerTokens } from "../model/answer-sequence.ts";
import type { Head } from "../model/head.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { packModel } from "../model/model-files.ts";
import { neededPolicy, referenceFor } from "../model/needed-models.ts";
import { openParameters } from "../model/parameters.ts";
import { onlineQ, targetQ } from "../model/weight-shapes.ts";
import { areEqual } from "../objectives/advantages.ts";
import { heldOutOf, noteTestRows } from "../reward/held-out.ts";
import { encodeConversation, encodeFitting } from "../reward/labelled-answers.ts";
import { noteCoverage } from "../reward/note-labels.ts";
import { scorerFor } from "../reward/scorer-for.ts";
import { meanAnswerLoss } from "../rollout/answer-log-probs.ts";
import { drawAnswers } from "../rollout/draw-answers.ts";
import { driftFigures, judgedRollout, rolloutFigures, withReference } from "../rollout/judged-rollout.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import { cutStep } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { AnsweredPrompt, TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { counted, reasoned, tooFew } from "../training-error.ts";
import { freshAnswers, rewardedWithinPrompts, storedRewards } from "./ilql-answers.ts";
import { ilqlPart, imitationAhead } from "./ilql-part.ts";
import { policyPrompts } from "./policy-prompts.ts";
import { prefixed } from "./prefixed.ts";

/**
 * Implicit language Q-learning on judged answers, and on fresh ones to the same prompts, rewarded at their end. The reward is
 * the reward model's score and not a person's label: expectiles of noisy labels would chase luck.
 */
export async function openIlqlTrainer(spec: IlqlSpec, request: TraineeRequest, note: Note): Promise<Trainee> {
  const { models, engine, seed, data, signal, team } = request;
  const { tf } = engine;
  const start = neededPolicy(models.policy, "policyToImprove");
  const referenceModel = referenceFor(start, models.reference);
  const { config, tokenizer } = start;
  const encode = (item: AnsweredPrompt) => {
    const sequence = encodeConversation(tokenizer, item.prompt, item.text, config.context);
    return sequence && { sequence, item };
  };
  const answers = data.answers ?? [];
  const { fitting, tooLong } = encodeFitting(
    answers.filter(({ split }) => split === "train"),
    encode,
  );
  if (fitting.length < spec.minimumLabels) {
    throw tooFew("answers", fitting.length, spec.minimumLabels);
  }
  noteCoverage(note, "answers", fitting.length, tooLong, config.context);
  const prompts = policyPrompts(answers, tokenizer, config.context, spec.evaluationPrompts, note);

  const stored = storedRewards(fitting.map(({ item }) => item));
  // Answers that bring their rewards need nobody to score them, as long as no fresh ones are drawn.
  tellUnreadRewards(
    request,
    fitting.map(({ item }) => item),
    note,
  );
  const isScored = stored !== undefined && spec.samplesPerPrompt === 0 && !request.judge && !models.reward;
  const scorer = isScored ? undefined : scorerFor(request);
  const scored = async () => {
    const rewards =
      stored ??
      (
        await scorer?.score(
          fitting.map(({ item }) => item),
          signal,
        )
      )?.map((one) => one.normalised);
    const judged = fitting.map(({ sequence, item }, index) => ({
      sequence,
      promptId: item.promptId,
      score: rewards?.[index] ?? 0,
    }));
    if (!scorer || spec.samplesPerPrompt === 0) return { judged, fresh: [] };
    const { samplesPerPrompt, maxNewTokens, missingEosPenalty } = spec;
    const starting = openPolicy(tf, start, team);
    const fresh = await freshAnswers({
      ...{ policy: starting, scorer, tokenizer, prompts: prompts.train, seed: `${seed}/fresh`, signal },
      ...{ samplesPerPrompt, maxNewTokens, missingEosPenalty },
    }).finally(() => starting.parameters.dispose());
    return { judged, fresh };
  };
  const { judged, fresh } = await (scorer ? orDispose(scorer, scored()) : scored());
  if (fresh.length > 0) {
    note(`${fresh.length.toLocaleString("en")} fresh answers, scored by the reward model, stand beside them.`, {
      code: "fresh_answers",
      level: "note",
      values: { count: fresh.length },
    });
  }
  const train = rewardedWithinPrompts([...judged, ...fresh]);
  if (areEqual(train.map(({ reward }) => reward))) {
    note("All answers to each prompt have the same reward, so there is nothing to learn from it but to imitate them.", {
      code: "equal_rewards",
      level: "warning",
      values: {},
    });
  }
  const { heldOut, watched } = heldOutOf(answers, (item) => encode(item)?.sequence);
  noteTestRows(note, "answers", { heldOut, watched });

  const head: Head = { kind: "ilql", advantageWeight: spec.advantageWeight };
  const parameters = openParameters(tf, initialWeights(config, { kind: "ilql" }, seed, start.weights));
  const policy = { tf, config, parameters, team, advantageWeight: spec.advantageWeight };
  const reference = openPolicy(tf, referenceModel, team);
  const order = exampleOrder(train.length, spec.batchSize, seed);
  const figuresOf = async (of: typeof policy | typeof reference, at: "watched" | "final") => {
    const { maxNewTokens } = spec;
    const drawing = {
      ...{ policy: of, tokenizer, prompts: prompts[at], maxNewTokens, seed: `${seed}/evaluation`, signal },
    };
    if (!scorer) return driftFigures(await withReference(await drawAnswers(drawing), reference, signal));
    return rolloutFigures(await judgedRollout({ ...drawing, reference, scorer }));
  };
  const evaluate = async (at: "watched" | "final") => {
    const sequences = at === "final" ? heldOut : heldOut.slice(0, watched);
    return {
      ...(sequences.length > 0
        ? { "heldout.loss": await meanAnswerLoss({ tf, config, parameters, team }, sequences, signal) }
        : {}),
      ...prefixed("heldout", await figuresOf(policy, at)),
    };
  };

  return {
    totalSteps: stepsOf(spec.epochs, train.length, spec.batchSize),
    parameters,
    trains: (name) => !targetQ.some((target) => name.startsWith(target)),
    async prepare(step) {
      const rows = order.at(step).flatMap((index) => train[index] ?? []);
      const pieces = cutStep(rows, spec.accumulate, team, ({ sequence }) => answerTokens(sequence));
      const weights = pieces.length > 1 ? await imitationAhead(policy, rows, spec, signal) : undefined;
      return { parts: pieces.map((piece) => ilqlPart(policy, piece, weights, spec)) };
    },
    /** Target heads follow the online ones: target += polyak · (online − target). */
    afterStep() {
      for (const [name, variable] of parameters.variables) {
        const target = targetQ.findIndex((prefix) => name.startsWith(`${prefix}.`));
        if (target < 0) continue;
        const online = parameters.variable(name.replace(targetQ[target] ?? "", onlineQ[target] ?? ""));
        tf.tidy(() => variable.assign(tf.add(variable, tf.mul(tf.sub(online, variable), spec.polyak))));
      }
    },
    evaluate: () => evaluate("watched"),
    async finish() {
      return {
        files: packModel({ config, tokenizer, head, weights: parameters.read() }),
        metrics: {
          labels: judged.length,
          freshAnswers: fresh.length,
          labelsTooLong: tooLong,
          ...(await evaluate("final")),
          ...prefixed("reference", await figuresOf(reference, "final")),
        },
      };
    },
    dispose() {
      parameters.dispose();
      reference.parameters.dispose();
      scorer?.dispose();
    },
  };
}

/**
 * Rewards count only where every answer has one: on two scales in one run, answers of the one would be held against those of
 * the other.
 * @throws TrainingError `wrong_settings` if some answers have none, and nothing else scores them
 */
function tellUnreadRewards(
  { judge, models }: Pick<TraineeRequest, "judge" | "models">,
  answers: readonly AnsweredPrompt[],
  note: Note,
): void {
  const bare = answers.filter(({ reward }) => reward === undefined);
  const [first] = bare;
  if (!first || bare.length === answers.length) return;
  const some = `${bare.length.toLocaleString("en")} of ${counted(answers.length, "answers")} bring no reward`;
  if (judge || models.reward) {
    note(`${some}, so the rewards of the others are not read: the reward model scores all of them.`, {
      code: "rewards_not_read",
      level: "warning",
      values: { count: bare.length, total: answers.length },
    });
    return;
  }
  const question = first.prompt.at(-1)?.content ?? "";
  throw reasoned("rewardsMissing", {
    count: bare.length,
    total: answers.length,
    answer: shortened(first.text),
    question: shortened(question),
  });
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
