"""The engines on the rules that ship with ketawatch."""

from __future__ import annotations

import gc
from functools import lru_cache

from audit.catalog import catalog
from audit.claims.claims import Engine
from audit.concepts import lexicon
from audit.reader import reader, transformer
from audit.stances import context

# New objects before Python's collector looks for circles, in place of 700: a page makes many, and
# hardly one that is in a circle.
_COLLECTED = 20_000, 20, 20


@lru_cache(maxsize=1)
def bundled_engine() -> Engine:
    """The engine on the rules that ship with ketawatch, made once a process.

    It is never given up, and next to nothing in it points back to itself: Python's collector is
    told to leave it alone, and to look less often for what pages leave behind.
    """
    gc.disable()
    try:
        engine = patterns().with_reader(reader.bundled(), transformer.bundled())
    finally:
        gc.enable()
    gc.freeze()
    gc.set_threshold(*_COLLECTED)
    return engine


@lru_cache(maxsize=1)
def patterns() -> Engine:
    """The same rules without the second reader: what the examples in the rule files are for."""
    words = lexicon.load()
    return Engine(catalog.load(words=words), words, context.load())
