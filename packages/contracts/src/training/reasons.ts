import { type NamesIn, type ReasonValues, sentenceOf, type ValuesNamedIn } from "../reason-sentences.ts";
import type { TrainingErrorCode } from "./errors.ts";

/**
 * What a run found wrong, where its code stands for several things: each reason once, in English. The errors of trainers are
 * made of these, and pages say a reason in their own language. `{detail}` is what a library, or a file's own template, said.
 */
export const trainingReasons = {
  // Models
  policyMissing: "This run needs {kind}.",
  rewardAsPolicy: "A reward model was given as {kind}; it can't write answers.",
  rewardMissing: "This run needs a reward model.",
  policyAsReward: "A policy was given as the reward model; it can't score answers.",
  restsOnMissing:
    "This reward model reads the states of the model “{name}” ({sha256}), which is not here. Bring that model back, or train another reward model.",
  restsOnOther:
    "This reward model reads the states of the model “{name}” ({sha256}), and the one given is another ({given}). Name the model that it was trained with.",
  policyUnpublished: "The policy that was to answer was never published.",
  // Settings
  loraTargetUnknown: "lora.targets: this model has no linear layer “{target}”. It has {known}.",
  loraFromNothing: "lora adapts a model that knows something: give pretrain a policy to go on from, or leave lora out.",
  figureUnknown: "earlyStopping.metric: this run's looks have no “{metric}”. They have {known}.",
  rewardsMissing:
    "Answers without a reward: {count} of {total}, the first of them “{answer}” to “{question}”. Give each a reward, leave these out, or name a reward model, which then scores all.",
  ktoBatchOfOne:
    "batchSize: KTO holds each answer against answers under other prompts of its batch, so a batch of 1 has nothing to hold it against. Give it 2 or more.",
  ktoNothingWeighs:
    "objective.desirable, objective.undesirable: both are 0, so no answer would weigh anything. Raise one of them.",
  frozenObjective:
    "frozen: a head on frozen features learns from comparisons by bradley-terry, and objective.kind is “{objective}”. Leave one of the two out.",
  frozenEnsemble: "frozen: a head on frozen features is one model. Leave ensemble and lora out.",
  // Labels
  frozenOnePrompt:
    "Recipes are chosen on prompts that they were not fitted on, and all comparisons ({count}) are of one prompt. Compare answers to another.",
  aspectsMissing: "None of the ratings names an aspect. Rows need a column “aspect”, or the objective squared-error.",
  aspectsUnknown: "objective.weights names {unknown}, and no rating is of it; there are ratings of {known}.",
  ktoOnePrompt:
    "KTO estimates the KL by answers under other prompts, and all rows ({rows}) have but one. Add answers to another.",
  ktoAllWanted: "All answers ({count}) are wanted: KTO learns from both.",
  ktoAllUnwanted: "All answers ({count}) are unwanted: KTO learns from both.",
  comparisonsIdentical:
    "In all comparisons ({count}) both answers are the same text to the model, or as good as each other: nothing says which answers are better. Compare answers that differ.",
  // A model of others
  broughtFileGone:
    "“{file}” was brought for this and is not there any more. Bring it again, then bring the model once more.",
  modelHereAlready: "This very model is here already, as {name}. Use that one.",
  // An adapter of others
  adapterType:
    "{file} can't be used: it is of an adapter of type “{type}”, and LoRA is read. Merge it into its model (merge_and_unload), save that, and bring it.",
  adapterSetting:
    "{file} can't be used: with {key} {value} its weights mean something that is not computed here. Merge the adapter into its model (merge_and_unload), save that, and bring it.",
  adapterPattern:
    "{file} can't be used: {key} holds the pattern “{pattern}”, and plain names are read. Write the names of the modules in its place.",
  adapterTarget:
    "{file} can't be used: target_modules names “{target}”, and the base has {known}. Name the model that the adapter was trained on.",
  adapterShape:
    "{file} can't be used: for this base {tensor} would have the shape [{shape}], and it has [{found}]. Name the model that the adapter was trained on.",
  adapterLacks:
    "{file} can't be used: for this base it lacks {tensors}. Name the model that the adapter was trained on, or fetch the file again.",
  adapterFurther:
    "{file} can't be used: this base has no place for {tensors}. Name the model that the adapter was trained on; one that brings whole layers along is merged into its model first (merge_and_unload).",
  adapterTokenizer:
    "{file} can't be used: the adapter's piece {id} is “{theirs}” and the base's is “{ours}”. Name the model that the adapter was trained on.",
  adapterHead:
    "An adapter of a language model can't be laid on this base, which has a head of its own ({head}). Name a language model without one.",
  // Files of a model
  fileMissing: "{file} can't be used: it is missing.",
  fileTooLarge: "{file} can't be used: it is larger than {limit} bytes.",
  fileNotRegular: "{file} can't be used: it is no regular file.",
  fileShortened: "{file} can't be used: it became shorter while it was read.",
  fileNotUtf8: "{file} can't be used: it is not UTF-8.",
  fileNotJson: "{file} can't be used: it is no JSON.",
  fileForeign: "{file} can't be used: it is damaged or not of this project.",
  fileKey: "{file} can't be used: {key}: {detail}.",
  configWithoutType: "{file} can't be used: it is missing or names no model_type.",
  configOfOtherType:
    "{file} can't be used: it is of a model of type “{type}”, and those of type {known} can be used. Take one of these, or put this one behind an address.",
  configBiasesDiffer:
    "{file} can't be used: mlp_bias is true and attention_bias is not; those of attention alone can be used.",
  configRotations:
    "{file} can't be used: its rotary positions are of type “{type}”, and those of type default, linear or llama3 can be used. Take a model of the family without it.",
  configWindow:
    "{file} can't be used with a context of {context} tokens: its attention sees {window} tokens back. Import it with a context of at most {window}.",
  configForeignHead:
    "{file} can't be used: it has a head of its own (a reward model or a classifier of others), and language models can be used.",
  configWidthOfHeads: "{file} can't be used: width must be a multiple of twice the heads (rotary positions pair up).",
  configSharedHeads: "{file} can't be used: heads must be a multiple of kvHeads.",
  vocabTooSmall: "{file} can't be used: it has room for {room} pieces, the tokenizer has {pieces}.",
  tensorShape: "{file} can't be used: {tensor} is not of shape [{shape}].",
  tensorNotFinite: "{file} can't be used: {tensor} holds values that are no numbers.",
  tensorBiasUnread: "{file} can't be used: {tensor} is not zero, though the model has no biases.",
  tensorOutputDiffers: "{file} can't be used: {tensor} differs from the embedding that the config ties it to.",
  tensorsMissing: "{file} can't be used: it lacks {missing}.",
  tensorsFurther: "{file} can't be used: there is no place for {further}.",
  tensorsOther: "{file} can't be used: it lacks {missing}; there is no place for {further}.",
  tensorType: "{file} can't be used: {tensor}: type {type} is not F32, F16 or BF16.",
  tensorsCutOff: "{file} can't be used: {detail}.",
  tensorsDamaged: "{file} can't be used: {detail}.",
  modelTooLarge:
    "{file} can't be loaded: its weights ({weights}) take {needed} MB while they are read, and {there} MB are there. Free memory, take a smaller model, or put this one behind an address.",
  shardsUnread: "{file} can't be used: {detail}.",
  // GGUF files
  ggufDamaged: "{file} can't be used as a GGUF file: {detail}.",
  ggufCutOff: "{file} can't be used: {detail}. It was not fetched whole: fetch it again.",
  ggufVersion: "{file} can't be used: {detail}. Convert the model again with a llama.cpp of today.",
  ggufType:
    "{file} can't be used: {tensor} is of type {type}, and F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K and Q6_K are read. Take the model in one of these, such as Q8_0 or Q4_K_M.",
  ggufArchitecture:
    "{file} can't be used: it is of architecture “{type}”, and {known} are computed. Take one of these, or put this one behind an address.",
  ggufKey: "{file} can't be used: {key}: {detail}. Take the model's safetensors, or another conversion of it.",
  ggufTokenizer:
    "{file} can't be used: {key} is “{value}”, and {known} are read. Take the model's safetensors, with its tokenizer.json.",
  // Tokenizers
  tokenizerUnread: "{file} can't be used: {detail}.",
  tokenizerForeign: "{file} can't be used: it is no byte-level BPE of this project.",
  tokenizerSpecials: "{file} can't be used: its special tokens differ.",
  tokenizerMerge: "{file} can't be used: merge {rank} does not fit its vocabulary.",
  tokenizerPieces: "{file} can't be used: its vocabulary holds pieces without a merge.",
  tokenizerEndless:
    "{file} can't be used: it names no eos_token, special_tokens_map.json names none, and config.json gives no eos_token_id; without one no answer can end.",
  tokenizerNoPiece: "{file} can't be used: “{name}” is no piece of tokenizer.json.",
  tokenizerTooSlow:
    "{file} can't be used: its rules need more than {seconds} s for one text. Does one of its regular expressions go back without end?",
  templateTooSlow: "The chat template can't be used: it needs more than {seconds} s for one conversation.",
  templateUnread: "The chat template can't be used: {detail}.",
  templateRefuses: "The chat template can't write the conversation of {turns} that begins “{beginning}”: {detail}.",
  // Workers
  workersLost:
    "The worker that had this run died {count} times in a row before a new checkpoint, most likely for want of memory. Lower the batch size or the context, raise accumulate, or checkpoint more often; then launch it again.",
  labelsErased:
    "Judgements that this run read, or who made them, were erased while it was under way, so it ended and can't go on. Launch it anew: it reads what is left.",
  noRoomForRun:
    "There is no room left on the worker's disk. The run goes on from its last checkpoint by itself once there is; make room.",
  // Files of llama2.c
  llamaShort: "The llama2.c checkpoint can't be used: it is shorter than its header.",
  llamaHeader: "The llama2.c checkpoint can't be used: its header is not that of a model of these sizes.",
  llamaSize: "The llama2.c checkpoint can't be used: its header asks for {wanted} bytes, and it has {bytes}.",
  llamaNotFinite: "The llama2.c checkpoint can't be used: {tensor} holds values that are no numbers.",
  llamaFirstPieces:
    "The llama2.c tokenizer can't be used with {vocab} pieces: <unk>, <s>, </s> and the 256 bytes must come first.",
  llamaPieceTwice: "The llama2.c tokenizer can't be used with {vocab} pieces: piece {piece} is empty or stands twice.",
  llamaSameScore: "The llama2.c tokenizer can't be used with {vocab} pieces: two pieces have the same score.",
  llamaPiecesUnread: "The llama2.c tokenizer can't be used with {vocab} pieces: {detail}.",
  // Checkpoints
  checkpointLacksFile: "The checkpoint lacks a file.",
  checkpointLacksBest: "The checkpoint lacks the weights of its best look.",
  checkpointOfOther: "The checkpoint belongs to a run with other settings, data or models.",
  checkpointDamaged: "The checkpoint is damaged.",
} as const;

