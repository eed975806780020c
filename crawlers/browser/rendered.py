"""What a browser saw of a page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a page made, or wanted to make; ``why`` tells what stopped it.

    ``frame`` is the address of the frame that asked where it is not the page itself, ``body`` what
    was to be sent: both are looked at for names of fields, and are not kept.
    """

    url: str
    method: str
    kind: str
    at: str
    why: str = ""
    frame: str = ""
    referer: str = ""
    body: str = ""


@dataclass(slots=True)
class Rendered:
    """A page as it stood at the end.

    ``asked``, ``cookies`` and ``storage`` (names only) come from loading it, before any banner was
    touched; ``is_logged`` says that this was seen to its end. ``trouble`` says why there is no
    ``html``, where there is none. ``led`` is where buttons lead, with their words,
    ``views`` what they show in the page's place, ``unended`` the words of lists that went on when
    enough was pressed, with whether they are of voices or posts. ``is_late``: the time was up, or
    the browser died, before the page was done; another look may see more.
    ``is_cut_short``: it left no time to do all that a visitor would do to read it.
    """

    url: str
    final_url: str = ""
    status: int = 0
    at: str = ""
    title: str = ""
    html: bytes = b""
    picture: bytes = b""
    banner: str | None = None
    pressed: int = 0
    led: dict[str, str] = field(default_factory=dict)
    views: list[str] = field(default_factory=list)
    unended: dict[str, bool] = field(default_factory=dict)
    trouble: str = ""
    is_late: bool = False
    is_cut_short: bool = False
    is_logged: bool = False
    asked: list[Asked] = field(default_factory=list)
    cookies: list[dict[str, str]] = field(default_factory=list)
    storage: dict[str, list[str]] = field(default_factory=dict)
