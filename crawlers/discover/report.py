"""A discovery's result for people and for programs."""

from __future__ import annotations

import json

from crawlers.discover.discover import DiscoverResult, SourceResult
from data.printable import one_line, printable


def as_text(result: DiscoverResult) -> str:
    """One line a source, one a reason for leaving rows out, and the totals."""
    width = max(map(len, result.per_source), default=0)
    lines = [f"{name:<{width}}  {_state(r)}" for name, r in result.per_source.items()]
    lines += [f"left out, {reason}: {n}" for reason, n in sorted(result.excluded.items())]
    lines.append(f"providers: {result.providers} ({result.new} new)")
    if result.joined:
        lines.append(f"joined across sources: {result.joined} (see 'ketawatch merges log')")
    if result.proposed:
        lines.append(f"may be one, please look: {result.proposed} (see 'ketawatch merges list')")
    return "\n".join(lines)


def _state(result: SourceResult) -> str:
    if result.off:
        return result.reason
    rows = f"{result.rows} rows"
    return rows if result.ok else f"{rows} from before: {one_line(result.reason)}"


def to_json(result: DiscoverResult) -> str:
    """The same as JSON, with an issue's text a list item."""
    told = json.dumps(
        {
            "providers": result.providers,
            "new": result.new,
            "joined": result.joined,
            "proposed": result.proposed,
            "sources": {name: r.entry() for name, r in result.per_source.items()},
            "excluded": dict(sorted(result.excluded.items())),
            "issues": [str(issue) for issue in result.issues],
            "exit_code": result.exit_code,
        },
        ensure_ascii=False,
        indent=1,
    )
    return printable(told)
