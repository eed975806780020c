"""MiniLM in PyTorch: a transformer of six layers (Vaswani et al. 2017; Wang et al. 2020)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from audit.reader.transformer import HEADS

SIZE, WIDE, LAYERS = 384, 1536, 6
# What is left out at random, so that nothing hangs on one number alone.
LOST, LOST_AT_LAST = 0.1, 0.2
# A label's score before anything is read.
UNLIKELY = -4.0
Weights = dict[str, Tensor]


class MiniLm(nn.Module):
    """Vectors of pieces, layers, and a linear layer over the first, the mean and the highest."""

    def __init__(self, weights: Weights, kept: Sequence[int], labels: int) -> None:
        """``weights``: by the names of BERT; ``kept``: which of its pieces are known here."""
        super().__init__()
        self.words = _vectors(weights["embeddings.word_embeddings.weight"][list(kept)])
        self.places = _vectors(weights["embeddings.position_embeddings.weight"])
        self.types = _vectors(weights["embeddings.token_type_embeddings.weight"])
        self.norm = _norm(weights, "embeddings")
        self.layers = nn.ModuleList(_Layer(weights, f"encoder.layer.{n}") for n in range(LAYERS))
        self.head = nn.Linear(3 * SIZE, labels)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, UNLIKELY)

    def forward(self, pieces: Tensor, parts: Tensor) -> Tensor:
        there = pieces > 0
        places = self.places(torch.arange(pieces.shape[1]))
        read = _dropped(self, self.norm(self.words(pieces) + places + self.types(parts)))
        mask = torch.zeros(there.shape).masked_fill(~there, -1e4)[:, None, None]
        for layer in self.layers:
            read = layer(read, mask)
        read, shown = read.float(), there[..., None]
        mean = (read * shown).sum(1) / shown.sum(1)
        highest = read.masked_fill(~shown, -1e4).amax(1)
        seen = torch.cat([read[:, 0], mean, highest], 1)
        return self.head(functional.dropout(seen, LOST_AT_LAST, self.training))


class _Layer(nn.Module):
    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        asks = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        self.qkv = _linear(weights, *asks)
        self.out = _linear(weights, f"{name}.attention.output.dense")
        self.up = _linear(weights, f"{name}.intermediate.dense")
        self.down = _linear(weights, f"{name}.output.dense")
        self.norm1 = _norm(weights, f"{name}.attention.output")
        self.norm2 = _norm(weights, f"{name}.output")

    def forward(self, read: Tensor, mask: Tensor) -> Tensor:
        many, long, size = read.shape
        asked, known, told = self.qkv(read).view(many, long, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        taken = functional.scaled_dot_product_attention(asked, known, told, mask.to(asked.dtype))
        taken = taken.transpose(1, 2).reshape(many, long, size)
        read = self.norm1(read + _dropped(self, self.out(taken)))
        return self.norm2(read + _dropped(self, self.down(functional.gelu(self.up(read)))))


def _dropped(part: nn.Module, read: Tensor) -> Tensor:
    return functional.dropout(read, LOST, part.training)


def _vectors(weights: Tensor) -> nn.Embedding:
    return nn.Embedding.from_pretrained(weights.clone(), freeze=False)


def _linear(weights: Weights, *names: str) -> nn.Linear:
    """One layer for the outputs of several."""
    matrix = torch.cat([weights[f"{name}.weight"] for name in names])
    layer = nn.Linear(matrix.shape[1], matrix.shape[0])
    layer.weight = nn.Parameter(matrix.clone())
    layer.bias = nn.Parameter(torch.cat([weights[f"{name}.bias"] for name in names]))
    return layer


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(SIZE, eps=1e-12)
    norm.weight = nn.Parameter(weights[f"{name}.LayerNorm.weight"].clone())
    norm.bias = nn.Parameter(weights[f"{name}.LayerNorm.bias"].clone())
    return norm
