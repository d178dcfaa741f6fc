/** What a sentence is made with: figures, which are numbers, and words. */
export interface SentenceNeeds {
  readonly figures?: readonly string[];
  readonly words?: readonly string[];
}

/**
 * What each sentence under `runs.facts` and `runs.errors` is made with; those that are missing need nothing. Compiled
 * messages do not tell it themselves, so a test holds this table and the messages of every language together.
 */
export const sentenceNeeds: Readonly<Record<string, SentenceNeeds>> = {
  "facts.pretrained_on": { figures: ["texts", "windows", "context", "vocab"] },
  "facts.trained_on": { figures: ["used", "total"], words: ["noun"] },
  "facts.trained_on_fitting": { figures: ["used", "total", "tooLong", "context"], words: ["noun"] },
  "facts.identical_answers": { figures: ["count"], words: ["noun"] },
  "facts.media_left_out": { figures: ["count"] },
  "facts.tools_left_out": { figures: ["count"] },
  "facts.judgements_left_out": { figures: ["count"] },
  "facts.test_rows_kept": { figures: ["count"], words: ["noun"] },
  "facts.margins_learned": { figures: ["count", "least", "most"] },
  "facts.unread_margins": { figures: ["count"], words: ["objective"] },
  "facts.kto_sides": { figures: ["wanted", "desirable", "unwanted", "undesirable"] },
  "facts.frozen_recipe": {
    figures: ["strength", "accuracy", "lead", "low", "high"],
    words: ["recipe", "other"],
  },
  "facts.frozen_lead": { figures: ["lead", "low", "high", "folds", "count"] },
  "facts.answers_cut": { figures: ["count", "context"] },
  "facts.prompts_cut": { figures: ["count", "context"] },
  "facts.prompts_without_room": { figures: ["count", "total", "context"] },
  "facts.prompts_in_two_splits": { figures: ["count"] },
  "facts.rewards_not_read": { figures: ["count", "total"] },
  "facts.fresh_answers": { figures: ["count"] },
  "facts.no_labels_held_out": { words: ["noun"] },
  "facts.exploding_kl": { figures: ["kl"] },
  "facts.collapsed_entropy": { figures: ["from", "to"] },
  "facts.reward_by_length": { figures: ["lengthFrom", "lengthTo", "share"] },
  "facts.falling_chosen": { figures: ["ratio"] },
  "facts.tight_memory": { figures: ["needed", "available"] },
  "facts.stopped_early": { figures: ["step", "total", "patience"], words: ["metric"] },
  "facts.best_weights": { figures: ["step", "value"], words: ["metric"] },
  "facts.other_engine": { words: ["fingerprint"] },
  "facts.left_to_people": { figures: ["count", "total"] },
  "facts.passed_by": { figures: ["count"] },
  "facts.fewer_judgements": { figures: ["made", "wanted"] },
  "facts.endpoint_lost": { figures: ["count"] },
  "facts.endpoint_failed": { figures: ["count", "total"] },
  "facts.endpoint_stopped": { figures: ["answered", "total"] },
  "facts.endpoint_budget": { figures: ["answered", "total"] },
  "facts.endpoint_cut": { figures: ["count", "total"] },
  "facts.best_of": { figures: ["samples", "count", "gain"] },
  "facts.self_named": { figures: ["count"], words: ["names"] },
  "facts.self_named_asked": { figures: ["count"], words: ["names"] },
  "facts.model_read": { figures: ["parameters", "vocab", "context"] },
  "facts.gguf_read": { words: ["architecture", "types", "tokenizer", "template"] },
  "facts.context_cut": { figures: ["longest", "context"] },
  "facts.adapter_read": { figures: ["rank", "alpha", "matrices"], words: ["tokenizer"] },
  "facts.template_dated": { words: ["date"] },
  "facts.files_left_aside": { words: ["names"] },
  "facts.self_named_learned": { figures: ["count", "total"], words: ["names"] },
  "errors.too_few_labels": { figures: ["count", "minimum"], words: ["noun"] },
  "errors.one_class": { figures: ["count"], words: ["noun"] },
  "errors.all_too_long": { figures: ["fitting", "count", "context"], words: ["noun"] },
  "errors.too_little_memory": { figures: ["needed", "available"] },
  "errors.diverged": { figures: ["step"] },
  "errors.thread_lost": { figures: ["count"], words: ["reason"] },
};
