"""How the browser is started: nothing finds a way around the proxy, and no window is furnished."""

from __future__ import annotations

import os
import re
import sys

from playwright.async_api import Browser, BrowserType, Error

_ARGUMENTS = (
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--no-default-browser-check", "--no-pings"),
    # Nothing may find a way around the proxy.
    *("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic"),
)
# Each page's context is a window of its own. What Chromium puts into one for a person who sits
# before it takes more CPU time than the page: two documents for what an address bar suggests, and
# a process for whatever page may come next. A page's own process and its walls stay as they are.
_UNUSED = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess")
# What a browser tells of a page by itself, past the fence: answers name where to.
_TELLS = ("Reporting", "DocumentReporting", "NetworkErrorLogging", "FetchLaterAPI")
_SWITCH = re.compile(r"--disable-features=\S+")


async def start(chromium: BrowserType, executable: str, proxy: str) -> Browser:
    """Start a browser that asks through a proxy alone.

    Raises:
        Error: it does not start.
    """
    return await chromium.launch(
        executable_path=executable,
        args=[*_ARGUMENTS, *await _without_unused(chromium)],
        chromium_sandbox=_may_sandbox(),
        proxy={"server": proxy, "bypass": "<-loopback>"},
    )


async def _without_unused(chromium: BrowserType) -> list[str]:
    """The switch for what is unused and for what Playwright switches off, too.

    Chromium obeys only the last of several, and Playwright has no word for its own but in telling
    what it started in vain: so it is given Python, which is no browser and says so at once. Where
    it does not tell, a page costs more, and nothing else.
    """
    told = None
    try:
        await (await chromium.launch(executable_path=sys.executable)).close()
    except Error as error:
        told = _SWITCH.search(str(error))
    return [",".join((told[0], *_UNUSED, *_TELLS))] if told else []


def _may_sandbox() -> bool:
    """Chromium's own sandbox does not work for root."""
    return not hasattr(os, "geteuid") or os.geteuid() != 0
