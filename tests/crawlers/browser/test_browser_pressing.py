"""Buttons that nobody marked: what they show is read, and where they lead is followed."""

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

HOST = "pressed.localhost"
TYPED = {"Content-Type": "text/html; charset=utf-8"}
# As applications do it: no attribute tells of it, and one answer is in the page at a time.
LISTENS = """<script>
const said = ['words of the first', 'words of the second', 'words of the third'];
[...document.querySelectorAll('.it')].forEach((it, n) => it.addEventListener('click', () => {
  document.querySelectorAll('.shown').forEach((shown) => shown.remove());
  it.insertAdjacentHTML('afterend', `<div class=shown><p>${said[n]} of it</p></div>`);
}));
</script>"""
ASKED = [f"What is it {n}?" for n in range(3)]
PARTS = "".join(f"<button>Part {n}</button>" for n in range(3))
SHARED = (
    f'<div class="tabs">{PARTS}</div>'
    """<div id=place><p>words of none of it</p></div><script>
const said = ['words of the first', 'words of the second', 'words of the third'];
[...document.querySelectorAll('.tabs button')].forEach((button, n) =>
  button.addEventListener('click', () => {
    document.getElementById('place').innerHTML = `<p>${said[n]} of it</p>`;
  }));
</script>"""
)
# Some listen to the button going down.
DOWN = SHARED.replace("'click'", "'mousedown'").replace("<button>", "<button role=tab>")
OVER = """<button id=open>Safety information</button><script>
document.getElementById('open').addEventListener('click', () => document.body.insertAdjacentHTML(
  'beforeend', '<div role=dialog><p>words of the first of it</p></div>'));
</script>"""
# A window that hides the rest as long as it is open.
WINDOW = """<div id=rest>
<button aria-haspopup=dialog aria-expanded=false>Side effects</button></div><script>
const rest = document.getElementById('rest');
document.querySelector('button').addEventListener('click', () => {
  rest.setAttribute('aria-hidden', 'true');
  document.body.insertAdjacentHTML('beforeend',
    '<div role=dialog><p>words of the first of it</p></div>');
});
document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  document.querySelector('[role=dialog]').remove();
  rest.removeAttribute('aria-hidden');
});
</script>"""
# A list that comes in pieces, and ends.
PIECES = """<ul></ul><button>Load more</button><script>
const said = ['words of the first', 'words of the second', 'words of the third'];
const button = document.querySelector('button');
button.onclick = () => {
  document.querySelector('ul').insertAdjacentHTML('beforeend', `<li>${said.shift()} of it</li>`);
  if (!said.length) button.remove();
};
</script>"""
# What changes by itself is no answer to anything.
TURNS = """<div id=voice></div><div class=it>What is it?</div><script>
setInterval(() => { document.getElementById('voice').innerHTML =
  '<p>It helped me a lot, number ' + Date.now() + '</p>'; }, 20);
</script>"""
READ = {
    "/buttons": "".join(f"<div><button class=it>{q}</button></div>" for q in ASKED) + LISTENS,
    "/hands": "".join(f"<div class=it style='cursor: pointer'><h3>{q}</h3><i>+</i></div>"
                      for q in ASKED) + LISTENS,
    "/shared": SHARED,
    "/pieces": PIECES,
    "/down": DOWN,
}  # fmt: skip
# What turns now and then is none either: voices, beside questions that nobody answers.
VOICES = "".join(f"<div class=faq><button>{q}</button></div>" for q in ASKED) + (
    """<div class=testimonials><h2>Voices</h2><div id=voice></div></div><script>
let n = 0;
document.addEventListener('click', () => { document.getElementById('voice').innerHTML =
  `<p>It helped me a lot, number ${n++}</p>`; });
</script>"""
)
# The last answer comes when nobody waits for it any more.
LATE = """<div class=it><button>What is it?</button></div><script>
document.querySelector('button').addEventListener('click', (e) => setTimeout(() =>
  e.target.insertAdjacentHTML('afterend', '<p>words of the first of it</p>'), 220));
</script>"""
# The address is written over, and behind it lies no page at all.
OVERWRITES = """<p>words of it that stand there</p><button>Side effects</button><script>
document.querySelector('button').addEventListener('click', () =>
  history.replaceState({}, '', '/elsewhere'));
addEventListener('popstate', () => document.body.append('told of it'));
</script>"""
# Two addresses further at once, with another page in this one's place.
FURTHER = """<p id=own>words of it that stand there</p><button>Side effects</button><script>
const own = document.getElementById('own');
document.querySelector('button').addEventListener('click', () => {
  ['/one', '/two'].forEach((place) => history.pushState({}, '', place));
  own.textContent = 'away';
});
addEventListener('popstate', () => {
  own.textContent = location.pathname === '/further' ? 'words of it that stand there' : 'away';
  document.body.append('told of it');
});
</script>"""
NEVER = "document.body.insertAdjacentHTML('beforeend', '<p>pressed words of it')"
ALONE = {
    "/quiz": f'<div class="quiz"><button onclick="{NEVER}">Are you over 40?</button></div>',
    "/starts": f'<button onclick="{NEVER}">Am I eligible? Start the quiz</button>',
    "/banner": f'<div id=cookie-bar><button onclick="{NEVER}">Privacy</button></div>',
    "/books": f'<div class=tabs><button onclick="{NEVER}">Book now</button></div>',
    "/form": f'<form><button type=button onclick="{NEVER}">What is it?</button></form>',
}
BAR = (
    "<header><nav><a href='/x'>X</a><button>%s</button></nav></header><p>%s</p><script>%s</script>"
)
PRESS = "document.querySelector('button').addEventListener('click', () => { %s })"
DRAWS = "document.body.insertAdjacentHTML('beforeend', '<p>over <a href=/drawn>Drawn</a>')"
ROUTE = (
    PRESS % "history.pushState({}, '', '/drawn'); document.title = 'away'"
    + "; addEventListener('popstate', () => { document.title = 'back' })"
)
LEADS = {
    "/draws": BAR % ("Patients", WORDS, PRESS % DRAWS),
    "/draws-below": f"<footer><button>Florida</button></footer><script>{PRESS % DRAWS}</script>",
    "/goes": BAR % ("Safety", WORDS, PRESS % "location.href = '/drawn'"),
    "/routes": BAR % ("Safety", WORDS, ROUTE),
    "/within": f"<p>{WORDS}</p><button>Side effects</button><script>"
    + PRESS % "location.assign('/drawn')" + "</script>",
}  # fmt: skip
# Another page in this one's place, under the same address; and what only lies over it.
VIEW = f"document.querySelector('p').outerHTML = '<h2>Safety</h2><p>view of it. {WORDS}</p>'"
SHORT = "We are a small practice by the sea, and a nurse sits with you for as long as it takes."
VIEWS = {"/swaps": BAR % ("Safety", SHORT * 3, PRESS % VIEW)}
# Of a picture nothing is kept, so who asks for it again is seen.
PICTURE = f"<img src=/seen.svg>{BAR % ('Patients', WORDS, PRESS % DRAWS)}"
STAYS = {
    "/log-in": BAR % ("Log in", WORDS, PRESS % DRAWS),
    "/books-above": BAR % ("Book now", WORDS, PRESS % "location.href = '/drawn'"),
    "/sends": f"<footer><form action=/sent><button>Go</button></form></footer><p>{WORDS}</p>",
}
ALL = {
    **READ,
    **ALONE,
    **LEADS,
    **STAYS,
    **VIEWS,
    "/over": OVER,
    "/window": WINDOW,
    "/turns": TURNS,
    "/voices": VOICES,
    "/late": LATE,
    "/overwrites": OVERWRITES,
    "/further": FURTHER,
    "/picture": PICTURE,
}


