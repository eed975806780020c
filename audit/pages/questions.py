"""Questions and labels with what answers them, as groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.pages.elements import FRAME
from audit.pages.figures_apart import are_alike
from audit.pages.group import Group
from audit.pages.layout import Box, Layout, Leaf
from audit.stances import answers, leads, rows
from audit.text.folding import fold

_QUESTION = re.compile(r"Q(?:uestion)?\s?(?:#?\d{1,3})?\s?[:.)].*\?\s*$", re.DOTALL)
_ANSWER = re.compile(r"A(?:nswer)?\s?(?:#?\d{1,3})?\s?[:.)]\s*\w")
_ASKS = re.compile(r"(?:\d{1,2}[.)]\s*)?[A-Z][^.!?]*\?\W{0,4}")
# What opens an answer may stand behind the question: "May I drive? +".
_ASKED = re.compile(r"\?\W{0,4}\Z")
_YES_NO = re.compile(r"(?:yes|no|not at all|absolutely(?: not)?|never)[.,!;:—–]", re.IGNORECASE)
_LABEL = re.compile(r"[A-Z][^.!?;|]{9,149}[^.!?;|,]")
_MORE = re.compile(
    r"(?:\W*(?:read|learn|see|show|view|expand|click|tap|load|for|here|to|me|the|full|all|list|more"
    r"|less|details|continue|reading))+\W*",
    re.IGNORECASE,
)
_MAX_QUESTION, _MAX_OPEN = 200, 60
_MAX_CLIMB = 100
# So deep within a button its words may be wrapped.
_MAX_WRAPPED = 4


def labelled(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Paragraphs that plainly ask, and answer: "Q: ...?", "A: ..."; "Is it safe?", "No."."""
    for index, (asked, answer) in enumerate(pairwise(layout.leaves)):
        if levels[index + 1] or asked.box.region != answer.box.region:
            continue
        labelled = _QUESTION.match(asked.text) and _ANSWER.match(answer.text)
        plain = not levels[index] and (labelled or _is_answered(asked, answer))
        if plain or _is_label(layout, index):
            yield Group("faq", index, index + 2, ((index,), (index + 1,)))


def _is_answered(asked: Leaf, answer: Leaf) -> bool:
    """Whether a paragraph is one question, and the next begins with a yes or no to it."""
    if not (asked.is_written and answer.is_written and len(asked.text) <= _MAX_QUESTION):
        return False
    return bool(_ASKS.fullmatch(asked.text) and _YES_NO.match(answer.text))


def _is_label(layout: Layout, index: int) -> bool:
    """Whether a leaf is a label, and the next one, alone in a box beside it, says yes or no.

    So do "optional" and "at extra cost". Where a second one follows, it is a row of a table or a
    choice.
    """
    label, answer, *more = layout.leaves[index : index + 3]
    if not are_alike(label, answer) or not _LABEL.fullmatch(label.text):
        return False
    answers_it = rows.answer(answer.text) is not None or answers.is_plain(answer.text)
    answers_it = answers_it or _leaves_open(answer)
    if not answers_it or answer.box is label.box or answer.text.endswith(":"):
        return False
    near = label.box.parent in (answer.box.parent, answer.box.parent and answer.box.parent.parent)
    return near and not (more and rows.answer(more[0].text))


def _leaves_open(answer: Leaf) -> bool:
    return len(answer.text) <= _MAX_OPEN and leads.leaves_open(fold(answer.text).text)


def answered(layout: Layout, levels: list[int]) -> Iterator[Group]:
    """Questions with what follows them, up to the next question or heading."""
    leaves = layout.leaves
    asks = [_asks(leaf, level) for leaf, level in zip(leaves, levels, strict=True)]
    for label, below in pairwise(range(len(leaves))):
        if _opens(leaves[label], leaves[below]):
            asks[label] = leaves[label].box
    index = 0
    while index < len(leaves):
        group = _answer(layout, levels, asks, index) if asks[index] else None
        if group is not None:
            yield group
        index = group.last if group else index + 1


def _asks(leaf: Leaf, level: int) -> Box | None:
    """The box of the question that a leaf belongs to, if it is one."""
    box = leaf.box.setting.asked
    if box is not None and _MORE.fullmatch(leaf.text):
        return None  # what it opens goes on below the same heading
    asks = _ASKED.search(leaf.text) is not None
    if box is not None and (leaf.box.region not in FRAME or asks):
        return box
    if not asks:
        return None
    return leaf.box if level else _pressed(leaf)


def _pressed(leaf: Leaf) -> Box | None:
    """The box that opens something when it is pressed, where a leaf is what is written on it."""
    box: Box | None = leaf.box if leaf.kind == "button" else None
    for _ in range(_MAX_WRAPPED):
        if box is None or "aria-expanded=" in box.looks:
            return box
        box = box.parent
    return None


def _opens(label: Leaf, below: Leaf) -> bool:
    """Whether a label asks what stands in the box beside it: an accordion made without scripts."""
    asks = label.box.name == "label" and _ASKED.search(label.text) is not None
    near = label.box.parent in (below.box.parent, below.box.parent and below.box.parent.parent)
    return asks and near and below.is_written


def _is_asked_too(box: Box, below: Box | None) -> bool:
    """Whether a term comes right after another one: then one description is for both."""
    terms = below is not None and box.name == below.name == "dt" and below is not box
    return terms and below is not None and below.parent is box.parent


def _answer(layout: Layout, levels: list[int], asks: list[Box | None], index: int) -> Group | None:
    leaves, box = layout.leaves, asks[index] or layout.leaves[index].box
    start = index + 1
    if not _ASKED.search(leaves[index].text):
        while start < box.last and asks[start] is box:
            start += 1
    while start < box.last and not leaves[start].is_written:
        start += 1  # a sign that opens the answer
    while start < len(leaves) and _is_asked_too(box, asks[start]):
        start += 1
    holder = box
    for _ in range(_MAX_CLIMB):
        if holder.last > start or holder.parent is None:
            break
        holder = holder.parent
    last, whole = start, holder.name == "details"
    regions = (leaves[index].box.region, "hidden")
    while last < holder.last and leaves[last].box.region in regions:
        asked = asks[last] is not None and (asks[last] is not box or levels[last] > 0)
        if asked or (0 < levels[last] < 7 and not whole):
            break
        last += 1
    question = tuple(i for i in range(index, start) if leaves[i].kind != "alt")
    answer = tuple(i for i in range(start, last) if leaves[i].is_written)
    return Group("faq", index, last, (question, answer)) if question and answer else None
