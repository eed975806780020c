"""The one neutral sentence of a finding, with its date and its denominator.

A missing statement is never called unsafe, illegal or a breach: what is said is what was found or
not found, on how many pages, when.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from audit.verdict.loads import Seen
from data.vocabulary import Reason

# What follows a rule's own message, which has already said what was said, or that it was not.
_SAID = ": said in {quotes} among the {pages} captured {when}"
_NOT_FOUND = ": not found on the {pages} captured {when}"
_WHERE = " on the {pages} captured {when}"  # after a message such as "No price was found"

# What rules have no message of their own for.
_SENTENCES: dict[Reason, str] = {
    Reason.CONFLICTING: "The pages captured {when} say both: a person has to read {quotes}",
    Reason.NEAR_MISS: "Something close stands in {quotes} captured {when}",
    Reason.CONDITIONAL: "Said only under a condition, in {quotes} captured {when}",
    Reason.OTHER_LINE_ONLY: (
        "Said without naming this service, or for another one, in {quotes} captured {when}"
    ),
    Reason.TESTIMONIAL_ONLY: "Said only by patients, in {quotes} captured {when}",
    Reason.BLOG_ONLY: "Said only in blog or news posts, in {quotes} captured {when}",
    Reason.RULE_EXPIRED: "The rule has passed its date and was not applied to what stood on {date}",
    Reason.NO_SUCH_SERVICE: "No such service is offered on the {pages} captured {when}",
    Reason.CLAIM_ABSENT: "The claim was not found on the {pages} captured {when}",
    Reason.COVERAGE_TOO_LOW: (
        "Could not be judged: too little of the site was read ({pages} captured {when})"
    ),
    Reason.BLOCKED: "Could not be looked at: the site refused automated reading on {date}",
    Reason.ROBOTS: "Could not be looked at: robots.txt asks not to read needed pages ({date})",
    Reason.UNREACHABLE: "Could not be looked at: needed pages did not answer on {date}",
    Reason.RENDER_FAILED: (
        "Could not be looked at: needed pages show their text only with JavaScript ({date})"
    ),
}


# What was not found may stand on a page that a sample left out, so the sample is said.
_ABSENT = {
    *(Reason.NOT_CLAIMED, Reason.NOT_STATED, Reason.CLAIM_ABSENT),
    *(Reason.NO_SUCH_SERVICE, Reason.NOT_OBSERVED),
}


# How many of the words are shown that tell what a house is, or of the pages that were left out.
_FEW, _LONGEST_PATH = 3, 60


def summary(
    reason: Reason,
    *,
    pages: int,
    quotes: int,
    date: str,
    since: str = "",
    by_hand: int = 0,
    sampled: Sequence[str] = (),
    message: str = "",
    another_house: Sequence[str] = (),
) -> str:
    """One sentence: "No price was found on the 14 pages captured on 2026-11-24", for example.

    Args:
        reason: the finding's reason.
        pages: how many pages were read.
        quotes: how many distinct statements stand behind the finding.
        date: the day of the captures, the last one if there are several.
        since: their first day, if that is another one.
        by_hand: how many of the pages a person captured, because we could not.
        sampled: types of page that matter here and of which only some were captured.
        message: what the rule says for this reason; it comes first.
        another_house: the words by which the site is one of a house that treats nobody.
    """
    said = message.rstrip(".")
    form = _form(reason, said)
    when = f"from {since} to {date}" if since and since != date else f"on {date}"
    sentence = said + form.format(
        pages=_count(pages, "page"), quotes=_count(quotes, "statement"), date=date, when=when
    )
    sentence += _marked(pages, by_hand, form)
    if sampled and reason in _ABSENT:
        sentence += f", which are a sample where there are many ({', '.join(sampled)})"
    if another_house and reason == Reason.NO_SUCH_SERVICE:
        # Folded, and so no quotes: small letters, plain apostrophes.
        words = ", ".join(another_house[:_FEW])
        sentence += f"; it is read as the site of another kind of house, by words such as {words}"
    return f"{sentence}."


# What was observed, or not, while pages loaded: by which requests, on how many pages, and when.
_LOADED = " loaded in a browser on {date}, before any choice about cookies"
_OF_LOADS: dict[Reason, str] = {
    Reason.OBSERVED: "{said}: {companies}, on {hits} of the {pages}" + _LOADED,
    Reason.NOT_OBSERVED: "{said}, on the {pages}" + _LOADED + "{sample}",
    Reason.NEAR_MISS: (
        "Requests that may be for advertising were observed on the {pages}"
        + _LOADED
        + ": a person has to look at them"
    ),
    Reason.CONFLICTING: (
        "The site says that such requests are made, and none was observed on the {pages}"
        + _LOADED
        + ": a person has to look at both"
    ),
    Reason.RENDER_FAILED: (
        "Could not be looked at: not all pages of this kind were loaded in a browser on {date}"
    ),
    Reason.COVERAGE_TOO_LOW: (
        "Could not be judged: no page of this kind was loaded in a browser on {date}"
    ),
}
_LEFT_OUT = (
    "Could not be judged: of the site's pages of this kind {pages} loaded in a browser on {date},"
    " and {others} not asked for ({named})."
)
_LIKE = (
    "Requests that look like those of {companies}, to hosts that bear nobody else's name, were"
    " observed on the {pages}" + _LOADED + ": a person has to look at them"
)
_SAMPLE = ", which are a sample where there are many"


def of_loads(reason: Reason, seen: Seen, date: str, message: str, *, quoted: bool) -> str:
    """The sentence of a technical rule; empty where something else than a load has decided.

    Args:
        reason: the finding's reason.
        seen: what was observed on the rule's pages.
        date: the day of the captures.
        message: what the rule says for this reason.
        quoted: whether requests are among the evidence.
    """
    by_words = reason == Reason.OBSERVED and not quoted
    if reason == Reason.COVERAGE_TOO_LOW == seen.gap and seen.left_out:
        return _not_asked_for(seen, date)
    by_coverage = reason == Reason.COVERAGE_TOO_LOW and seen.pages
    if reason not in _OF_LOADS or by_words or by_coverage:
        return ""
    by_look = reason == Reason.NEAR_MISS and seen.like
    form = (_LIKE if by_look else _OF_LOADS[reason]) + "."
    return form.format(
        said=message.rstrip("."),
        companies=", ".join(seen.like if by_look else seen.companies),
        hits=seen.hits,
        pages=_count(seen.pages, "page"),
        date=date,
        sample=_SAMPLE if seen.is_sample else "",
    )


def _not_asked_for(seen: Seen, date: str) -> str:
    paths = sorted({urlsplit(url).path[:_LONGEST_PATH] or "/" for url in seen.left_out})
    named = ", ".join(paths[:_FEW]) + (" ..." if len(paths) > _FEW else "")
    pages, others = _were(seen.pages), _were(len(paths))
    return _LEFT_OUT.format(pages=pages, others=others, date=date, named=named)


def _were(number: int) -> str:
    return f"{number} was" if number == 1 else f"{number} were"


def _marked(pages: int, by_hand: int, form: str) -> str:
    """What of it rests on a person's captures: said wherever it is so."""
    if not by_hand:
        return ""
    if "{pages}" not in form or form.endswith(")"):
        return f" ({by_hand} of {_count(pages, 'page')} captured by a person)"
    return ", by a person" if by_hand == pages else f", {by_hand} of them by a person"


def _form(reason: Reason, message: str) -> str:
    if not message:
        return _SENTENCES[reason]
    if reason not in _ABSENT:
        return _SAID
    return _WHERE if message.endswith("found") else _NOT_FOUND


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
