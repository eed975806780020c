"""The data from which scripts draw a page, as each framework writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from audit.pages.embedded import flight
from audit.pages.embedded.flattened import unflattened, unpacked
from audit.pages.embedded.loose_json import first_value, quoted, values
from audit.pages.traits import attributes

# (attributes as written, content)
Script = tuple[str, str]
# What the properties of Astro's islands are handed on as.
ISLAND = "application/astro+json"
# Where frameworks keep the page's data: Next.js (both routers), Nuxt, Gatsby, Apollo, Redux, Wix.
_STATE = re.compile(
    r"__NEXT_DATA__|__next_f|__NUXT|__APOLLO_STATE__|__INITIAL_STATE__|__PRELOADED_STATE__"
    r"|__remixContext|__reactRouterContext|__INITIAL_DATA__|__sveltekit|___gatsby"
    r"|wix-warmup-data|__SSR|_BLOG_DATA"
)
_ASSIGNED = re.compile(r"=\s*(?=[\[{])")
_MAX_ASSIGNED = 20
_SENT = re.compile(r"\bstreamController\.enqueue\(")


def data_in(scripts: Iterable[Script]) -> Iterator[tuple[int, str, Any]]:
    """What data scripts hold: each with its script's number, and ``json-ld`` or ``hydration``."""
    pushed: list[tuple[int, str]] = []
    for number, (written, content) in enumerate(scripts):
        given = attributes(written)
        kind = given.get("type", "").partition(";")[0].strip().lower()
        name = given.get("id", "")
        if kind == "application/ld+json":
            yield number, "json-ld", values(content)
        elif kind == ISLAND:
            yield number, "hydration", unpacked(first_value(content))
        elif pushes := flight.pushed(content):
            pushed += ((number, payload) for payload in pushes)
        elif kind.endswith("json") or _STATE.search(name + content[:200]):
            yield number, "hydration", list(_state(name, content))
    yield from ((number, "hydration", row) for number, row in flight.rows(pushed))


def _state(name: str, content: str) -> Iterator[Any]:
    """The data in a state script: bare JSON, JSON that is assigned, or flattened into one list.

    Of what is no JSON (an object of JavaScript's, a function's) all that stands in quotes.
    """
    sent = _SENT.search(content)
    flat = first_value(content, sent.end()) if sent else None
    if isinstance(flat, str) and isinstance(flat := first_value(flat), list):
        yield unflattened(flat)
        return
    places = islice(_ASSIGNED.finditer(content), _MAX_ASSIGNED)
    assigned = (first_value(content, place.end()) for place in places)
    data = first_value(content) or next(filter(None, assigned), None)
    if name.startswith("__NUXT_DATA__") and isinstance(data, list):
        yield unflattened(data)
    else:
        yield from [data] if data else map(_parsed, quoted(content))


def _parsed(text: Any) -> Any:
    """What ``JSON.parse("{...}")`` gives: data that was written as a text; else the text."""
    is_data = isinstance(text, str) and text.startswith(("{", "["))
    return (first_value(text) if is_data else None) or text


def data_within(text: str) -> Any:
    """What a text holds that is JSON as a whole (SvelteKit's ``body``); None of any other text."""
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
