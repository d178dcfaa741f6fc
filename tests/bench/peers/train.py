"""Our training step in PyTorch: the next token's cross-entropy, gradients clipped to norm 1, AdamW."""
import json
import sys
import time

from orders import label_of, serve, torch_or_reason

torch = torch_or_reason()
from decoder import Decoder

settings = json.loads(sys.argv[1])
setting, threads = settings["setting"], settings["threads"]
torch.set_num_threads(threads)
torch.manual_seed(1)
batch, context, vocab = setting["batchSize"], setting["context"], setting["vocab"]
model = Decoder(setting)
optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01, foreach=True)


def step():
    stream = torch.randint(vocab, (batch, context + 1))
    optimiser.zero_grad(set_to_none=True)
    logits = model(stream[:, :-1])
    loss = torch.nn.functional.cross_entropy(logits.reshape(-1, vocab), stream[:, 1:].reshape(-1))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def work(seconds):
    """Steps for that long; tokens a second."""
    began, steps = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        step()
        steps += 1
    return steps * batch * context / (time.perf_counter() - began)


work(1)
serve(label_of(torch, threads), work)
