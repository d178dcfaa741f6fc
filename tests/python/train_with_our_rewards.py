"""Two steps of TRL's GRPO and RLOO with the documented reward function, and a tiny model of random weights.

Arguments: file that defines touchstone_reward. Prints how often it was asked, what it gave, and what the trainers logged.
"""

import importlib.util
import json
import sys
import tempfile

from datasets import Dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer, RLOOConfig, RLOOTrainer

spec = importlib.util.spec_from_file_location("documented", sys.argv[1])
documented = importlib.util.module_from_spec(spec)
spec.loader.exec_module(documented)

special = ["<pad>", "<s>", "</s>", "<|user|>", "<|assistant|>"]
bytes_of_text = Tokenizer(models.BPE())
bytes_of_text.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
alphabet = pre_tokenizers.ByteLevel.alphabet()
bytes_of_text.train_from_iterator([], trainers.BpeTrainer(special_tokens=special, initial_alphabet=alphabet))
bytes_of_text.decoder = decoders.ByteLevel()
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=bytes_of_text, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
)
tokenizer.chat_template = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
config = LlamaConfig(
    vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
    pad_token_id=0, bos_token_id=1, eos_token_id=2, max_position_embeddings=128,
)
plain = Dataset.from_list([{"prompt": f"q{n}"} for n in range(4)])
talks = Dataset.from_list([{"prompt": [{"role": "user", "content": f"q{n}"}]} for n in range(4)])


def steps(trainer_of, config_of, rows):
    given = []

    def touchstone_reward(prompts, completions, **more):
        rewards = documented.touchstone_reward(prompts, completions, **more)
        text = lambda said: said if isinstance(said, str) else said[-1]["content"]
        given.extend([text(p), text(c), r] for p, c, r in zip(prompts, completions, rewards))
        return rewards

    with tempfile.TemporaryDirectory() as out:
        asked = config_of(
            output_dir=out, max_steps=2, per_device_train_batch_size=4, num_generations=4, max_completion_length=8,
            logging_steps=1, report_to=[], save_strategy="no", use_cpu=True, bf16=False, seed=1,
        )
        # By its folder: RLOO reads the model that it starts from a second time, as the reference.
        LlamaForCausalLM(config).save_pretrained(f"{out}/model")
        trainer = trainer_of(
            model=f"{out}/model", reward_funcs=touchstone_reward, args=asked, train_dataset=rows,
            processing_class=tokenizer,
        )
        trainer.train()
    logged = [entry["reward"] for entry in trainer.state.log_history if "reward" in entry]
    return {"given": given, "logged": logged}


print(json.dumps({
    "GRPO on texts": steps(GRPOTrainer, GRPOConfig, plain),
    "GRPO on conversations": steps(GRPOTrainer, GRPOConfig, talks),
    "RLOO on texts": steps(RLOOTrainer, RLOOConfig, plain),
}))
