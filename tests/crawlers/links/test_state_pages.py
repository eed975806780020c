"""Pages for each state: which addresses differ in a state's name alone, and how many are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.links.state_pages import pattern
from data import provider_file
from data.models import Page, Provider, Skipped
from data.store import Store
from tests.crawlers.sites_served import crawl, page, serve

HOST = "everywhere.localhost"
SITE = "https://clinic.example"
STATES: tuple[str, ...] = ("alabama", "alaska", "arizona", "georgia", "idaho", "iowa")
STATES += ("new-york", "ohio", "texas", "utah", "vermont", "west-virginia")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/at-home-ketamine/ohio", "/at-home-ketamine/New-York/"),
        ("/ohio-ketamine", "/west-virginia-ketamine"),
        ("/ketamine-in-texas.html", "/ketamine-in-south_dakota.html"),
        ("/care/tx", "/care/oh"),
        ("/care?state=TX&x=1", "/care?state=New+Mexico&x=1"),
        ("/faq/ohio/cost", "/faq/utah/cost"),
    ],
)
def test_they_differ_in_a_state_alone(first: str, second: str) -> None:
    assert pattern(SITE + first) == pattern(SITE + second) is not None


@pytest.mark.parametrize(
    "path", ["/", "/faq", "/treatments/iv-ketamine", "/care?step=2", "/me-and-you", "/p/in-clinic"]
)
def test_there_is_no_state_in_it(path: str) -> None:
    assert pattern(SITE + path) is None


def test_what_else_differs_is_something_else() -> None:
    assert pattern(f"{SITE}/ohio/team") != pattern(f"{SITE}/ohio/faq")
    assert pattern(f"{SITE}/ohio-ketamine") != pattern(f"{SITE}/ketamine-ohio")
    assert pattern(f"{SITE}/care?state=TX") != pattern(f"{SITE}/care?state=TX&page=2")


@pytest.mark.parametrize("form", ["/at-home-ketamine/{}", "/{}-ketamine", "/ketamine?state={}"])
def test_a_sample_of_them_is_read_and_the_rest_is_said(tmp_path: Path, form: str) -> None:
    """Five as what they promise, and five as places; other treatments are read all."""
    places = [form.format(state) for state in STATES]
    store = Store.create(tmp_path / "store")
    with serve() as web:
        others = [f"/treatments/{name}-drip" for name in ("calm", "slow", "deep", "long")]
        paths = (*places, *others)
        web.routes[HOST] = {"/": page("Care", *paths), **{path: page(path) for path in paths}}
        provider_file.write(store.providers_path, [Provider(HOST, "Care", web.url(HOST))])
        assert crawl(store.path, "--render", "never").returncode == 0
        asked = web.asked(HOST)
    assert sum(asked[place] for place in places) == 10
    assert all(asked[path] for path in others)
    run = store.run()
    left = {s.reason for s in run.read("skipped", Skipped)}
    assert left == {"sampled_out"}
    assert len(run.read("pages", Page)) == 1 + 10 + len(others)
