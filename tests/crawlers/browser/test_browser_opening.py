"""What a visitor opens, scrolls to or waits for is read in the browser, too."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from crawlers.browser import chromium
from crawlers.browser.browser import Chromium
from crawlers.browser.rendered import Rendered
from crawlers.conduct.guard import Guard
from tests.crawlers.sites_served import WORDS, Answer, Web, serve

HOST = "opened.localhost"
TYPED = {"Content-Type": "text/html; charset=utf-8"}
TELL = "this.insertAdjacentHTML('afterend', '<p>opened words')"
SHOW = "document.getElementById('later').innerHTML = 'opened words'"
WATCH = (
    "<script>const later = document.getElementById('later');"
    f"new IntersectionObserver((e) => {{ if (e[0].isIntersecting) {SHOW} }})"
    ".observe(later)</script>"
)
# A panel's words are in the page only as long as it is open, and one is open at a time.
ONE_AT_A_TIME = """<section id=faq></section><script>
const answers = ['words of the first', 'words of the second', 'words of the third'];
let open = %d;
const faq = document.getElementById('faq');
answers.forEach((_, n) => faq.insertAdjacentHTML('beforeend',
  `<h3><button id=b${n} aria-controls=p${n}>Question ${n}</button></h3><div id=p${n}></div>`));
const show = () => answers.forEach((words, n) => {
  document.getElementById('b' + n).setAttribute('aria-expanded', n === open);
  document.getElementById('p' + n).innerHTML = n === open ? `<p>${words}</p>` : '';
});
answers.forEach((_, n) => document.getElementById('b' + n).onclick = () => { open = n; show(); });
show();
</script>"""
TABS = """<div role=tablist><button role=tab id=a class=nav-link aria-selected=true aria-controls=p>
A</button><button role=tab id=b class=nav-link aria-selected=false aria-controls=p>B</button></div>
<div role=tabpanel id=p><p>words of the first</p></div><script>
document.getElementById('b').onclick = () => {
  document.getElementById('p').innerHTML = '<p>words of the second</p>';
};</script>"""
# An application's own way to another page: nothing is asked for, and the address changes.
MOVES = """<main id=app></main><script>
const show = () => { document.getElementById('app').innerHTML = location.pathname === '/moves'
  ? '<p>words of this page</p><a id=go>Learn more</a>' : '<p>words of another</p>'; };
