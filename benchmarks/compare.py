"""Our pages a second against trafilatura and medspaCy, on the same pages in one run.

``python benchmarks/compare.py --other PYTHON`` where PYTHON has what ``other_pipeline.py`` needs.
Twice: with one term for each rule, the least that such a pipeline could do, and with all terms of
our concepts. Both sides run one after the other, each in a process of its own, on one core.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from findings import rate_of, sites_of

from audit.claims import engines
from audit.concepts import terms
from audit.concepts.lexicon import Lexicon

OTHER = Path(__file__).parent / "other_pipeline.py"


def all_terms(words: Lexicon) -> dict[str, list[tuple[str, str]]]:
    """(concept, text) of each term: plain texts, and expressions for what is none."""
    plain, patterns = [], []
    for concept in words.concepts:
        for term in words.terms(concept):
            told = terms.telling(term)
            if told and told[0][0].whole:
                plain += [(concept, word.text) for word in told[0]]
            else:
                patterns.append((concept, term))
    return {"plain": plain, "patterns": patterns}


def one_a_rule(words: Lexicon) -> dict[str, list[tuple[str, str]]]:
    """The first concept of each rule's first frame, by its first plain term."""
    every = dict(all_terms(words)["plain"])
    firsts = {}
    for rule in engines.bundled_engine().catalog.rules.values():
        for concept in sorted(c for frame in rule.frames for c in frame.concepts):
            if concept in every:
                firsts[rule.id] = every[concept]
                break
    return {"plain": sorted(firsts.items()), "patterns": []}


def other(python: str, known: dict[str, list[tuple[str, str]]], bodies: list[bytes]) -> float:
    """Pages a second of the other pipeline."""
    lines = [json.dumps(known), *(json.dumps(body.decode()) for body in bodies)]
    done = subprocess.run(
        [python, OTHER], input="\n".join(lines), text=True, capture_output=True, check=True
    )
    return float(json.loads(done.stdout)["rate"])


def main() -> None:
    """Print both rates and their ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--other", required=True, help="the Python that has medspaCy")
    options.add_argument("--pages", type=int, default=20)
    chosen = options.parse_args()
    sites = list(sites_of(chosen.pages))
    bodies = [body for site in sites for body in site]
    words = engines.bundled_engine().lexicon
    ours = rate_of(engines.bundled_engine(), sites).rate
    print(f"ours: {ours:.1f} pages/s")
    for name, known in (("one term a rule", one_a_rule(words)), ("all terms", all_terms(words))):
        theirs = other(chosen.other, known, bodies)
        print(f"trafilatura + medspaCy, {name}: {theirs:.2f} pages/s, ours is {ours / theirs:.1f}x")


if __name__ == "__main__":
    main()
