"""The served app: seen by a real browser at two widths, and ended by Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from dashboard import server

MAIN = "import sys; from dashboard.commands import dashboard; dashboard(sys.argv[1:])"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Streamlit looks for its server below the page's path before it looks at the root.
PROBES = ("/provider/_stcore/health", "/provider/_stcore/host-config")


@contextlib.contextmanager
def serving(store: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The command in a process of its own, ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [sys.executable, "-c", MAIN, "--store", str(store), "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(server.APP.parent.parent)}
    with subprocess.Popen(arguments, env=environment, cwd=store) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.kill()


def wait_for(url: str) -> None:
    """Return once something answers."""
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url).close()
            return
        time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def url(dashboard_store: Path) -> Iterator[str]:
    with serving(dashboard_store) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the pages are not seen by a real browser")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(params=[1440, 390])
def page(browser: Browser, request: pytest.FixtureRequest, url: str) -> Iterator[Page]:
    """A tab that fails the test for an error in its console or a request to another host."""
    tab = browser.new_page(viewport={"width": request.param, "height": 900})
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            wrong.append(message.text)

    tab.on("console", listen)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on(
        "request",
        lambda r: None if r.url.startswith((url, "data:", "blob:")) else wrong.append(r.url),
    )
    yield tab
    tab.close()
    assert not wrong


def open_everything(tab: Page, address: str, ready: str) -> None:
    """Go there, wait until the page is drawn, and unfold all that is folded."""
    tab.goto(address)
    tab.wait_for_selector(ready)
    tab.wait_for_selector(".kw-foot")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def overflow(tab: Page) -> int:
    """How many pixels the page is wider than its window."""
    script = "e => e.scrollWidth - e.clientWidth"
    return max(int(tab.locator(e).evaluate(script)) for e in ("html", "[data-testid=stMain]"))


def test_the_overview_fits_and_runs_nothing_foreign(page: Page, url: str) -> None:
    open_everything(page, url, ".kw-bar")
    assert page.locator(".kw-seg.kw-unseen").count() == 12
    assert overflow(page) <= 0 and page.evaluate("window.pwned") is None


def test_a_hostile_provider_fits_and_runs_nothing_foreign(page: Page, url: str) -> None:
    open_everything(page, f"{url}/provider?provider=hostile.example", ".kw-card")
    assert "<script>window.pwned=1</script>" in page.inner_text(".kw-card blockquote")
    assert page.inner_text("h1").startswith(
        "**Bold** $x^2$ :boom: [link](javascript:alert(1)) <img"
    )
    assert overflow(page) <= 0 and page.evaluate("window.pwned") is None


def test_links_between_the_pages_work(page: Page, url: str) -> None:
    open_everything(page, f"{url}/?line=at-home-oral&group=supervision", ".kw-bar")
    assert page.locator(".kw-rule").count() == 4
    page.locator(".kw-providers a", has_text="Juniper Way").click()
    page.wait_for_selector("h1:has-text('Juniper Way')")
    assert "/provider?provider=juniperway.example" in page.url
    page.get_by_text("All providers").click()
    page.wait_for_selector("h1:has-text('What the websites')")


def test_back_and_forward_show_what_the_address_says(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".kw-providers a", has_text="Juniper Way").click()
    page.wait_for_selector("h1:has-text('Juniper Way')")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Inkwell").click()
    page.wait_for_selector("h1:has-text('Inkwell')")
    page.go_back()
    page.wait_for_selector("h1:has-text('Juniper Way')")
    assert "provider=juniperway.example" in page.url
    page.go_forward()
    page.wait_for_selector("h1:has-text('Inkwell')")
    page.go_back()
    page.wait_for_selector("h1:has-text('Juniper Way')")
    page.go_back()
    page.wait_for_selector("h1:has-text('What the websites')")


def test_what_is_folded_or_scrolled_is_printed(page: Page, url: str) -> None:
    page.goto(f"{url}/provider?provider=hostile.example")
    page.wait_for_selector(".kw-card", state="attached")
    page.wait_for_selector(".kw-foot")
    page.emulate_media(media="print")
    quotes = page.locator("blockquote")
    heights = quotes.evaluate_all("all => all.map(q => q.clientHeight - q.scrollHeight)")
    assert heights and set(heights) == {0}
    record = page.locator(".kw-record dd").first
    assert record.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")
    assert record.bounding_box()


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to one process")
def test_ctrl_c_ends_it_well(dashboard_store: Path) -> None:
    with serving(dashboard_store) as (_, process):
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
