"""The browser starts with nothing that only a person before a screen would need."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass

import pytest
from playwright.async_api import async_playwright

from crawlers.browser import chromium
from crawlers.browser import start as browser_start
from crawlers.browser.guard_proxy import GuardProxy
from crawlers.conduct.guard import Guard
from tests.crawlers.sites_served import page, serve

HOST = "started.localhost"

pytestmark = pytest.mark.skipif(chromium.find() is None, reason="no Chromium on this machine")


@dataclass(frozen=True)
class Started:
    """What Chromium says of itself while it shows one page."""

    switched_off: list[list[str]]
    processes: list[str]
    targets: list[str]


def started() -> Started:
    async def start(url: str, port: int) -> Started:
        proxy = GuardProxy(Guard([f"{HOST}:{port}"]))
        async with async_playwright() as playwright:
            browser = await browser_start.start(
                playwright.chromium, chromium.find() or "", await proxy.start()
            )
            try:
                shown = await browser.new_page()
                await shown.goto(url)
                asks = await browser.new_browser_cdp_session()
                line = (await asks.send("SystemInfo.getInfo"))["commandLine"]
                running = await asks.send("SystemInfo.getProcessInfo")
                open_now = await asks.send("Target.getTargets", {"filter": [{}]})
            finally:
                await browser.close()
                await proxy.stop()
        return Started(
            [names.split(",") for names in re.findall(r"--disable-features=(\S+)", line)],
            [process["type"] for process in running["processInfo"]],
            [target["url"] for target in open_now["targetInfos"]],
        )

    with serve() as web:
        web.routes[HOST] = {"/": page("Care")}
        return asyncio.run(start(web.url(HOST), web.port))


def test_a_page_is_all_that_there_is() -> None:
    seen = started()
    assert seen.processes.count("renderer") == 1
    assert not [url for url in seen.targets if HOST not in url]


def test_what_playwright_switches_off_stays_off() -> None:
    """Of several such switches Chromium obeys the last."""
    *before, last = started().switched_off
    assert before
    assert set(last) > {name for names in before for name in names}


def test_a_browser_starts_where_playwright_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    seen = started()
    assert len(seen.switched_off) == 1
    assert [url for url in seen.targets if HOST in url]