export type TrainingReason = keyof typeof trainingReasons;

/** Those whose code is not `bad_model_files`, as all that is wrong with a model's files is. */
const otherCodes = {
  policyMissing: "wrong_model",
  rewardAsPolicy: "wrong_model",
  rewardMissing: "wrong_model",
  policyAsReward: "wrong_model",
  restsOnMissing: "wrong_model",
  restsOnOther: "wrong_model",
  policyUnpublished: "wrong_model",
  modelHereAlready: "wrong_model",
  loraTargetUnknown: "wrong_settings",
  loraFromNothing: "wrong_settings",
  figureUnknown: "wrong_settings",
  rewardsMissing: "wrong_settings",
  ktoBatchOfOne: "wrong_settings",
  ktoNothingWeighs: "wrong_settings",
  frozenObjective: "wrong_settings",
  frozenEnsemble: "wrong_settings",
  frozenOnePrompt: "too_few_labels",
  aspectsMissing: "too_few_labels",
  aspectsUnknown: "too_few_labels",
  ktoOnePrompt: "too_few_labels",
  ktoAllWanted: "one_class",
  ktoAllUnwanted: "one_class",
  comparisonsIdentical: "one_class",
  workersLost: "worker_lost",
  labelsErased: "labels_erased",
  noRoomForRun: "disk_full",
  checkpointLacksFile: "bad_checkpoint",
  checkpointLacksBest: "bad_checkpoint",
  checkpointOfOther: "bad_checkpoint",
  checkpointDamaged: "bad_checkpoint",
} as const satisfies Partial<Record<TrainingReason, TrainingErrorCode>>;

/** A reason with its code, its sentence in English, and what a translated one is made with. */
export interface ReasonedError {
  readonly code: TrainingErrorCode;
  readonly message: string;
  readonly reason: TrainingReason;
  readonly values: ReasonValues;
}

/** The values that a reason takes: none, or all that its sentence names. */
export type TrainingReasonValues<Reason extends TrainingReason> = [NamesIn<(typeof trainingReasons)[Reason]>] extends [
  never,
]
  ? []
  : [values: ValuesNamedIn<(typeof trainingReasons)[Reason]>];

/** All that is to be known of an error by its reason. */
export function reasonedError<Reason extends TrainingReason>(
  reason: Reason,
  ...[given]: TrainingReasonValues<Reason>
): ReasonedError {
  const values: ReasonValues = { ...given };
  return { code: codeOf(reason), message: sentenceOf(trainingReasons[reason], values), reason, values };
}

function codeOf(reason: TrainingReason): TrainingErrorCode {
  const others: Partial<Record<TrainingReason, TrainingErrorCode>> = otherCodes;
  return others[reason] ?? "bad_model_files";
}
