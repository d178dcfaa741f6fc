"""Makes the numbers that known-answers.test.ts and known-blocks.test.ts hold ours against, by the libraries whose they are.

    python make.py [adapters]

with torch, transformers, tokenizers, sentencepiece, gguf and peft; `adapters` makes those of peft alone. Weights are no file:
`seeded` makes them of a tensor's name, here and in seeded.fixture.ts alike. Texts and templates are our own.
"""

import json
import os
import sys
import tempfile

import gguf
import numpy as np
import sentencepiece
import torch
import transformers
from gguf import GGMLQuantizationType as Type
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

here = os.path.dirname(os.path.abspath(__file__))
blocks_file = os.path.join(here, "../../../engine/src/gguf/known-blocks.json")


def hashed(name, count):
    """`count` numbers of 32 bits that follow from the name: FNV-1a of it, then a mixer of each index."""
    seed = 2166136261
    for byte in name.encode():
        seed = (seed ^ byte) * 16777619 % 2**32
    h = (np.arange(count, dtype=np.uint64) * 2654435761 + seed) % 2**32
    for shift, factor in ((15, 2246822519), (13, 3266489917)):
        h = (h ^ (h >> np.uint64(shift))) * np.uint64(factor) % 2**32
    return h ^ (h >> np.uint64(16))


def seeded(name, shape):
    """Weights between −.4 and .4; gains of norms around 1."""
    values = (hashed(name, int(np.prod(shape))) / 2**32 - 0.5) * 0.8
    if "norm" in name or ".ln_" in name:
        values = values + (1 if name.endswith("weight") else 0)
    return values.astype(np.float32).reshape(shape)


def save(name, value):
    with open(os.path.join(here, name), "w") as file:
        # One entry a line, so that a change shows where it is.
        if isinstance(value, dict):
            lines = [f"{json.dumps(key)}: {json.dumps(entry, separators=(',', ':'))}" for key, entry in value.items()]
            file.write("{\n" + ",\n".join(lines) + "\n}\n")
        else:
            file.write("[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in value) + "\n]\n")


# Logits and greedy answers of each family

VOCAB = 270
ROWS = [[int(h) % VOCAB for h in hashed(f"row {index}", length)] for index, length in enumerate((14, 5))]
SHOWN = list(range(0, VOCAB, 38))


def answers(model, rows):
    """Some logits of every position, and the eight likeliest tokens after each row, with how clear the choice was."""
    model.eval()
    shown, greedy = [], []
    with torch.no_grad():
        for row in rows:
            logits = model(torch.tensor([row])).logits[0]
            shown.append([[round(float(position[at]), 6) for at in SHOWN] for position in logits])
            said, clear = list(row), 1e9
            for _ in range(8):
                last = model(torch.tensor([said])).logits[0, -1]
                top = torch.topk(last, 2).values
                clear = min(clear, float(top[0] - top[1]))
                said.append(int(last.argmax()))
            assert clear > 1e-3, f"the choice is no clear one: {clear}"
            greedy.append(said[len(row) :])
    return {"logits": shown, "greedy": greedy}


LLAMA = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2)
SHARED = dict(vocab_size=VOCAB, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)
SCALED = dict(
    rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=24
)
CASES = {
    "Llama 2": ("LlamaForCausalLM", dict(LLAMA, num_key_value_heads=4)),
    "Llama 3.1": ("LlamaForCausalLM", dict(LLAMA, rope_theta=500.0, rope_scaling=SCALED, head_dim=16)),
    "Llama with linear rotations": ("LlamaForCausalLM", dict(LLAMA, rope_scaling=dict(rope_type="linear", factor=2.0))),
    "Llama with biases of attention": ("LlamaForCausalLM", dict(LLAMA, attention_bias=True)),
    "SmolLM2": ("LlamaForCausalLM", dict(LLAMA, rope_theta=100000.0, tie_word_embeddings=True, rms_norm_eps=1e-5)),
    "Mistral": ("MistralForCausalLM", dict(LLAMA, head_dim=16, sliding_window=None, rope_theta=1e6)),
    "Qwen2": ("Qwen2ForCausalLM", dict(LLAMA, tie_word_embeddings=True, rope_theta=1e6)),
    "Qwen2.5": ("Qwen2ForCausalLM", dict(LLAMA, use_sliding_window=False, sliding_window=16, max_window_layers=2)),
    "Qwen3": ("Qwen3ForCausalLM", dict(LLAMA, head_dim=16, tie_word_embeddings=True, rope_theta=1e6)),
    "GPT-2": (
        "GPT2LMHeadModel",
        dict(n_embd=32, n_layer=2, n_head=4, n_positions=64, n_inner=48, vocab_size=VOCAB, eos_token_id=2),
    ),
}


