"""The network's scores: as its formula says, exact, and the same whatever was read before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import phrase_net, reader
from audit.phrase_net import TEXT, WIDTHS, PhraseNet, tokens
from tests.audit.tiny_net import tiny_net

Whole = npt.NDArray[np.int64]
WORDS = ["a", "b", "c", "d", "e"]


def by_hand(
    words: list[str], vectors: dict[str, list[int]], filters: Whole, floors: Whole, weights: Whole
) -> list[int]:
    """What the network is to sum up, in Python's whole numbers and one step at a time."""
    read = [vectors.get(word, [0] * filters.shape[1]) for word in words]
    best: list[int] = []
    first = 0
    for width, least in zip(WIDTHS, floors.tolist(), strict=True):
        for number, floor in enumerate(least):
            places = []
            for middle in range(len(read)):
                total = 0
                for place in range(width):
                    at = middle + place - width // 2
                    if 0 <= at < len(read):
                        column = filters[first + place, :, number].tolist()
                        total += sum(x * y for x, y in zip(read[at], column, strict=True))
                places.append(total)
            best.append(max(0, max(places) - floor))
        first += width
    return [sum(x * y for x, y in zip(best, row, strict=True)) for row in weights.T.tolist()]


whole = st.integers(-127, 127)


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*WORDS, "unheard"]), min_size=1, max_size=9), st.data())
def test_scores_are_the_sums_of_whole_numbers(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], data: st.DataObject
) -> None:
    def drawn(*shape: int) -> Whole:
        count = int(np.prod(shape))
        values = data.draw(st.lists(whole, min_size=count, max_size=count))
        return np.array(values, dtype=np.int64).reshape(shape)

    vectors = dict(zip(WORDS, drawn(len(WORDS), 2).tolist(), strict=True))
    filters, floors, weights = drawn(sum(WIDTHS), 2, 3), drawn(len(WIDTHS), 3), drawn(9, 2)
    net = tiny_net(
        tmp_path_factory.mktemp("net"), vectors, filters,
        floors=floors, weights=weights, biases=[5, -7], steps=[1.0, 0.5],
    )  # fmt: skip
    sums = by_hand(words, vectors, filters, floors, weights)
    assert net.scores(words).tolist() == [sums[0] + 5, (sums[1] - 7) / 2]


def shipped() -> PhraseNet:
    net = phrase_net.bundled()
    assert net is not None
    return net


def test_scores_do_not_hang_on_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = tokens("A nurse sits with you until the dose has worn off.", "Safety", ("V=provider",))
    alone = PhraseNet().scores(text).tolist()
    monkeypatch.setattr(phrase_net, "_KEPT", 16)
    small = PhraseNet()
    for other in ("We ship to Ohio and Utah.", "Prices start at $199 a month.", "Call us today!"):
        small.scores(tokens(other * 2, "", ()))
        assert small.scores(text).tolist() == alone


def test_a_passage_is_seen_folded_with_who_speaks_where() -> None:
    seen = tokens("We’ll “never” leave — you", "Is it safe?", ("V=provider", "L=spravato"))
    around = ["V=provider", "L=spravato", "is", "it", "safe", "?", TEXT]
    assert seen == [*around, "we'll", '"', "never", '"', "leave", "-", "you"]


def test_of_a_passage_without_end_the_beginning_is_seen() -> None:
    assert len(tokens("word " * 10**6, "head " * 1000, ())) < 300


def test_the_shipped_network_fits_the_shipped_reader() -> None:
    linear = reader.bundled()
    assert linear is not None
    assert shipped().scores([TEXT]).shape == (len(linear.labels),)
    assert phrase_net.FILE.stat().st_size + reader.FILE.stat().st_size < 5_000_000
    with np.load(phrase_net.FILE, allow_pickle=False) as raw:
        kinds = {name: raw[name].dtype for name in ("vectors", "filters", "weights")}
        # Sums of more are not exact: the network's promise of the same scores everywhere.
        assert max(WIDTHS) * raw["vectors"].shape[1] * 127 * 127 < 2**24
    assert set(kinds.values()) == {np.dtype(np.int8)}


def test_words_that_are_used_alike_are_heard_alike() -> None:
    linear = reader.bundled()
    assert linear is not None
    column = linear.column("supervision.live-monitoring", "states")

    def heard(text: str) -> float:
        return float(shipped().scores(tokens(text, "", ("V=provider", "P=safety")))[column or 0])

    def mean(them: str) -> float:
        scores = [heard(f"A {it} watches over you for the whole infusion.") for it in them.split()]
        return sum(scores) / len(scores)

    clinicians = "nurse paramedic midwife anesthetist cardiologist physician therapist"
    assert mean(clinicians) > mean("sandwich carpet playlist lamp painting robot sofa") + 1
