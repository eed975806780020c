"""What the crawler reads off a page, hostile pages included."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.links.page_links import MAX_LINKS
from crawlers.links.sitemaps import MAX_ADDRESSES, read
from crawlers.responses.page_facts import look

URL = "https://clinic.example/a/b"


def test_links_come_with_text_language_and_base() -> None:
    facts = look(
        b"<head><base href='/x/'><link rel=alternate hreflang=es href=/es></head>"
        b"<a href=' team '>Our <b>team</b></a><a href=/f hreflang=fr></a>"
        b"<a href=/p><img alt='Prices' src=p.png></a><a href=/q aria-label='Quality'></a>"
        b"<a>none</a><area href=/map title='Map'>",
        URL,
        None,
    )
    assert facts.base == "https://clinic.example/x/"
    assert [(link.href, link.text, link.language) for link in facts.links] == [
        (" team ", "Our team", None),
        ("/f", "", "fr"),
        ("/p", "Prices", None),
        ("/q", "Quality", None),
        ("/map", "Map", None),
        ("/es", "", "es"),
    ]


def test_words_are_those_that_are_shown() -> None:
    facts = look(
        b"<title>T</title><p>one two</p><script>three</script><style>four</style>"
        b"<noscript>five</noscript><template>six</template>",
        URL,
        None,
    )
    assert (facts.words, facts.title) == (2, "T")


def test_the_encoding_is_the_one_that_is_declared() -> None:
    assert look("<title>Café</title>".encode("cp1252"), URL, "text/html; charset=cp1252").title == (
        "Café"
    )


@pytest.mark.parametrize(
    ("content", "target"),
    [("0; url=/new", "https://clinic.example/new"), ("900;url=/x", None), ("30", None)],
)
def test_only_a_prompt_refresh_sends_a_visitor_on(content: str, target: str | None) -> None:
    html = f'<meta http-equiv="refresh" content="{content}">'
    assert look(html.encode(), URL, None).refresh == target


def test_a_page_nested_beyond_reason_is_not_parsed() -> None:
    facts = look(b"<div>" * 100_000 + b"word" + b"</div>" * 100_000, URL, None)
    assert (facts.links, facts.words) == ((), 1)


def test_a_page_of_links_alone_is_cut() -> None:
    assert len(look(b"<a href=/x>y</a>" * (MAX_LINKS + 10), URL, None).links) == MAX_LINKS


@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=x-none", "\xff"]))
def test_no_bytes_break_it(body: bytes, content_type: str | None) -> None:
    look(body, URL, content_type)


def test_sitemaps_in_every_form() -> None:
    urls = "<urlset>" + "".join(f"<url><loc> https://a.example/{n} </loc></url>" for n in (1, 2))
    pages = ("https://a.example/1", "https://a.example/2")
    assert read(f"{urls}</urlset>".encode()).pages == pages
    assert read(gzip.compress(f"{urls}</urlset>".encode())).pages == pages
    assert read(b"\xef\xbb\xbf\n<?xml version='1.0'?>" + urls.encode()).pages == pages
    assert read("\n".join(pages).encode()).pages == pages
    index = "<sitemapindex><sitemap><loc>https://a.example/m.xml</loc></sitemap></sitemapindex>"
    assert read(index.encode()).files == ("https://a.example/m.xml",)
    assert read(b"<html><a href=x>y</a></html>").pages == ()
    assert read(b"").pages == ()


def test_sitemaps_are_bounded() -> None:
    entry = b"<url><loc>https://a.example/x</loc></url>"
    assert len(read(b"<urlset>" + entry * (MAX_ADDRESSES + 9) + b"</urlset>").pages) == (
        MAX_ADDRESSES
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><urlset><url><loc>&l9;</loc></url></urlset>'
    assert sum(map(len, read(bomb.encode()).pages)) < 1000


@given(st.binary(max_size=300))
def test_no_bytes_break_a_sitemap(body: bytes) -> None:
    read(body)
    read(b"<urlset>" + body)
    read(b"\x1f\x8b" + body)


def test_a_shadow_root_that_is_written_down_is_shown() -> None:
    html = (
        "<x-a><template shadowrootmode='open'><p>one two</p><a href=/in>three</a>"
        "<template><p>four</p></template><x-b><template shadowmode=open>five</template></x-b>"
        "</template></x-a><template><p>six</p></template>"
    )
    facts = look(html.encode(), URL, None)
    assert [link.href for link in facts.links] == ["/in"]
    assert (facts.words, facts.opening) == (4, "one two three five")


@pytest.mark.parametrize(
    ("html", "hrefs"),
    [
        ("<iframe data-src=/later></iframe>", ["/later"]),
        ("<iframe src=about:blank data-src=/later></iframe>", ["/later"]),
        ("<svg><a xlink:href=/drawn><text>x</text></a></svg>", ["/drawn"]),
        ("<map><area href=/place alt=x></map>", ["/place"]),
        ("<iframe src=about:blank data-lazy-src=/later></iframe>", ["/later"]),
        ("<iframe data-cookieblock-src=/later></iframe>", ["/later"]),
        ("<div data-href=/card>Answers</div>", ["/card"]),
        ("<span role=link data-url=/card>Answers</span>", ["/card"]),
        ("""<div onclick="location.href='/card'">Answers</div>""", ["/card"]),
        ("""<button onclick="window.location = '/card'">Answers</button>""", ["/card"]),
        ("""<a href="#" onclick="window.open('/leaf.pdf');return false">Leaf</a>""", ["/leaf.pdf"]),
        ("""<a href="javascript:location.assign('/card')">Answers</a>""", ["/card"]),
        ("<select onchange='location=this.value'><option value=/x1>A<option>B</select>", ["/x1"]),
        ("<select><option value=/x1>A</select>", ["/x1"]),
        ("<select><option value=x1>A<option value=>B</select>", []),
        ("<form><select><option value=/x1>A</select></form>", ["/x1"]),
        ("<form method=post><select><option value=/x1>A</select></form>", []),
        ("<select onchange='send(this)'><option value=/x1>A</select>", []),
        ("<select onchange=\"location='/?c='+this.value\"><option value=5>A</select>", []),
        ("<select onchange='changelocation(this.value)'><option value=x>A</select>", []),
        ("<link rel=stylesheet data-href=/a.css>", []),
        ("<div class=viewer data-pdf-url=/a.pdf></div>", ["/a.pdf"]),
        ("<div class=_df_book source=/a.pdf></div>", ["/a.pdf"]),
        ("<div class=viewer data-pdf-url=/a.pdf><a href=/a.pdf>A</a></div>", ["/a.pdf"] * 2),
        ("<div class=viewer data-file=/a.csv source=/a></div>", []),
        ("<div class=card data-link=/card>Answers</div>", ["/card"]),
        ("<div class=card data-url=/card>Answers</div>", ["/card"]),
        ("<div class=chart data-url=/figures></div><p data-link=top>x</p>", []),
        (r"""<div data-wrapper-link='{"url":"\/card"}'>Answers</div>""", ["/card"]),
        ("<div data-wrapper-link='{}'>Answers</div>", []),
        (r"""<div onclick="location.href='\/card'">Answers</div>""", ["/card"]),
        ("<button onclick='location=`/card`'>Answers</button>", ["/card"]),
        ("""<a href="javascript:popUp('/x/leaf.html?a=1')">Leaf</a>""", ["/x/leaf.html?a=1"]),
        ("""<p onclick="openWindow('/leaf.pdf', 'w')">Leaf</p>""", ["/leaf.pdf"]),
        ("""<p onclick="openTab('pane')">Leaf</p>""", []),
        ("""<a onclick="track('/card.html')">Answers</a>""", []),
        ("""<a onclick="track('/card')">Answers</a>""", []),
        ("""<div onclick="location.href == '/card'">Answers</div>""", []),
        ("""<div onclick="location.href='/card/' + id">Answers</div>""", []),
        ("""<a href=/plain onclick="window.open('/other')">Answers</a>""", ["/plain"]),
    ],
)
def test_addresses_that_do_not_stand_in_the_usual_place(html: str, hrefs: list[str]) -> None:
    assert [link.href for link in look(html.encode(), URL, None).links] == hrefs


def test_an_area_s_alt_text_is_its_text() -> None:
    (link,) = look(b"<map><area href=/x1 alt=Safety></map>", URL, None).links
    assert link.text == "Safety"


@pytest.mark.parametrize(
    "html",
    [
        "<link rel='canonical nofollow' href=/x>",
        "<link rel=Canonical href=''><link rel=canonical href=/x>",
    ],
)
def test_a_canonical_address_beside_other_words_or_an_empty_one(html: str) -> None:
    assert look(html.encode(), URL, None).canonical == "/x"


def test_a_frameset_of_one_frame_sends_on_and_of_several_leads_to_each() -> None:
    frame = b"<iframe src=https://there.example/></iframe>"
    assert look(frame, URL, None).refresh == "https://there.example/"
    assert look(frame + b"<p>Book here.", URL, None).refresh is None
    assert look(frame + b"<script>1</script>", URL, None).refresh is None
    one = look(b"<frameset><frame src=https://there.example/></frameset>", URL, None)
    assert one.refresh == "https://there.example/"
    two = look(b"<frameset><frame src=/menu><frame src=/main></frameset>", URL, None)
    assert (two.refresh, two.frames) == (None, True)
    assert [link.href for link in two.links] == ["/menu", "/main"]


def test_what_acts_and_leads_nowhere_takes_no_link_s_place() -> None:
    body = b"<p onclick=x()>a</p>" * MAX_LINKS + b"<a href=/faq>F</a>"
    facts = look(body, URL, None)
    assert [link.href for link in facts.links] == ["/faq"]
    assert not facts.links_cut


def test_cards_within_cards_and_scripts_of_spaces_are_read_in_bounds() -> None:
    cards = b"<div data-href=/x>" * 2_000 + b"word " * 200_000
    assert len(look(cards, URL, None).links) == 2_000
    spaces = b"<p onclick=\"location='/a'" + b" " * 400_000 + b'+x">a</p>'
    assert look(spaces, URL, None).links == ()


@pytest.mark.parametrize(
    ("body", "href"),
    [
        (b"<a href='/caf\xe9'>x</a>", "/caf\u00e9"),
        (b"<a href='/caf\xc3\xa9'>x</a>", "/caf\u00e9"),
        (b"<a href='/caf\xc3\xa9'>x</a>\xff", "/caf\u00e9"),
        (b"<meta charset=utf-8><a href='/caf\xe9'>x</a>", "/caf\ufffd"),
    ],
)
def test_letters_of_a_page_that_does_not_name_them(body: bytes, href: str) -> None:
    (link,) = look(body, URL, "text/html").links
    assert link.href == href


@pytest.mark.parametrize(
    ("main", "bare"),
    [
        ("<h1>Informed consent</h1><img src=/consent.jpg>", True),
        ("<h1>FAQ</h1><iframe src=//forms.example/1></iframe>", True),
        ("<h1>FAQ</h1><p>Well, this is not what you came for. We know it, and we are on it.", True),
        ("<h1>FAQ</h1><p>You cannot be treated while pregnant, and nobody may drive home.", False),
        (
            "<a href=/a>Is it safe for me?</a><p><a href=/b>Who sits with me all the time?</a>",
            False,
        ),
    ],
)
def test_a_page_of_hardly_a_word_beside_its_menu_is_bare(main: str, bare: bool) -> None:
    menu = "<nav>" + "<a href=/x>Treatments</a> " * 30 + "</nav>"
    footer = "<footer>We are in Austin, and open every day from nine to five.</footer>"
    body = f"<body>{menu}<main>{main}</main>{footer}".encode()
    assert look(body, "https://clinic.example/faq", "text/html").bare is bare
