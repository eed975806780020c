"""What a browser saw of a page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a page made, or wanted to make; ``why`` tells what stopped it."""

    url: str
    method: str
    kind: str
    at: str
    why: str = ""


@dataclass(slots=True)
class Rendered:
    """A page as it stood at the end.

    ``asked``, ``cookies`` and ``storage`` (names only) come from loading it, before any banner was
    touched. ``trouble`` says why there is no ``html``, where there is none.
    """

    url: str
    final_url: str = ""
    status: int = 0
    at: str = ""
    html: bytes = b""
    picture: bytes = b""
    banner: str | None = None
    pressed: int = 0
    trouble: str = ""
    asked: list[Asked] = field(default_factory=list)
    cookies: list[dict[str, str]] = field(default_factory=list)
    storage: dict[str, list[str]] = field(default_factory=dict)
