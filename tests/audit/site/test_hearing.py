"""What pages repeat is heard once, and still said by each of them, in its own place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.claims.engines import bundled_engine
from audit.site import site
from audit.site.hearing import hear
from audit.stances.found import Passage
from tests.audit.captured_page import captured

NURSE = "A nurse stays with you on video until the medicine has worn off."
ENGINE = bundled_engine()


def test_two_providers_with_one_sentence_each_say_it() -> None:
    for provider in ("first", "second"):
        read = captured(f"<h1>Ketamine lozenges at home</h1><p>{NURSE}</p>", "/safety")
        own = replace(read, page=replace(read.page, provider_id=provider))
        said = [c for c in site.read_site(ENGINE, [own]).claims if NURSE in c.quote]
        assert {(c.provider_id, c.rule_id) for c in said} >= {
            (provider, "supervision.live-monitoring")
        }


@pytest.mark.parametrize(
    "other",
    [
        {"heading": "Spravato"},
        {"voice": "testimonial"},
        {"lines": frozenset({"spravato"})},
        {"text": f"{NURSE} We offer Spravato."},
    ],
)
def test_what_is_remembered_depends_on_all_that_stands_around(other: dict[str, object]) -> None:
    passage = Passage(NURSE, heading="Your session", lines=frozenset({"at-home-oral"}))
    first = hear(ENGINE, passage, True)
    assert hear(ENGINE, passage, True) is first
    assert hear(ENGINE, replace(passage, **other), True) != first  # type: ignore[arg-type]


def test_what_cannot_assert_anything_says_nothing() -> None:
    passage = Passage(NURSE, lines=frozenset({"at-home-oral"}))
    assert hear(ENGINE, passage, True).found and not hear(ENGINE, passage, False).found
