"""Who asks, how often, how much, and whose site it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.conduct.scope import SiteScope, open_hosts, own_keys, site_key
from crawlers.conduct.settings import polite_settings, require_contact, require_delay, user_agent
from crawlers.runs.plan import CrawlOptions, Plan, estimate, make
from data import provider_file
from data.config import Config, Limits
from data.errors import UsageError
from data.models import Provider
from data.store import Store

KNOWN = Config(contact="ops@watch.example")


def test_the_user_agent_names_us_and_the_operator() -> None:
    agent = user_agent(KNOWN)
    assert agent.startswith("ketawatch/")
    assert "(+https://" in agent
    assert "contact: ops@watch.example" in agent


def test_the_usual_settings_are_those_of_a_good_guest() -> None:
    usual = polite_settings(KNOWN)
    assert usual["AUTOTHROTTLE_ENABLED"]
    assert usual["DOWNLOAD_DELAY"] >= 1
    assert usual["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert not usual["COOKIES_ENABLED"]
    assert not usual["TELNETCONSOLE_ENABLED"]
    assert {k for k, v in usual["DOWNLOAD_HANDLERS"].items() if v} == {"http", "https"}
    assert "crawlers.conduct.robots.RobotsMiddleware" in usual["DOWNLOADER_MIDDLEWARES"]
    assert "crawlers.conduct.guard.GuardMiddleware" in usual["DOWNLOADER_MIDDLEWARES"]
    assert usual["TWISTED_DNS_RESOLVER"] == "crawlers.conduct.guard.GuardedResolver"


def test_a_delay_that_is_named_is_kept_exactly() -> None:
    fixed = polite_settings(KNOWN, delay=3)
    assert (fixed["DOWNLOAD_DELAY"], fixed["DOWNLOAD_DELAY_JITTER"]) == (3, 0)
    assert not fixed["AUTOTHROTTLE_ENABLED"]


def test_a_contact_is_needed_for_public_hosts_only() -> None:
    home = ["http://127.0.0.1:8000/", "http://a.localhost:1/", "http://intranet/"]
    require_contact(Config(), home)
    require_contact(KNOWN, ["https://clinic-of-nobody.com/"])
    with pytest.raises(UsageError, match="contact"):
        require_contact(Config(), [*home, "https://clinic-of-nobody.com/"])
    with pytest.raises(UsageError, match="header"):
        require_contact(Config(contact="a\r\nX-Evil: 1"), home)


def test_no_pause_at_all_is_for_loopback() -> None:
    require_delay(0, ["http://a.localhost:1/"])
    require_delay(0.1, ["https://clinic-of-nobody.com/"])
    require_delay(None, ["https://clinic-of-nobody.com/"])
    with pytest.raises(UsageError, match="--delay 0"):
        require_delay(0, ["https://clinic-of-nobody.com/"])


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.clinic.com/x", "clinic.com"),
        ("http://blog.clinic.co.uk", "clinic.co.uk"),
        ("https://clinic.wixsite.com/home", "clinic.wixsite.com"),
        ("http://127.0.0.1:8001/", "127.0.0.1_8001"),
        ("http://www.a.localhost:8001/", "a.localhost_8001"),
    ],
)
def test_what_addresses_of_one_site_have_in_common(url: str, key: str) -> None:
    assert site_key(url) == key


def test_a_site_is_its_domain_with_sub_domains_and_own_hosts() -> None:
    site = SiteScope("https://www.clinic.com/", ["help.desk.com"])
    assert site.holds("http://blog.clinic.com/x")
    assert site.holds("https://help.desk.com/clinic")
    assert not site.holds("https://other.desk.com/clinic")
    assert not site.holds("https://clinic.org/")
    assert not SiteScope("http://a.localhost:1/").holds("http://a.localhost:2/")


def test_own_hosts_may_be_written_in_any_letters() -> None:
    own = ["Hilfe.Straße.de", "desk.bücher.de:8080"]
    site = SiteScope("https://clinic.com/", own)
    assert site.holds("https://hilfe.xn--strae-oqa.de/x")
    assert site.holds("https://desk.xn--bcher-kva.de:8080/x")
    assert not site.holds("https://hilfe.strasse.de/x")
    assert own_keys("https://clinic.com/", own) == {
        *("clinic.com", "xn--strae-oqa.de", "xn--bcher-kva.de")
    }
    opened = ["hilfe.xn--strae-oqa.de", "desk.xn--bcher-kva.de:8080"]
    assert list(open_hosts((), own)) == opened


def test_on_a_shared_host_only_the_providers_own_path_is_the_site() -> None:
    site = SiteScope("https://linktr.ee/clinic")
    assert site.holds("https://linktr.ee/clinic/")
    assert site.holds("https://linktr.ee/clinic/faq")
    assert not site.holds("https://linktr.ee/clinical")
    assert not site.holds("https://linktr.ee/")


def test_an_estimate_is_said_before_a_run_starts() -> None:
    plan = Plan([Provider(str(n), "N", f"https://c{n}.com/") for n in range(9)], Limits(10, 1, 9))
    said = estimate(plan, None)
    assert (said.providers, said.bytes_high) == (9, 9)
    assert said.max_requests >= 90
    assert said.seconds_low > 0
    assert said.seconds_high <= 18
    assert str(said).startswith("9 providers, ")
    assert CrawlOptions().only == ()


def test_own_hosts_of_nobody_are_told(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    vale = Provider("vale.example", "Vale", "https://vale.example/")
    provider_file.write(store.providers_path, [vale])
    (tmp_path / "ketawatch.toml").write_text(
        '[own_hosts]\n"vale.example" = ["a.example"]\n"www.vale.example" = ["b.example"]\n',
        encoding="utf-8",
    )
    (issue,) = make(store, CrawlOptions()).issues
    assert issue.where == "ketawatch.toml: own_hosts.www.vale.example"
    other = tmp_path / "others.csv"
    provider_file.write(other, [Provider("dale.example", "Dale", "https://dale.example/")])
    assert make(store, CrawlOptions(providers_file=other)).issues == []
