"""Blocks to claims: which rules a passage speaks to, with what stance, in whose voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from copy import copy
from dataclasses import replace

from audit.catalog.catalog import Catalog
from audit.catalog.frame_index import FrameIndex
from audit.catalog.frames import Frame
from audit.catalog.rule import Rule
from audit.claims import goes_on, offers, quotes
from audit.claims.own_words import own_words
from audit.concepts import lexicon
from audit.concepts.mentions import Mentions, Together
from audit.reader.reader import Reader
from audit.reader.second_opinion import SecondOpinion
from audit.reader.transformer import Transformer
from audit.stances import clauses, context, disowned, lines, myths, stances, subjects, units
from audit.stances.accusing import ACCUSES
from audit.stances.found import Found, Passage
from audit.stances.lines import OTHER_TREATMENT
from audit.stances.stances import Statement
from audit.stances.unit import Unit
from audit.text.folding import fold
from audit.text.sentences import Span
from data.vocabulary import Stance

_KETAMINE = "ketamine-named"


class Engine:
    """One rule set with its concepts and cues, ready to read passages."""

    def __init__(
        self,
        rules: Catalog,
        words: lexicon.Lexicon,
        cues: context.Context,
        reader: Reader | None = None,
    ) -> None:
        self.catalog, self.lexicon, self.context = rules, words, cues
        self.offers = offers.load(words)
        self._index = FrameIndex(rules.rules.values(), words)
        self._opinion = SecondOpinion(rules, reader, words) if reader else None

    def with_reader(self, second: Reader | None, network: Transformer | None = None) -> Engine:
        """The same engine with a second reader beside it, or without.

        Args:
            second: its linear model.
            network: its transformer, if it has one.
        """
        other = copy(self)
        other._opinion = (
            SecondOpinion(self.catalog, second, self.lexicon, network) if second else None
        )
        return other

    def find(self, passage: Passage, read: list[Statement] | None = None) -> list[Found]:
        """All claims of a passage, one for each rule, stance and place.

        ``read``: its statements, where they are known already.
        """
        read = self.statements(passage) if read is None else read
        return self._judged(passage, read, self._patterned(passage, read))

    def agreed(self, passage: Passage, rules: Set[str]) -> list[Found]:
        """What the patterns of some rules find to be stated, as ``find`` judges it.

        Where they find nothing of the kind nobody is asked about the rest, and nothing that the
        reader hears by itself is among it.
        """
        read = self.statements(passage)
        if not any(c.stance == Stance.STATES for c in self._patterned(passage, read, rules)):
            return []
        judged = self._judged(passage, read, self._patterned(passage, read), rules)
        return [c for c in judged if c.stance == Stance.STATES and c.rule_id in rules]

    def _patterned(
        self, passage: Passage, read: list[Statement], rules: Set[str] | None = None
    ) -> list[Found]:
        """The claims that patterns find; ``rules``: those of these alone."""
        if _is_elsewhere(passage, read):
            return []
        found: dict[tuple[str, str, int], Found] = {}
        of_clauses: dict[tuple[str, str, int], set[frozenset[str]]] = {}
        for claim in self._claims(passage, read, rules):
            key = claim.rule_id, claim.stance, claim.end
            if claim.set_aside is None:
                of_clauses.setdefault(key, set()).add(claim.lines)
            # What one frame sets aside another one may have found asserted, less boldly or plainly.
            if key not in found or _weight(claim) < _weight(found[key]):
                found[key] = claim
        for key, told in of_clauses.items():
            found[key] = replace(found[key], lines=clauses.together(told))
        ends = quotes.ends([statement.unit for statement in read])
        whole = [replace(c, end=ends.get(c.end, c.end)) for c in found.values()]
        return self._qualified(whole, read)

    def _judged(
        self,
        passage: Passage,
        read: list[Statement],
        claims: list[Found],
        wanted: Set[str] | None = None,
    ) -> list[Found]:
        """What becomes of the claims of a passage; ``wanted``: of those of these rules alone."""
        if self._opinion and not _is_elsewhere(passage, read):
            claims = self._opinion.on(passage, read, claims, wanted)
        claims = myths.unmeant(passage.text, passage.heading, claims, self.catalog)
        rules = self.catalog.rules
        meant = (
            replace(c, lines=rules[c.rule_id].lines_meant(c.stance, c.lines, passage.lines))
            for c in claims
        )
        return list(goes_on.of_its_line(meant, rules))

    def likeness(self, passage: Passage, rule_id: str, stance: str) -> dict[Span, float]:
        """How near each statement comes to a stance on a rule, by where it ends.

        Empty without a reader, and where it knows nothing of the rule.
        """
        if self._opinion is None:
            return {}
        seen = self._opinion.at_first_sight(passage, self.statements(passage), [])
        column = self._opinion.reader.column(rule_id, stance)
        if seen is None or column is None:
            return {}
        return {s.unit.spans[-1]: float(scores[column]) for s, scores in seen.each}

    def units(self, passage: Passage) -> list[Unit]:
        """The statements of a passage."""
        read = units.units(
            passage.text,
            heading=passage.heading,
            lead_in=passage.lead_in,
            parts=passage.parts,
            kind=passage.kind,
        )
        return list(disowned.heard(read))

    def mentions(self, text: str) -> Mentions:
        """The concepts of a text as it stands on a page, before folding."""
        return self.lexicon.mentions(fold(text).text)

    def statements(self, passage: Passage) -> list[Statement]:
        """The units of a passage with what they mention and what stands around them."""
        in_heading = lines.over(self.mentions(passage.heading))
        found = [(unit, self.lexicon.mentions(unit.text)) for unit in self.units(passage)]
        contexts = {u.context: self.lexicon.mentions(u.context) for u, _ in found}
        nearby = Together([mentions for _, mentions in found])
        read = [
            Statement(
                unit,
                mentions,
                self.context,
                lines.spoken_of(mentions, in_heading, passage.lines),
                contexts[unit.context],
                nearby,
            )
            for unit, mentions in found
        ]
        subjects.mark(read, fold(passage.heading).text)
        return own_words(self.lexicon, passage, read)

    def _claims(
        self, passage: Passage, read: list[Statement], rules: Set[str] | None
    ) -> Iterator[Found]:
        anywhere = 0
        for statement in read:
            anywhere |= statement.mentions.possible
        for statement in read:
            here, around = statement.mentions.possible, statement.heading.possible
            for rule, frame in _of(rules, self._index.possible(here, around, anywhere)):
                if statement.is_apart and not rule.is_of_the_house:
                    continue
                for said in stances.in_statement(rule, frame, statement, passage.voice):
                    told = said.at if rule.compares else said.head
                    is_early = told is not None and told.end <= statement.of_another
                    is_apart = is_early or statement.is_errand
                    if is_apart and statement.tells_of_another(rule, said.stance):
                        continue
                    spoken = self._spoken_of(rule, said, statement)
                    yield _found(rule, frame, said, spoken, passage.voice)
        ours = [statement for statement in read if not statement.is_apart]
        for rule, frame in _of(rules, self._index.counting(anywhere)):
            stance = frame.stance
            own = [s for s in ours if rule.compares or not s.tells_of_another(rule, stance)]
            counted = stances.in_passage(rule, frame, own, passage.voice)
            if counted:
                spoken = frozenset[str]().union(*(s.lines for s in _within(counted.place, read)))
                yield _found(rule, frame, counted, spoken, passage.voice)

    def _spoken_of(self, rule: Rule, said: stances.Said, statement: Statement) -> frozenset[str]:
        """The lines of which something is said; what accuses counts for its own clause alone."""
        if said.at is None or (rule.kind, said.stance) not in ACCUSES:
            return statement.lines
        text, mentions = statement.unit.text, statement.mentions
        start, end = said.at.start, said.at.end
        return clauses.lines_at(self.lexicon, text, mentions, statement.lines, start, end)

    def _qualified(self, claims: list[Found], read: list[Statement]) -> list[Found]:
        """A claim with its qualifier in the same passage is a qualified one.

        A rule that others trigger is about the qualifier alone: without it, it hears nothing.
        """
        with_qualifier = {
            rule_id
            for rule_id in {c.rule_id for c in claims if c.stance == Stance.STATES}
            if (wanted := self.catalog.rules[rule_id].qualifier) and stances.qualified(wanted, read)
        }
        done = [
            replace(c, stance=Stance.QUALIFIES)
            if c.stance == Stance.STATES and c.rule_id in with_qualifier
            else c
            for c in claims
            if c.stance != Stance.STATES
            or c.rule_id in with_qualifier
            or not self.catalog.rules[c.rule_id].triggered_by
        ]
        # The limit that qualifies a claim does not deny it as well.
        limited = {c.rule_id for c in done if c.stance == Stance.QUALIFIES and not c.set_aside}
        return [c for c in done if c.rule_id not in limited or c.stance == Stance.QUALIFIES]

    def qualifier(self, rule: Rule, passage: Passage) -> Span | None:
        """Where a passage carries a rule's qualifier, whether or not it makes the claim."""
        if rule.qualifier is None:
            return None
        return stances.qualified(rule.qualifier, self.statements(passage))


