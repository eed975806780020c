"""How outcomes, lines, groups and page regions are called on the screen, and how they look.

The words are neutral: a gap on a website is named, never judged. A symbol stands beside each
colour, so that no meaning hangs on colour alone; the tones are classes in ``style.css``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.catalog.rule import GROUPS
from data.vocabulary import Line, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a bar: its key, label, symbol and tone (a CSS class)."""

    key: str
    label: str
    symbol: str
    tone: str


# In the order in which a bar shows them. What was not settled is kept together by outcome.
SEGMENTS: tuple[Segment, ...] = (
    Segment(Reason.STATED, "Stated", "●", "there"),
    Segment(Reason.NOT_CLAIMED, "Claim not found", "○", "there"),
    Segment(Reason.DISOWNED, "Says the opposite of the claim", "⊖", "there-too"),
    Segment(Reason.QUALIFIED, "Claimed with its qualifier", "●", "there"),
    Segment(Reason.NOT_OBSERVED, "Not observed", "○", "there"),
    Segment(Reason.NOT_STATED, "Not found", "○", "gap"),
    Segment(Reason.DENIED, "Says the opposite", "⊖", "gap-said"),
    Segment(Reason.CLAIMED, "Claimed", "◆", "gap-said"),
    Segment(Reason.UNQUALIFIED, "Claimed without its qualifier", "◆", "gap-said"),
    Segment(Reason.OBSERVED, "Observed", "◆", "gap-said"),
    Segment(Outcome.NEEDS_REVIEW, "Needs review", "◐", "review"),
    Segment(Outcome.NOT_APPLICABLE, "Not applicable", "\N{EN DASH}", "outside"),
    Segment(Outcome.NOT_TESTED, "Could not look", "▨", "unseen"),
)
SEGMENT = {segment.key: segment for segment in SEGMENTS}


def segment_of(reason: str) -> str:
    """The key of the segment that counts findings with this reason."""
    return reason if reason in SEGMENT else Reason(reason).outcome.value


REASONS: dict[str, str] = {
    Reason.STATED: "The website says so.",
    Reason.NOT_CLAIMED: "The claim was looked for and not found.",
    Reason.DISOWNED: "The website says the opposite of the claim.",
    Reason.QUALIFIED: "The claim is made, with its qualifier beside it.",
    Reason.NOT_OBSERVED: "Looked for and not observed.",
    Reason.NOT_STATED: "Looked for on the pages captured, and not found.",
    Reason.DENIED: "The website says that this is not so.",
    Reason.CLAIMED: "The website makes this claim.",
    Reason.UNQUALIFIED: "The claim is made, and its qualifier is not beside it.",
    Reason.OBSERVED: "Observed on the pages captured.",
    Reason.CONFLICTING: "Pages contradict each other.",
    Reason.NEAR_MISS: "Something close was found; a person has to decide.",
    Reason.CONDITIONAL: "Said only under a condition.",
    Reason.OTHER_LINE_ONLY: "Said for another service only.",
    Reason.TESTIMONIAL_ONLY: "Said in a testimonial only.",
    Reason.BLOG_ONLY: "Said in a blog post or in news only.",
    Reason.RULE_EXPIRED: "The rule is past its date and waits for a new look.",
    Reason.NO_SUCH_SERVICE: "No such service was found here.",
    Reason.CLAIM_ABSENT: "The claim that would need this is not made.",
    Reason.COVERAGE_TOO_LOW: "Too few of the pages that matter could be captured.",
    Reason.BLOCKED: "The website turned our requests away.",
    Reason.ROBOTS: "The website's robots.txt asks programs not to read these pages.",
    Reason.UNREACHABLE: "The website did not answer.",
    Reason.RENDER_FAILED: "The pages show their text only with JavaScript, and it did not appear.",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of rule is headed, and which outcome its share counts."""

    title: str
    lead: str
    counted: Outcome
    verb: str


KINDS: dict[str, Kind] = {
    "required-disclosure": Kind(
        "Safeguards: does the website state them?",
        "In each group the least often stated first.",
        Outcome.MET,
        "state it",
    ),
    "prohibited-claim": Kind(
        "Claims that are looked for: does the website make them?",
        "In each group the most often claimed first.",
        Outcome.CONCERN,
        "claim it",
    ),
    "required-qualifier": Kind(
        "Claims that need a qualifier: is it beside them?",
        "In each group the least often qualified first.",
        Outcome.MET,
        "qualify it",
    ),
    "identity": Kind(
        "Who is behind the service: does the website say?",
        "In each group the least often stated first.",
        Outcome.MET,
        "state it",
    ),
    "technical": Kind(
        "What the pages do in the background",
        "In each group the most often observed first.",
        Outcome.CONCERN,
        "show it",
    ),
}

LINES: dict[str, str] = {
    Line.AT_HOME_ORAL: "At home, by mouth",
    Line.AT_HOME_NASAL: "At home, nasal spray",
    Line.AT_HOME_INJECTION: "At home, injection",
    Line.IN_CLINIC_IV: "In clinic, infusion",
    Line.IN_CLINIC_IM: "In clinic, injection",
    Line.SPRAVATO: "Spravato",
    Line.THERAPY: "Therapy with ketamine",
    Line.ALL: "The provider as a whole",
    Line.UNKNOWN: "Service not known",
}

ROLES: dict[str, str] = {
    "claim": "Quote",
    "qualifier": "Qualifier",
    "contradiction": "Says the opposite",
    "near_miss": "Nearest miss: close, but not counted",
}

# By whom a quote was found; what no pattern foresaw deserves a second look before it is cited.
HEARD_BY: dict[str, str] = {
    "pattern": "the rule's patterns",
    "reader": "the second reader alone: no pattern foresaw these words, so read them with care",
    "both": "the rule's patterns, and the second reader agrees",
}


def plain(word: str) -> str:
    """A machine word as plain words: ``how-it-works`` becomes ``how it works``."""
    return word.replace("-", " ").replace("_", " ")


def in_reading_order(groups: Iterable[str]) -> list[str]:
    """Rule groups as a reader meets them: what happens at a dose comes first."""
    order = {group: place for place, group in enumerate(GROUPS)}
    return sorted(groups, key=lambda group: (order.get(group, len(order)), group))


def group_of(rule_id: str) -> str:
    """The rule group: what stands before the first dot of a rule's id."""
    return rule_id.split(".", 1)[0]