def seeded_model(name):
    """The family's model, and its weights by name."""
    kind, settings = CASES[name]
    model_class = getattr(transformers, kind)
    config = model_class.config_class(**({} if name == "GPT-2" else SHARED), **settings)
    config.architectures = [kind]
    model = model_class(config)
    state = {
        key: torch.from_numpy(seeded(key, value.shape))
        for key, value in model.state_dict().items()
        if not (config.tie_word_embeddings and key == "lm_head.weight")
    }
    model.load_state_dict(state, strict=False)
    model.tie_weights()
    return model, state


def families():
    found = {}
    for name in CASES:
        model, state = seeded_model(name)
        with tempfile.TemporaryDirectory() as folder:
            model.config.save_pretrained(folder)
            with open(os.path.join(folder, "config.json")) as file:
                written = json.load(file)
        shapes = {key: list(value.shape) for key, value in state.items()}
        found[name] = {"config": written, "shapes": shapes, **answers(model, ROWS)}
    save("families.json", {"rows": ROWS, "shown": SHOWN, **found})


# Adapters, as peft writes them

ADAPTERS = {
    "of queries and values": ("SmolLM2", dict(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"])),
    "of all linear layers, by rank-stabilised LoRA": (
        "Qwen2.5",
        dict(r=4, lora_alpha=2, target_modules="all-linear", use_rslora=True, lora_dropout=0.1),
    ),
    "of GPT-2's fused layers": (
        "GPT-2",
        dict(r=3, lora_alpha=6, target_modules=["c_attn", "c_proj", "c_fc"], fan_in_fan_out=True),
    ),
    "of GPT-2's attention, whose (in, out) peft sees by itself": (
        "GPT-2",
        dict(r=2, lora_alpha=4, target_modules=["attn.c_proj"], fan_in_fan_out=False),
    ),
    "with ranks and alphas of their own and an output": (
        "Llama 3.1",
        dict(
            r=4, lora_alpha=4, target_modules=["q_proj", "down_proj", "lm_head"],
            rank_pattern={"down_proj": 2, "model.layers.1.self_attn.q_proj": 6}, alpha_pattern={"self_attn.q_proj": 3, "lm_head": 1},
        ),
    ),
    "of single layers of Qwen3 that has norms of queries": (
        "Qwen3",
        dict(r=8, lora_alpha=16, target_modules=["layers.1.mlp.up_proj", "layers.0.self_attn.k_proj"], init_lora_weights="gaussian"),
    ),
}  # fmt: skip


def adapters():
    import peft

    found = {}
    for name, (family, settings) in ADAPTERS.items():
        model, _ = seeded_model(family)
        adapted = peft.get_peft_model(model, peft.LoraConfig(task_type="CAUSAL_LM", **settings))
        state = {
            key: torch.from_numpy(seeded(key, value.shape))
            for key, value in peft.get_peft_model_state_dict(adapted, save_embedding_layers=False).items()
        }
        peft.set_peft_model_state_dict(adapted, state)
        with tempfile.TemporaryDirectory() as folder:
            adapted.save_pretrained(folder, save_embedding_layers=False)
            with open(os.path.join(folder, "adapter_config.json")) as file:
                written = json.load(file)
        # A set's order is another one in every process.
        written["target_modules"] = sorted(written["target_modules"])
        shapes = {key: list(value.shape) for key, value in state.items()}
        found[name] = {"base": family, "config": written, "shapes": shapes, **answers(adapted, ROWS)}
    save("adapters.json", found)


# Blocks of each type

CODED = [Type.F16, Type.BF16, Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0, Type.Q4_K, Type.Q5_K, Type.Q6_K]
# Bytes of a block that are halves: anything there may be infinite, so their exponents are kept small.
HALVES = {
    Type.Q4_0: [0], Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.Q8_0: [0],
    Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208],
}  # fmt: skip


def any_blocks(kind, count, name):
    _, size = gguf.GGML_QUANT_SIZES[kind]
    data = (hashed(name, count * size) % 256).astype(np.uint8).reshape(count, size)
    for at in HALVES.get(kind, []):
        data[:, at + 1] = (data[:, at + 1] & 0x83) | 0x24
    if kind in (Type.F16, Type.BF16):
        data[:, 1] = (data[:, 1] & 0x83) | (0x34 if kind == Type.F16 else 0x3C)
    return data


def blocks():
    found = {}
    for kind in CODED:
        values, _ = gguf.GGML_QUANT_SIZES[kind]
        data = any_blocks(kind, max(1, 64 // values), f"blocks of {kind.name}")
        # Q6_K and others give float32; JSON holds their shortest decimal.
        out = gguf.quants.dequantize(data, kind).astype(np.float32).ravel()
        found[kind.name] = {"code": int(kind), "bytes": data.tobytes().hex(), "values": [float(f"{v:.9g}") for v in out]}
    path = os.path.abspath(blocks_file)
    with open(path, "w") as file:
        lines = [f"{json.dumps(key)}: {json.dumps(entry, separators=(',', ':'))}" for key, entry in found.items()]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


# Tokens of difficult strings

HAND = [
    "", " ", "  ", "\n", "\t", "\r\n", " \n ", "a", " a", "a ", "  a", "\u00a0a", "\u3000a", "Hello, world!",
    "I'm sure they'll say we've won, didn't you?", "I'M SURE THEY'LL", "it's 's 'S '' '", "l\u2019\u00e9t\u00e9",
    "1", "12", "123", "1234", "1234567890", "1,234.56", "3.14e-10", "0x1F", "v1.2.3-rc.4", "\u0661\u0662\u0663", "\u00bd \u00b2 \u2167",
    "caf\u00e9", "cafe\u0301", "na\u00efve", "nai\u0308ve", "\u212b \u00c5 A\u030a", "\ufb01n", "\u1e9e\u00df",
    "\u732b\u5750\u5728\u57ab\u5b50\u4e0a\u3002", "\u4f60\u597d\uff0c\u4e16\u754c\uff01", "\u3053\u3093\u306b\u3061\u306f", "\uc548\ub155\ud558\uc138\uc694", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "\u0928\u092e\u0938\u094d\u0924\u0947",
    "\u0645\u0631\u062d\u0628\u0627", "\u05e9\u05dc\u05d5\u05dd", "\u041f\u0440\u0438\u0432\u0435\u0442", "\u0393\u03b5\u03b9\u03ac", "\U0001f642", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\U0001f44d\U0001f3fd",
    "\U00020000\U0001d54f", "\u200b\u200d\ufeff", "a\u0300\u0301\u0302\u0303", "\u0000", "\u001f\u007f\u0085", "\ufffd", "\u2028\u2029",
    "if (x) {\n    return y;\n}\n", "\tdef f(a, b):\n\t\treturn a**b", "<div class=\"x\">&amp;</div>", "{\"a\": [1, null]}",
    "SELECT * FROM t WHERE a<>'b';", "https://example.org/a?b=c&d=%20#e", "me@example.org", "C:\\dir\\file", "$x^2 + \\frac{1}{2}$",
    "a\n\nb", "a\n\n\nb", "a \n b", "a\r\n\r\nb", "  \n\n  ", "a   b    c", "trailing   ", "   leading", "\n\n\n", " \t \t ",
    "...", "?!?!", "----", "=====", "~~~", "a.b.c", "a...b", "(a)", "[b]", "{c}", "#tag @you", "50%", "\u20ac5", "$5", "\u00a35",
    "aaaaaaaaaaaaaaaa", "the the the the", "ThE CaT", "camelCaseWords", "snake_case_words", "kebab-case-words", "x" * 40,
    "The cat sat on the mat.", " The dog isn't at home; it's 12 o'clock.", "a1b22c333d4444", "1a 22b 333c", "\u00e91\u732b2", "e\u03011",
]  # fmt: skip
PARTS = ["the", " cat", "'s", "'LL", " ", "  ", "\n", "\r\n", "\t", "1", "42", "2024", ".", "?!", "\u732b", "\u00e9", "e\u0301", "\U0001f642", "_", "-", "(", ")", "A", "z", "\u00a0", "\u0661"]


def difficult():
    texts = list(dict.fromkeys(HAND))
    while len(texts) < 200:
        numbers = [int(h) for h in hashed(f"text {len(texts)}", 9)]
        texts.append("".join(PARTS[n % len(PARTS)] for n in numbers[: 3 + numbers[8] % 6]))
    return texts


CORPUS = [
    "The cat sat on the mat. The dog isn't at home; it's 12 o'clock, and they'll say we've won in 2024.",
    "if (x) { return y; } the then this that there\n\n    the cat's mat\n", "caf\u00e9 \u00e9t\u00e9 \u732b\u5750\u5728\u57ab\u5b50\u4e0a\u3002 \u4f60\u597d\uff0c\u4e16\u754c\uff01 1234567890 12 123",
]  # fmt: skip
SPECIAL = ["<|end|>", "<|turn|>", "<|stop|>"]


def trained_bpe():
    """Pieces and merges whose words cross what any family's rules would split: their differences then show."""
    from tokenizers import trainers

    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(r"\S+\s?|\s+"), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trained.train_from_iterator(
        CORPUS * 3 + [f" {t}" for t in CORPUS],
        trainers.BpeTrainer(vocab_size=330, special_tokens=SPECIAL, initial_alphabet=alphabet, min_frequency=2),
    )
    model = json.loads(trained.to_str())["model"]
    tokens = [piece for piece, _ in sorted(model["vocab"].items(), key=lambda pair: pair[1])]
    # A piece that no merge makes: only a family that looks words up whole finds it.
    tokens += ["\u0120dog", "<think>"]
    return tokens, [" ".join(merge) if isinstance(merge, list) else merge for merge in model["merges"]]


def byte_level(use_regex):
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=use_regex)


def reference_bpe(pre, tokens, merges):
    from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX as qwen

    llama3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    split = lambda pattern: pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), byte_level(False)])
    rules = {
        "gpt-2": byte_level(True),
        "smollm": pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level(True)]),
        "llama-bpe": split(llama3),
        "qwen2": split(qwen),
    }
    vocab = {piece: id for id, piece in enumerate(tokens)}
    model = models.BPE(vocab, [tuple(merge.split(" ")) for merge in merges], ignore_merges=pre == "llama-bpe")
    made = Tokenizer(model)
    made.pre_tokenizer = rules[pre]
    made.decoder = decoders.ByteLevel()
    if pre == "qwen2":
        made.normalizer = normalizers.NFC()
    made.add_special_tokens(SPECIAL)
    made.add_tokens(["<think>"])
    return made


