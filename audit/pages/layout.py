"""A page laid out: boxes and leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_SPOKEN = frozenset({"alt", "button", "form-label", "meta"})


class Setting(NamedTuple):
    """What holds for everything inside a box.

    ``asked``, ``item`` and ``cell`` are the nearest head of an accordion's item, list item and
    table cell; ``sectioned`` tells that a section has begun, whose header is not the page's.
    """

    region: str = "main"
    hidden: bool = False
    kind: str = ""
    asked: Box | None = None
    item: Box | None = None
    cell: Box | None = None
    sectioned: bool = False


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element; ``first`` to ``last`` (exclusive) are its leaves.

    ``shut`` is a ``<details>`` that hides all but its summary, ``card`` what is called a price;
    one that ``spreads`` sets its children apart from one another; where it ``breaks``, line ends of
    the source are shown. A cell spans ``columns`` and ``rows`` of its table. ``looks`` are its
    attributes as written.
    """

    element: int
    name: str
    parent: Box | None
    setting: Setting
    first: int = 0
    last: int = 0
    shut: bool = False
    card: bool = False
    spreads: bool = False
    breaks: bool = False
    columns: int = 1
    rows: int = 1
    looks: str = ""

    @property
    def region(self) -> str:
        """The region that it stands in."""
        return self.setting.region


@dataclass(slots=True, eq=False)
class Leaf:
    """A run of text in one box; ``element`` is the one to name when pointing at it."""

    text: str
    box: Box
    element: int
    kind: str
    hidden: bool
    bold: bool = False
    mark: str = ""

    @property
    def is_written(self) -> bool:
        """Whether it is running text, rather than a label, a button or a picture's text."""
        return self.kind not in _SPOKEN and self.text != ""


@dataclass(slots=True)
class Layout:
    """All boxes and leaves of a page; names and parents of its elements, by number."""

    names: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    attributes: dict[int, str] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
