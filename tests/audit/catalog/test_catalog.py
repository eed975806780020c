"""The catalogue as it ships, and what a wrong rule file gets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from audit import concept_places, version
from audit.catalog import catalog
from audit.claims import offers, own_words
from audit.concepts import concept_files, lexicon
from audit.reader import alone
from audit.site import attributions, other_services
from audit.stances import lines, stances
from data.errors import UsageError
from data.vocabulary import Reason

RULE = "disclosure/compounded.yml"
all_words = cache(lexicon.load)
# Disclosures whose own words, negated, say that there is no such thing; and why they do.
PLAIN_FACTS = {
    "identity.certification-seal": "a practice is certified or is not",
    "screening.pdmp": "the database is checked or is not",
    "screening.psychiatric-evaluation": "who is not assessed there is not assessed by them",
    "spravato.rems-supervision": "a site is certified, and a patient watched, or not",
    "supervision.onsite-rescue": "equipment is kept there or is not",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of one rule."""
    (tmp_path / "disclosure").mkdir()
    shutil.copy(catalog.FOLDER / RULE, tmp_path / RULE)
    return tmp_path


def edit(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = folder / RULE
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")


def refused(folder: Path, *named: str) -> None:
    with pytest.raises(UsageError) as caught:
        catalog.load(folder, all_words())
    message = str(caught.value)
    assert "\n" not in message
    for part in ("compounded.yml", *named):
        assert part in message


def test_every_concept_is_used() -> None:
    rules = catalog.bundled().rules.values()
    by_rules = (rule.concepts.union(rule.only_where, rule.parts_apart) for rule in rules)
    by_offers = (offer.frame.concepts for offer in offers.load(lexicon.load()))
    terms = "".join(path.read_text() for path in concept_files.files())
    parts = re.findall(r"\{([a-z][a-z-]*)\}", terms)
    by_lines = (*lines._CONCEPT_LINES, lines._OURS, lines.CHOICES, lines._COMPARED)
    by_others = (lines.OTHER_SERVICE, attributions.OTHER_PATIENT, offers.LIMIT)
    about_others = (own_words.NOT_ABOUT, own_words.KEPT_TO_OTHERS)
    by_stances = (stances.OTHER_DRUG, stances.ERRAND)
    by_engine = (other_services.REST_OF_HOUSE, *about_others, *by_stances, alone.ADVICE)
    used = frozenset([*by_lines, *by_others, *by_engine, *parts]).union(*by_rules, *by_offers)
    assert sorted(set(lexicon.load().concepts) - used) == []


def test_a_concept_lies_with_the_rules_that_use_it() -> None:
    """``python -m audit.concept_places`` moves those that do not."""
    assert concept_places.misplaced() == {}


def test_what_can_be_not_stated_has_a_subject() -> None:
    """Beside "not stated" stands the nearest miss, which speaks of the rule's subject."""
    for rule in catalog.bundled().rules.values():
        if Reason.NOT_STATED in rule.messages and not rule.absence:
            assert rule.subject, rule.id


def test_every_rule_rests_on_a_source() -> None:
    for rule in catalog.bundled().rules.values():
        assert rule.sources and all(source.title and source.date for source in rule.sources)


def test_accusations_are_declared_and_hardly_ever_follow_from_a_negation() -> None:
    """A safeguard is said to be absent by a frame for it, or by the answer "no".

    A negation in the words for it is rather about something else, but for a few plain facts.
    """
    turned = {
        rule.id
        for rule in catalog.bundled().rules.values()
        for frame in rule.frames
        if rule.kind in ("required-disclosure", "identity")
        and frame.if_negated == "denies" != frame.stance
    }
    assert turned == PLAIN_FACTS.keys()


def test_what_a_negation_may_deny_is_denied_by_one_in_the_examples() -> None:
    negation = re.compile(r"\b(?:not|no|nobody|never|without)\b")
    for rule_id in PLAIN_FACTS:
        examples = catalog.bundled().rules[rule_id].examples
        assert [e for e in examples if e.stance == "denies" and negation.search(e.text)], rule_id


def test_an_audit_is_named_by_everything_that_can_change_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An audit of the same name is never judged again, so nothing may change behind its name."""
    before = version.describe(catalog.bundled())["audit_id"]
    with monkeypatch.context() as patch:
        patch.setattr(version, "_version_of", lambda package: "99")
        assert version.describe(catalog.bundled())["audit_id"] != before
    changed = tmp_path / "page_types.yml"
    changed.write_text("types: {}\n", encoding="utf-8")
    monkeypatch.setattr("data.page_types.FILE", changed)
    assert version.describe(catalog.bundled())["audit_id"] != before


@pytest.mark.parametrize(
    "name",
    ["run.py", "pages/pdf/pdf.py", "stances/context.yml", "reader/reader.npz"],
)
def test_an_audit_is_named_by_each_file_of_the_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    copied = tmp_path / name
    copied.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(version.HERE / name, copied)
    monkeypatch.setattr(version, "HERE", tmp_path)
    before = version.engine_version()
    copied.write_bytes(copied.read_bytes() + b"\n#")
    assert version.engine_version() != before


def test_the_version_names_the_rule_set(folder: Path) -> None:
    assert catalog.bundled().version == catalog.load().version
    before = catalog.load(folder).version
    edit(folder, lambda raw: raw.update(title="Another title"))
    assert catalog.load(folder).version != before


def test_unknown_key(folder: Path) -> None:
    edit(folder, lambda raw: raw.update(colour="red"))
    refused(folder, "colour", "unknown key")


@pytest.mark.parametrize("key", ["severity", "messages", "changelog", "review_by"])
def test_missing_key(folder: Path, key: str) -> None:
    edit(folder, lambda raw: raw.pop(key))
    refused(folder, key, "missing")


def test_a_message_for_each_reason_that_can_follow(folder: Path) -> None:
    edit(folder, lambda raw: raw.update(messages={"stated": "A.", "denied": "B."}))
    refused(folder, "messages.not_stated", "missing")


def test_messages_are_neutral() -> None:
    accusing = re.compile(r"unsafe|illegal|unlawful|violat|breach|fail|refus|danger|non-compliant")
    for rule in catalog.bundled().rules.values():
        for reason, message in rule.messages.items():
            assert message and not accusing.search(message.lower()), (rule.id, reason)


def test_a_rule_is_past_its_review_from_the_day_after() -> None:
    rule = catalog.bundled().rules["supervision.vitals"]
    assert not rule.past_review(rule.review_by)
    assert rule.past_review("9999-01-01")


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        ({"stance": "states", "says": "{compounded}", "colour": 1}, "frames[1].colour"),
        ({"stance": "loves", "says": "{compounded}"}, "frames[1].stance"),
        ({"stance": "states", "says": "{no-such-concept}"}, "no-such-concept"),
        ({"stance": "states", "says": "{compounded} and"}, "frames[1]"),
        ({"stance": "states"}, "needs either"),
        ({"stance": "states", "says": "{compounded}", "if_no": "maybe"}, "frames[1].if_no"),
    ],
)
def test_wrong_frames(folder: Path, frame: dict[str, object], named: str) -> None:
    edit(folder, lambda raw: raw.update(frames=[frame]))
    refused(folder, named)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "rumour"), ("kind", "technical"), ("scope", "world"), ("lines", ["by-drone"]),
        ("about", "weather"), ("absence_needs", ["shop"]), ("sources", ["hearsay"]),
        ("id", "disclosure.other"),
        ("subject", [["compounded", "no-such-concept"]]),
        ("examples", [{"states": "a", "denies": "b"}]),
        ("examples", [{"states": "a", "mood": "x"}]),
        ("messages", "stated"), ("messages", {"stated": "A", "denied": "B", "claimed": "C"}),
        ("changelog", []), ("changelog", ["first version"]), ("changelog", "2026-11-25: first"),
        ("review_by", "next year"), ("effective_until", "2026-13"),
    ],
)  # fmt: skip
def test_wrong_values(folder: Path, key: str, value: object) -> None:
    edit(folder, lambda raw: raw.update({key: value}))
    refused(folder, key)


@pytest.mark.parametrize("key", ["needs_pattern", "spravato_too"])
def test_a_flag_is_true_or_false(folder: Path, key: str) -> None:
    edit(folder, lambda raw: raw.update({key: "perhaps"}))
    refused(folder, key, "neither true nor false")
