"""Providers that share a host are never in two workers' hands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawlers.conduct.scope import site_key
from crawlers.distribution.lanes import lanes
from crawlers.runs.plan import home_of
from data.models import Provider

HOMES = (
    *("https://one.example/", "https://www.one.example/iv", "https://two.example/"),
    *("https://linktr.ee/one", "https://linktr.ee/two", "https://three.wixsite.com/care"),
    *("https://four.wixsite.com/care", "http://clinic.localhost:8001/", "http://127.0.0.1:8002/"),
)
OWN = ("help.one.example", "desk.example", "two.example", "book.example")


def provider(number: int, homepage: str) -> Provider:
    return Provider(f"p{number}", f"P{number}", homepage)


def together(orders: list[list[str]], *ids: str) -> bool:
    return any(set(ids) <= set(order) for order in orders)


def ids(providers: list[Provider], own: dict[str, list[str]]) -> list[list[str]]:
    return [[p.provider_id for p in order.providers] for order in lanes(providers, own)]


def test_a_site_and_its_sub_domains_are_one_worker_s() -> None:
    made = ids([provider(n, home) for n, home in enumerate(HOMES)], {})
    assert together(made, "p0", "p1")
    assert together(made, "p3", "p4")  # a host that many share
    assert ["p2"] in made
    assert ["p5"] in made  # each site of a builder is its own
    assert ["p7"] in made


def test_a_host_that_two_count_as_their_own_joins_their_sites() -> None:
    sites = [provider(0, HOMES[0]), provider(1, "https://five.example/"), provider(2, HOMES[2])]
    own = {"p0": ["desk.example"], "p2": ["desk.example"]}
    assert ids(sites, own) == [["p0", "p2"], ["p1"]]
    # Also where the link is found last of all.
    assert ids(sites, {"p2": ["one.example", "five.example"]}) == [["p0", "p1", "p2"]]


@given(
    st.lists(st.sampled_from(HOMES), max_size=12),
    st.dictionaries(st.integers(0, 11).map(lambda n: f"p{n}"), st.lists(st.sampled_from(OWN))),
)
def test_no_host_is_in_two_orders_and_nobody_is_lost(
    homes: list[str], own: dict[str, list[str]]
) -> None:
    providers = [provider(n, home) for n, home in enumerate(homes)]
    orders = lanes(providers, own)
    assert sorted(p.provider_id for o in orders for p in o.providers) == sorted(
        p.provider_id for p in providers
    )
    met = [key for order in orders for key in order.keys]
    assert len(met) == len(set(met))
    for order in orders:
        for each in order.providers:
            hosts = (f"https://{host}/" for host in own.get(each.provider_id, ()))
            assert {site_key(url) for url in (home_of(each), *hosts)} <= set(order.keys)
