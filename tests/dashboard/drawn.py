"""The app drawn at an address, and the HTML that it drew."""

from __future__ import annotations

from bs4 import BeautifulSoup
from streamlit.testing.v1 import AppTest

from dashboard import server


def draw(page: str = "", **address: str | list[str]) -> AppTest:
    """The app at an address, after its first run."""
    app = AppTest.from_file(str(server.APP), default_timeout=60)
    app.query_params |= address
    if page:
        app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception
    return app


def soup(app: AppTest) -> BeautifulSoup:
    """All HTML that the page drew."""
    return BeautifulSoup("".join(h.proto.body for h in app.get("html")), "html.parser")


def texts(found: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in found.select(selector)]
