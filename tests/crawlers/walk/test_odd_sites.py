"""Sites on which a page is easily lost: told apart by a number, sent with a wrong status, twice.

What is not read counts as not said where nothing tells that it is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from audit.run import audit_run
from data import provider_file
from data.models import Claim, Coverage, Failure, Finding, Page, Provider, Skipped
from data.store import Run, Store
from data.vocabulary import Outcome, Reason
from tests.crawlers.sites_served import WORDS, Answer, Route, Web, crawl, page, serve

HTML = {"Content-Type": "text/html; charset=utf-8"}
TOLD = "You are not a candidate for ketamine if you are pregnant."
CHOOSING = (
    f"<title>Clinic</title><h1>Clinic</h1><p>{WORDS * 2}</p><form action=/find><select name=topic>"
    "<option value=faq>Frequently asked questions<option value=/team>Our team</select></form>"
    "<section><h2>Find your state</h2><select onchange='location = &quot;/find?state=&quot; +"
    " this.value'><option>Choose<option value=TX>Texas<option value=OH>Ohio<option value=ME>Maine"
    "</select></section><form action=/kb><input name=s placeholder='Search safety information'>"
)
NUMBERED = ("FAQ", "Safety", "How it works", "Our team")


def told_apart() -> dict[str, dict[str, Route]]:
    """Hosts on which two pages are easily taken for one, by path."""
    topics = [f"/p.php?n={n}|{'Safety' if n == 13 else f'Topic {n}'}" for n in range(15)]
    drips = f"<link rel=canonical href=/care><h1>Drips</h1>{WORDS}".encode()
    return {
        # The folder is not there, and its front page is.
        "folder": {
            "/": page("Clinic", "/faq/|FAQ", "/faq/index.html|Questions"),
            "/faq/index.html": page("FAQ"),
        },
        # Behind one log-in patients begin, behind the other they come back.
        "inviting": {"/": page("Clinic", "/account/|Book now", "/my-portal/|Patients: log in")},
        "numbered": {
            "/": page("Clinic", *(f"/page.cfm?cid={n}|{t}" for n, t in enumerate(NUMBERED))),
            **{f"/page.cfm?cid={n}": page(title) for n, title in enumerate(NUMBERED)},
        },
        "topics": {
            "/": page("Clinic", *topics),
            **{f"/p.php?n={n}": page(f"Topic {n}") for n in range(15)},
        },
        "shown": {
            "/": page("Clinic", "/care?type=drip|Drips", "/care|Treatments"),
            "/care?type=drip": Answer(drips, headers=HTML),
            "/care": page("Treatments"),
        },
    }


def taken_amiss() -> dict[str, dict[str, Route]]:
    """Hosts on which a page is easily taken for something else, by path."""
    safety = f"<title>Safety | Clinic</title><h1>Safety</h1><p>{TOLD} {WORDS * 2}".encode()
    framed = b"<html><body><iframe src=/main.html width=100% height=100%></iframe></body></html>"
    languages = (
        f"<h1>Clinic</h1><p>{WORDS}</p><a href=/us/ hreflang=us>Us</a>"
        "<a href=/faq hreflang=es>ES</a><a href=/faq hreflang=en>EN</a>"
        "<a href=/preguntas hreflang=es>ES</a>"
    )
    return {
        "document": {
            "/": page("Clinic", "/agreed.docx|Informed consent"),
            "/agreed.docx": Answer(b"PK\x03\x04 words", headers={"Content-Type": "application/x"}),
        },
        "languages": {
            "/": Answer(languages.encode(), headers=HTML),
            "/us/": page("Us"),
            "/faq": page("FAQ"),
        },
        "missent": {
            "/": page("Clinic", "/safety|Safety"),
            "/safety": Answer(safety, 404, HTML),
        },
        # Answers, and what each state's patients are told, are there for who chooses or searches.
        "choosing": {
            "/": Answer(CHOOSING.encode(), headers=HTML),
            **{path: page("Chosen") for path in ("/find?topic=faq", "/find?state=TX", "/kb?s=")},
            "/team": page("Team"),
        },
        # A home page where others have their patients' log-in.
        "app.mind": {"/": page("Clinic", "/care|Treatments"), "/care": page("Treatments")},
        # A registrar that forwards a name so, and a server that sends long headers.
        "framed": {
            "/": Answer(framed, headers=HTML),
            "/main.html": page("Clinic", "/faq"),
            "/faq": page("FAQ"),
        },
        "long": {"/": Answer(page("Clinic").body, headers={**HTML, "X-Policy": "a" * 100_000})},
    }


@dataclass(frozen=True, slots=True)
class Found:
    """The run, and what it says of an address, by host and path."""

    web: Web
    store: Store
    run: Run
    pages: dict[str, Page]
    failures: dict[str, str]
    skipped: dict[str, str]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    with serve() as web:
        sites = told_apart() | taken_amiss()
        for name, routes in sites.items():
            web.routes[f"{name}.localhost"] = routes
        store = Store.create(tmp_path_factory.mktemp("odd") / "store")
        here = [Provider(n, n.title(), web.url(f"{n}.localhost")) for n in sites]
        provider_file.write(store.providers_path, here)
        done = crawl(store.path, "--render", "never")
        assert done.returncode == 0, done.stderr
        run = store.run()

        def place(url: str) -> str:
            return url.removeprefix("http://").replace(f".localhost:{web.port}", "")

        yield Found(
            web,
            store,
            run,
            {place(p.url): p for p in run.read("pages", Page)},
            {place(f.url): f.failure_class for f in run.read("failures", Failure)},
            {place(s.url): s.reason for s in run.read("skipped", Skipped)},
        )


@pytest.mark.parametrize(
    ("place", "expected_type"),
    [
        ("folder/faq/index.html", "faq"),
        *(
            (f"numbered/page.cfm?cid={n}", kind)
            for n, kind in enumerate(("faq", "safety", "how-it-works", "team"))
        ),
        ("topics/p.php?n=13", "safety"),
        ("languages/us/", "team"),
        ("languages/faq", "faq"),
        ("shown/care", "treatment"),
        ("app.mind/care", "treatment"),
        ("framed/faq", "faq"),
        ("long/", "home"),
    ],
)
def test_it_is_read(found: Found, place: str, expected_type: str) -> None:
    assert found.pages[place].expected_type == expected_type
    assert place not in found.failures
    assert place not in found.skipped


def test_facets_and_translations_are_left_out_as_ever(found: Found) -> None:
    assert found.skipped["topics/p.php?n=14"] == "trap"
    assert found.skipped["languages/preguntas"] == "other_language"


def test_a_document_that_nobody_reads_is_a_gap(found: Found) -> None:
    assert found.failures["document/agreed.docx"] == "not_html"
    assert found.pages["document/agreed.docx"].expected_type == "consent"


def test_a_page_with_the_status_of_none_is_read_by_the_audit(found: Found) -> None:
    page = found.pages["missent/safety"]
    assert (page.status, found.failures.get("missent/safety")) == (404, None)
    audit, _ = audit_run(found.store, found.run)
    claims = audit.read("claims", Claim)
    assert any(c.capture_id == page.capture_id and c.quote in TOLD for c in claims)


def test_where_patients_begin_is_known_though_it_is_not_asked_for(found: Found) -> None:
    rows = {s.url.rpartition(str(found.web.port))[2]: s for s in found.run.read("skipped", Skipped)}
    told = {path: (rows[path].reason, rows[path].expected_type) for path in rows}
    assert told["/account/"] == ("login", "eligibility")
    assert told["/my-portal/"] == ("login", "other")
    assert not set(found.web.asked("inviting.localhost")) & {"/account/", "/my-portal/"}


def test_what_only_a_choice_leads_to_was_not_looked_at(found: Found) -> None:
    kinds = {place: why for place, why in found.skipped.items() if place.startswith("choosing/")}
    assert kinds == dict.fromkeys(
        ("choosing/#faq", "choosing/#location", "choosing/#safety"), "unchosen"
    )
    asked = set(found.web.asked("choosing.localhost"))
    assert not {path for path in asked if path.startswith(("/find", "/kb"))}
    assert "/team" in asked
    rows = [r for r in found.run.read("coverage", Coverage) if r.provider_id == "choosing"]
    assert {r.expected_type: r.skipped for r in rows if r.skipped} == {
        **dict.fromkeys(("faq", "location", "safety"), 1),
    }
    audit, _ = audit_run(found.store, found.run)
    outcomes = {f.outcome for f in audit.read("findings", Finding) if f.provider_id == "choosing"}
    assert Outcome.NOT_TESTED in outcomes
    assert Reason.NOT_STATED not in {
        f.reason for f in audit.read("findings", Finding) if f.provider_id == "choosing"
    }
