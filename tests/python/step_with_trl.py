"""One step of each of TRL's trainers on our exports, with a tiny model of random weights. Arguments: folder of the exports."""

import json
import sys
import tempfile

from datasets import load_dataset
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification, PreTrainedTokenizerFast
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, RewardConfig, RewardTrainer, SFTConfig, SFTTrainer

folder = sys.argv[1]
special = ["<pad>", "<s>", "</s>", "<|user|>", "<|assistant|>", "<|system|>"]
bytes_of_text = Tokenizer(models.BPE())
bytes_of_text.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
alphabet = pre_tokenizers.ByteLevel.alphabet()
bytes_of_text.train_from_iterator([], trainers.BpeTrainer(special_tokens=special, initial_alphabet=alphabet))
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=bytes_of_text, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
)
tokenizer.chat_template = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
config = LlamaConfig(
    vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
    pad_token_id=0, bos_token_id=1, eos_token_id=2, max_position_embeddings=2048,
)


def rows_of(name):
    return load_dataset("json", data_files=f"{folder}/{name}.jsonl", split="train", cache_dir=f"{folder}/cache")


def step(trainer_of, config_of, name, model, columns=None, **more):
    rows = rows_of(name)
    if columns is not None:
        rows = rows.select_columns(columns)
    with tempfile.TemporaryDirectory() as out:
        asked = config_of(
            output_dir=out, max_steps=1, per_device_train_batch_size=4, report_to=[], save_strategy="no",
            use_cpu=True, bf16=False, **more,
        )
        trainer = trainer_of(model=model, args=asked, train_dataset=rows, processing_class=tokenizer)
        return float(trainer.train().training_loss)


# DPO and KTO load the model that they compare with anew, from where it lies.
small = f"{folder}/small"
LlamaForCausalLM(config).save_pretrained(small)
tokenizer.save_pretrained(small)
config.num_labels = 1
judge = LlamaForSequenceClassification(config)
losses = {
    "SFT on sft-messages": step(SFTTrainer, SFTConfig, "sft-messages", LlamaForCausalLM(config), ["messages"]),
    "DPO on trl-preference-plain": step(DPOTrainer, DPOConfig, "trl-preference-plain", small),
    "DPO on openrlhf": step(DPOTrainer, DPOConfig, "openrlhf", small),
    "KTO on kto-pairs": step(KTOTrainer, KTOConfig, "kto-pairs", small),
    "KTO on kto-ratings": step(KTOTrainer, KTOConfig, "kto-ratings", small),
    "Reward on trl-preference-plain": step(RewardTrainer, RewardConfig, "trl-preference-plain", judge),
    "Reward with margins": step(RewardTrainer, RewardConfig, "trl-preference-margin", judge),
}
print(json.dumps(losses))
