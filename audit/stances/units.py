"""Units of a block: the sentences, list items and answers in which a rule's words must stand.

A unit is one or more spans of the block's text, read as one statement. A list item is read with
its lead-in, a sentence also with the question before it, a table row with its column heads; the
heading stands beside the unit as context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audit.stances import afterthoughts, answers, leads, rows
from audit.stances.unit import Unit
from audit.text import slogans
from audit.text.folding import Folded, fold
from audit.text.sentences import Span, lines, sentences, trim

# The longest sentence that only leads to an answer.
_ASIDE_WORDS = 9
# The longest label that the next line answers, and how sentences end.
_MAX_LABEL, _ENDS = 150, (".", "!", "?", ";", ",")
# A sign that opens the answer may stand behind a question: "May I drive? +".
_ASKED = re.compile(r"\?[^\w.!]{0,4}\Z")
_BAR = re.compile(r"\s+\|\s+")
_BULLET = re.compile(r"\s*(?:[•●▪◦*\u2013\u2014-]|\d{1,2}[.)])\s+")


def units(
    text: str,
    *,
    heading: str = "",
    lead_in: str = "",
    parts: tuple[tuple[int, int], ...] = (),
    kind: str = "paragraph",
) -> list[Unit]:
    """The units of one block's text, in order.

    Args:
        text: the block's text, as its quotes are sliced from it.
        heading: nearest heading or question, which is context and not part of the statement.
        lead_in: column heads, or a lead-in that stands outside the text.
        parts: spans of list items, of cells, or of question and answer.
        kind: the block's kind: the parts of a ``list`` share the words before the first one, those
            of a ``table-row`` are cells.
    """
    if kind == "table-row" and len(parts) == 1:
        return []
    if kind == "table-row" and len(parts) > 1:
        return list(_row_units(text, parts, heading, lead_in))
    context = " ".join(filter(None, (fold(heading).text, fold(lead_in).text)))
    if kind == "list" and parts:
        own_lead = text[: parts[0][0]].strip()
        under = "" if own_lead else fold(lead_in or heading).text
        withheld = leads.heads_what_is_not(fold(heading).text)
        listed = _list_units(text, parts, context, withheld=withheld)
        return [replace(unit, under=under) for unit in listed]
    return list(_prose_units(text, context, fold(heading) if heading else None))


def _list_units(
    text: str, parts: tuple[tuple[int, int], ...], context: str, *, withheld: bool
) -> Iterator[Unit]:
    before = trim(text, 0, parts[0][0])
    lead: tuple[Span, ...] = ()
    if before.end > before.start:
        said = list(sentences(text, before.start, before.end))
        yield from (_unit(text, (s,), context) for s in said[:-1])
        lead = tuple(said[-1:])
        yield _unit(text, lead, context)
    for part in parts:
        yield from _item_units(text, part, lead, context, withheld=withheld)


def _item_units(
    text: str, part: tuple[int, int], lead: tuple[Span, ...], context: str, *, withheld: bool
) -> Iterator[Unit]:
    """One item of a list, and the lines that it leads in to itself."""
    asked: tuple[Span, Folded] | None = None
    inner, beside = lead, context
    for line, is_marked in _lines_of(text, part):
        if not is_marked and len(line) != 1:
            inner, beside = lead, context
        for sentence in line:
            unit = _led(text, inner, sentence, beside, withheld=withheld and not lead)
            yield unit
            if asked and not unit.question:
                yield _answered(text, [asked[0]], [asked[1]], sentence, context)
            asked = (sentence, unit.folds[-1]) if unit.question else None
        if line and text[line[-1].end - 1] == ":" and not withheld and not _turn(text, lead):
            inner, beside = (*lead, line[-1]), context
            if _turn(text, line[-1:]):  # it stands alone then, as it is known to
                over = (fold(text[slice(*span)]).text for span in lead)
                inner, beside = (line[-1],), " ".join(filter(None, (context, *over)))


def _turn(text: str, lead: Sequence[Span]) -> bool:
    """Whether a lead-in makes of what follows anything but what it says."""
    return any(leads.turns(fold(text[slice(*span)]).text) for span in lead)


def _lines_of(text: str, part: tuple[int, int]) -> Iterator[tuple[list[Span], bool]]:
    """The sentences of each line, none of which goes on in the next; whether it has a bullet."""
    start, end = part
    for line in lines(text[start:end]):
        bullet = _BULLET.match(text, start + line.start, start + line.end)
        begins = bullet.end() if bullet else start + line.start
        yield list(sentences(text, begins, start + line.end)), bullet is not None


def _row_units(
    text: str, parts: tuple[tuple[int, int], ...], heading: str, lead_in: str
) -> Iterator[Unit]:
    """What a table's row says: its head with each cell that speaks of the provider.

    A cell of "yes" or "no" answers the row's head, as it answers a question.
    """
    name = Span(*parts[0])
    for cell in rows.own_cells([text[a:b] for a, b in parts], rows.column_heads(lead_in)):
        context = " ".join(filter(None, (fold(heading).text, fold(cell.head).text)))
        place, asked = Span(*parts[cell.index]), fold(text[name.start : name.end])
        if cell.alone:
            yield from (_unit(text, (s,), context) for s in sentences(text, *parts[cell.index]))
        elif cell.answer:
            yield Unit(
                asked.text,
                (name, place),
                context,
                asked=len(asked.text),
                answer=cell.answer,
                folds=(asked,),
            )
            if cell.head and rows.names_what_is_done(cell.head):
                head = Span(name.start, name.start)
                yield _answered(text, [name, head], [asked, fold(cell.head)], place, context)
        elif _asks(asked.text):
            yield _answered(text, [name], [asked], place, context)
        else:
            yield _unit(text, (name, place), context)


def _prose_units(text: str, context: str, heading: Folded | None) -> Iterator[Unit]:
    lead: tuple[Span, ...] = ()
    asked = [heading] if heading and _asks_as_heading(heading.text) else []
    questions: list[Span] = [Span(0, 0)] if asked else []
    late = False
    labels = set(_labels(text))
    left_open = dict(_left_open(text))
    for line in lines(text):
        cells = _cells(text, line)
        if cells:
            yield from _row_units(text, cells, context, "")
            continue
        bullet = _BULLET.match(text, line.start, line.end)
        start = bullet.end() if bullet else line.start
        whole = afterthoughts.taken_up(text, sentences(text, start, line.end))
        said = list(slogans.in_rows(text, whole))
        if lead and not bullet and len(said) != 1:
            lead = ()
        for sentence in said:
            unit = _led(text, lead, sentence, context)
            asks = unit.question or sentence in labels
            unit = replace(unit, question=asks, under=left_open.get(sentence, ""))
            yield unit
            if unit.question:
                questions.append(sentence)
                asked.append(unit.folds[-1])
                continue
            if questions:
                answered = _answered(text, questions, asked, sentence, context)
                # After "We hear this daily." the answer may still come, in a word or two.
                if not late or answered.answer:
                    yield answered
                late = not late and answered.answer is None and unit.text.count(" ") < _ASIDE_WORDS
                if late:
                    continue
            questions, asked, late = [], [], False
        if said and said[-1] not in labels and text[line.start : line.end].endswith(":"):
            lead = (said[-1],)


def _led(
    text: str, lead: tuple[Span, ...], sentence: Span, context: str, *, withheld: bool = False
) -> Unit:
    """A sentence with what leads in to it."""
    told = _told(text, lead, sentence, context)
    if told is not None:
        return told
    folded = fold(text[sentence.start : sentence.end])
    withheld = withheld or (bool(lead) and leads.withholds(fold(text[slice(*lead[-1])]).text))
    if not withheld or answers.is_ruled_out(folded.text):
        return _unit(text, (*lead, sentence), context)
    # "Not included:", "Nurse in the room": as if the item were crossed out.
    answer = lead[-1] if lead else Span(sentence.end, sentence.end)
    unit = _answered(text, [sentence], [folded], answer, context)
    return replace(unit, answer="no", told=True)


def _told(text: str, lead: tuple[Span, ...], sentence: Span, context: str) -> Unit | None:
    """A sentence that is a label and its answer, as a row of a table would say it."""
    label = answers.to_label(text, sentence)
    if label is None:
        return None
    asked = [*lead, label.asked]
    folds = [fold(text[s.start : s.end]) for s in asked]
    if label.is_crossed and answers.is_ruled_out(" ".join([context, *(f.text for f in folds)])):
        return None
    unit = _answered(text, asked, folds, label.answer, context)
    return replace(unit, answer=label.said, told=True)


def _labels(text: str) -> Iterator[Span]:
    """The lines that the next one answers: "Nurse in the room" over "No"."""
    for line, below in pairwise(lines(text) if "\n" in text else ()):
        words = text[line.start : line.end]
        if len(words) <= _MAX_LABEL and not words.endswith(_ENDS):
            answer = text[slice(*next(sentences(text, *below)))]
            says_so = rows.answer(answer) is not None or answers.is_plain(answer)
            if says_so and not answer.endswith(":"):
                yield line


def _left_open(text: str) -> Iterator[tuple[Span, str]]:
    """The lines of which the next one says that they may be so: "Nurse on video", "Optional"."""
    for line, below in pairwise(lines(text) if "\n" in text else ()):
        answer = fold(text[slice(*below)]).text
        if line.end - line.start <= _MAX_LABEL and leads.leaves_open(answer):
            yield line, answer


def _cells(text: str, line: Span) -> tuple[tuple[int, int], ...]:
    """The cells of a row that was written as text: "Nurse in the room | Yes"."""
    cuts = list(_BAR.finditer(text, line.start, line.end))
    if not cuts:
        return ()
    starts = [line.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), line.end]
    return tuple((a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip())


def _answered(
    text: str, questions: list[Span], asked: list[Folded], sentence: Span, context: str
) -> Unit:
    """A sentence with the questions before it."""
    folded = fold(text[sentence.start : sentence.end])
    before = " ".join(f.text for f in asked)
    return Unit(
        f"{before} {folded.text}",
        (*questions, sentence),
        context,
        asked=len(before),
        answer=answers.said(folded.text) or rows.answer(folded.text),
        folds=(*asked, folded),
    )


def _unit(text: str, spans: tuple[Span, ...], context: str) -> Unit:
    folds = tuple(_folded(text[s.start : s.end]) for s in spans)
    joined = " ".join(f.text for f in folds)
    lead = len(folds[0].text) if len(folds) > 1 else 0
    return Unit(joined, spans, context, question=_asks(joined), lead=lead, folds=folds)


def _folded(said: str) -> Folded:
    return slogans.as_one(afterthoughts.as_one(fold(said)))


def _asks_as_heading(folded: str) -> bool:
    return _asks(folded) or answers.asks_unmarked(folded)


def _asks(folded: str) -> bool:
    return _ASKED.search(folded) is not None
