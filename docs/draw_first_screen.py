"""Draws the README's picture from the demo's findings: one card beside a bar for each safeguard.

    python3 start.py demo --no-dashboard
    .venv/bin/python docs/draw_first_screen.py ketawatch-demo docs/first-screen.png

Needs Chromium (``CHROMIUM`` names another one than ``chromium``).
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PROVIDER = "summithalcyon.localhost"
PAGE = """<body style="margin:0;background:#fff"><div style="display:flex;gap:28px;padding:20px;
align-items:flex-start;width:1360px"><div style="width:640px"><img src="{card}" width="640">
<img src="{caveat}" width="640" style="margin-top:24px"></div><img src="{bars}" width="690"></div>
</body>"""


@contextlib.contextmanager
def dashboard(store: str) -> Iterator[str]:
    """The dashboard on a free port, until it is no longer needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [shutil.which("ketawatch", path=str(Path(sys.executable).parent)) or "ketawatch"]
    server = subprocess.Popen([*command, "dashboard", "--store", store, "--port", str(port)])
    try:
        for _ in range(120):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def shot(page: Page, selector: str, last: int = 0) -> str:
    """The first element of its kind, or the first to the one numbered ``last``."""
    page.locator(selector).nth(last).wait_for()
    page.wait_for_timeout(1500)
    first, end = (page.locator(selector).nth(n).bounding_box() for n in (0, last))
    if first is None or end is None:
        raise SystemExit(f"{selector}: not shown on {page.url}")
    height = end["y"] + end["height"] - first["y"]
    png = page.screenshot(clip={**first, "height": height})
    return "data:image/png;base64," + base64.b64encode(png).decode()


def main(store: str, target: str) -> None:
    """Take both pieces and put them side by side."""
    with dashboard(store) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 860, "height": 4200}, device_scale_factor=1.5)
        page.goto(f"{address}/provider?provider={PROVIDER}")
        card, caveat = shot(page, ".kw-card"), shot(page, ".kw-caveat")
        page.goto(address)
        bars = shot(page, ".kw-rule", last=3)
        frame = browser.new_page(viewport={"width": 1400, "height": 640}, device_scale_factor=1.2)
        frame.set_content(PAGE.format(card=card, caveat=caveat, bars=bars))
        frame.wait_for_timeout(500)
        frame.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
