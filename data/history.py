"""How a finding stands to the earlier audits of the same store: its lifecycle.

Only what was known counts: a look that failed (``not_tested``) is no news, so it neither resolves
a concern nor brings one back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from data import tables
from data.aliases import Names
from data.models import Finding, Page, finding_id
from data.store import Audit, Run
from data.vocabulary import Outcome, Reason

UNKNOWN = Outcome.NOT_TESTED


@dataclass(frozen=True, slots=True)
class Look:
    """One finding in one audited run. ``site`` names the provider's bytes, ``method`` our rules."""

    run_id: str
    outcome: str
    reason: str
    quote: str | None
    site: frozenset[str]
    method: str


def lifecycles(
    audits: Iterable[tuple[Run, Audit]], aliases: Mapping[str, str] | None = None
) -> dict[str, tuple[str | None, str]]:
    """Finding id -> (lifecycle, first run with this outcome), for the last of the audits given.

    Args:
        audits: one audit a run, oldest first; the last one is the audit that is being read.
        aliases: ids that were given up -> those of today (``data.aliases``).
    """
    history: defaultdict[str, list[Look]] = defaultdict(list)
    latest, known = "", list(audits)
    names = Names(aliases or {}, known[-1][0].scope if known else ())
    for run, audit in known:
        latest = run.run_id
        for key, look in _looks(run, audit, names).items():
            history[key].append(look)
    return {
        key: (_lifecycle(looks), _first_seen(looks))
        for key, looks in history.items()
        if looks[-1].run_id == latest
    }


def _looks(run: Run, audit: Audit, names: Names) -> dict[str, Look]:
    """By the ids that findings have today; a provider's own look goes before one it took over."""
    own: dict[str, Look] = {}
    taken_over: dict[str, Look] = {}
    for finding, look in _as_found(run, audit):
        own[finding.finding_id] = look
        today = names.today(finding.provider_id)
        if today != finding.provider_id and look.outcome != UNKNOWN:
            taken_over[finding_id(today, finding.service_line, finding.rule_id)] = look
    unseen = {key for key, look in own.items() if look.outcome == UNKNOWN}
    return own | {k: look for k, look in taken_over.items() if k in unseen or k not in own}


def _as_found(run: Run, audit: Audit) -> Iterator[tuple[Finding, Look]]:
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for page in run.read("pages", Page):
        sites[page.provider_id].add(page.payload_sha256)
    frozen = {provider: frozenset(digests) for provider, digests in sites.items()}
    quotes = _first_quotes(audit)
    for finding in audit.read("findings", Finding):
        site = frozen.get(finding.provider_id, frozenset())
        # What comes nearest to a statement that is not there is no wording of it.
        shown = finding.reason != Reason.NOT_STATED
        quote = quotes.get(finding.finding_id) if shown else None
        look = Look(run.run_id, finding.outcome, finding.reason, quote, site, audit.audit_id)
        yield finding, look


def _first_quotes(audit: Audit) -> dict[str, str]:
    evidence = tables.load(audit.table_path("evidence"), columns=["finding_id", "rank", "quote"])
    return {r["finding_id"]: r["quote"] for r in evidence.to_pylist() if r["rank"] == 1}


def _lifecycle(looks: list[Look]) -> str | None:
    current = looks[-1]
    if current.outcome == UNKNOWN:
        return None
    before = [look for look in looks[:-1] if look.outcome != UNKNOWN]
    if not before:
        return "new"
    last = before[-1]
    if (last.outcome, last.reason, last.quote) == (current.outcome, current.reason, current.quote):
        return "persisting"
    news = "changed_wording" if last.outcome == current.outcome else _news(before, current)
    return _ours_or(news, last, current)


def _news(before: list[Look], current: Look) -> str:
    if before[-1].outcome == Outcome.CONCERN != current.outcome:
        return "resolved"
    if current.outcome == Outcome.CONCERN and any(b.outcome == Outcome.CONCERN for b in before):
        return "returned"
    return "new"


def _ours_or(theirs: str, last: Look, current: Look) -> str:
    """Where the bytes are the same and only our method differs, the change is ours."""
    return "method_change" if _only_ours(last, current) else theirs


def _only_ours(last: Look, current: Look) -> bool:
    return last.method != current.method and last.site == current.site


def _first_seen(looks: list[Look]) -> str:
    current = looks[-1]
    first = current.run_id
    for look in reversed(looks):
        if look.outcome == current.outcome:
            first = look.run_id
        elif look.outcome != UNKNOWN:
            break
    return first
