"""From bytes to blocks: what each shape of a page becomes."""

from __future__ import annotations

import pytest

from audit.pages.pages import Block, PageText, read

URL = "https://clinic.example/page"


def page(html: str, *, url: str = URL) -> PageText:
    return read(html.encode(), url=url)


def blocks(html: str, kind: str = "") -> list[Block]:
    return [b for b in page(html).blocks if not kind or b.kind == kind]


def texts(html: str, kind: str = "") -> list[str]:
    return [b.text for b in blocks(html, kind)]


# A word or letter that a script has wrapped, to move it.
WORD = "<div class=word aria-hidden=true style='position:relative;display:inline-block'>{}</div>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>un<b>mon</b>i<i>tored</i> care", ["unmonitored care"]),
        ("<p><span>K</span><span>e</span>tamine", ["Ketamine"]),
        ("<p>non<!-- x -->addictive", ["nonaddictive"]),
        ("<p>super<wbr>vised", ["supervised"]),
        ("<p>soft\u00adhyphen", ["soft\u00adhyphen"]),
        ("<div>One</div><div>Two</div>", ["One", "Two"]),
        ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
        ("<p>take care<br>of you", ["take care of you"]),
        ("<p>A nurse stays.<br>Always.", ["A nurse stays.\nAlways."]),
        ("<p>We help with:<br>• mood<br>• sleep", ["We help with:\n• mood\n• sleep"]),
        ("<p>One<br><br>Two", ["One", "Two"]),
        ("<h1>Ketamine<br>Therapy</h1>", ["Ketamine Therapy"]),
        ("<p>a\n\t b&nbsp;c", ["a b\u00a0c"]),
        ("<p>1 &lt; 2 &amp;amp; &copy;", ["1 < 2 &amp; ©"]),
        ("<a href=1>One</a><a href=2>Two</a>", ["One Two"]),
        ("<span style='display:block'>One</span><span>Two</span>", ["One", "Two"]),
        ("<p>icon <svg><path d='M1'/></svg>tail <script>x()</script>text", ["icon tail text"]),
        ("<div class='flex'><span>$169</span><span>a month</span></div>", ["$169 a month"]),
        ("<div style='display:grid'><b>$169</b><i>a month</i></div>", ["$169 a month"]),
        ("<h1 class=flex><span>K</span><span>e</span><span>t</span></h1>", ["Ket"]),
        ("<div class=flex><p><b>super</b><i>vised</i></p></div>", ["supervised"]),
        ("<o:p>Word</o:p>", ["Word"]),
        (
            "<pre>\nA nurse\nstays.\nAlways.\n\nCall us.</pre>",
            ["A nurse stays.\nAlways.", "Call us."],
        ),
        ("<div style='white-space:pre-line'><p>One.\nTwo.</div><p>a\nB", ["One.\nTwo.", "a B"]),
        ("<p class=whitespace-pre-wrap>One.\nTwo.", ["One.\nTwo."]),
        ("<p>is <span style='display: inline-block'>not</span> approved", ["is not approved"]),
        (f"<h2>{WORD.format('not')}{WORD.format('approved')}</h2>", ["not approved"]),
        ("<h1><span class='block'>Ketamine</span><span class=block>now</span>", ["Ketamine now"]),
        (f"<h2>{WORD.format('n')}{WORD.format('o')}</h2>", ["no"]),
        ("\0<p>a\0b", ["ab"]),
    ],
)
def test_runs_of_text(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    "withdrawn",
    [
        "<del>old</del>",
        "<s>old</s>",
        "<span style='text-decoration: line-through'>old</span>",
        "<span class='price line-through'>old</span>",
        "<span class=old-price>old</span>",
        "<span class='price price--was'>old</span>",
        "<template><p>old</p></template>",
    ],
)
def test_withdrawn_text_is_no_statement(withdrawn: str) -> None:
    assert " ".join(texts(f"<div>now {withdrawn} here</div>")) == "now here"


@pytest.mark.parametrize("mode", ["shadowrootmode", "shadowmode"])
def test_shadow_root_is_shown(mode: str) -> None:
    html = f"<x-card><template {mode}=open><p>A nurse stays.</p></template></x-card>"
    assert texts(html) == ["A nurse stays."]


def test_copy_for_screen_readers_counts_once() -> None:
    seen = "<span aria-hidden=true><i>N</i><i>o</i></span>"
    assert texts(f"<p>{seen}<span class=sr-only>No</span> nurse") == ["No nurse"]
    assert texts("<p class=sr-only>A nurse stays.</p><p>A nurse stays.</p>") == ["A nurse stays."]
    only = blocks("<p>Share<span class=visually-hidden>opens a new window</span>")
    assert [(b.text, b.hidden) for b in only] == [("Share", False), ("opens a new window", True)]


