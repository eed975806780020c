"""The network: learnt with PyTorch in float, shipped in 8 bits as ``audit.phrase_net`` reads it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from linear_model import Label, Matrix, is_labelled
from torch import Tensor, nn
from torch.nn import functional

from audit.gold import GoldRecord
from audit.phrase_net import NOTHING, UNKNOWN, WIDTHS, tokens
from audit.second_opinion import about

VECTORS = Path(__file__).parent / "word_vectors.npz"
# A word without a vector is learnt if so many passages have it.
LEAST_PASSAGES = 3
FILTERS, ROUNDS, AT_ONCE, FASTEST, DECAY = 384, 10, 64, 2e-3, 1e-2
# What is left out at random, so that nothing hangs on one word or one filter alone.
LOST_WORDS, LOST_NUMBERS, LOST_FILTERS = 0.1, 0.2, 0.4
# The spread of the vectors to begin with, and a label's score before anything is read.
SPREAD, UNLIKELY = 0.3, -4.0


class Network(nn.Module):
    """Word vectors, filters over runs of words, the best of each, a linear layer."""

    def __init__(self, vectors: Matrix, labels: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(
            torch.tensor(vectors, dtype=torch.float32), freeze=False, padding_idx=0
        )
        size = vectors.shape[1]
        self.filters = nn.ModuleList(
            nn.Conv1d(size, FILTERS, width, padding=width // 2) for width in WIDTHS
        )
        self.weights = nn.Linear(FILTERS * len(WIDTHS), labels)
        nn.init.constant_(self.weights.bias, UNLIKELY)

    def forward(self, words: Tensor) -> Tensor:
        there = words > 0
        if self.training:
            lost = (torch.rand(words.shape) < LOST_WORDS) & there
            words = torch.where(lost, torch.ones_like(words), words)
        vectors = functional.dropout(self.vectors(words), LOST_NUMBERS, self.training)
        runs = [functional.relu(f(vectors.transpose(1, 2))) for f in self.filters]
        best = torch.cat(runs, 1).masked_fill(~there[:, None], 0).amax(2)
        return self.weights(functional.dropout(best, LOST_FILTERS, self.training))


class Learnt:
    """A trained network with the words that it knows."""

    def __init__(self, records: Sequence[GoldRecord], labels: list[Label]) -> None:
        torch.manual_seed(0)
        random.seed(0)
        seen = [_tokens(record) for record in records]
        self.words, vectors = _vocabulary(seen)
        self._numbers = {word: number for number, word in enumerate(self.words)}
        self.network = Network(vectors, len(labels))
        truth, counts = _truth(records, labels)
        self._learn([self._known(words) for words in seen], truth, counts)
        # As in the linear model, a rare label is not held to be less likely than a frequent one.
        share = (truth.sum(0) / len(records)).clamp(1 / len(records), 1 - 1 / len(records))
        self.priors = torch.log((1 - share) / share)

    def scores(self, records: Sequence[GoldRecord]) -> Matrix:
        """A row of scores for each record."""
        self.network.eval()
        known = [self._known(_tokens(record)) for record in records]
        with torch.no_grad():
            found = [self.network(_padded(known[n : n + 128])) for n in range(0, len(known), 128)]
        return (torch.cat(found) + self.priors).double().numpy()

    def _known(self, words: list[str]) -> Tensor:
        return torch.tensor([self._numbers.get(w, 1) for w in words])

    def _learn(self, known: list[Tensor], truth: Tensor, counts: Tensor) -> None:
        network = self.network.train()
        learner = torch.optim.AdamW(network.parameters(), lr=FASTEST, weight_decay=DECAY)
        steps = ROUNDS * (len(known) // AT_ONCE + 2)
        pace = torch.optim.lr_scheduler.OneCycleLR(learner, FASTEST, total_steps=steps)
        for _ in range(ROUNDS):
            for chosen in _batches(known):
                guessed = network(_padded([known[n] for n in chosen]))
                wrong = functional.binary_cross_entropy_with_logits(
                    guessed, truth[chosen], reduction="none"
                )
                learner.zero_grad()
                ((wrong * counts[chosen]).sum() / len(chosen)).backward()
                nn.utils.clip_grad_norm_(network.parameters(), 5.0)
                learner.step()
                pace.step()


def _tokens(record: GoldRecord) -> list[str]:
    passage = record.passage
    return tokens(passage.text, passage.heading, about(passage))


def _vocabulary(seen: list[list[str]]) -> tuple[list[str], Matrix]:
    """The words with a vector and those that come often enough, with what each starts from."""
    with np.load(VECTORS) as raw:
        given = bytes(raw["words"]).decode().split("\n")
        vectors = raw["vectors"].astype(float)
    passages = Counter(word for words in seen for word in set(words))
    known = set(given)
    others = sorted(w for w, n in passages.items() if n >= LEAST_PASSAGES and w not in known)
    chance = np.random.default_rng(0).normal(size=(2 + len(others), vectors.shape[1]))
    table = np.concatenate([chance * SPREAD, vectors * (SPREAD / vectors.std())])
    table[0] = 0
    return [NOTHING, UNKNOWN, *others, *given], table


def _truth(records: Sequence[GoldRecord], labels: list[Label]) -> tuple[Tensor, Tensor]:
    """Which labels a record has, and which count: disputed ones do not."""
    truth = [[float(is_labelled(record, *label)) for label in labels] for record in records]
    counts = [[float(rule_id not in r.disputed) for rule_id, _ in labels] for r in records]
    return torch.tensor(truth), torch.tensor(counts)


def _padded(some: list[Tensor]) -> Tensor:
    return nn.utils.rnn.pad_sequence(some, batch_first=True)


def _batches(known: list[Tensor]) -> Iterator[list[int]]:
    """All passages once, in a new order, those of like length together."""
    order = list(range(len(known)))
    random.shuffle(order)
    size = AT_ONCE * 40
    heaps = [
        sorted(order[n : n + size], key=lambda i: len(known[i])) for n in range(0, len(order), size)
    ]
    some = [heap[n : n + AT_ONCE] for heap in heaps for n in range(0, len(heap), AT_ONCE)]
    random.shuffle(some)
    yield from some


def write(learnt: Learnt, path: Path) -> None:
    """Ship whole numbers of 8 bits, with steps that make scores of their sums."""
    network = learnt.network
    vectors, vector_step = _whole(network.vectors.weight.detach().numpy())
    # A matrix for each place of each filter; each filter has a step of its own.
    places = [f.weight.detach().numpy().transpose(2, 1, 0) for f in network.filters]
    steps = [np.abs(p).max(axis=(0, 1)) / 127 for p in places]
    filters = np.concatenate([np.rint(p / s) for p, s in zip(places, steps, strict=True)])
    floors = [
        np.rint(-f.bias.detach().numpy() / (s * vector_step))
        for f, s in zip(network.filters, steps, strict=True)
    ]
    weights = network.weights.weight.detach().numpy().T * np.concatenate(steps)[:, None]
    weight_steps = np.abs(weights).max(axis=0) / 127
    score_steps = (weight_steps * vector_step).astype(np.float64)
    biases = (network.weights.bias.detach() + learnt.priors).numpy()
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(learnt.words).encode(), np.uint8),
        vectors=vectors,
        filters=filters.astype(np.int8),
        floors=np.array(floors).astype(np.int32),
        weights=np.rint(weights / weight_steps).astype(np.int8),
        biases=np.rint(biases / score_steps).astype(np.int64),
        steps=score_steps,
    )
    print(f"{path}: {len(learnt.words)} words, {path.stat().st_size} bytes")


def _whole(numbers: Matrix) -> tuple[np.ndarray, float]:
    step = float(np.abs(numbers).max()) / 127
    return np.rint(numbers / step).astype(np.int8), step
