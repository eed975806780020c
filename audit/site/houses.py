"""What house a site is: one of lawyers, vets or reporters gives no ketamine to anybody.

They tell of infusions and lozenges as a clinic does, and "you" and "we" stand in it as well. What
they say of themselves (``houses.yml``) is counted over the site, each phrase once, and weighed
against what the house says that it gives: one course for clinicians makes a clinic no school.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from audit.concepts import expressions
from audit.pages.pages import Block, PageText
from audit.site import site_names
from audit.text.folding import fold
from data.vocabulary import PageType

_SIGNS = expressions.beside(__file__)
FILE = _SIGNS.path
KINDS = (
    *("lawyers", "directory", "newsroom", "diarist", "vets"),
    *("courses", "board", "street", "surgeons"),
    *("charity", "vendors", "insurers", "explainers"),
)
_ENOUGH = 2
# Sections of a clinic's site that tell of it in such words too: a post, a patient, a policy.
_OF_ANYBODY = {PageType.LEGAL, PageType.TESTIMONIAL}
_FRAME = {"header", "footer", "nav"}
_OURS = re.compile(r"\b(?:we|our|ours|us)\b|\bi (?:offer|provide|prescribe|give|treat)\b")
_KETAMINE = re.compile(r"\b(?:es)?ketamine\b|\bspravato\b")
# Of these some give ketamine as well, but not for what it is given for in a clinic.
_GIVE_IT_TOO = {"vets", "surgeons"}
_FOR_MOOD = re.compile(
    r"\b(?:depress|mood|anxi|ptsd|trauma|suicid|mental|psychi|crps|neuropath"
    r"|fibromyalg|migraine|chronic pain)"
)
# "Your dog", "the cat" and "any operation" are one phrase: a clinic has such a word as well.
_ANY_ONE = re.compile(r"(?:your|the|an|any) .*")
# "Ketamine for depression" is no surgeon's.
_TREATS = re.compile(
    rf"\b(?:for|treats?|treating|helps?|eases?|relieves?|with)\b.{{0,60}}{_FOR_MOOD.pattern}"
)


class Houses:
    """The phrases in which a site says what it is, and the texts in which it gives ketamine."""

    def __init__(self, called: Collection[str] = ()) -> None:
        """Args: ``called``: the names of the site, folded; who bears one is its house."""
        self._called = called
        self._said: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._given: set[str] = set()
        self._is_clinic = self._is_for_mood = self._tells_of_mood = False

    def hear(self, block: Block, page: PageText) -> None:
        """Take in a block of a page, whoever speaks in it, but for patients and policies."""
        is_policy = page.page_type in _OF_ANYBODY and block.region not in _FRAME
        if is_policy or block.kind == "testimonial":
            return
        for start, end in block.parts or ((0, len(block.text)),):
            text = fold(block.text[start:end]).text
            self._tells_of_mood |= bool(_KETAMINE.search(text) and _TREATS.search(text))
            for kind in KINDS:
                if found := _SIGNS[kind](text):
                    one = _ANY_ONE.sub("the", found[0]) if kind in _GIVE_IT_TOO else found[0]
                    self._said[kind].add(one)

    def gives(self, words: str, *, outright: bool = False) -> None:
        """Take in words that tell of a line, or offer it ``outright``.

        Those of others say no "we", and not the name of the house.

        Who says "We give ketamine infusions" is a clinic, whatever else it is.
        """
        text = fold(words).text
        if not _OURS.search(text) and site_names.without(text, self._called) == text:
            return
        self._given.add(text)
        if outright and _KETAMINE.search(text):
            self._is_clinic = True
            self._is_for_mood |= _FOR_MOOD.search(text) is not None

    def treats_nobody(self) -> tuple[str, ...]:
        """What the house says by which it is of another kind, by more than it says that it gives.

        Nothing where it is none.
        """
        if self._is_for_mood:
            return ()
        kinds = _GIVE_IT_TOO if self._is_clinic else set(KINDS)
        kinds = kinds - {"surgeons"} if self._tells_of_mood else kinds
        most = max((self._said[kind] for kind in sorted(kinds)), key=len)
        is_another = len(most) >= _ENOUGH and len(most) > 2 * len(self._given)
        return tuple(sorted(most)) if is_another else ()
