"""The transformer's scores: as its formulas say, exact, and the same on every machine."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.reader import reader, transformer
from audit.reader.transformer import HEADS, Transformer
from tests.audit.tiny_transformer import MARKS, ship

Floats = npt.NDArray[np.float64]
SIZE, WIDE, LABELS, LAYERS = 2 * HEADS, 40, 3, 2
WORDS = ["a", "nurse", "stays", "with", "you", "##r", ":"]


def drawn(seed: int) -> dict[str, Floats]:
    """Weights by chance, as wide as a trained network's."""
    chance = np.random.default_rng(seed)

    def matrix(rows: int, columns: int) -> Floats:
        return chance.normal(size=(rows, columns)) / math.sqrt(columns)

    floats = {
        "words": matrix(len(MARKS) + len(WORDS), SIZE) * 3,
        "places": matrix(512, SIZE),
        "types": matrix(2, SIZE),
        "head": matrix(LABELS, 3 * SIZE),
        "head.bias": chance.normal(size=LABELS),
        **_norm(chance, "norm"),
    }
    shapes = {
        "qkv": (3 * SIZE, SIZE),
        "out": (SIZE, SIZE),
        "up": (WIDE, SIZE),
        "down": (SIZE, WIDE),
    }
    for layer in range(LAYERS):
        for name, (rows, columns) in shapes.items():
            floats[f"{layer}.{name}"] = matrix(rows, columns) * 2
            floats[f"{layer}.{name}.bias"] = chance.normal(size=rows) / 5
        floats |= _norm(chance, f"{layer}.norm1") | _norm(chance, f"{layer}.norm2")
    return floats


def _norm(chance: np.random.Generator, name: str) -> dict[str, Floats]:
    return {
        f"{name}.weight": chance.uniform(0.5, 1.5, SIZE),
        f"{name}.bias": chance.normal(size=SIZE),
    }


