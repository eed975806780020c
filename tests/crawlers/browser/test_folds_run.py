"""Answers and links that are in no byte of a page as it was sent: read, or known to be missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from audit.run import audit_run
from data import provider_file
from data.models import Failure, Finding, Page, Provider
from data.store import Store
from tests.crawlers.sites_served import WORDS, Answer, Route, crawl, page, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}
TOLD = "You are not a candidate for ketamine if you are pregnant."
OFFER = f"We prescribe ketamine lozenges that you take at home. {WORDS * 2}"
QUESTIONS = "".join(
    f"<div class=item><button aria-expanded=false aria-controls=p{n} id=b{n}>{question}</button>"
    f"<div id=p{n} role=region hidden></div></div>"
    for n, question in enumerate(("Who should not have it?", "How long does it last?"))
)
OPENS = f"""<script>
const said = ["{TOLD}", "About an hour."];
[...document.querySelectorAll('.item button')].forEach((button, n) => button.onclick = () => {{
  document.getElementById('p' + n).innerHTML = '<p>' + said[n] + '</p>';
}});
</script>"""
TURNS = OPENS.replace(
    "document.getElementById('p' + n)",
    "document.querySelectorAll('[role=region]').forEach((one) => { one.innerHTML = ''; });"
    "document.getElementById('p' + n)",
)
CITIES = """<footer><button>Florida</button></footer><script>
document.querySelector('footer button').onclick = (e) => e.target.insertAdjacentHTML('afterend',
  '<ul><li><a href="/miami">Miami</a><li><a href="/safety">Safety</a></ul>');
</script>"""
LISTED = """<h1>Answers</h1><p>%s</p><div id="faq-list"></div><script src="/fill.js"></script>"""
FILL = (
    "fetch('/faq.json').then((r) => r.json()).then((told) => {"
    " document.getElementById('faq-list').innerHTML = `<p>${told}</p>`; })"
)


def html(body: str) -> Answer:
    return Answer(f"<!doctype html><title>Clinic</title>{body}".encode(), headers=HTML)


def sites() -> dict[str, dict[str, Route]]:
    menu = "<nav><a href='/faq'>FAQ</a></nav>"
    home = html(f"{menu}<h1>Ketamine at home</h1><p>{OFFER}</p>")
    return {
        "folded": {"/": home, "/faq": html(f"{menu}<p>{WORDS}</p>{QUESTIONS}{OPENS}")},
        "turns": {"/": home, "/faq": html(f"{menu}<p>{WORDS}</p>{QUESTIONS}{TURNS}")},
        "stuck": {"/": home, "/faq": html(f"{menu}<p>{WORDS}</p>{QUESTIONS}<script></script>")},
        "fetched": {
            "/": home,
            "/faq": html(LISTED % WORDS),
            "/fill.js": Answer(FILL.encode(), headers={"Content-Type": "text/javascript"}),
            "/faq.json": Answer(f'"{TOLD}"'.encode(), headers={"Content-Type": "application/json"}),
        },
        "cities": {
            "/": html(f"{menu}<h1>Ketamine at home</h1><p>{OFFER}</p>{CITIES}"),
            "/faq": page("Answers"),
            "/miami": page("Miami"),
            "/safety": page("Safety", text=f"{TOLD} {WORDS}"),
        },
    }


@dataclass(frozen=True)
class Seen:
    """What came of each site: captured paths, classes of failure, and one rule's outcome."""

    paths: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    failures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)


def looked_at(folder: Path, render: str) -> Seen:
    seen = Seen()
    with serve() as web:
        names = sites()
        web.routes |= {f"{name}.localhost": routes for name, routes in names.items()}
        store = Store.create(folder / render)
        here = [Provider(n, n.title(), web.url(f"{n}.localhost")) for n in names]
        provider_file.write(store.providers_path, here)
        done = crawl(store.path, "--render", render)
        assert done.returncode in (0, 3), done.stderr
        run = store.run()
        audit, _ = audit_run(store, run)
        for made in run.read("pages", Page):
            path = made.url.rpartition(str(web.port))[2]
            seen.paths[made.provider_id][path] = made.render_reason or ""
        for failure in run.read("failures", Failure):
            seen.failures[failure.provider_id].append(failure.failure_class)
        for finding in audit.read("findings", Finding):
            if finding.rule_id == "screening.pregnancy":
                seen.outcomes[finding.provider_id] = finding.outcome, finding.reason
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    folder = tmp_path_factory.mktemp("folds")
    return {render: looked_at(folder, render) for render in ("auto", "never")}


@pytest.mark.parametrize(
    ("name", "path", "reason"),
    [
        ("folded", "/faq", "folds_away"),
        ("turns", "/faq", "folds_away"),
        ("fetched", "/faq", "loads_later"),
        ("cities", "/", "no_menu"),
    ],
)
def test_what_only_pressing_or_waiting_shows_is_read(
    seen: dict[str, Seen], name: str, path: str, reason: str
) -> None:
    assert seen["auto"].paths[name][path] == reason
    assert seen["auto"].outcomes[name] == ("met", "stated")
    assert not seen["auto"].failures[name]


def test_pages_behind_a_button_are_captured(seen: dict[str, Seen]) -> None:
    assert {"/miami", "/safety"} <= set(seen["auto"].paths["cities"])


@pytest.mark.parametrize(("name", "render"), [("stuck", "auto"), ("folded", "never")])
def test_answers_that_do_not_come_are_not_called_missing(
    seen: dict[str, Seen], name: str, render: str
) -> None:
    assert seen[render].failures[name] == ["render_failed"]
    assert seen[render].outcomes[name] == ("not_tested", "render_failed")
