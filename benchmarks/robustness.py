"""How far the engine's figures rest on the very words of the development set.

Run ``python benchmarks/robustness.py``. Every passage is read three times: as it is, with other
numbers and names, and with synonyms and contractions exchanged. A fall of more than .05 in F1 would
mean that the patterns were fitted to the passages.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from audit.claims import engines
from audit.evaluation import evaluation, gold

_OTHER_WORDS = {
    "nurse": "RN",
    "physician": "doctor",
    "physicians": "doctors",
    "infusion": "drip",
    "infusions": "drips",
    "lozenge": "troche",
    "lozenges": "troches",
    "blood pressure": "BP",
    "video": "Zoom",
    "throughout": "the whole time",
    "clinic": "office",
    "session": "treatment session",
    "pregnant": "expecting a baby",
    "hypertension": "high blood pressure",
    "prescribe": "order",
    "adult": "grown-up",
    "isn't": "is not",
    "don't": "do not",
    "won't": "will not",
    "can't": "cannot",
    "you're": "you are",
    "we'll": "we will",
}


def unchanged(text: str) -> str:
    """The text itself."""
    return text


def other_names(text: str) -> str:
    """Other numbers of the same length, and other names after a title."""
    chosen = random.Random(text)
    numbers = re.sub(r"\b\d", lambda _: str(chosen.randint(2, 9)), text)
    return re.sub(r"\b(Dr\.?|Nurse) [A-Z][a-z]+", r"\1 Quillon", numbers)


def other_words(text: str) -> str:
    """Synonyms and contractions exchanged."""
    text = text.replace("\u2019", "'")
    for word, other in _OTHER_WORDS.items():
        text = re.sub(rf"\b{re.escape(word)}\b", other, text)
    return text


def main() -> None:
    """Print F1 for each way of reading."""
    engine = engines.bundled_engine()
    path = Path(__file__).parent.parent / "training" / "passages" / "dev.jsonl"
    records = gold.read(path, engine.catalog.rules)
    ways: tuple[Callable[[str], str], ...] = (unchanged, other_names, other_words)
    for way in ways:
        changed = [
            replace(
                r,
                passage=replace(
                    r.passage, text=way(r.passage.text), heading=way(r.passage.heading)
                ),
            )
            for r in records
        ]
        judged = evaluation.judge(changed, evaluation.predict(engine, changed))
        micro = evaluation.report(engine, judged)["micro"]
        print(
            f"{way.__name__:12} F1 {micro['f1']:.3f}"
            f" precision {micro['precision']:.3f} recall {micro['recall']:.3f}"
        )


if __name__ == "__main__":
    main()
