"""What names an audit: the rule set, the engine's own code, and the tool's version."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path
from typing import Any

import data
from audit.catalog.catalog import Catalog, digest
from audit.catalog.rule import Rule
from data import page_types, trackers
from data.version import VERSION

HERE = Path(__file__).parent
# Code, words, and what the second reader has learnt.
_KINDS = (".py", ".yml", ".npz")
# Libraries whose change can move a quote's offsets or the end of a sentence.
_LIBRARIES = ("selectolax", "nupunkt", "google-re2", "pypdfium2")
# What the engine takes from the data room: reasons, words, and how bodies are decoded.
_SHARED = tuple(
    Path(data.__file__).parent / name
    for name in (
        "fact_kinds.py",
        "failure_reasons.py",
        "health_pages.py",
        "models.py",
        "page_types.py",
        "reference/third_parties.csv",
        "reference/trackers.yml",
        "reference/us_states.csv",
        "trackers.py",
        "vocabulary.py",
        "warc.py",
    )
)
_RULE_FIELDS = """
    id title short kind scope severity basis requirement why satisfy web_disclosure_mandated
    review_by effective_until
"""


def engine_version() -> str:
    """Digest of all that turns bytes into findings, with the versions of the libraries it uses."""
    # Rules and lexicon have a version of their own.
    apart = (HERE / "rules", HERE / "lexicon")
    own = [
        file
        for file in HERE.rglob("*")
        if file.suffix in _KINDS and not any(map(file.is_relative_to, apart))
    ]
    code = digest([*own, page_types.FILE, *_SHARED, *trackers.own_files()])
    return "+".join([code, *(f"{name}-{_version_of(name)}" for name in _LIBRARIES)])


def describe(catalog: Catalog) -> dict[str, Any]:
    """What ``audit.json`` says of rules and engine; the id is the same for the same both."""
    engine = engine_version()
    return {
        "audit_id": f"rules-{catalog.version}-engine-{_short(engine)}",
        "ruleset_version": catalog.version,
        "engine_version": engine,
        "tool_version": VERSION,
        "rules": [_describe_rule(rule) for rule in catalog.rules.values()],
    }


def _describe_rule(rule: Rule) -> dict[str, Any]:
    words = {name: getattr(rule, name) for name in _RULE_FIELDS.split()}
    sources = [
        {
            "key": s.key,
            "title": s.title,
            "date": s.date,
            "url": s.url,
            "jurisdiction": s.jurisdiction,
            "text_status": s.text_status,
        }
        for s in rule.sources
    ]
    return words | {
        "lines": list(rule.lines),
        "absence_needs": list(rule.absence_needs),
        "sources": sources,
    }


def _short(engine: str) -> str:
    """A name for code and libraries alike: with other libraries it is another engine."""
    return hashlib.sha256(engine.encode()).hexdigest()[:10]


def _version_of(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "0+unknown"