def trained_sentence_piece(folder):
    with open(os.path.join(folder, "texts"), "w") as file:
        file.write("\n".join(line for text in CORPUS * 4 for line in text.split("\n") if line))
    prefix = os.path.join(folder, "spm")
    sentencepiece.SentencePieceTrainer.train(
        input=os.path.join(folder, "texts"), model_prefix=prefix, model_type="bpe", vocab_size=380, byte_fallback=True,
        normalization_rule_name="identity", remove_extra_whitespaces=False, character_coverage=0.99, minloglevel=2,
        hard_vocab_limit=False, split_digits=True,
    )  # fmt: skip
    return sentencepiece.SentencePieceProcessor(model_file=prefix + ".model")


# GGUF files, written as llama.cpp's converters write them


def permuted(weights, heads):
    """llama.cpp's order of the channels of queries and keys: pairs side by side (convert_hf_to_gguf.py, `permute`)."""
    rows = weights.shape[0]
    return weights.reshape(heads, 2, rows // heads // 2, *weights.shape[1:]).swapaxes(1, 2).reshape(weights.shape)


def add(writer, name, weights, kind):
    if kind == Type.F32:
        writer.add_tensor(name, weights.astype(np.float32))
    elif kind in (Type.Q4_K, Type.Q5_K, Type.Q6_K):
        # Nothing here quantises these: any blocks of small scales are as good.
        values, size = gguf.GGML_QUANT_SIZES[kind]
        data = any_blocks(kind, weights.size // values, name)
        for at in HALVES[kind]:
            data[:, at : at + 2] = np.frombuffer(np.float16(0.002).tobytes(), np.uint8)
        writer.add_tensor(name, data.reshape(weights.shape[0], -1), raw_dtype=kind)
    else:
        writer.add_tensor(name, gguf.quants.quantize(weights, kind), raw_dtype=kind)


def write(path, arch, tokens, tokenizer, types, template):
    width, layers, heads, groups, size = 32, 1, 4, 2, 16 if arch == "qwen3" else 8
    # transformers takes GPT-2's for four times the width, whatever the file says.
    hidden = {"qwen3": 256, "gpt2": 4 * width}.get(arch, 64)
    context = 32
    groups = heads if arch == "gpt2" else groups
    writer = gguf.GGUFWriter(path, arch)
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(hidden)
    writer.add_head_count(heads)
    if arch == "gpt2":
        writer.add_layer_norm_eps(1e-5)
    else:
        writer.add_head_count_kv(groups)
        writer.add_layer_norm_rms_eps(1e-6)
        writer.add_rope_freq_base(10000.0)
        writer.add_vocab_size(len(tokens))
        if size != width // heads:
            writer.add_key_length(size)
            writer.add_value_length(size)
    tokenizer(writer)
    writer.add_chat_template(template)
    norm = Type.F32

    def put(name, shape, kind, heads_of=None):
        weights = seeded(name, shape)
        add(writer, name, permuted(weights, heads_of) if heads_of and arch == "llama" else weights, kind)

    kind = types
    put("token_embd.weight", (len(tokens), width), kind[0])
    if arch == "gpt2":
        put("position_embd.weight", (context, width), Type.F32)
    for layer in range(layers):
        at = f"blk.{layer}."
        put(at + "attn_norm.weight", (width,), norm)
        put(at + "ffn_norm.weight", (width,), norm)
        if arch == "gpt2":
            for name, shape in {
                "attn_qkv": (3 * width, width), "attn_output": (width, width),
                "ffn_up": (hidden, width), "ffn_down": (width, hidden),
            }.items():  # fmt: skip
                put(f"{at}{name}.weight", shape, kind[1])
                put(f"{at}{name}.bias", shape[:1], norm)
            put(at + "attn_norm.bias", (width,), norm)
            put(at + "ffn_norm.bias", (width,), norm)
            continue
        put(at + "attn_q.weight", (heads * size, width), kind[1], heads)
        put(at + "attn_k.weight", (groups * size, width), kind[1], groups)
        put(at + "attn_v.weight", (groups * size, width), kind[1])
        put(at + "attn_output.weight", (width, heads * size), kind[2])
        if arch == "qwen2":
            for name, rows in (("q", heads * size), ("k", groups * size), ("v", groups * size)):
                put(f"{at}attn_{name}.bias", (rows,), norm)
        if arch == "qwen3":
            put(at + "attn_q_norm.weight", (size,), norm)
            put(at + "attn_k_norm.weight", (size,), norm)
        put(at + "ffn_gate.weight", (hidden, width), kind[3])
        put(at + "ffn_up.weight", (hidden, width), kind[3])
        put(at + "ffn_down.weight", (width, hidden), kind[4])
    put("output_norm.weight", (width,), norm)
    if arch == "gpt2":
        put("output_norm.bias", (width,), norm)
    elif arch != "qwen2":
        put("output.weight", (len(tokens), width), kind[5])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


# Four ways in which families write conversations, in words of our own
TEMPLATES = {
    "turns": "{% for m in messages %}{{ '<|turn|>' + m['role'] + '\\n' + m['content'] + '<|stop|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|turn|>assistant\\n' }}{% endif %}",
    "a system turn of its own": "{%- if messages[0].role == 'system' -%}{{ bos_token }}{{- '[SYS] ' + messages[0].content | trim + ' [/SYS]' -}}"
    "{%- set rest = messages[1:] -%}{%- else -%}{{ bos_token }}{%- set rest = messages -%}{%- endif -%}"
    "{%- for m in rest -%}{%- if (m.role == 'user') != (loop.index0 % 2 == 0) -%}{{- raise_exception('turns must alternate') -}}{%- endif -%}"
    "{%- if m.role == 'user' -%}{{- '[ASK] ' + m.content.strip() + ' [/ASK]' -}}{%- else -%}{{- ' ' + m.content | trim + eos_token -}}{%- endif -%}{%- endfor -%}",
    "numbered turns": "{%- set ns = namespace(n=0) -%}{%- for m in messages if m.role != 'system' -%}{%- set ns.n = ns.n + 1 -%}"
    "{{- '<|turn|>' ~ ns.n ~ ' ' ~ (m.role | upper) ~ ('!' if loop.last else ':') ~ ' ' ~ m.content -}}{{- '<|stop|>' if m.role == 'assistant' else '\\n' -}}{%- endfor -%}"
    "{%- if add_generation_prompt is defined and add_generation_prompt -%}{{- '<|turn|>' ~ (ns.n + 1) ~ ' ASSISTANT: ' -}}{%- endif -%}",
    "a macro and thoughts": "{%- macro say(m) -%}{%- set c = m.content -%}{%- if '</think>' in c -%}{%- set c = c.split('</think>')[-1].lstrip('\\n') -%}{%- endif -%}"
    "<|turn|>{{ m.role | capitalize }}\\n{{ c }}<|stop|>{%- endmacro -%}{%- for m in messages -%}{{ say(m) }}\n{% endfor -%}"
    "{%- if add_generation_prompt -%}<|turn|>Assistant\n{%- endif -%}",
}  # fmt: skip
CONVERSATIONS = [
    [{"role": "user", "content": "  the cat? "}],
    [{"role": "system", "content": "Say 12. "}, {"role": "user", "content": "It's\n\nthe mat"}],
    [
        {"role": "user", "content": "\u732b 123"},
        {"role": "assistant", "content": "<think>the\n</think>\n\nthe dog \U0001f642"},
        {"role": "user", "content": "a 'quoted' \"word\" & <tag>"},
    ],
]


def tokens_and_files():
    texts = difficult()
    found = {"texts": texts, "conversations": CONVERSATIONS, "templates": TEMPLATES, "ids": {}, "renderings": {}}
    tokens, merges = trained_bpe()
    kinds = [3 if piece in SPECIAL else 4 if piece == "<think>" else 1 for piece in tokens]
    by_pre = {pre: reference_bpe(pre, tokens, merges) for pre in ("gpt-2", "smollm", "llama-bpe", "qwen2")}
    for pre, made in by_pre.items():
        found["ids"][pre] = [made.encode(text, add_special_tokens=False).ids for text in texts]
    names = dict(bos_token="<|turn|>", eos_token="<|end|>")
    for name, template in TEMPLATES.items():
        wrapped = transformers.PreTrainedTokenizerFast(tokenizer_object=by_pre["qwen2"], chat_template=template, **names)
        rendered = [wrapped.apply_chat_template(c, tokenize=False, add_generation_prompt=True) for c in CONVERSATIONS]
        found["renderings"][name] = [by_pre["qwen2"].encode(text, add_special_tokens=False).ids for text in rendered]

    def bpe(pre):
        def put(writer):
            writer.add_tokenizer_model("gpt2")
            writer.add_tokenizer_pre(pre)
            writer.add_token_list(tokens)
            writer.add_token_types(kinds)
            writer.add_token_merges(merges)
            writer.add_bos_token_id(1)
            writer.add_eos_token_id(0)
            writer.add_eot_token_id(2)

        return put

    template = TEMPLATES["turns"]
    with tempfile.TemporaryDirectory() as folder:
        spm = trained_sentence_piece(folder)
        pieces = [spm.id_to_piece(id) for id in range(spm.get_piece_size())]
        found["ids"]["llama"] = [spm.encode(text) for text in texts]

        def sentence_pieces(writer):
            writer.add_tokenizer_model("llama")
            writer.add_token_list(pieces)
            writer.add_token_scores([spm.get_score(id) for id in range(len(pieces))])
            flags = [2 if spm.is_unknown(i) else 3 if spm.is_control(i) else 6 if spm.is_byte(i) else 1 for i in range(len(pieces))]
            writer.add_token_types(flags)
            writer.add_bos_token_id(1)
            writer.add_eos_token_id(2)
            writer.add_unk_token_id(0)

        plain = "{{ bos_token }}{% for m in messages %}{{ m['content'] }}{{ eos_token if m['role'] == 'assistant' }}{% endfor %}"
        files = {
            "llama": (pieces, sentence_pieces, [Type.Q8_0, Type.Q8_0, Type.Q4_0, Type.Q4_1, Type.BF16, Type.Q8_0], plain),
            "qwen2": (tokens, bpe("qwen2"), [Type.Q4_1, Type.Q4_0, Type.Q8_0, Type.Q5_1, Type.Q5_0, Type.F32], template),
            "qwen3": (tokens, bpe("qwen2"), [Type.Q4_0, Type.Q8_0, Type.Q8_0, Type.Q5_0, Type.Q4_K, Type.Q8_0], template),
            "gpt2": (tokens, bpe("gpt-2"), [Type.F16, Type.F16], template),
        }
        rows = ROWS
        logits = {}
        for arch, (known, tokenizer, types, chat) in files.items():
            path = os.path.join(here, f"{arch}.gguf")
            write(path, arch, known, tokenizer, types, chat)
            # transformers takes Qwen3's heads for 128 wide, whatever the file says.
            wide = {"head_dim": 16} if arch == "qwen3" else {}
            model = transformers.AutoModelForCausalLM.from_pretrained(
                here, gguf_file=f"{arch}.gguf", dtype=torch.float32, **wide
            )
            logits[arch] = answers(model, rows)
            if arch == "llama":
                theirs = transformers.AutoTokenizer.from_pretrained(here, gguf_file="llama.gguf")
                same = [theirs.encode(text, add_special_tokens=False) == ids for text, ids in zip(texts, found["ids"]["llama"])]
                print("transformers splits as sentencepiece does:", sum(same), "of", len(same), file=sys.stderr)
    save("tokens.json", found)
    save("gguf.json", {"rows": rows, "shown": SHOWN, **logits})


if sys.argv[1:] != ["adapters"]:
    blocks()
    families()
    tokens_and_files()
adapters()
