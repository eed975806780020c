"""A site's connections are hung up on at its end, also where the machine has no time for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from data import provider_file
from data.models import Provider
from data.store import Store
from tests.crawlers.sites_served import environment, page, serve

# A whole crawl, on a machine that stands still for a moment. After it the hosts have let go, and
# the second that Scrapy waits for them is over, too.
CRAWL = """
import sys, time
from pathlib import Path
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.web.client import HTTPConnectionPool
close = HTTPConnectionPool.closeCachedConnections
def close_late(pool):
    print("closed")
    closed = Deferred()
    reactor.callLater(0.9, time.sleep, 0.3)
    reactor.callLater(1.0, close(pool).chainDeferred, closed)
    return closed
HTTPConnectionPool.closeCachedConnections = close_late
from crawlers.crawl import CrawlOptions, crawl
from data.store import Store
crawl(Store.open(Path(sys.argv[1])), CrawlOptions(delay=0, render="never", allow_private=True))
"""


def test_hanging_up_on_a_busy_machine_is_no_error(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    with serve() as web:
        web.routes["calm.localhost"] = {"/": page("Care")}
        home = web.url("calm.localhost")
        provider_file.write(store.providers_path, [Provider("calm", "Calm", home)])
        done = subprocess.run(
            [sys.executable, "-c", CRAWL, str(store.path)],
            capture_output=True,
            encoding="utf-8",
            env=environment(),
            timeout=120,
            check=True,
        )
    assert "closed" in done.stdout
    assert web.asked("calm.localhost")["/"] == 1
    assert "Error" not in done.stderr
