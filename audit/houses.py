"""What house a site is: one of lawyers, vets or reporters gives no ketamine to anybody.

They tell of infusions and lozenges as a clinic does, and "you" and "we" stand in it as well. What
they say of themselves (``houses.yml``) is counted over the site, each phrase once, and weighed
against what the house says that it gives: one course for clinicians makes a clinic no school.
"""

from __future__ import annotations

import re

from audit import expressions
from audit.folding import fold
from audit.pages import Block, PageText
from data.vocabulary import PageType

_SIGNS = expressions.beside(__file__)
FILE = _SIGNS.path
KINDS = (
    *("lawyers", "directory", "newsroom", "diarist", "vets"),
    *("courses", "board", "street", "surgeons"),
    *("charity", "vendors", "insurers"),
)
_ENOUGH = 2
# Sections of a clinic's site that tell of it in such words too: a post, a patient, a policy.
_OF_ANYBODY = {PageType.LEGAL, PageType.TESTIMONIAL}
_FRAME = {"header", "footer", "nav"}
_OURS = re.compile(r"\b(?:we|our|ours|us)\b")


class Houses:
    """The phrases in which a site says what it is, and the texts in which it gives ketamine."""

    def __init__(self) -> None:
        self._said: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._given: set[str] = set()

    def hear(self, block: Block, page: PageText) -> None:
        """Take in a block of a page, whoever speaks in it, but for patients and policies."""
        is_policy = page.page_type in _OF_ANYBODY and block.region not in _FRAME
        if is_policy or block.kind == "testimonial":
            return
        for start, end in block.parts or ((0, len(block.text)),):
            text = fold(block.text[start:end]).text
            for kind in KINDS:
                if found := _SIGNS[kind](text):
                    self._said[kind].add(found[0])

    def gives(self, words: str) -> None:
        """Take in words that offer a line; those of others have no "we"."""
        text = fold(words).text
        if _OURS.search(text):
            self._given.add(text)

    @property
    def treats_nobody(self) -> bool:
        """Whether the house is of another kind, by more than it says that it gives."""
        most = max(map(len, self._said.values()))
        return most >= _ENOUGH and most > len(self._given)