def by_the_book(floats: dict[str, Floats], numbers: list[int], told: int) -> Floats:
    """The scores as the papers write them, in double precision and without any rounding."""

    def norm(rows: Floats, name: str) -> Floats:
        even = (rows - rows.mean(1, keepdims=True)) / rows.std(1, keepdims=True)
        return np.asarray(even * floats[f"{name}.weight"] + floats[f"{name}.bias"])

    def product(rows: Floats, name: str) -> Floats:
        return np.asarray(rows @ floats[name].T + floats[f"{name}.bias"])

    def gelu(rows: Floats) -> Floats:
        below = [(1 + math.erf(x / math.sqrt(2))) / 2 for x in rows.ravel().tolist()]
        return np.asarray(rows * np.array(below).reshape(rows.shape))

    types = floats["types"][[0] * told + [1] * (len(numbers) - told)]
    read = norm(floats["words"][numbers] + floats["places"][: len(numbers)] + types, "norm")
    for n in range(LAYERS):
        asked, known, heard = np.split(product(read, f"{n}.qkv"), 3, axis=1)
        taken = np.zeros_like(read)
        for head in range(HEADS):
            of = slice(head * SIZE // HEADS, (head + 1) * SIZE // HEADS)
            alike = np.exp(asked[:, of] @ known[:, of].T / math.sqrt(SIZE // HEADS))
            taken[:, of] = alike / alike.sum(1, keepdims=True) @ heard[:, of]
        read = norm(read + product(taken, f"{n}.out"), f"{n}.norm1")
        thought = product(gelu(product(read, f"{n}.up")), f"{n}.down")
        read = norm(read + thought, f"{n}.norm2")
    seen = np.concatenate([read[0], read.mean(0), read.max(0)])
    return np.asarray(product(seen[None], "head")[0])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.sampled_from(WORDS[:5]), min_size=1, max_size=30))
def test_scores_are_those_of_the_papers_but_for_rounding_to_8_bits(
    tmp_path_factory: pytest.TempPathFactory, seed: int, words: list[str]
) -> None:
    floats = drawn(seed)
    net = Transformer(ship(tmp_path_factory.mktemp("net"), WORDS, floats, LAYERS))
    text = " ".join(words)
    expected = by_the_book(floats, *net.pieces.of_passage(text, "with you", ("a",)))
    assert net.scores(text, "with you", ("a",)) == pytest.approx(expected, abs=0.2)


def test_what_is_told_of_a_passage_counts_otherwise_than_its_text(tmp_path: Path) -> None:
    net = Transformer(ship(tmp_path, WORDS, drawn(1), LAYERS))
    assert net.scores("nurse", "you", ()).tolist() != net.scores("you", "nurse", ()).tolist()
    assert net.scores("a nurse", "", ()).tolist() != net.scores("nurse a", "", ()).tolist()


def test_the_order_of_sums_does_not_show(tmp_path: Path) -> None:
    """The numbers of a vector in another order: other sums in between, the same scores."""
    floats, chance = drawn(7), np.random.default_rng(3)
    order = np.concatenate([chance.permutation(SIZE // HEADS) + n * 2 for n in range(HEADS)])
    width = chance.permutation(WIDE)
    turned = {**floats}
    for name in ("words", "places", "types"):
        turned[name] = floats[name][:, order]
    turned["head"] = floats["head"][:, [n + SIZE * k for k in range(3) for n in order]]
    for name in [n for n in floats if "norm" in n]:
        turned[name] = floats[name][order]
    for n in range(LAYERS):
        turned[f"{n}.qkv"] = floats[f"{n}.qkv"][:, order]
        turned[f"{n}.up"] = floats[f"{n}.up"][width][:, order]
        turned[f"{n}.up.bias"] = floats[f"{n}.up.bias"][width]
        turned[f"{n}.down"] = floats[f"{n}.down"][order][:, width]
        for part in ("down", "out"):
            turned[f"{n}.{part}.bias"] = floats[f"{n}.{part}.bias"][order]
        turned[f"{n}.out"] = floats[f"{n}.out"][order]
    (tmp_path / "other").mkdir()
    nets = [
        Transformer(ship(folder, WORDS, them, LAYERS))
        for folder, them in ((tmp_path, floats), (tmp_path / "other", turned))
    ]
    first, second = (net.scores("a nurse stays with you " * 9, "your", ()).tolist() for net in nets)
    assert first == second


def shipped() -> Transformer:
    net = transformer.bundled()
    assert net is not None
    return net


def test_the_shipped_transformer_fits_the_shipped_reader() -> None:
    linear = reader.bundled()
    assert linear is not None
    with np.load(transformer.FILE, allow_pickle=False) as raw:
        matrices = [raw[n] for n in raw.files if f"{n}.step" in raw.files]
        probes = bytes(raw["probes"]).decode().split("\n")
        scores = raw["probes.scores"]
    assert {m.dtype for m in matrices} == {np.dtype(np.int8)}
    # What was scored where it was trained has the same scores here, to the last bit.
    assert len(probes) >= 5
    assert [shipped().scores(text, "", ("V=provider",)).tolist() for text in probes] == (
        scores.tolist()
    )
    assert scores.shape[1] == len(linear.labels)


def test_sentences_are_heard_by_what_they_say() -> None:
    linear = reader.bundled()
    assert linear is not None

    def heard(text: str, stance: str = "states") -> float:
        column = linear.column("supervision.live-monitoring", stance)
        return float(shipped().scores(text, "", ("V=provider", "P=safety"))[column or 0])

    def mean(them: str) -> float:
        scores = [heard(f"A {it} watches over you for the whole infusion.") for it in them.split()]
        return sum(scores) / len(scores)

    clinicians = "nurse paramedic midwife anesthetist cardiologist physician therapist"
    assert mean(clinicians) > mean("sandwich carpet playlist lamp painting robot sofa") + 1
    stays, leaves = ("A nurse stays with you.", "Nobody from our team is with you.")
    assert heard(stays) > heard(leaves) + 2
    assert heard(leaves, "denies") > heard(stays, "denies") + 2


def test_what_is_remembered_cannot_be_changed_by_who_asks() -> None:
    first = shipped().scores("A nurse stays with you.", "", [])
    assert shipped().scores("A nurse stays with you.", "", []) is first
    with pytest.raises(ValueError, match="read-only"):
        first += 1
    assert not np.array_equal(shipped().scores("A nurse leaves you.", "", []), first)
