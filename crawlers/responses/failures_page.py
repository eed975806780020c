"""The page on failures for people, ``docs/failures.md``, made from the table of classes.

``python -m crawlers.responses.failures_page`` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

from crawlers.responses import challenges
from crawlers.responses.failures import TRANSIENT, UNWELL
from data.failure_reasons import CLASSES, DEAD_LINK, FailureClass, class_of
from data.vocabulary import Fault, Reason

FILE = Path(__file__).resolve().parents[2] / "docs" / "failures.md"

_INTRODUCTION = f"""\
# What can go wrong on the way to a page

<!-- Made by `python -m crawlers.responses.failures_page`; edit data/failure_reasons.py instead. -->

A page that could not be captured is a row in a run's table `failures`, with its class, whose side
the failure lies on, what was seen, and a remedy. Nothing is ever concluded from it: a rule that
needs such a page gets the outcome `not_tested` with the reason named here, unless the statement was
found on another page. `not_stated`, `not_claimed` and `no_such_service` need every page that the
rule needs.

One class is different. `{DEAD_LINK}` stands in nobody's way, because no visitor can read the page
either; it is given only after a second look, and is shown beside the absence. A home page that is a
dead link leaves the provider untested all the same.

Classes after which a host is not asked over and over (a few in a row end the visit) are marked with
`*`; those that are tried again within the visit with `+`.

"""
_FAULTS = {
    Fault.OURS: "ours: our program or machine",
    Fault.THEIRS: "theirs: the website or its host",
    Fault.NETWORK: "network: what lies between, on either side",
    Fault.POLICY: "policy: a rule that we keep",
}
_REASONS = {
    Reason.BLOCKED: "the site refused automated reading",
    Reason.ROBOTS: "robots.txt asks not to read needed pages",
    Reason.UNREACHABLE: "needed pages did not answer",
    Reason.RENDER_FAILED: "needed pages show their text only with JavaScript, and none came",
    Reason.COVERAGE_TOO_LOW: "too little of the site was read",
}


def page() -> str:
    """The whole page as Markdown."""
    rows = "\n".join(_row(known) for known in (*CLASSES.values(), class_of("http_418")))
    faults = "\n".join(f"- {said}" for said in _FAULTS.values())
    reasons = "\n".join(f"- `{reason}`: {said}" for reason, said in _REASONS.items())
    names = ", ".join(firewall.name for firewall in challenges.FIREWALLS)
    return (
        f"{_INTRODUCTION}| class | what happened | fault | reason | remedy |\n"
        f"| --- | --- | --- | --- | --- |\n{rows}\n\n"
        f"## Faults\n\n{faults}\n\n## Reasons of `not_tested`\n\n{reasons}\n\n"
        "Where several needed pages are missing for several reasons, the first of these is given.\n"
        "\n## Challenge pages\n\n"
        f"Recognised by name: {names}. Others are recognised by their title, with a status"
        " that refuses or with nothing else on the page, or by what a page without a menu or a form"
        " says to its visitor in so many words. They are never solved, and nothing is done"
        " to look like somebody else.\n"
    )


def _row(known: FailureClass) -> str:
    marks = "*" * (known.name in UNWELL) + "+" * (known.name in TRANSIENT)
    shown = f"`{known.name}`" + (f" {marks.replace('*', chr(92) + '*')}" if marks else "")
    reason = "none" if known.name == DEAD_LINK else f"`{known.reason}`"
    return f"| {shown} | {known.meaning} | {known.fault} | {reason} | {known.remedy} |"


def main() -> None:
    """Write the page."""
    FILE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