def _of(
    rules: Set[str] | None, frames: Iterable[tuple[Rule, Frame]]
) -> Iterable[tuple[Rule, Frame]]:
    """The frames of some rules; of all, where none are named."""
    return frames if rules is None else [f for f in frames if f[0].id in rules]


def _within(place: Span, read: list[Statement]) -> Iterator[Statement]:
    """The statements of which some words stand in a place."""
    for said in read:
        if any(span.start < place.end and place.start < span.end for span in said.unit.spans):
            yield said


def _is_elsewhere(passage: Passage, read: list[Statement]) -> bool:
    """Whether a page about another treatment does not name ketamine here."""
    if passage.lines != {OTHER_TREATMENT}:
        return False
    return not any(_KETAMINE in s.mentions or _KETAMINE in s.heading for s in read)


def _found(
    rule: Rule, frame: Frame, said: stances.Said, spoken: frozenset[str], voice: str
) -> Found:
    reason = said.set_aside or stances.aside_for_line(rule, spoken)
    place = said.place
    return Found(
        rule.id,
        said.stance,
        place.start,
        place.end,
        reason,
        spoken,
        voice,
        bold=frame.bold,
        plain=frame.plain,
    )


def _weight(claim: Found) -> tuple[bool, bool, bool]:
    """Of two claims of one place the smaller counts."""
    return claim.set_aside is not None, claim.bold, not claim.plain
