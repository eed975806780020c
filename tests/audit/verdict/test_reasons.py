"""Which reason wins, line by line of the contract's section 2, with what each quote does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from audit.catalog.rule import Rule
from audit.verdict.qualifiers import Near, Place
from audit.verdict.reasons import Decision, decide
from data.models import Claim
from data.vocabulary import Reason
from tests.audit.small_engine import qualifier, rule

DISCLOSURE = rule("screening.made", "required-disclosure")
IDENTITY = rule("identity.made", "identity")
PROHIBITED = rule("claim.made", "prohibited-claim")
QUALIFIED = rule("claim.limited", "required-qualifier", qualifier=qualifier(1, "limits-it"))
WHOLE_PAGE = rule(
    "claim.on-page", "required-qualifier", qualifier=qualifier(1, "limits-it"), unit="page"
)
SEAL = rule("identity.seal", "identity", absence="claim_absent")
PROMISE = rule("privacy.promise-mismatch", "technical")
TRACKERS = rule("privacy.trackers-made", "technical")


def claim(stance: str, aside: str | None = None, quote: str = "") -> Claim:
    return Claim(
        provider_id="stillmere.example", capture_id="c1", rule_id="made", stance=stance,
        status="set_aside" if aside else "asserted", set_aside_reason=aside, lines="",
        voice="provider", quote=quote or f"{stance} {aside}", char_start=0, char_end=5,
        css_path="html > body > p", block_ordinal=0, region="main", heading="",
        page_type="faq", decided_by="pattern",
    )  # fmt: skip


def place(near: Near, quote: str = "It is claimed.") -> Place:
    beside = None if near == Near.NOWHERE else claim("qualifies", quote=f"limit of {quote}")
    return Place(claim("states", quote=quote), near, beside)


def reason(
    of: Rule,
    claims: Sequence[Claim],
    places: Sequence[Place] = (),
    problem: Reason | None = None,
    *,
    applies: bool = True,
) -> str:
    return decide(of, claims, places, problem, applies=applies).reason


def roles(decision: Decision) -> list[tuple[str, str]]:
    """(role, quote) of the evidence, in its order."""
    return [(role.value, c.quote) for role, c in decision.evidence]


@pytest.mark.parametrize(
    ("of", "states", "denies", "neither"),
    [
        (DISCLOSURE, "stated", "denied", "not_stated"),
        (IDENTITY, "stated", "denied", "not_stated"),
        (PROHIBITED, "claimed", "disowned", "not_claimed"),
    ],
)
def test_one_way_is_its_reason_and_both_ways_are_a_conflict(
    of: Rule, states: str, denies: str, neither: str
) -> None:
    assert reason(of, [claim("states")]) == states
    assert reason(of, [claim("denies")]) == denies
    assert reason(of, []) == neither
    both = decide(of, [claim("denies", quote="B"), claim("states", quote="A")], (), None)
    assert both.reason == "conflicting"
    assert roles(both) == [("claim", "A"), ("contradiction", "B")]


@pytest.mark.parametrize("of", [DISCLOSURE, IDENTITY, PROHIBITED, QUALIFIED, SEAL, PROMISE])
def test_what_was_not_found_on_too_few_pages_is_not_tested(of: Rule) -> None:
    assert reason(of, [], problem=Reason.ROBOTS) == "robots"
    assert reason(of, [], problem=Reason.ROBOTS, applies=False) == "robots"


@pytest.mark.parametrize(
    ("of", "expected"),
    [(DISCLOSURE, "stated"), (PROHIBITED, "claimed"), (IDENTITY, "stated")],
)
def test_what_was_found_needs_no_coverage(of: Rule, expected: str) -> None:
    assert reason(of, [claim("states")], problem=Reason.BLOCKED) == expected


@pytest.mark.parametrize("of", [DISCLOSURE, PROHIBITED, IDENTITY])
def test_a_claim_that_was_set_aside_wins_over_coverage_in_the_contracts_order(of: Rule) -> None:
    asides = ["near_miss", "conditional", "other_line", "testimonial", "blog"]
    reasons = ["near_miss", "conditional", "other_line_only", "testimonial_only", "blog_only"]
    for first, expected in enumerate(reasons):
        left = [claim("states", aside) for aside in reversed(asides[first:])]
        assert reason(of, left, problem=Reason.BLOCKED) == expected


@pytest.mark.parametrize("aside", ["question", "other_party"])
@pytest.mark.parametrize("of", [DISCLOSURE, PROHIBITED, QUALIFIED])
def test_questions_and_others_never_decide(of: Rule, aside: str) -> None:
    assert reason(of, [claim("states", aside)]) == reason(of, [])


@pytest.mark.parametrize(
    ("of", "expected"),
    [(DISCLOSURE, "conditional"), (PROHIBITED, "not_claimed"), (QUALIFIED, "claim_absent")],
)
def test_a_denial_that_was_set_aside_decides_for_disclosures_only(of: Rule, expected: str) -> None:
    assert reason(of, [claim("denies", "conditional")]) == expected


def test_near_misses_are_shown_as_such_and_others_as_claims() -> None:
    near = decide(DISCLOSURE, [claim("states", "near_miss", "N")], (), None)
    blog = decide(DISCLOSURE, [claim("states", "blog", "B")], (), None)
    assert roles(near) == [("near_miss", "N")] and roles(blog) == [("claim", "B")]


@pytest.mark.parametrize(
    ("near", "on_site", "on_page"),
    [
        (Near.BESIDE, "qualified", "qualified"),
        (Near.ON_PAGE, "near_miss", "qualified"),
        (Near.ELSEWHERE, "unqualified", "unqualified"),
        (Near.NOWHERE, "unqualified", "unqualified"),
    ],
)
def test_how_near_the_qualifier_stands(near: Near, on_site: str, on_page: str) -> None:
    assert reason(QUALIFIED, [claim("states")], [place(near)]) == on_site
    assert reason(WHOLE_PAGE, [claim("states")], [place(near)]) == on_page


def test_each_place_is_judged_alone_and_the_worst_wins() -> None:
    beside, on_page = place(Near.BESIDE, "A"), place(Near.ON_PAGE, "B")
    elsewhere, nowhere = place(Near.ELSEWHERE, "C"), place(Near.NOWHERE, "D")
    worst = decide(QUALIFIED, [], [beside, on_page, elsewhere, nowhere], None)
    assert worst.reason == "unqualified"
    assert roles(worst) == [("claim", "C"), ("claim", "D"), ("qualifier", "limit of C")]
    middle = decide(QUALIFIED, [], [beside, on_page], None)
    assert middle.reason == "near_miss"
    assert roles(middle) == [("claim", "B"), ("qualifier", "limit of B")]
    best = decide(QUALIFIED, [], [beside, beside], None)
    assert best.reason == "qualified"
    assert roles(best) == [("claim", "A"), ("qualifier", "limit of A")]


def test_a_claim_that_is_made_and_disowned_is_a_conflict_with_both_quotes() -> None:
    both = decide(QUALIFIED, [claim("denies", quote="No.")], [place(Near.BESIDE, "Yes.")], None)
    assert both.reason == "conflicting"
    assert roles(both) == [("claim", "Yes."), ("contradiction", "No.")]


def test_a_claim_that_is_only_disowned() -> None:
    assert reason(QUALIFIED, [claim("denies")], problem=Reason.BLOCKED) == "disowned"


def test_a_claim_that_nobody_makes_is_absent() -> None:
    assert reason(QUALIFIED, []) == "claim_absent"
    assert reason(QUALIFIED, [claim("states", "blog")]) == "blog_only"
    assert reason(QUALIFIED, [claim("qualifies", "testimonial")]) == "testimonial_only"


def test_a_seal_that_is_not_shown_is_absent_and_no_concern() -> None:
    assert reason(SEAL, []) == "claim_absent"
    assert reason(SEAL, [claim("states")]) == "stated"
    assert reason(SEAL, [claim("denies")]) == "denied"


def test_where_nothing_of_the_kind_is_spoken_of_the_statement_is_absent() -> None:
    assert reason(DISCLOSURE, [], applies=False) == "claim_absent"
    assert reason(DISCLOSURE, [claim("states")], applies=False) == "stated"
    assert reason(DISCLOSURE, [claim("states", "near_miss")], applies=False) == "near_miss"


def test_a_promise_that_is_contradicted_is_observed() -> None:
    said = [claim("denies", quote="B"), claim("states", quote="A")]
    both = decide(PROMISE, said, (), Reason.BLOCKED)
    assert both.reason == "observed"
    assert roles(both) == [("claim", "A"), ("contradiction", "B")]


def test_a_promise_alone_waits_for_the_log_of_requests() -> None:
    alone = decide(PROMISE, [claim("states", quote="A")], (), None)
    assert alone.reason.outcome == "not_tested"
    assert roles(alone) == [("claim", "A")]
    assert reason(PROMISE, [claim("states")], problem=Reason.ROBOTS) == "robots"


def test_without_a_promise_there_is_none_to_keep() -> None:
    assert reason(PROMISE, []) == "claim_absent"
    assert reason(PROMISE, [claim("denies")]) == "claim_absent"
    assert reason(PROMISE, [claim("states", "testimonial")]) == "claim_absent"


@pytest.mark.parametrize("said", [[], ["states"], ["denies"], ["states", "denies"]])
def test_words_about_trackers_are_no_test_of_them(said: list[str]) -> None:
    decision = decide(TRACKERS, [claim(s, quote=s) for s in said], (), None)
    assert decision.reason.outcome == "not_tested"
    assert [quote for _, quote in roles(decision)] == said


def test_the_same_words_on_every_page_are_shown_once() -> None:
    twice = [claim("states", quote="A"), claim("states", quote="A"), claim("states", quote="B")]
    assert roles(decide(DISCLOSURE, twice, (), None)) == [("claim", "A"), ("claim", "B")]
    places = [place(Near.NOWHERE), place(Near.NOWHERE)]
    assert len(decide(QUALIFIED, [], places, None).evidence) == 1


def test_the_same_words_in_other_places_are_shown_once() -> None:
    said = [replace(claim("states", quote="We do."), css_path=f"html > p{n}") for n in range(3)]
    assert roles(decide(DISCLOSURE, said, (), None)) == [("claim", "We do.")]
