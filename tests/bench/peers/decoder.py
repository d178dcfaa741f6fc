"""Llama's decoder in PyTorch: RMSNorm, rotary positions, SwiGLU, tied embeddings; of the same shape as ours."""
import math

import torch
from torch import nn


def weight(*shape):
    return nn.Parameter(torch.randn(*shape) * 0.02)


def normalised(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * gain


class Layer(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.qkv, self.out = weight(width, 3 * width), weight(width, width)
        self.gate_up, self.down = weight(width, 2 * hidden), weight(hidden, width)
        self.attention_gain = nn.Parameter(torch.ones(width))
        self.feed_forward_gain = nn.Parameter(torch.ones(width))


class Decoder(nn.Module):
    def __init__(self, setting):
        super().__init__()
        self.heads, self.width, context = setting["heads"], setting["width"], setting["context"]
        self.size = self.width // self.heads
        self.embedding = weight(setting["vocab"], self.width)
        self.gain = nn.Parameter(torch.ones(self.width))
        self.layers = nn.ModuleList(Layer(self.width, setting["hidden"]) for _ in range(setting["layers"]))
        frequencies = 10_000 ** (-torch.arange(0, self.size, 2) / self.size)
        angles = torch.arange(context)[:, None] * frequencies
        self.register_buffer("cosine", angles.cos())
        self.register_buffer("sine", angles.sin())
        self.register_buffer("mask", torch.full((context, context), -math.inf).triu(1))

    def turned(self, x, start):
        """Rotary positions of x (batch, heads, positions, size), the first of which is `start`."""
        end = start + x.shape[2]
        cosine, sine = self.cosine[start:end], self.sine[start:end]
        first, second = x.chunk(2, -1)
        return torch.cat([first * cosine - second * sine, first * sine + second * cosine], -1)

    def projected(self, x, layer, start=0):
        """Queries, keys and values, (batch, heads, positions, size) each."""
        batch, positions, _ = x.shape
        stacked = (normalised(x, layer.attention_gain) @ layer.qkv).view(batch, positions, 3, self.heads, self.size)
        q, k, v = stacked.permute(2, 0, 3, 1, 4)
        return self.turned(q, start), self.turned(k, start), v

    def attended(self, q, k, v, mask=None):
        scores = q @ k.transpose(-1, -2) / math.sqrt(self.size)
        return torch.softmax(scores if mask is None else scores + mask, -1) @ v

    def finished(self, x, layer, attended):
        """What follows attention in a layer."""
        x = x + attended.transpose(1, 2).reshape(x.shape) @ layer.out
        gate, up = (normalised(x, layer.feed_forward_gain) @ layer.gate_up).chunk(2, -1)
        return x + (nn.functional.silu(gate) * up) @ layer.down

    def forward(self, tokens):
        """(batch, positions) to logits (batch, positions, vocab)."""
        x = self.embedding[tokens]
        for layer in self.layers:
            q, k, v = self.projected(x, layer)
            x = self.finished(x, layer, self.attended(q, k, v, self.mask))
        return self.logits(x)

    def logits(self, x):
        return normalised(x, self.gain) @ self.embedding.t()