@dataclass(frozen=True)
class Seen:
    web: Web
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
            path: Answer(f"<!doctype html><body><h1>Care</h1>{body}".encode(), headers=TYPED)
            for path, body in ALL.items()
        }
        svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
        uncached = {"Content-Type": "image/svg+xml", "Cache-Control": "no-store"}
        web.routes[HOST]["/seen.svg"] = Answer(svg, headers=uncached)
        yield Seen(web, asyncio.run(_visit(web, executable)))


async def _visit(web: Web, executable: str) -> dict[str, Rendered]:
    browser = Chromium(executable, "ketawatch tests", Guard([f"{HOST}:{web.port}"]))
    try:
        pages = [browser.render(web.url(HOST, path), lambda url: HOST in url) for path in ALL]
        return dict(zip(ALL, await asyncio.gather(*pages), strict=True))
    finally:
        await browser.stop()


@pytest.mark.parametrize("path", READ)
def test_answers_that_take_turns_are_all_read(seen: Seen, path: str) -> None:
    text = seen.text(path)
    counts = [text.count(f"words of the {nth} of it") for nth in ("first", "second", "third")]
    assert counts == [1, 1, 1]


def test_an_unmarked_answer_stands_under_its_question(seen: Seen) -> None:
    text = seen.text("/buttons")
    places = [text.index(w) for w in ("it 0?", "the first", "it 1?", "the second", "it 2?")]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ["/over", "/window"])
