"""Outcomes and their precedence, as the contract's section 2 has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.catalog import catalog
from audit.verdict import verdict
from audit.verdict.coverage import Gap, SiteCoverage
from data.models import Claim, finding_id
from data.vocabulary import AT_HOME_LINES, Reason

RULES = catalog.bundled().rules
MONITORING = "supervision.live-monitoring"
PREGNANCY = "screening.pregnancy"
APPROVED = "claim.fda-approved"


def coverage(**changes: object) -> SiteCoverage:
    whole = SiteCoverage(
        read={"c1": "home", "c2": "faq"},
        gaps=(),
        sampled=frozenset(),
        words=1200,
        home_read=True,
        home_reason=Reason.COVERAGE_TOO_LOW,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def site(lines: str = "at-home-oral", **changes: object) -> verdict.Site:
    whole = verdict.Site(
        provider_id="stillmere.example",
        lines=frozenset(lines.split()),
        disowned=frozenset(),
        offers_ketamine=True,
        coverage=coverage(),
        captured_on="2026-11-24",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def claim(
    rule: str, stance: str, aside: str | None = None, lines: str = "", quote: str = ""
) -> Claim:
    return Claim(
        provider_id="stillmere.example",
        capture_id="c1",
        rule_id=rule,
        stance=stance,
        status="set_aside" if aside else "asserted",
        set_aside_reason=aside,
        lines=lines,
        voice="provider",
        quote=quote or f"{rule} {stance} {aside}",
        char_start=0,
        char_end=5,
        css_path="html > body > p",
        block_ordinal=0,
        region="main",
        heading="",
        page_type="faq",
        decided_by="pattern",
    )


def judge(subject: verdict.Site, rule: str, *claims: Claim) -> dict[str, verdict.Verdict]:
    found = verdict.judge(subject, [RULES[rule]], claims)
    return {v.finding.service_line: v for v in found}


def reason(subject: verdict.Site, rule: str, *claims: Claim, line: str = "at-home-oral") -> str:
    return judge(subject, rule, *claims)[line].finding.reason


@pytest.mark.parametrize(
    ("rule", "stances", "expected"),
    [
        (MONITORING, ["states"], "stated"),
        (MONITORING, ["denies"], "denied"),
        (MONITORING, ["states", "denies"], "conflicting"),
        (MONITORING, [], "not_stated"),
        (APPROVED, ["states"], "claimed"),
        (APPROVED, ["denies"], "disowned"),
        (APPROVED, ["states", "denies"], "conflicting"),
        (APPROVED, [], "not_claimed"),
    ],
)
def test_asserted_claims_decide(rule: str, stances: list[str], expected: str) -> None:
    assert reason(site(), rule, *(claim(rule, s) for s in stances)) == expected


def test_a_qualifier_alone_asserts_nothing() -> None:
    assert reason(site(), MONITORING, claim(MONITORING, "qualifies")) == "not_stated"


def test_a_conflict_shows_both_quotes() -> None:
    found = judge(site(), MONITORING, claim(MONITORING, "denies"), claim(MONITORING, "states"))
    evidence = found["at-home-oral"].evidence
    assert [(e.rank, e.role, e.claim.stance) for e in evidence] == [
        (1, "claim", "states"),
        (2, "contradiction", "denies"),
    ]


def test_set_aside_claims_decide_in_the_contracts_order() -> None:
    order = ["near_miss", "conditional", "other_line", "testimonial", "blog"]
    reasons = ["near_miss", "conditional", "other_line_only", "testimonial_only", "blog_only"]
    for first, expected in enumerate(reasons):
        asides = [claim(MONITORING, "states", a) for a in reversed(order[first:])]
        assert reason(site(), MONITORING, *asides) == expected


@pytest.mark.parametrize("aside", ["question", "other_party"])
def test_questions_and_others_words_never_decide(aside: str) -> None:
    assert reason(site(), MONITORING, claim(MONITORING, "states", aside)) == "not_stated"


def test_an_asserted_claim_wins_over_set_aside_ones() -> None:
    claims = [claim(MONITORING, "states", "testimonial"), claim(MONITORING, "denies")]
    assert reason(site(), MONITORING, *claims) == "denied"


def test_for_prohibited_claims_only_a_set_aside_statement_counts() -> None:
    assert reason(site(), APPROVED, claim(APPROVED, "denies", "blog")) == "not_claimed"
    assert reason(site(), APPROVED, claim(APPROVED, "states", "blog")) == "blog_only"


@pytest.mark.parametrize(
    ("page_type", "expected"), [("safety", "blocked"), ("pricing", "not_stated")]
)
def test_a_gap_among_needed_pages_makes_absence_unknown(page_type: str, expected: str) -> None:
    gap = Gap("https://stillmere.example/x", page_type, Reason.BLOCKED)
    assert reason(site(coverage=coverage(gaps=(gap,))), MONITORING) == expected


def test_what_was_found_stands_whatever_could_not_be_read() -> None:
    gap = Gap("https://stillmere.example/safety", "safety", Reason.BLOCKED)
    subject = site(coverage=coverage(gaps=(gap,)))
    assert reason(subject, MONITORING, claim(MONITORING, "states")) == "stated"


def test_a_thin_site_clears_nobody_and_accuses_nobody() -> None:
    thin = site(coverage=coverage(words=199))
    assert reason(thin, MONITORING) == "coverage_too_low"
    assert reason(thin, APPROVED) == "coverage_too_low"
    assert reason(site(coverage=coverage(words=200)), APPROVED) == "not_claimed"


def test_without_a_home_page_the_reason_is_what_stood_in_the_way() -> None:
    unseen = coverage(home_read=False, home_reason=Reason.UNREACHABLE)
    assert reason(site(coverage=unseen), APPROVED) == "unreachable"


@pytest.mark.parametrize("route", ["in-clinic-im", "in-clinic-iv", "at-home-oral"])
def test_what_is_said_of_the_only_route_is_said_of_therapy(route: str) -> None:
    said = claim(PREGNANCY, "states", lines=route)
    assert reason(site(f"{route} therapy spravato"), PREGNANCY, said, line="therapy") == "stated"
    two = site(f"{route} therapy at-home-nasal")
    assert reason(two, PREGNANCY, said, line="therapy") == "other_line_only"
    of_spravato = claim(PREGNANCY, "states", lines="spravato")
    alone = site(f"{route} therapy spravato")
    assert reason(alone, PREGNANCY, of_spravato, line="therapy") == "other_line_only"
    of_therapy = claim(PREGNANCY, "states", lines="therapy")
    assert reason(alone, PREGNANCY, of_therapy, line=route) == "other_line_only"


def test_therapy_beside_one_route_leaves_no_doubt_whose_supervision_is_meant() -> None:
    said = claim(MONITORING, "states")
    assert reason(site("in-clinic-im therapy"), MONITORING, said, line="in-clinic-im") == "stated"
    for several in ("in-clinic-im in-clinic-iv therapy", "in-clinic-im spravato"):
        found = reason(site(several), MONITORING, said, line="in-clinic-im")
        assert found == "other_line_only"


def test_text_that_names_no_line_counts_for_all_but_not_for_supervision() -> None:
    both = site("at-home-oral in-clinic-iv")
    for rule, expected in ((PREGNANCY, "stated"), (MONITORING, "other_line_only")):
        for line in ("at-home-oral", "in-clinic-iv"):
            assert reason(both, rule, claim(rule, "states"), line=line) == expected


def test_what_is_said_of_one_line_does_not_credit_another() -> None:
    both = site("at-home-oral in-clinic-iv")
    said = claim(PREGNANCY, "states", lines="in-clinic-iv")
    assert reason(both, PREGNANCY, said, line="in-clinic-iv") == "stated"
    assert reason(both, PREGNANCY, said, line="at-home-oral") == "other_line_only"


@pytest.mark.parametrize(
    ("lines", "stance", "expected"),
    [
        ("in-clinic-iv", "states", "stated"),
        # Of a house that gives ketamine at home, too, it is said of that.
        ("in-clinic-iv at-home-oral", "states", "other_line_only"),
        ("in-clinic-iv", "denies", "other_line_only"),
    ],
)
def test_at_home_tells_only_where_if_nothing_is_given_there(
    lines: str, stance: str, expected: str
) -> None:
    driving, home = "supervision.no-driving-discharge", ";".join(sorted(AT_HOME_LINES))
    said = claim(driving, stance, lines=home, quote="Leave your car keys at home.")
    assert reason(site(lines), driving, said, line="in-clinic-iv") == expected


def test_a_rule_makes_findings_for_its_own_lines_only() -> None:
    assert set(judge(site("at-home-oral in-clinic-iv"), "supervision.adult-sitter")) == {
        "at-home-oral"
    }


def test_nothing_of_the_kind_offered() -> None:
    nobody = site("", offers_ketamine=False)
    assert judge(nobody, MONITORING)["all"].finding.reason == "no_such_service"
    thin = site("", offers_ketamine=False, coverage=coverage(words=10))
    assert judge(thin, MONITORING)["unknown"].finding.reason == "coverage_too_low"


def test_talk_without_an_offer_on_a_thin_site_is_not_tested() -> None:
    thin = site("", offers_ketamine=False, coverage=coverage(words=10))
    said = claim(MONITORING, "states")
    assert reason(thin, MONITORING, said, line="unknown") == "coverage_too_low"
    offered = replace(thin, offers_ketamine=True)
    assert reason(offered, MONITORING, said, line="unknown") == "stated"


def test_ketamine_offered_but_not_how_is_judged_once_under_unknown() -> None:
    assert set(judge(site(""), MONITORING)) == {"unknown"}
    assert judge(site(""), "supervision.adult-sitter") == {}


def test_a_declared_line_that_the_provider_disowns() -> None:
    subject = site("in-clinic-iv", disowned=frozenset({"at-home-oral"}))
    assert reason(subject, MONITORING) == "no_such_service"
    thin = replace(subject, coverage=coverage(words=10))
    assert reason(thin, MONITORING) == "coverage_too_low"


def test_a_rule_past_its_date_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    expired = replace(RULES[APPROVED], effective_until="2026-11-23")
    found = verdict.judge(site(), [expired], [claim(APPROVED, "states")])
    assert found[0].finding.reason == "rule_expired"
    on_the_day = replace(RULES[APPROVED], effective_until="2026-11-24")
    assert verdict.judge(site(), [on_the_day], [])[0].finding.reason == "not_claimed"


def test_a_finding_carries_its_sentence_and_its_stable_id() -> None:
    finding = judge(site(), MONITORING)["at-home-oral"].finding
    assert finding.summary.startswith(RULES[MONITORING].messages["not_stated"].rstrip("."))
    assert finding.summary.endswith(" was found on the 2 pages captured on 2026-11-24.")
    assert finding.finding_id == finding_id("stillmere.example", "at-home-oral", MONITORING)


def test_a_sample_is_said_where_it_matters_to_the_rule() -> None:
    sampled = site(coverage=coverage(sampled=frozenset({"safety", "blog"})))
    silent = judge(sampled, MONITORING)["at-home-oral"].finding
    assert silent.summary.endswith("2026-11-24, which are a sample where there are many (safety).")


def test_the_same_words_on_every_page_are_one_piece_of_evidence() -> None:
    twice = [
        claim(MONITORING, "states", quote="A nurse stays."),
        claim(MONITORING, "states", quote="A nurse stays."),
    ]
    assert len(judge(site(), MONITORING, *twice)["at-home-oral"].evidence) == 1


@pytest.mark.parametrize(
    ("rule", "stance", "lines", "confidence"),
    [
        (MONITORING, "states", "at-home-oral", "high"),
        (MONITORING, "states", "", "medium"),
        (MONITORING, "denies", "at-home-oral", "medium"),
        (MONITORING, "denies", "", "low"),
        (APPROVED, "states", "at-home-oral", "medium"),
        (APPROVED, "denies", "at-home-oral", "high"),
    ],
)
def test_what_weighs_on_somebody_is_never_called_certain(
    rule: str, stance: str, lines: str, confidence: str
) -> None:
    found = judge(site(), rule, claim(rule, stance, lines=lines))["at-home-oral"].finding
    assert found.confidence == confidence


def test_an_absence_after_a_sample_is_less_sure() -> None:
    assert judge(site(), MONITORING)["at-home-oral"].finding.confidence == "medium"
    sampled = site(coverage=coverage(sampled=frozenset({"faq"})))
    assert judge(sampled, MONITORING)["at-home-oral"].finding.confidence == "low"
    unseen = site(coverage=coverage(words=10))
    assert judge(unseen, MONITORING)["at-home-oral"].finding.confidence == "none"


def test_a_house_of_another_kind_is_named_where_it_clears() -> None:
    words = ("attorney advertising", "free case review", "our lawyers", "trial lawyers")
    nobody = site("", offers_ketamine=False, another_house=words)
    (found,) = verdict.judge(nobody, [RULES["screening.pregnancy"]], [])
    assert found.finding.reason == Reason.NO_SUCH_SERVICE
    assert found.finding.summary.endswith(
        "by words such as attorney advertising, free case review, our lawyers."
    )
    (plain,) = verdict.judge(replace(nobody, another_house=()), [RULES["screening.pregnancy"]], [])
    assert "another kind" not in plain.finding.summary
