"""What two places of a page say together: made ready before a dose, and met again after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.catalog.rule_file import read
from audit.catalog.sources import load as load_sources
from audit.claims.claims import Engine
from audit.claims.engines import bundled_engine
from audit.site import site
from data.errors import UsageError
from data.models import Claim
from tests.audit.captured_page import captured
from tests.audit.tiny_reader import tiny_reader

RULE = "followup.preparation-integration"
ENGINE = bundled_engine()
OFFER = "<p>We prescribe ketamine lozenges that you take at home.</p>"
BEFORE = (
    "<h2>The week before</h2><p>Your therapist meets you on video for a preparation session. You "
    "talk about what you hope for, and about what worries you.</p>"
)
# So long that the sections are no row of short steps, which are read together anyway.
DAY = """<h2>The evening itself</h2>
<p>You lie down with music and an eye mask for two hours. Phones are off, and the door is shut so
that nobody walks in. A glass of water stands where you can reach it.</p>
<p>The light is low and the blanket is heavy. Most people find that time goes slowly at first and
then not at all. There is nothing that you have to do, and nothing to get right.</p>
<p>Toward the end the music grows quieter. You will be thirsty, and a little unsteady, so stay where
you are for a while and let the room come back in its own time.</p>
<p>Somebody should cook for you on that evening. Soup is a good idea. So is an early night.</p>
<p>Write down three words before you fall asleep, and leave the rest for another day.</p>"""
AFTER = (
    "<h2>The days after</h2><p>Keep the morning free. Within three days there is an integration "
    "session, in which you make sense of what came up.</p>"
)


def stated(
    body: str, path: str = "/how-it-works", rule: str = RULE, engine: Engine = ENGINE
) -> list[Claim]:
    page = captured(f"<main><h1>How it works</h1>{OFFER}{body}</main>", path, "How it works")
    reading = site.read_site(engine, [page])
    texts = {(b.css_path, b.ordinal): b.text for b in page.text.blocks} | {
        key[1:]: text for key, text in reading.joined.items()
    }
    found = [c for c in reading.claims if c.rule_id == rule and c.stance == "states"]
    for claim in found:
        text = texts[claim.css_path, claim.block_ordinal]
        assert text[claim.char_start : claim.char_end] == claim.quote
    return [c for c in found if c.status == "asserted"]


@pytest.mark.parametrize(
    "body",
    [
        BEFORE + DAY + AFTER,
        BEFORE + DAY * 3 + AFTER,
        "<h2>First</h2><p>You meet your counselor, who helps you prepare.</p>"
        + DAY
        + "<h2>Last</h2><p>An integration call the next day closes the circle.</p>",
        "<h2>Getting ready</h2><ul><li>A visit to a doctor</li><li>A preparation call</li></ul>"
        + DAY
        + "<h2>Afterwards</h2><p>Two integration sessions with your coach, so that "
        "what you saw finds its way into your week.</p>",
    ],
)
def test_two_sections_of_a_page(body: str) -> None:
    first, second = stated(body)
    assert "prepar" in first.quote
    assert "integration" in second.quote
    assert (first.css_path, first.block_ordinal) != (second.css_path, second.block_ordinal)


def test_each_quote_is_of_its_own_place() -> None:
    first, second = stated(BEFORE + DAY + AFTER)
    assert first.quote == "Your therapist meets you on video for a preparation session."
    assert second.quote.startswith("Within three days there is an integration session")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (BEFORE + DAY, "one half"),
        (DAY + AFTER, "the other half"),
        (AFTER + DAY + BEFORE, "the wrong way round"),
        (BEFORE.replace("Your therapist meets you on video for", "We mail") + AFTER, "nobody"),
        (BEFORE + DAY + AFTER.replace("there is", "there is no"), "denied"),
        (
            BEFORE + "<h2>Afterwards</h2><p>Many clinics offer an integration session. We do not."
            "</p>",
            "others do it",
        ),
        (
            "<h2>Ketamine</h2>" + BEFORE + "<h2>Our yoga retreat</h2><h3>The days after</h3><p>The "
            "retreat ends with an integration session around the fire.</p>",
            "another service",
        ),
        (
            BEFORE + "<h2>What patients say</h2><blockquote>“The integration session changed "
            "everything for me.” <cite>Dana R.</cite></blockquote>",
            "a patient says it",
        ),
    ],
)
def test_what_does_not_make_a_whole(body: str, why: str) -> None:
    assert not stated(body), why


def test_a_page_that_says_it_in_one_place_is_quoted_from_there() -> None:
    whole = (
        "<p>Your therapist leads two preparation sessions, and two integration sessions follow.</p>"
    )
    (claim,) = stated(BEFORE + whole + AFTER)
    assert claim.quote in whole


def test_a_blog_does_not_say_it_for_the_provider() -> None:
    assert not stated(BEFORE + DAY + AFTER, "/blog/a-first-journey")


@pytest.mark.parametrize(("score", "count"), [(-2, 0), (2, 2)])
def test_the_second_reader_has_to_agree(tmp_path: Path, score: int, count: int) -> None:
    bars = (("required-disclosure", "states", -5.0, None),)
    second = tiny_reader(tmp_path, {"integration": {(RULE, "states"): score}}, bars=bars)
    assert len(stated(BEFORE + DAY + AFTER, engine=ENGINE.with_reader(second))) == count


def test_one_half_alone_is_an_error_in_the_file(tmp_path: Path) -> None:
    bundled = Path("audit/rules/followup/preparation-integration.yml").read_text(encoding="utf-8")
    folder = tmp_path / "followup"
    folder.mkdir()
    file = folder / "preparation-integration.yml"
    file.write_text(bundled.replace("  - integration-word|sees-after\n", ""), encoding="utf-8")
    with pytest.raises(UsageError, match=r"preparation-integration.yml: halves: two .* not 1"):
        read(file, load_sources(), ENGINE.lexicon)
