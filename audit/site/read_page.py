"""A page as it is read: its capture and its text, and the order in which pages count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.pages.pages import PageText
from data.models import Page
from data.vocabulary import PageType


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A capture and its text."""

    page: Page
    text: PageText


def first_home(pages: Iterable[ReadPage]) -> list[ReadPage]:
    """The pages in the order in which their claims are ranked: home first, blogs last."""
    order = {t: i for i, t in enumerate(PageType)}
    return sorted(pages, key=lambda r: (order[r.text.page_type], r.page.final_url))
