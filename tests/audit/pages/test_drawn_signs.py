"""Icons that are nothing but strokes."""

from __future__ import annotations

import pytest

from audit.pages.pages import read

TICKS = [
    "<path d='M5 13l4 4L19 7'/>",
    "<path d='m4.5 12.75 6 6 9-13.5'/>",
    "<path d='M20 6 9 17l-5-5'/>",
    "<polyline points='20 6 9 17 4 12'/>",
    "<circle r=9 /><path d='M9 12l2 2 4-4m6 2a9 9 0 11-18 0 9 9 0 0118 0z'/>",
    "<path d='M9 16.17L4.83 12l-1.42 1.41L9 19 21 7l-1.41-1.41z'/>",
]
CROSSES = [
    "<path d='M6 18L18 6M6 6l12 12'/>",
    "<path d='M18 6 6 18'/><path d='m6 6 12 12'/>",
    "<line x1='18' y1='6' x2='6' y2='18'/><line x1='6' y1='6' x2='18' y2='18'/>",
    "<circle r=9 /><path d='m15 9-6 6'/><path d='m9 9 6 6'/>",
    "<path d='M19 6.41L17.59 5 12 10.59 6.41 5 5 6.41 10.59 12 5 17.59'/>",
]
OTHERS = ["<path d='M5 12h14'/>", "<line x1='5' y1='12' x2='19' y2='12'/>", "<path d='M3 3v18'/>"]


def texts(body: str) -> list[str]:
    blocks = read(f"<body>{body}".encode(), url="https://clinic.example/x").blocks
    return [b.text for b in blocks if b.kind in ("list", "table-row", "paragraph")]


def row(tick: str, cross: str) -> str:
    cells = f"<td><svg>{tick}</svg><td><div><svg>{cross}</svg></div>"
    return f"<table><tr><th><th>Us<th>Others<tr><td>A nurse stays{cells}</table>"


@pytest.mark.parametrize("cross", CROSSES)
def test_a_cross_is_read_where_it_is_drawn(cross: str) -> None:
    items = f"<ul><li><svg>{cross}</svg> A nurse stays</li><li>You rest</li></ul>"
    assert texts(items) == ["✗ A nurse stays\nYou rest"]
    assert texts(row(TICKS[0], cross))[1] == "A nurse stays ✓ ✗"


@pytest.mark.parametrize("tick", TICKS)
def test_a_tick_is_read_in_a_cell(tick: str) -> None:
    assert texts(f"<ul><li><svg>{tick}</svg>A nurse stays<li>You rest</ul>")[0][:7] == "A nurse"
    assert texts(row(tick, CROSSES[0]))[1] == "A nurse stays ✓ ✗"


@pytest.mark.parametrize("drawn", OTHERS)
def test_other_strokes_are_no_sign(drawn: str) -> None:
    assert texts(f"<ul><li><svg>{drawn}</svg> A nurse<li>Rest</ul>") == ["A nurse\nRest"]


@pytest.mark.parametrize(
    "item",
    [
        "<button><svg>{}</svg></button> A nurse",
        "<a href=#><svg>{}</svg></a> A nurse",
        "A nurse <svg>{}</svg>",
        "<template><svg>{}</svg></template> A nurse",
    ],
)
def test_a_cross_that_closes_something_denies_nothing(item: str) -> None:
    assert texts(f"<ul><li>{item.format(CROSSES[0])}</li><li>Rest</ul>") == ["A nurse\nRest"]
