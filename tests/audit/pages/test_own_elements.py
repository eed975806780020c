"""Elements that a page invents, and words that stand for a picture, within running text."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, read


def blocks(body: str) -> list[Block]:
    return list(read(f"<main>{body}</main>".encode(), url="https://clinic.example/x").blocks)


def said(body: str) -> list[str]:
    return [b.text for b in blocks(body) if b.kind != "list-item"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>We <x-mark>do not</x-mark> sell <gloss-term>health data</gloss-term> to anyone.</p>",
        "<div>We <bdt></bdt>do <bdt class=question>not</bdt> sell health data to anyone.",
        "<div><span><bdt class=question>We</bdt> do not sell health data</span> to anyone.</div>",
    ],
)
def test_an_element_of_ones_own_stays_in_its_sentence(body: str) -> None:
    assert said(body) == ["We do not sell health data to anyone."]


def test_elements_of_ones_own_that_hold_the_page_are_boxes() -> None:
    body = (
        "<x-card>No needles.</x-card><x-card>A nurse calls.</x-card><x-nav class=nav>Home</x-nav>"
    )
    assert said(body) == ["No needles.", "A nurse calls.", "Home"]
    assert [b.region for b in blocks(body)] == ["main", "main", "nav"]


def test_the_name_of_a_drawn_sign_is_not_read() -> None:
    sign = "<{0} class='{1}'>{2}</{0}>"
    held = sign.format("i", "material-icons", "check_circle")
    left_out = sign.format("span", "material-symbols-outlined", "cancel")
    body = f"<ul><li>{held}A nurse calls</li><li>{left_out}Minors</li></ul>"
    assert said(body) == ["A nurse calls\n✗ Minors"]
    assert said(f"<p>{sign.format('span', 'material-icons-row', 'A nurse calls')}</p>") == [
        "A nurse calls"
    ]
    cells = "".join(
        f"<td>{sign.format('i', 'material-icons', name)}" for name in ("check", "close")
    )
    row = blocks(f"<table><tr><th>What<th>Us<th>Others<tr><td>A nurse{cells}</table>")[-1]
    assert (row.kind, row.text) == ("table-row", "A nurse ✓ ✗")


@pytest.mark.parametrize(
    "sign",
    [
        "<img src=/img/red-x.svg>",
        "<img src='https://cdn.example/a/icon_cross.png?v=2' alt=''>",
        "<span class='dashicons dashicons-no-alt'></span>",
        "<img src=/i/Red-Cross.png alt=''>",
        "<img src=/i/cross-red@2x.png>",
        "<img src=/i/redx.svg>",
        "<img src=/i/icon-no.png>",
        "<img src='data:image/gif;base64,A' data-src=/i/x-mark.svg>",
        "<img src=/i/17.png alt='red-cross.png'>",
        "<img src=/i/17.png alt='X mark'>",
        "<svg><use xlink:href='/sprite.svg#icon-cross'/></svg>",
        "<svg><use href='/i/icons.svg?v=2#times-circle'/></svg>",
        "<ion-icon name=close-circle-outline></ion-icon>",
        "<iconify-icon icon='mdi:close'></iconify-icon>",
        "<mat-icon>cancel</mat-icon>",
        "<mat-icon role=img class='mat-icon notranslate'>close</mat-icon>",
    ],
)
def test_a_picture_of_a_cross_is_a_cross(sign: str) -> None:
    assert said(f"<ul><li>{sign}Minors</li><li>Guests</li></ul>") == ["✗ Minors\nGuests"]


def test_a_label_that_denies_is_a_cross_too() -> None:
    icon = "<svg aria-label='Not included'></svg>"
    assert said(f"<ul><li>{icon}Guests</li><li>Rest</li></ul>")[0] == "✗ Guests\nRest"
    (row,) = blocks(f"<table><tr><td>Guests<td>{icon}</table>")
    assert row.text == "Guests Not included"


def test_a_picture_of_something_else_is_none() -> None:
    for name in ("/crossroads/x-ray", "blue-cross-blue-shield", "close-up-nurse", "cross-road"):
        assert said(f"<ul><li><img src={name}.png>Scans</li></ul>") == ["Scans"]


@pytest.mark.parametrize("alt", ["Blue cross", "Red Cross", "green cross", "X-ray", "Checkers"])
def test_a_label_of_something_else_stays_one(alt: str) -> None:
    (row,) = blocks(f"<table><tr><td>Trained by<td><img src=a.png alt='{alt}'></table>")
    assert row.text == f"Trained by {alt}"


@pytest.mark.parametrize("sign", ["❌", "✔️", "🚫"])
def test_an_emoji_that_a_script_has_drawn_stands_where_it_was_written(sign: str) -> None:
    image = f"<img class=emoji alt='{sign}' src=/e.svg>"
    assert said(f"<p>{image} Guaranteed results</p>") == [f"{sign} Guaranteed results"]
    assert said(f"<ul><li>{image} A cure</li><li>Rest</li></ul>") == [f"{sign} A cure\nRest"]


def test_signs_at_the_beginning_of_lines_keep_their_lines() -> None:
    assert said("<p>Not for:<br>❌ minors<br>❌ guests<br>✅ but for you</p>") == [
        "Not for:\n❌ minors\n❌ guests\n✅ but for you"
    ]


@pytest.mark.parametrize(
    "sign",
    [
        "<svg><use href='/sprite.svg#icon-check'/></svg>",
        "<svg><use href='/cross.svg#phone'/></svg>",
        "<ion-icon name=checkmark></ion-icon>",
        "<ion-icon name=call></ion-icon>",
        "<md-icon>check_circle</md-icon>",
    ],
)
def test_other_pictures_are_no_cross_and_no_word(sign: str) -> None:
    assert said(f"<ul><li>{sign}Minors</li><li>Guests</li></ul>") == ["Minors\nGuests"]
