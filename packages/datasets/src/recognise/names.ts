/**
 * A column's name in one spelling: `Response A`, `responseA` and `response-a` are `response_a`. Letters of any script
 * are kept.
 */
export function plainName(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

/** Names by which files in the field call the same thing, in their plain spelling, likeliest first. */
export const usualNames = {
  prompt: [
    "prompt",
    "instruction",
    "question",
    "query",
    "user_prompt",
    "user_query",
    "user_input",
    "prompt_text",
    "input_prompt",
    "conversations",
    "conversation",
    "messages",
    "context",
    "history",
    "dialogue",
    "dialog",
    "prompt_conversation",
    "input_messages",
    "problem",
    "title",
    "post",
    "input",
    "user",
    "提示词",
    "提示",
    "指令",
    "问题",
    "提问",
    "题目",
    "输入",
  ],
  /** Stands below an instruction and completes it. */
  promptInput: ["input", "instruction_input", "输入"],
  system: ["system", "system_prompt", "system_message", "系统提示词", "系统提示", "系统"],
  better: [
    "chosen",
    "preferred",
    "preferred_output",
    "pos_resp",
    "positive",
    "better",
    "answer_w",
    "chosen_response",
    "response_chosen",
    "accepted",
    "win",
    "更好的回答",
    "优选",
  ],
  worse: [
    "rejected",
    "non_preferred",
    "dispreferred",
    "non_preferred_output",
    "neg_resp",
    "negative",
    "worse",
    "answer_l",
    "rejected_response",
    "rejected_messages",
    "response_rejected",
    "lose",
    "更差的回答",
    "拒绝",
  ],
  list: [
    "responses",
    "answers",
    "outputs",
    "completions",
    "candidates",
    "generations",
    "replies",
    "samples",
    "model_outputs",
    "回答列表",
    "回答",
    "候选",
  ],
  answer: [
    "completion",
    "response",
    "answer",
    "output",
    "reply",
    "generation",
    "generated_text",
    "model_output",
    "candidate",
    "text",
    "回答",
    "答案",
    "输出",
    "回复",
  ],
  id: ["id", "idx", "uid", "uuid", "row_id", "item_id", "example_id", "sample_id", "编号", "序号"],
  cluster: ["cluster", "debate_side", "topic", "document", "doc", "group", "聚类", "分组"],
  language: ["language", "lang", "locale", "语言"],
  source: ["source_text", "source_document", "reference_text", "passage", "原文"],
  sensitive: ["sensitive", "is_sensitive", "nsfw", "敏感"],
  gold: ["gold", "gold_label", "gold_answer", "标准答案"],
  score: ["score", "rating", "stars", "overall_score", "评分", "分数", "得分"],
  annotator: [
    "annotator",
    "annotator_id",
    "annotator_hash",
    "worker",
    "worker_id",
    "rater",
    "rater_id",
    "judge",
    "user_id",
    "标注员",
    "标注者",
  ],
  /** Why somebody judged so, in their own words. */
  comment: [
    "reason",
    "reasons",
    "comment",
    "comments",
    "rationale",
    "justification",
    "explanation",
    "reasoning",
    "why",
    "annotator_comment",
    "annotation_comment",
    "vote_reason",
    "feedback",
    "理由",
    "原因",
    "评语",
    "备注",
  ],
  model: ["model", "model_name", "generator", "model_id", "模型"],
  split: ["split", "set", "partition", "fold", "划分", "数据集划分"],
  vote: [
    "winner",
    "preference",
    "preferred",
    "overall_preference",
    "preference_strength",
    "better",
    "better_response",
    "better_response_id",
    "choice",
    "vote",
    "verdict",
    "judgement",
    "judgment",
    "label",
    "labels",
    "human_preference",
    "chosen_response",
    "selected",
    "胜者",
    "偏好",
    "选择",
    "投票",
    "更好",
    "谁更好",
    "哪个更好",
    "更好的回答",
    "标签",
  ],
  voteList: [
    "votes",
    "annotations",
    "judgements",
    "judgments",
    "labels",
    "preferences",
    "individual_preference",
    "ratings",
    "投票",
  ],
  voteValue: ["value", "vote", "label", "choice", "preference", "winner", "score", "said", "selected", "投票", "选择"],
  listText: ["text", "content", "response", "answer", "completion", "output", "value", "回答", "内容"],
} as const;

const answerStem =
  "answer|response|completion|output|candidate|reply|generation|resp|ans|sentence|summary|ref|human_ref|model_output|model_response|model_answer|text|conversation|回答|答案|回复|输出";
const chineseDigits = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
const numbered = new RegExp(`^(${answerStem})_?([0-9]{1,2}|[a-h]|[${chineseDigits.join("")}])$`);
const modelNumbered =
  /^(?:model|llm|system|assistant)_?([0-9]{1,2}|[a-h])_(answer|response|completion|output|reply|text|回答)$/;
const bare = /^(a|b|c|d|a[1-9]|[ab]_text)$/;

/** The family and place of one of several answers (`answer_2`, `model_b_response`, `回答3`, `回答三`); null for other columns. */
export function answerPlace(plain: string): { family: string; place: string } | null {
  const wide = numbered.exec(plain);
  if (wide) return { family: wide[1] ?? "", place: inFigures(wide[2] ?? "") };
  const model = modelNumbered.exec(plain);
  if (model) return { family: `model_${model[2]}`, place: model[1] ?? "" };
  const letter = bare.exec(plain)?.[1];
  if (letter === undefined) return null;
  if (letter.endsWith("_text")) return { family: "letter_text", place: letter[0] ?? "" };
  return letter.length === 2 ? { family: "a", place: letter.slice(1) } : { family: "letter", place: letter };
}

/** `三` is `3`, so that the order is that of the numbers. */
function inFigures(place: string): string {
  const digit = chineseDigits.indexOf(place) + 1;
  return digit === 0 ? place : String(digit);
}

/** The place in a name that says something about one of several answers: `model_b`, `answer_1_model`, `response_2_id`. */
export function placeBeside(plain: string, about: "model" | "id"): string | null {
  const before =
    about === "model"
      ? /^(?:model|llm|model_name|generator)_?([0-9]{1,2}|[a-h])(?:_name)?$/
      : /^id_?([0-9]{1,2}|[a-h])$/;
  const after = about === "model" ? /_?([0-9]{1,2}|[a-h])_(?:model|model_name|generator)$/ : /_?([0-9]{1,2}|[a-h])_id$/;
  return before.exec(plain)?.[1] ?? after.exec(plain)?.[1] ?? null;
}
