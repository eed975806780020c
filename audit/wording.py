"""The one neutral sentence of a finding, with its date and its denominator.

A missing statement is never called unsafe, illegal or a breach: what is said is what was found or
not found, on how many pages, when.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.models import Reason

# What follows a rule's own message, which has already said what was said, or that it was not.
_SAID = ": said in {quotes} among the {pages} captured on {date}"
_NOT_FOUND = ": not found on the {pages} captured on {date}"
_WHERE = " on the {pages} captured on {date}"  # after a message such as "No price was found"

# What rules have no message of their own for.
_SENTENCES: dict[Reason, str] = {
    Reason.CONFLICTING: "The pages captured on {date} say both: a person has to read {quotes}",
    Reason.NEAR_MISS: "Something close stands in {quotes} captured on {date}",
    Reason.CONDITIONAL: "Said only under a condition, in {quotes} captured on {date}",
    Reason.OTHER_LINE_ONLY: (
        "Said without naming this service, or for another one, in {quotes} captured on {date}"
    ),
    Reason.TESTIMONIAL_ONLY: "Said only by patients, in {quotes} captured on {date}",
    Reason.BLOG_ONLY: "Said only in blog or news posts, in {quotes} captured on {date}",
    Reason.RULE_EXPIRED: "The rule has passed its date and was not applied to what stood on {date}",
    Reason.NO_SUCH_SERVICE: "No such service is offered on the {pages} captured on {date}",
    Reason.CLAIM_ABSENT: "The claim was not found on the {pages} captured on {date}",
    Reason.COVERAGE_TOO_LOW: (
        "Could not be judged: too little of the site was read ({pages} captured on {date})"
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


def summary(
    reason: Reason,
    *,
    pages: int,
    quotes: int,
    date: str,
    sampled: Sequence[str] = (),
    message: str = "",
) -> str:
    """One sentence: "No price was found on the 14 pages captured on 2026-11-24", for example.

    Args:
        reason: the finding's reason.
        pages: how many pages were read.
        quotes: how many distinct statements stand behind the finding.
        date: the day of the captures.
        sampled: types of page that matter here and of which only some were captured.
        message: what the rule says for this reason; it comes first.
    """
    said = message.rstrip(".")
    sentence = said + _form(reason, said).format(
        pages=_count(pages, "page"), quotes=_count(quotes, "statement"), date=date
    )
    if sampled and reason in _ABSENT:
        sentence += f", which are a sample where there are many ({', '.join(sampled)})"
    return f"{sentence}."


def _form(reason: Reason, message: str) -> str:
    if not message:
        return _SENTENCES[reason]
    if reason not in _ABSENT:
        return _SAID
    return _WHERE if message.endswith("found") else _NOT_FOUND


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