def test_what_opens_over_the_page_is_read(seen: Seen, path: str) -> None:
    assert seen.text(path).count("words of the first of it") == 1
    assert "aria-hidden" not in seen.text(path)


def test_what_moves_by_itself_is_nobodys_answer(seen: Seen) -> None:
    assert "data-opened" not in seen.text("/turns")
    assert seen.text("/turns").count("It helped me a lot") == 1


def test_what_turns_now_and_then_is_nobodys_answer(seen: Seen) -> None:
    assert seen.pages["/voices"].pressed
    assert "data-opened" not in seen.text("/voices")


def test_an_answer_that_takes_its_time_is_read(seen: Seen) -> None:
    assert seen.text("/late").count("words of the first of it") == 1


@pytest.mark.parametrize("path", ["/overwrites", "/further"])
def test_a_page_is_read_where_it_stood(seen: Seen, path: str) -> None:
    assert seen.text(path).count("words of it that stand there") == 1
    assert "told of it" in seen.text(path)
    assert seen.pages[path].final_url.endswith(path)


@pytest.mark.parametrize("path", ALONE)
def test_what_begins_or_asks_something_is_not_pressed(seen: Seen, path: str) -> None:
    assert "pressed words" not in seen.text(path)


@pytest.mark.parametrize("path", LEADS)
def test_where_a_button_leads_is_a_link(seen: Seen, path: str) -> None:
    assert re.findall(r'<a href="[^"]*/drawn">([^<]*)</a>', seen.text(path))
    assert "/drawn" not in seen.web.asked(HOST)
    # It was taken down before, and what opened over it is in nobody's way.
    assert "over <a" not in seen.text(path)
    assert seen.pages[path].final_url.endswith(path)


def test_a_page_that_a_menu_puts_in_anothers_place_is_read_beside_it(seen: Seen) -> None:
    text = seen.text("/swaps")
    assert text.count("view of it") == 1
    assert text.index("a small practice") < text.index("<section data-pressed") < text.index("view")
    assert not any(seen.pages[path].views for path in ALL if path != "/swaps")


def test_no_picture_is_asked_for_again(seen: Seen) -> None:
    assert seen.pages["/picture"].led
    assert seen.web.asked(HOST)["/seen.svg"] == 1


@pytest.mark.parametrize("path", STAYS)
def test_no_log_in_booking_or_form_is_pressed(seen: Seen, path: str) -> None:
    assert "data-pressed" not in seen.text(path)
    assert not any(asked.startswith("/sent") for asked in seen.web.asked(HOST))
