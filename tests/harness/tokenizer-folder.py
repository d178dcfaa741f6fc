"""What Hugging Face's transformers makes of a model folder's tokenizer; driven by transformers-tokenizer.ts.

`read FOLDER` opens it, `save FOLDER` first trains and saves a byte-level BPE with a chat template there. Both read texts and
conversations as JSON from standard input and answer with their ids, and with each conversation as it is rendered.
"""

import json
import sys

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer, PreTrainedTokenizerFast

what, folder = sys.argv[1:3]
asked = json.load(sys.stdin)

if what == "save":
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    special = ["<|pad|>", "<|begin|>", "<|turn|>", "<|end|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trained.train_from_iterator(
        asked["texts"], trainers.BpeTrainer(vocab_size=300, special_tokens=special, initial_alphabet=alphabet)
    )
    template = (
        "{{ bos_token }}{% for message in messages %}\n"
        "    {%- if message.role != 'system' %}\n"
        "{{ '<|turn|>' + message['role'] | upper + ': ' + message['content'] | trim + eos_token }}\n"
        "    {%- endif %}\n"
        "{% endfor %}\n"
        "{% if add_generation_prompt %}{{ '<|turn|>ASSISTANT: ' }}{% endif %}"
    )
    names = {"bos_token": "<|begin|>", "eos_token": "<|end|>", "pad_token": "<|pad|>"}
    PreTrainedTokenizerFast(tokenizer_object=trained, chat_template=template, **names).save_pretrained(folder)

tokenizer = AutoTokenizer.from_pretrained(folder)
rendered = [
    tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    for messages in asked["conversations"]
]
json.dump(
    {
        "texts": [tokenizer(text, add_special_tokens=False)["input_ids"] for text in asked["texts"]],
        "decoded": [tokenizer.decode(tokenizer(text)["input_ids"], skip_special_tokens=True) for text in asked["texts"]],
        "rendered": rendered,
        "conversations": [tokenizer(text, add_special_tokens=False)["input_ids"] for text in rendered],
    },
    sys.stdout,
)
