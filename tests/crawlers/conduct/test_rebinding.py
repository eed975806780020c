"""A name that leads to the public internet first and to this machine a moment later."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from data import provider_file
from data.models import Failure, Page, Provider
from data.store import Store
from tests.crawlers.name_server import PUBLIC, Names, serve_names
from tests.crawlers.sites_served import ROOT, Answer, Web, environment, page, redirect, serve

# A whole crawl, but for two things: names are asked of the test's own server, and what goes to the
# public address arrives at the test's own website. Every connection is written down.
CRAWL = """
import json, sys
from pathlib import Path
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import reactor
from twisted.names import client
store, names, public, website = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
reactor.installResolver(client.Resolver(servers=[("127.0.0.1", names)]))
connect, made = reactor.connectTCP, []
def connect_there(host, port, *rest, **more):
    made.append([host, port])
    here = ("127.0.0.1", website) if host == public else (host, port)
    return connect(*here, *rest, **more)
reactor.connectTCP = connect_there
from crawlers.crawl import CrawlOptions, crawl
from data.store import Store
crawl(Store.open(Path(store)), CrawlOptions(delay=0.01, render="never"))
print(json.dumps(made))
"""
INSIDE = [
    *("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("::1", "::ffff:127.0.0.1", "fd00::1", "fe80::1", "64:ff9b::7f00:1"),
]


@dataclass
class Crawled:
    """What one crawl left, whom it connected to, and what the trap on this machine was asked."""

    store: Store
    web: Web
    trap: Web
    names: Names
    made: list[list[Any]]

    def rows(self, kind: type[Any]) -> dict[str, Any]:
        table = "pages" if kind is Page else "failures"
        return {row.url: row for row in self.store.run().read(table, kind)}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with serve() as web, serve() as trap, serve_names() as names:
        port = trap.port
        hosts = {f"inside-{n}.example": [[address]] for n, address in enumerate(INSIDE)}
        # robots.txt and the home page are met on the public internet, all else is not.
        names.answers |= {"turns.example": [[PUBLIC], [PUBLIC], ["127.0.0.1"]], **hosts}
        names.answers["leads.example"] = [[PUBLIC]]
        names.answers["in.leads.example"] = [["127.0.0.1"]]
        once = {"Content-Type": "text/html", "Connection": "close"}
        home = page("Turns", "/secret|Terms").body
        web.routes["turns.example"] = {
            "/robots.txt": Answer(b"User-agent: *", headers=once),
            "/": Answer(home, headers=once),
        }
        web.routes["leads.example"] = {
            "/": page("Leads", "/down|FAQ", f"http://in.leads.example:{port}/|Terms"),
            "/down": redirect(f"http://in.leads.example:{port}/secret"),
        }
        for host in names.answers:
            trap.routes[host] = {"/": page("Trap"), "/secret": page("Secret")}
        store = Store.create(tmp_path_factory.mktemp("rebinding") / "store")
        listed = [h for h in names.answers if h != "in.leads.example"]
        provider_file.write(
            store.providers_path, [Provider(h, h, f"http://{h}:{port}/") for h in listed]
        )
        yield Crawled(store, web, trap, names, run(store, names, web))


def run(store: Store, names: Names, web: Web) -> list[list[Any]]:
    done = subprocess.run(
        [
            *(sys.executable, "-X", "utf8", "-c", textwrap.dedent(CRAWL)),
            *(str(store.path), str(names.port), PUBLIC, str(web.port)),
        ],
        capture_output=True,
        encoding="utf-8",
        env={**environment(), "PYTHONPATH": str(ROOT), "KETAWATCH_CONTACT": "ops@watch.example"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return made


def test_nothing_on_this_machine_is_ever_connected_to(crawled: Crawled) -> None:
    assert crawled.trap.log == []
    assert {host for host, _ in crawled.made} == {PUBLIC}


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(crawled: Crawled) -> None:
    home = f"http://turns.example:{crawled.trap.port}/"
    assert crawled.rows(Page)[home].status == 200
    assert crawled.names.asked["turns.example"] > 2
    failure = crawled.rows(Failure)[f"{home}secret"]
    assert (failure.failure_class, failure.fault) == ("guard", "policy")
    assert "127.0.0.1" in failure.remedy


@pytest.mark.parametrize("number", range(len(INSIDE)))
def test_names_of_private_machines_are_refused(crawled: Crawled, number: int) -> None:
    url = f"http://inside-{number}.example:{crawled.trap.port}/"
    assert crawled.rows(Failure)[url].failure_class == "guard"


def test_neither_links_nor_redirects_lead_inside(crawled: Crawled) -> None:
    failures, port = crawled.rows(Failure), crawled.trap.port
    for url in (f"http://leads.example:{port}/down", f"http://in.leads.example:{port}/"):
        assert failures[url].failure_class == "guard"