@pytest.mark.parametrize(
    "hidden",
    [
        "style='position:absolute;clip:rect(0px, 0px, 0px, 0px);overflow:hidden'",
        "style='clip: rect(1px,1px,1px,1px)'",
        "style='clip-path: inset(50%)'",
        "style='position:absolute;width:1px;height:1px;overflow:hidden'",
        "class=screenreader-only",
        "class=elementor-screen-only",
        "class=srOnly",
        "class=govuk-visually-hidden",
        "class=slds-assistive-text",
    ],
)
def test_a_hint_for_screen_readers_stands_in_no_sentence(hidden: str) -> None:
    html = f"<p>It is <a href=x>not<span {hidden}>, opens a new tab</span></a> approved."
    assert texts(html) == ["It is not approved.", ", opens a new tab"]


@pytest.mark.parametrize(
    "style", ["opacity:0", "font-size:0", "height:0", "width:1px", "clip:auto"]
)
def test_what_may_be_about_to_appear_stands_where_it_is_written(style: str) -> None:
    assert texts(f"<p>It is <span style='{style}'>not</span> approved.") == ["It is not approved."]


def test_regions() -> None:
    found = blocks(
        "<header>H</header><nav>N</nav><main><article><header>T</header>M<footer>By</footer>"
        "</article></main><aside>A</aside><div class='cookie-banner'>C</div><footer>F</footer>"
        "<div style='display:none'>X</div><div role=dialog aria-hidden=true>D</div>"
    )
    assert [(b.text, b.region, b.hidden) for b in found] == [
        ("H", "header", False),
        ("N", "nav", False),
        ("T", "main", False),
        ("M", "main", False),
        ("By", "main", False),
        ("A", "aside", False),
        ("C", "modal", False),
        ("F", "footer", False),
        ("X", "hidden", True),
        ("D", "modal", True),
    ]


@pytest.mark.parametrize("style", ["left:-9999px", "text-indent: -9999em", "top : -10000px"])
def test_what_lies_beside_the_page_is_hidden(style: str) -> None:
    found = blocks(f"<p style='position:absolute;{style}'>A</p><p style='left:-90px'>B</p>")
    assert [(b.text, b.hidden) for b in found] == [("A", True), ("B", False)]


def test_hidden_on_small_screens_only_is_seen() -> None:
    assert [b.hidden for b in blocks("<div class='hidden md:block'>A</div>")] == [False]
    assert [b.hidden for b in blocks("<div class='hidden'>A</div>")] == [True]


def test_what_a_page_says_of_itself() -> None:
    found = page(
        "<html lang=en-US><head><title>Ketamine &amp; you</title><link rel=canonical href='/k'>"
        "<meta name=description content='Lozenges by mail'>"
        "<meta property=og:description content='Lozenges by mail'></head><body><p>One two three."
    )
    assert (found.title, found.lang) == ("Ketamine & you", "en-US")
    assert found.canonical == "https://clinic.example/k"
    assert found.description == "Lozenges by mail"
    assert [b.text for b in found.blocks if b.region == "head"] == [
        "Lozenges by mail",
        "Ketamine & you",
    ]
    assert (found.words, found.truncated, found.shell) == (3, False, False)


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ("<link rel='alternate canonical' href='/k'>", "https://clinic.example/k"),
        ("<base href=/sub/><link rel=canonical href=k>", "https://clinic.example/sub/k"),
        ("<link rel=canonical href=k><base href=https://b.example/>", "https://b.example/k"),
        ("<base target=_top><link rel=canonical href=k>", "https://clinic.example/k"),
    ],
)
def test_the_address_that_a_page_gives_itself(head: str, canonical: str) -> None:
    assert page(head).canonical == canonical


@pytest.mark.parametrize(
    ("html", "shell"),
    [
        ("<div id=root></div><script src=app.js></script>", True),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><script>", True),
        ("<app-root>Loading…</app-root><script src=main.js></script>", True),
        (f"<div id=root><p>{'word ' * 60}</p></div><script src=a.js></script>", False),
        ("<p>We moved.</p><script src=a.js></script>", False),
        ("<div id=root></div>", False),
    ],
)
def test_shells(html: str, shell: bool) -> None:
    assert page(html).shell is shell


def test_noscript_is_read_and_flagged() -> None:
    (block,) = blocks("<body><noscript><p>Call us instead.</p></noscript>")
    assert (block.text, block.hidden) == ("Call us instead.", True)


def test_same_bytes_same_blocks() -> None:
    html = "<h2>Safe?</h2><p>Yes.</p><ul><li>a<li>b</ul><script type=application/ld+json>{}"
    first, second = page(html), page(html)
    assert first == second
    assert [b.css_path for b in first.blocks] == [b.css_path for b in second.blocks]
