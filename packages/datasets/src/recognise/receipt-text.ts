import type { ColumnRole, ImportReceipt, ReceiptReason } from "@touchstone/contracts";

/** What a file was taken for, in words, for callers without a page. */
export const reasonTexts: Readonly<Record<ReceiptReason, string>> = {
  given: "read as you said",
  saved: "read by a saved mapping, for it has just its columns",
  chosenRejected: "pairs of a better and a worse answer",
  transcripts: "whole transcripts, the better and the worse one",
  conversations: "conversations, the better and the worse one",
  twoAnswers: "two answers a prompt",
  manyAnswers: "several answers a prompt, a column each",
  answerList: "a list of answers a prompt",
  oneAnswer: "one answer a prompt",
  promptsOnly: "prompts without answers",
  ownExport: "an export of this product, taken back as it was",
  trajectories: "documents of ATIF, each the trajectory of an agent",
  ranked: "answers with their ranks (Nectar, NeMo-RL, or responses and ranks)",
  stepwise: "the steps of an answer with a label each (TRL’s stepwise supervision)",
  unpaired: "one answer a row, labelled true or false (TRL’s unpaired preference, KTO)",
  "openai-preference": "OpenAI’s preference pairs (input.messages, preferred_output, non_preferred_output)",
  shp: "SHP: two comments on a post, and which had the higher score (labels 1: the first)",
  "safe-rlhf": "PKU-SafeRLHF: two answers, and which is better (which is safer is another question)",
  helpsteer3: "HelpSteer3: two answers with the grades of its annotators (negative: the first is better)",
  "helpsteer3-feedback": "HelpSteer3’s feedback: two answers, and what was said of each kept beside them",
  "helpsteer3-edit": "HelpSteer3’s edits: an answer and what was made of it, which is taken for the better one",
  "helpsteer3-edit-quality": "HelpSteer3’s edits by quality: a good edit of an answer and a bad one",
  "helpsteer2-preference": "HelpSteer2’s preferences: two answers with a grade (negative: the first is better)",
  "ultrafeedback-binarized": "UltraFeedback binarized: pairs of a better and a worse answer with their scores",
  rewardbench: "RewardBench: pairs of a better and a worse answer with their models",
  pandalm: "PandaLM: two answers, and what each annotator said (1, 2, 0 for a tie)",
  verl: "verl: prompts, with what is known to be right",
  swift: "ms-swift: a conversation that ends with the better answer, and the worse one beside it",
  "llama-factory":
    "LLaMA-Factory: pairs of a better and a worse answer, or one answer, after the exchanges before them",
  arena: "two conversations and which model won (Chatbot Arena, MT-Bench)",
  ultrafeedback: "UltraFeedback: answers of several models with four aspects, 1 to 5",
  summarize: "summaries of a post, compared or rated on four axes (summarize-from-feedback)",
  helpsteer2: "HelpSteer: an answer with five aspects; their 0 to 4 become 1 to 5",
  "rewardbench-2": "RewardBench 2: right and wrong answers, ranked in two groups",
  oasst:
    "OpenAssistant’s trees: wherever the assistant answers, its answers with their ranks (labels and emojis of messages are left out)",
  prm800k: "PRM800K: the chosen completion of each step, rated −1, 0 or 1 (its other completions are left out)",
  "open-webui": "Open WebUI’s feedback: thumbs up or down of one message of a chat",
  langfuse: "Langfuse: traces with their scores",
  "label-studio": "Label Studio: tasks with their annotations (a cancelled one is no judgement)",
  argilla: "Argilla: records with their submitted responses (drafts and discarded ones are left out)",
  evals: "OpenAI’s Evals: what is asked, the ideal answer beside it, and outputs rated Good or Bad",
  unknown: "not recognised: say which column is what",
};

/** What a column becomes, in words. */
export const roleTexts: Readonly<Record<ColumnRole, string>> = {
  prompt: "prompt",
  system: "system turn",
  answer: "answer",
  better: "better answer",
  worse: "worse answer",
  answerId: "id of an answer",
  id: "id",
  cluster: "cluster",
  split: "split",
  language: "language",
  source: "source text",
  sensitive: "mark of sensitive content",
  model: "model",
  turn: "turn",
  vote: "vote",
  rank: "rank",
  score: "score",
  aspect: "aspect",
  margin: "margin",
  annotator: "annotator",
  gold: "known answer",
  media: "picture or sound",
  metadata: "metadata",
  kept: "kept beside it",
  unused: "not imported",
};

/** How much a receipt is about. */
export function countsText({
  rows,
  prompts,
  answers,
  tasks,
  votes,
  ratings,
  others = 0,
}: ImportReceipt["counts"]): string {
  return [
    counted(rows, "row"),
    counted(prompts, "prompt"),
    counted(answers, "answer"),
    counted(tasks, "task"),
    counted(votes, "vote"),
    counted(ratings, "rating"),
    ...(others > 0 ? [counted(others, "other judgement")] : []),
  ].join(", ");
}

/** “1 row”, “2,000 rows”. */
export function counted(count: number, singular: string): string {
  return `${count.toLocaleString("en")} ${singular}${count === 1 ? "" : "s"}`;
}
