"""The pipeline that one would build from libraries, for ``benchmarks/compare.py``.

trafilatura takes the text from a page, medspaCy splits it into sentences, finds terms and judges
them by ConText. Runs in an environment of its own, because medspaCy 1.3 needs numpy 1:
``pip install medspacy trafilatura "numpy<2" setuptools``. Reads JSON lines from standard input: the
terms first, then a page each; prints pages a second, and how many mentions it found.
"""

from __future__ import annotations

import json
import sys
import time
import warnings


def main() -> None:
    """Read terms and pages, then read all pages by the clock."""
    warnings.filterwarnings("ignore")
    import medspacy
    import trafilatura
    from loguru import logger
    from medspacy.target_matcher import TargetRule

    logger.remove()
    terms = json.loads(sys.stdin.readline())
    pages = [json.loads(line) for line in sys.stdin]
    nlp = medspacy.load()
    matcher = nlp.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(text, concept) for concept, text in terms["plain"]])
    matcher.add([TargetRule(text, concept, pattern=text) for concept, text in terms["patterns"]])
    found = 0
    began = time.perf_counter()
    for page in pages:
        document = nlp(trafilatura.extract(page, include_comments=False) or "")
        found += sum(not entity._.is_negated for entity in document.ents)
    took = time.perf_counter() - began
    print(json.dumps({"rate": len(pages) / took, "found": found}))


if __name__ == "__main__":
    main()
