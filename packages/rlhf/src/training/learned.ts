import type { Tensor, Variable } from "@tensorflow/tfjs";
import { readConfig } from "../model/config-json.ts";
import type { Files } from "../model/files.ts";
import { openAdapters } from "../model/lora.ts";
import { adapterFiles } from "../model/lora-files.ts";
import { readVariables, writeVariables } from "../model/parameters.ts";
import { isBody } from "../model/weight-shapes.ts";
import type { Weights } from "../model/weights.ts";
import { reasoned } from "../training-error.ts";
import type { TrainerRequest } from "./request.ts";
import type { Trainee } from "./trainee.ts";

/** What a run changes of its model. */
export interface Learned {
  /** What gradients are taken of. */
  readonly differentiated: ReadonlyMap<string, Variable>;
  /** What the optimiser moves: the same tensors, or low-rank adapters in the place of matrices. */
  readonly moved: ReadonlyMap<string, Variable>;
  /** From the gradients of the one to those of the other; takes them over. */
  gradients(of: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor>;
  /** After each update: the model follows what was moved. */
  follow(): void;
  /** All that changes in a run, for checkpoints; the rest is in the request. */
  read(): Weights;
  /** @throws RangeError unless names and shapes are the same */
  write(weights: Weights): void;
  /** The files of the trained model, with what is to be published beside it. */
  publish(model: Files): Files;
  dispose(): void;
}

/**
 * All that the trainee trains; or, with LoRA, adapters of the decoder's matrices and whatever stands on top of the decoder. So
 * no trainer needs to know of LoRA: rollouts, scoring and the published model use the merged matrices.
 *
 * @throws TrainingError `wrong_settings`
 */
export function openLearned(trainee: Trainee, { engine, spec, seed, models }: TrainerRequest): Learned {
  const { tf } = engine;
  const { parameters } = trainee;
  const trained = [...parameters.variables].filter(([name]) => trainee.trains(name));
  if (!spec.lora) {
    const variables = new Map(trained);
    return {
      differentiated: variables,
      moved: variables,
      gradients: (of) => of,
      follow: () => undefined,
      read: parameters.read,
      write: parameters.write,
      publish: (model) => model,
      dispose: () => undefined,
    };
  }
  if (spec.trainer === "pretrain" && !models.policy) {
    throw reasoned("loraFromNothing");
  }
  const { lora } = spec;
  const adapters = openAdapters(tf, parameters, lora, seed);
  const onTop = trained.filter(([name]) => !isBody(name));
  const changing = new Map([...adapters.variables, ...[...parameters.variables].filter(([name]) => !isBody(name))]);
  return {
    differentiated: new Map(trained.filter(([name]) => adapters.adapts(name) || !isBody(name))),
    moved: new Map([...adapters.variables, ...onTop]),
    gradients: adapters.gradients,
    follow: adapters.merge,
    read: () => readVariables(changing),
    write(weights) {
      writeVariables(tf, changing, weights);
      adapters.merge();
    },
    publish(model) {
      const { config } = readConfig(model.get("config.json") ?? new Uint8Array());
      return new Map([...model, ...adapterFiles(readVariables(changing), lora, config)]);
    },
    dispose: adapters.dispose,
  };
}
