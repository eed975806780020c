"""What is drawn or loaded late, or asked for first: read, or said to be unread."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from audit.run import audit_run
from data import provider_file
from data.models import Failure, Finding, Page, Provider, Skipped
from data.store import Store
from tests.crawlers.sites_served import WORDS, Answer, Route, crawl, page, serve

TOLD = "You are not a candidate for ketamine if you are pregnant."
MENU = "%s<header><nav id=m><a href=/faq>FAQ</a></nav></header>"
SAFETY = page("Safety", text=f"{TOLD} {WORDS}")
DRAWS = """<script>document.querySelector('.burger').onclick = () =>
  document.body.insertAdjacentHTML('beforeend', '<div><a href="/safety">Safety</a></div>');
</script>"""
# Its entries open further ones.
STEPS = DRAWS.replace(
    '<a href="/safety">Safety</a>', '<a href="/faq">FAQ</a><p id=sub>Care</p>'
).replace(
    "</script>",
    """; addEventListener('click', (e) => e.target.id === 'sub' && e.target.insertAdjacentHTML(
  'afterend', '<a href="/safety">Safety</a>'));</script><style>#sub { cursor: pointer }</style>""",
)
FILLS = f"e.innerHTML = '<p>{TOLD}</p>'"
IN_SIGHT = f"""<div style="height:2600px"></div><section class=lazy></section><script>
const e = document.querySelector('section.lazy');
new IntersectionObserver((in_) => {{ if (in_[0].isIntersecting) {FILLS} }}).observe(e);</script>"""
STIRRED = f"""<div id=faq-list></div><script>const e = document.querySelector('#faq-list');
addEventListener('mousemove', () => {{ {FILLS} }}, {{once: true}});</script>"""
GATE = """<h1>Age verification</h1><p>Are you 18 or older?</p><button id=yes>Enter</button>
<a href='/faq?age=ok'>Yes, I am over 18</a><script>document.querySelector('#yes').onclick = () => {
  document.body.innerHTML = 'In'; fetch('/said'); };</script>"""
QUIZ = "<h1>Am I eligible?</h1><p>Are you 18 or older?</p><button>I am 18 or older</button>"
# An application's host sends its home page for every address.
ROUTER = f"""<a href=/faq>FAQ</a><script>if (location.pathname === '/faq')
  document.querySelector('p').textContent = '{TOLD}';</script>"""
# Each press brings one more piece.
LIST = """<div class=%s><ul><li>First</ul><button id=more>Load more</button></div><script>let n = 0;
document.querySelector('#more').onclick = () => { n++; document.querySelector('ul')
  .insertAdjacentHTML('beforeend', `<li>Piece number ${n} of a list that goes on</li>`);
  if (n === %d) document.querySelector('#more').remove(); };</script>"""


def html(body: str) -> Answer:
    kind = {"Content-Type": "text/html; charset=utf-8"}
    return Answer(f"<!doctype html><title>Clinic</title>{body}".encode(), headers=kind)


def home(more: str = "", beside: str = "") -> Answer:
    offer = f"We prescribe ketamine lozenges that you take at home. {WORDS * 2}"
    return html(f"{MENU % beside}<h1>Ketamine at home</h1><p>{offer}</p>{more}")


def answers(body: str, words: str = WORDS) -> Answer:
    return html(f"{MENU % ''}<main><p>{words}</p>{body}</main>")


