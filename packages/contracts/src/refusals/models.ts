import type { Refusals } from "./shape.ts";

/** Why a request is refused, of registered models and what a run starts from. */
export const modelRefusals = {
  publishingRunMissing: ["not_found", "The run that is to publish the {kind} does not exist."],
  runOfOtherKind: ["wrong_model", "The run “{name}” publishes no {kind}. Name one that does."],
  publishingRunEnded: [
    "wrong_model",
    "The run “{name}” has ended without publishing its {kind}. Name another, or launch it again.",
  ],
  twoRunsToWaitFor: [
    "wrong_model",
    "Both models are still to come from runs, and a run can wait for one. Launch it when one of the two has ended.",
  ],
  modelNotNamed: ["wrong_model", "Name the {kind} to start from."],
  modelOfOtherKind: ["wrong_model", "“{name}” is a model of another kind; a {kind} is needed."],
  noPolicy: ["wrong_model", "“{name}” is no policy, so it has no answers to compare."],
  modelOfOtherProject: ["conflict", "This model is another project’s, so it can’t be used in this one."],
  modelInUseAlready: ["conflict", "This model is in use already."],
  otherModelInUse: [
    "conflict",
    "Another model is in use by now: {name}. Look at how this one compares with it, and decide anew.",
  ],
  modelIsUsed: ["conflict", "“{name}” uses this model, so it can’t be archived. Put another in use there first."],
  modelHasDependants: [
    "conflict",
    "“{name}” can’t be deleted while something depends on it: {known}. Its page names each; delete these first, or archive it.",
  ],
  modelFileLost: ["not_found", "“{name}” of this model is not in the file store any more. Put it back from a backup."],
  modelFilesLack: [
    "invalid_spec",
    "Together these are no model: {missing} is missing. A model comes as one GGUF file, or as config.json, model.safetensors (or its shards with their index) and tokenizer.json.",
  ],
  modelFilesPickled: [
    "invalid_spec",
    "“{name}” is a Python pickle, which can run code and is not read. Load the model in transformers and save it again: save_pretrained writes safetensors.",
  ],
  modelFilesAdapter: [
    "invalid_spec",
    "“{name}” belongs to an adapter, and “{other}” to a whole model. Leave one of the two out.",
  ],
  adapterLacks: [
    "invalid_spec",
    "Together these are no adapter: {missing} is missing. One comes as adapter_config.json and adapter_model.safetensors.",
  ],
  adapterNeedsBase: [
    "invalid_spec",
    "These files are an adapter, which is no model by itself. Name the policy that it was trained on.",
  ],
  wholeModelHasNoBase: [
    "invalid_spec",
    "These files are a whole model, which is laid on no other. Leave the policy out.",
  ],
  modelFilesSeveralGguf: [
    "invalid_spec",
    "One GGUF file is one model, and “{name}” is another. Bring them one by one; a model that was split is joined by llama-gguf-split --merge.",
  ],
  modelFilesTwice: ["invalid_spec", "There are two files “{name}”. Leave one out."],
  modelFileInPlace: [
    "conflict",
    "“{name}” lies in a folder of the server, which workers on other machines do not see. Choose it there again with “copy”, or upload it.",
  ],
} as const satisfies Refusals;
