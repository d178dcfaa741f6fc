"""OpenRLHF's own client of remote rewards, with a tiny model of random weights in the place of vLLM.

Arguments: what `--reward.remote_url` is given (a Python file, or an address), and how many answers are wanted at once.
Prints for each answer its prompt, its text, and what the client made of the reward.
"""

import asyncio
import importlib.machinery
import importlib.util
import json
import sys
import types

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

# The packages' own __init__ bring DeepSpeed and vLLM with them; the client itself needs neither.
where = importlib.machinery.PathFinder.find_spec("openrlhf").submodule_search_locations[0]
for name, folder in {"openrlhf": where, "openrlhf.utils": f"{where}/utils"}.items():
    package = types.ModuleType(name)
    package.__path__ = [folder]
    sys.modules[name] = package
from openrlhf.utils.agent import SingleTurnAgentExecutor  # noqa: E402

special = ["<pad>", "<s>", "</s>"]
bytes_of_text = Tokenizer(models.BPE())
bytes_of_text.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
bytes_of_text.decoder = decoders.ByteLevel()
alphabet = pre_tokenizers.ByteLevel.alphabet()
bytes_of_text.train_from_iterator([], trainers.BpeTrainer(special_tokens=special, initial_alphabet=alphabet))
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=bytes_of_text, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
)
torch.manual_seed(1)
model = LlamaForCausalLM(LlamaConfig(
    vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
    pad_token_id=0, bos_token_id=1, eos_token_id=2, max_position_embeddings=128,
))


class Engine:
    """Generates as OpenRLHF asks vLLM to; every other answer ends by itself."""

    def __init__(self):
        self.answers = 0

    async def generate(self, prompt_token_ids, sampling_params, multi_modal_data=None):
        self.answers += 1
        most = sampling_params.max_tokens
        ids = model.generate(
            torch.tensor([prompt_token_ids]), max_new_tokens=most, do_sample=True, eos_token_id=None, pad_token_id=0,
            suppress_tokens=[0, 1, 2],
        )
        answer = ids[0, len(prompt_token_ids):].tolist()
        ends = self.answers % 2 == 0
        answer = answer[:-1] + [tokenizer.eos_token_id] if ends else answer
        output = types.SimpleNamespace(
            token_ids=answer, logprobs=None, finish_reason="stop" if ends else "length",
            text=tokenizer.decode(answer, skip_special_tokens=True),
        )
        return types.SimpleNamespace(outputs=[output])


async def main():
    executor = SingleTurnAgentExecutor(sys.argv[1].split(","))
    engine = Engine()
    sampling = types.SimpleNamespace(max_tokens=8, logprobs=None)
    outputs = await asyncio.gather(*[
        executor.execute(f"q{n}", f"label {n}", sampling, 64, tokenizer, engine) for n in range(int(sys.argv[2]))
    ])
    one = lambda value: None if value is None else float(torch.tensor(value).flatten()[0])
    said = []
    for output in outputs:
        (start, end), = output["action_ranges"]
        tokens = output["observation_tokens"][start:end]
        said.append({
            "prompt": output["prompt"],
            "text": tokenizer.decode(tokens, skip_special_tokens=True),
            "reward": one(output["reward"]),
            "score": one(output["scores"]),
            "logs": {name: one(value) for name, value in output["extra_logs"].items()},
        })
    print(json.dumps(said))


asyncio.run(main())