def sites() -> dict[str, dict[str, Route]]:
    burger = "<div class=burger%s><i></i></div>"
    loading, photos = "<div>Loading questions…</div><script></script>", LIST % ("gallery", 99)
    told = answers(f"<p>{TOLD}</p>")
    return {
        "drawn": {"/": home(DRAWS, burger % ""), "/faq": answers(""), "/safety": SAFETY},
        "steps": {"/": home(STEPS, burger % ""), "/faq": answers(""), "/safety": SAFETY},
        "there": {"/": home(DRAWS, burger % " aria-controls=m"), "/faq": told},
        "sight": {"/": home(), "/faq": answers(IN_SIGHT)},
        "stirred": {"/": home(), "/faq": answers(STIRRED)},
        "waits": {"/": home(), "/faq": answers(loading)},
        "gate": {"/": home(), "/faq": answers(GATE, ""), "/faq?age=ok": told},
        "quiz": {"/": home("<a href=/quiz>Am I eligible?</a>"), "/quiz": html(QUIZ), "/faq": told},
        "endless": {"/": home(), "/faq": answers(LIST % ("all", 99))},
        "ends": {"/": home(), "/faq": answers(LIST % ("all", 12))},
        "echoed": {"/": home(ROUTER), "/faq": home(ROUTER)},
        "homeward": {"/": home("<script></script>"), "/faq": home("<script></script>")},
        "framed": {"/": home(), "/faq": answers("<iframe src=//x.example/f></iframe>", "Answers")},
        "photos": {"/": home(), "/faq": answers(f"<p>{TOLD}</p>{photos}")},
    }


@dataclass(frozen=True)
class Seen:
    """What came of each site: captured paths, classes of failure, notes, one rule's outcome."""

    paths: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    failures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    seen, names = Seen(), sites()
    with serve() as web:
        web.routes |= {f"{name}.localhost": routes for name, routes in names.items()}
        store = Store.create(tmp_path_factory.mktemp("unseen") / "store")
        here = [Provider(n, n.title(), web.url(f"{n}.localhost")) for n in names]
        provider_file.write(store.providers_path, here)
        done = crawl(store.path, "--render", "auto")
        assert done.returncode in (0, 3), done.stderr
        seen.asked.update({name: set(web.asked(f"{name}.localhost")) for name in names})
        port = str(web.port)
    run = store.run()
    for made in run.read("pages", Page):
        seen.paths[made.provider_id][made.url.rpartition(port)[2]] = made.render_reason or ""
    for failure in run.read("failures", Failure):
        seen.failures[failure.provider_id].append(failure.failure_class)
    for left in run.read("skipped", Skipped):
        seen.notes[left.provider_id].add((left.url.rpartition(port)[2], left.reason))
    for finding in audit_run(store, run)[0].read("findings", Finding):
        if finding.rule_id == "screening.pregnancy":
            seen.outcomes[finding.provider_id] = finding.outcome, finding.reason
    return seen


@pytest.mark.parametrize(
    ("name", "path", "reason"),
    [
        ("drawn", "/", "no_menu"),
        ("steps", "/", "no_menu"),
        ("sight", "/faq", "loads_later"),
        ("stirred", "/faq", "loads_later"),
        ("there", "/", ""),
        ("quiz", "/quiz", "trackers"),
        ("echoed", "/faq", "echoes_home"),
        ("photos", "/faq", "folds_away"),
    ],
)
def test_what_is_there_or_comes_is_read(seen: Seen, name: str, path: str, reason: str) -> None:
    assert seen.paths[name][path] == reason
    assert seen.outcomes[name] == ("met", "stated")
    assert not seen.failures[name]


@pytest.mark.parametrize(
    ("name", "failure", "reason"),
    [
        ("waits", "render_failed", "render_failed"),
        ("gate", "gate", "coverage_too_low"),
        ("framed", "empty", "coverage_too_low"),
        ("endless", "render_failed", "render_failed"),
    ],
)
def test_what_does_not_come_is_not_called_missing(
    seen: Seen, name: str, failure: str, reason: str
) -> None:
    assert seen.failures[name] == [failure]
    assert seen.outcomes[name] == ("not_tested", reason)


@pytest.mark.parametrize("name", ["ends", "homeward"])
def test_what_was_read_to_its_end_can_be_called_missing(seen: Seen, name: str) -> None:
    """So can what a host does not have, where it sends everybody its home page."""
    assert not seen.failures[name]
    assert seen.outcomes[name] == ("concern", "not_stated")


def test_pictures_that_go_on_are_told_and_nothing_more(seen: Seen) -> None:
    assert ("/faq", "list_unended") in seen.notes["photos"]
    assert not seen.notes["ends"]


def test_nothing_is_said_at_a_gate(seen: Seen) -> None:
    assert ("/faq?age=ok", "attests") in seen.notes["gate"]
    assert seen.asked["gate"].isdisjoint({"/faq?age=ok", "/said"})
