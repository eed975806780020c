"""Lists that a page keeps in a script: read as text, never run."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.readers.page import Fetched, ShapeError
from crawlers.readers.row import Frame
from crawlers.readers.script import literal
from crawlers.readers.table import Table

FRAME = Frame("invented", "https://list.example/", "2026-11-24")
SCRIPT = """/* CLINICS[state] = [ {n:name, city}, ... ] in a comment is not the list */
var CLINICS = {
 // by state
 "Texas":[
  {n:"Vale \\"K\\" Clinic", city:'O\\'Vale', u:"https://vale.example.com/?a=b{c}[d],", note:"x: y"},
  {n:"Dale", city:"Oak", u:"",},
 ],
 Oregon: [ {n:"Hill // Co", city:"Bend", u:"https://hill.example.org"} ]
}; alert("never run");
"""


def test_a_list_in_a_script_is_read_as_text() -> None:
    table = Table({"name": "n", "website": "u", "city": "city"}, "js", group="state")
    rows = table.read(Fetched("https://list.example/data.js", SCRIPT.encode()), FRAME).rows
    assert [(r.name, r.city, r.state) for r in rows] == [
        ('Vale "K" Clinic', "O'Vale", "TX"),
        ("Dale", "Oak", "TX"),
        ("Hill // Co", "Bend", "OR"),
    ]
    assert rows[0].website == "https://vale.example.com/?a=b{c}[d],"


def test_what_a_script_s_texts_hold_and_json_s_do_not_is_read() -> None:
    assert literal("var a = ['one\ttwo'];", "data.js") == ["one\ttwo"]
    text = r"""var a = ["Men\'s \x26 Women\'s", 'say "yes"', "a\"b", '\\', "x\u0041\n", '\v'];"""
    assert literal(text, "data.js") == [
        *("Men's & Women's", 'say "yes"', 'a"b', "\\", "xA\n", "\v"),
    ]


@pytest.mark.parametrize("text", ["alert(1)", "var a = [f()]", "var a = [1, 2", "var a = {b: c}"])
def test_more_than_a_literal_is_refused(text: str) -> None:
    with pytest.raises(ShapeError):
        literal(text, "data.js")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=3))
def test_json_is_such_a_literal(value: object) -> None:
    assert literal(f"window.x = {json.dumps(value)};", "data.js") == value
