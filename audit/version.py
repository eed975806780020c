"""What names an audit: the rule set, the engine's own code, and the tool's version."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from audit.catalog import Catalog, Rule, digest

# Libraries whose change can move a quote's offsets or the end of a sentence.
_LIBRARIES = ("selectolax", "nupunkt", "google-re2")
_RULE_FIELDS = """
    id title kind scope severity basis requirement why satisfy web_disclosure_mandated review_by
    effective_until
"""


def tool_version() -> str:
    """The version of ketawatch that is installed."""
    return _version_of("ketawatch")


def engine_version() -> str:
    """Digest of the engine's code, with the versions of the libraries that it leans on."""
    code = digest(Path(__file__).parent.glob("*.py"))
    return "+".join([code, *(f"{name}-{_version_of(name)}" for name in _LIBRARIES)])


def describe(catalog: Catalog) -> dict[str, Any]:
    """What ``audit.json`` says of rules and engine; the id is the same for the same both."""
    engine = engine_version()
    return {
        "audit_id": f"rules-{catalog.version}-engine-{engine.split('+')[0]}",
        "ruleset_version": catalog.version,
        "engine_version": engine,
        "tool_version": tool_version(),
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


def _version_of(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "0+unknown"