document.addEventListener('click', (e) => {
  if (e.target.id === 'go') { history.pushState({}, '', '/another'); show(); }
});
addEventListener('popstate', show);
show();
</script>"""
FOLDED = f'aria-expanded=false onclick="{TELL}"'
SHADE = (
    "<x-a></x-a><script>const root = document.querySelector('x-a').attachShadow({mode: 'open'});"
    "root.innerHTML = '<button aria-expanded=false>Q</button><p></p>';"
    "root.querySelector('button').onclick = () =>"
    " { root.querySelector('p').textContent = 'opened words' };</script>"
)
BOX = (
    "<style>body { overflow: hidden } #box { position: fixed; inset: 0; overflow: auto }</style>"
    f"<div id=box><p>{WORDS}</p><div style='height: 9000px'></div>"
    f"<div id=later>.</div></div>{WATCH}"
)
SMOOTH = (
    f"<style>:root {{ scroll-behavior: smooth }}</style><p>{WORDS}</p><div style='height: 9000px'>"
    f"</div><div id=later>.</div>{WATCH}"
)
PAGES = {
    "/navy": f"<button class=text-navy-900 {FOLDED}>Q</button>",
    "/research": f"<button class=research-item {FOLDED}>Q</button>",
    "/in-an-article": f"<article><header><button {FOLDED}>Q</button></header></article>",
    "/load-more": f'<button onclick="{TELL}">Load more</button>',
    "/go-on": f"<a href='#' onclick=\"{TELL}\">Continue reading</a>",
    "/no-address": f'<a onclick="{TELL}">Read more</a>',
    "/bootstrap": f'<a data-toggle=collapse href="#c" onclick="{TELL}; return false">Q</a>',
    "/bootstrap-5": f'<div data-bs-toggle=tab onclick="{TELL}">Q</div>',
    "/a-sign-alone": f'<button aria-label=Expand onclick="{TELL}">+</button>',
    "/a-span": f'<span class=readmore onclick="{TELL}">Read more</span>',
    "/in-the-shade": SHADE,
    "/smooth": SMOOTH,
    "/in-a-box": BOX,
    "/comes-late": f"<i id=later></i><script>setTimeout(() => {{ {SHOW} }}, 1500)</script>",
}
TURNS = {"/one-at-a-time": ONE_AT_A_TIME % -1, "/one-open": ONE_AT_A_TIME % 0, "/tabs": TABS}
# Menus whose links are in the page only as long as the mouse is over what they hang from.
DRAWN = """%s<div id=menu></div><p>%s</p><script>
const place = document.getElementById('place'), menu = document.getElementById('menu');
const show = () => { menu.innerHTML = '<a href="/drawn"><h2>drawn words</h2></a>'; };
const hide = () => { menu.innerHTML = ''; };
%s</script>"""
LISTEN = "place.addEventListener('%s', show); place.addEventListener('%s', hide);"
# As React does it: one listener at the root, which tells who was entered.
AT_THE_ROOT = (
    "document.addEventListener('mouseover', (e) => { if (place.contains(e.target)) show(); });"
    "document.addEventListener('mouseout', (e) => { if (place.contains(e.target)) hide(); });"
)
HAND = "<div id=place style='cursor: pointer'><b>Prices</b></div>"
ENTRY = "<nav><ul><li><a href='/x'>X</a></li><li id=place><a href='/y'>Y</a></li></ul></nav>"
MARK = "<nav><button id=place aria-haspopup=true>Prices</button></nav>"
HOVERED = {
    "/hover-hand": DRAWN % (HAND, WORDS, LISTEN % ("mouseenter", "mouseleave")),
    "/hover-root": DRAWN % (HAND, WORDS, AT_THE_ROOT),
    "/hover-entry": DRAWN % (ENTRY, WORDS, LISTEN % ("mouseenter", "mouseleave")),
    "/hover-mark": DRAWN % (MARK, WORDS, LISTEN % ("pointerenter", "pointerleave")),
}
NOT_HOVERED = {
    "/hover-link": DRAWN % ("<nav><a id=place href='/z'>Z</a></nav>", WORDS, AT_THE_ROOT),
    "/hover-form": DRAWN % (f"<form>{HAND}</form>", WORDS, AT_THE_ROOT),
    "/hover-below": DRAWN % (f"<div style='height: 900px'></div>{HAND}", WORDS, AT_THE_ROOT),
}
STAYS = DRAWN % (HAND, WORDS, LISTEN % ("mouseenter", "none"))
LEFT_ALONE = {
    "/menu": f"<button class='mobile-nav-toggle' {FOLDED}>Menu</button>",
    "/bootstrap-menu": f'<i class=navbar-toggler data-toggle=collapse onclick="{TELL}">Menu</i>',
    "/bootstrap-open": f'<a data-toggle=tab class=active href="#c" onclick="{TELL}">Q</a>',
    "/top": f"<header><button {FOLDED}>Q</button></header>",
}


def banner(named: str, refusal: str) -> str:
    press = "onclick=\"document.title = '{}'\""
    agree = f"<button {press.format('agreed')}>Accept all</button>"
    return f"<div {named}>We set cookies. {agree}{refusal.format(press.format('refused'))}</div>"


FRAMED = """<iframe {}="<button onclick='parent.document.title = &quot;agreed&quot;'>OK</button>
  <button onclick='parent.document.title = &quot;refused&quot;'>Reject all</button>"></iframe>"""
