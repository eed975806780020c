"""What strangers wrote cannot steer the terminal that it is printed on."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from data.errors import UsageError
from data.models import Issue
from data.printable import STEERING, one_line, printable

HOSTILE = "\x1b]0;owned\x07 a\x9b2J b\u202ec"


def test_steering_characters_are_shown_by_their_code_points() -> None:
    assert printable(HOSTILE) == "\\u001b]0;owned\\u0007 a\\u009b2J b\\u202ec"
    assert printable("a\tb\nكيتامين 🌱") == "a\tb\nكيتامين 🌱"


@given(st.text() | st.text(alphabet='\x1b\x9b\u202e"\\\n a'))
def test_json_stays_the_same_json(text: str) -> None:
    shown = printable(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert not STEERING.search(shown)


@given(st.text())
def test_a_message_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_issues_and_errors_are_messages() -> None:
    for said in (Issue("a\nb", HOSTILE), UsageError(f"a\nb: {HOSTILE}")):
        assert str(said) == f"a b: {printable(HOSTILE)}"
