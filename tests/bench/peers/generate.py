"""Our sampler in PyTorch: a batch of answers, a token a step, keys and values in a cache that is allocated once."""
import json
import sys
import time

from orders import label_of, serve, torch_or_reason

torch = torch_or_reason()
from decoder import Decoder

settings = json.loads(sys.argv[1])
setting, sampling, threads = settings["setting"], settings["sampling"], settings["threads"]
torch.set_num_threads(threads)
torch.manual_seed(1)
batch, prompt, answer = sampling["batch"], sampling["prompt"], sampling["answer"]
model = Decoder(setting)
shape = (setting["layers"], 2, batch, setting["heads"], setting["context"], setting["width"] // setting["heads"])


def advance(tokens, start, cache):
    """Logits of what follows `tokens` (batch, positions), which stand at `start` and after."""
    x = model.embedding[tokens]
    end = start + tokens.shape[1]
    # Only a prompt has more than one position, and positions among which some lie in the future of others.
    mask = model.mask[:end, :end] if tokens.shape[1] > 1 else None
    for layer, (keys, values) in zip(model.layers, cache):
        q, k, v = model.projected(x, layer, start)
        keys[:, :, start:end] = k
        values[:, :, start:end] = v
        x = model.finished(x, layer, model.attended(q, keys[:, :, :end], values[:, :, :end], mask))
    return model.logits(x[:, -1])


@torch.inference_mode()
def answers():
    """Draws one answer a prompt, with each token's log-probability."""
    cache = torch.zeros(shape)
    tokens = torch.randint(setting["vocab"], (batch, prompt))
    drawn, log_probs = [], []
    for at in range(answer):
        logits = advance(tokens, 0 if at == 0 else prompt + at - 1, cache)
        distribution = torch.log_softmax(logits, -1)
        tokens = torch.multinomial(distribution.exp(), 1)
        drawn.append(tokens)
        log_probs.append(distribution.gather(1, tokens))
    return torch.cat(drawn, 1).tolist(), torch.cat(log_probs, 1).tolist()


def work(seconds):
    """Batches for that long; tokens a second."""
    began, tokens = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        drawn, _ = answers()
        tokens += sum(len(row) for row in drawn)
    return tokens / (time.perf_counter() - began)


work(1)
serve(label_of(torch, threads), work)