BANNERS = {
    "/i-decline": banner("class=klaro", "<button {}>I decline</button>"),
    "/i-do-not": banner("id=cookies", "<button {}>I do not accept</button>"),
    "/only-necessary": banner("id=cookies", "<button {}>Accept only necessary cookies</button>"),
    "/necessary-only": banner("id=cookies", "<button {}>Allow necessary only</button>"),
    "/disagree": banner("class=qc-cmp2-container", "<button {}>DISAGREE</button>"),
    "/with-a-stop": banner("id=cookies", "<button {}>Decline.</button>"),
    "/tracking": banner("id=cookies", "<button {}>Reject tracking</button>"),
    "/by-its-maker": banner("class=osano-cm-window", "<button {}>Deny Non-Essential</button>"),
    "/input": banner("id=cookie-bar", "<input type=button value=Decline {}>"),
    "/and-close": banner("id=cookies", "<button {}>Reject all and close</button>"),
    "/in-a-form": banner("id=cookies", "<form><button type=button {}>Reject</button></form>"),
    "/plain-boxes": banner("class=cookie-bar", "<div style='cursor: pointer' {}>Decline</div>"),
    "/by-its-words": banner("style='position: fixed'", "<button {}>Decline</button>"),
    "/dialog": banner("role=dialog", "<button {}>Reject all</button>"),
    "/behind-settings": banner(
        "id=cookies",
        "<button onclick='more.hidden = false'>Manage preferences</button>"
        "<p id=more hidden><button {}>Reject all</button></p>",
    ),
    "/in-a-frame": FRAMED.format("title='Cookie consent' srcdoc"),
    "/in-another": FRAMED.format("id=sp_message_iframe_7 srcdoc"),
    "/later": f"""<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend',
        `{banner("id=cookies", "<button {}>Decline</button>")}`), 600)</script>""",
    **{
        f"/after-{ms}": f"""<script>const cookieBanner = () => document.body.insertAdjacentHTML(
        'beforeend', `{banner("id=cookies", "<button {}>Decline</button>")}`);
        setTimeout(cookieBanner, {ms})</script>"""
        for ms in (1_000, 2_500, 4_000)
    },
    "/shown-late": banner("id=cookie-bar hidden", "<button {}>Decline</button>")
    + "<script>setTimeout(() => { document.getElementById('cookie-bar').hidden = false }, 3000)"
    "</script>",
    "/in-the-shade-late": f"""<consent-box></consent-box><script>setTimeout(() => {{
        document.querySelector('consent-box').attachShadow({{mode: 'closed'}}).innerHTML =
        `{banner("class=box", "<button {}>Reject all</button>")}` }}, 3000)</script>""",
    "/in-a-frame-late": f"""<script>setTimeout(() => {{ const gdpr = document.createElement('div');
        gdpr.id = 'gdpr'; gdpr.innerHTML = `{FRAMED.format("title=Notice srcdoc")}`;
        document.body.append(gdpr) }}, 3000)</script>""",
    "/frame-over-all": FRAMED.format("style='position: fixed' srcdoc").replace(
        '="<', '="<p>We set cookies.</p><'
    ),
    "/link": banner("id=cookie-bar", "<a href='javascript:void(0)' {}>Decline</a>"),
}
NO_BANNERS = {
    # Letters, a frame of somebody's, a paragraph about cookies, and a form that would be sent.
    "/letters": banner("class=letters", "<button {}>No thanks</button>"),
    "/no-banner-s-frame": FRAMED.format("title='Chat' srcdoc"),
    "/chat-over-all": FRAMED.format("style='position: fixed' srcdoc"),
    "/agrees-late": f"""<script>const cookieBanner = () => document.body.insertAdjacentHTML(
        'beforeend', `{banner("id=cookies", "")}`); setTimeout(cookieBanner, 1500)</script>""",
    "/of-cookies": banner("", "<button {}>Decline</button>"),
    "/would-send": banner("id=cookies", "<form><button {}>Reject</button></form>"),
    "/agrees-alone": banner("id=cookies", ""),
}
ALL = {
    **NO_BANNERS, **PAGES, **TURNS, **LEFT_ALONE, **BANNERS, **HOVERED, **NOT_HOVERED,
    "/moves": MOVES, "/hover-stays": STAYS,
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    pages: dict[str, Rendered]

    def text(self, path: str) -> str:
        """What is to be read, without scripts and their attributes."""
        html = self.pages[path].html.decode()
        return re.sub(r'<script.*?</script>|onclick=".*?"', "", html, flags=re.DOTALL)


@pytest.fixture(scope="module")
def seen() -> Iterator[Seen]:
    executable = chromium.find()
    assert executable is not None, "these tests need Chromium"
    with serve() as web:
        web.routes[HOST] = {
            # Nobody waits for the words of a page that has some.
            path: Answer(f"<!doctype html><body><h1>Care</h1>{body}{words}".encode(), headers=TYPED)
            for path, body in ALL.items()
            for words in [f"<p>{WORDS}" if path in BANNERS else ""]
        }
        yield Seen(asyncio.run(_visit(web, executable)))


async def _visit(web: Web, executable: str) -> dict[str, Rendered]:
    browser = Chromium(executable, "ketawatch tests", Guard([f"{HOST}:{web.port}"]))
    try:
        pages = [browser.render(web.url(HOST, path), lambda url: HOST in url) for path in ALL]
        return dict(zip(ALL, await asyncio.gather(*pages), strict=True))
    finally:
        await browser.stop()


@pytest.mark.parametrize("path", PAGES)
def test_what_is_opened_or_waited_for_is_read(seen: Seen, path: str) -> None:
    assert "opened words" in seen.text(path)


@pytest.mark.parametrize("path", TURNS)
def test_panels_that_close_one_another_are_all_read(seen: Seen, path: str) -> None:
    text = seen.text(path)
    most = 2 if path == "/tabs" else 3
    for number in ("first", "second", "third")[:most]:
        assert text.count(f"words of the {number}") == 1


def test_an_answer_stands_under_its_question(seen: Seen) -> None:
    text = re.sub(r"<[^>]*>", " ", seen.text("/one-at-a-time"))
    read = re.findall(r"Question \d|words of the \w+", text)
    assert read == [
        *("Question 0", "words of the first", "Question 1", "words of the second"),
        *("Question 2", "words of the third"),
    ]


@pytest.mark.parametrize("path", [*HOVERED, "/hover-stays"])
def test_links_that_are_drawn_under_the_mouse_are_there_once(seen: Seen, path: str) -> None:
    assert seen.text(path).count("drawn words") == seen.text(path).count('<a href="/drawn">') == 1
    assert ("<h2>" in seen.text(path)) == (path == "/hover-stays"), "a copy heads nothing"
    assert seen.pages[path].final_url.endswith(path)


@pytest.mark.parametrize("path", NOT_HOVERED)
def test_links_forms_and_what_is_no_menu_are_not_pointed_at(seen: Seen, path: str) -> None:
    assert "drawn words" not in seen.text(path)


@pytest.mark.parametrize("path", LEFT_ALONE)
def test_menus_are_left_alone(seen: Seen, path: str) -> None:
    assert seen.pages[path].pressed == 0


def test_an_application_that_goes_elsewhere_is_called_back(seen: Seen) -> None:
    assert "words of this page" in seen.text("/moves")
    assert "words of another" not in seen.text("/moves")


@pytest.mark.parametrize("path", BANNERS)
def test_a_banner_is_refused_however_that_is_worded(seen: Seen, path: str) -> None:
    assert seen.pages[path].banner
    assert "<title>refused</title>" in seen.pages[path].html.decode()


@pytest.mark.parametrize("path", NO_BANNERS)
def test_nothing_else_is_refused_and_nothing_agreed_to(seen: Seen, path: str) -> None:
    assert seen.pages[path].banner is None
    assert not re.search("<title>(?:refused|agreed)", seen.pages[path].html.decode())
