"""The training passages with what the engine makes of each: what the reader is learnt from."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from audit.claims.claims import Engine
from audit.evaluation import gold
from audit.reader.features import features
from audit.reader.told import about, heard
from audit.stances.found import Found, Passage
from audit.stances.stances import Statement

HERE = Path(__file__).parent
PASSAGES = HERE / "passages"


@dataclass(frozen=True)
class Data:
    """The passages with what the engine makes of each, and what is to be learnt.

    ``sentences`` and ``found`` only of those that no writer of patterns saw: ``unseen``, by number.
    """

    records: list[gold.GoldRecord]
    writers: list[str]
    words: list[set[str]]
    unseen: list[int]
    sentences: dict[int, list[set[str]]]
    found: dict[int, list[Found]]


def load(engine: Engine) -> Data:
    """All training passages, in a fixed order."""
    records, writers = [], []
    for path in sorted(PASSAGES.glob("train-*.jsonl")):
        read = gold.read(path, engine.catalog.rules)
        records += read
        writers += [path.stem.removeprefix("train-")] * len(read)
    ids = set(json.loads((HERE / "unseen.json").read_text(encoding="utf-8")))
    unseen = [i for i, record in enumerate(records) if record.id in ids]
    data = Data(records, writers, [], unseen, {}, {})
    for i, record in enumerate(records):
        passage = record.passage
        stands = engine.statements(passage)
        # What patterns say of passages that they were tuned on would be believed too much.
        found = engine.find(passage, stands) if record.id in ids else []
        told = *about(passage), *heard(found)
        data.words.append(_names(engine, passage, passage.text, told, stands))
        if record.id in ids:
            each = stands if len(stands) > 1 else []
            data.sentences[i] = [_names(engine, passage, s.unit.text, told, [s]) for s in each]
            data.found[i] = found
    return data


def _names(
    engine: Engine, passage: Passage, text: str, told: tuple[str, ...], read: list[Statement]
) -> set[str]:
    return features(text, passage.heading, told, read).names(engine.lexicon)
