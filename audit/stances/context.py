"""Who says it, about whom, and in what mood: cues and their reach, as ``context.yml`` declares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import re2

from audit.concepts import declarations
from audit.stances import scope
from audit.text.folding import fold

FILE = Path(__file__).parent / "context.yml"
_KINDS = ("negation", "disclaimer", "conditional", "other_party", "reported", "opinion", "hearsay")
_EFFECTS = ("turns", "sets_aside", "keeps")
# Who says so may be told at the end.
_TAGS = ("other_party", "opinion", "hearsay")
_HARD_STOP = r"[;:!?]|[.] | - | \| "
# What RE2 may learn of the cues of one kind while it reads, and of all of them, in bytes: with less
# it forgets and begins anew, with more a long run takes ever more memory.
_MEMORY, _MEMORY_OF_ALL = 8 << 20, 16 << 20


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in a text, the end of its reach, and how far back a condition or disclaimer reaches.

    ``outright``: it denies whatever is said, "no" or not: "It is a myth that there is no risk".
    """

    kind: str
    start: int
    end: int
    reach: int
    since: int = 0
    outright: bool = False


@dataclass(frozen=True, slots=True)
class CueExample:
    """A text with a place in it, and what the cues of one kind do to the place.

    ``effect`` is ``turns``, ``sets_aside`` or ``keeps``; the text is folded.
    """

    kind: str
    effect: str
    text: str
    start: int
    end: int


class Context:
    """Finds the cues of a text and tells what they do to a place in it."""

    def __init__(self, declared: dict[str, Any], examples: tuple[CueExample, ...] = ()) -> None:
        self._kinds = [_Kind(name, declared[name]) for name in _KINDS]
        # Many statements have no cue of any kind: one look for all tells.
        every = [cue for name in _KINDS for cue in _cues(declared[name])]
        self._any = re2.compile(_words(every), _options(_MEMORY_OF_ALL))
        self.examples = examples

    def cues(self, text: str) -> list[Cue]:
        """All cues of a folded text, by position."""
        given = text.encode() if text.isascii() else text
        if not self._any.search(given):
            return []
        return sorted(
            (cue for kind in self._kinds for cue in kind.find(text)), key=lambda c: c.start
        )


class _Kind:
    """One kind of cue: its expressions, its reach in words, and what ends it."""

    def __init__(self, name: str, declared: dict[str, Any]) -> None:
        self.name = name
        self.scope: int = declared["scope"]
        self.cue = re2.compile(_words(_cues(declared)), _options())
        self.outright = re2.compile(_words(declared.get("outright", [])), _options())
        self.pseudo = re2.compile(_words(declared.get("pseudo", [])), _options())
        self.still = re2.compile(_words(declared.get("still", [])), _options())
        stops = [_words(declared["terminators"]), _HARD_STOP] if declared["terminators"] else []
        self.stop = re2.compile("|".join(stops or [_HARD_STOP]))

    def find(self, text: str) -> list[Cue]:
        # RE2 reads bytes; where each is a letter there are no places to translate.
        given = text.encode() if text.isascii() else text
        found = [m.span() for m in self.cue.finditer(given)]
        if not found:
            return []
        pseudo = [m.span() for m in self.pseudo.finditer(given)]
        still = [m.span() for m in self.still.finditer(given)]
        masked = [(a, b) for a, b in pseudo if not any(c <= a and b <= d for c, d in still)]
        twice: list[tuple[int, int]] = []
        if self.name == "negation":
            # "Nobody is treated without a visit": it denies twice, and both reach as far.
            twice = [span for span in masked if text.endswith(" without", *span)]
            masked = [span for span in masked if not text.endswith(" without", *span)]
        stops = self._stops(text, given)
        return [
            self._cue(text, start, end, stops, twice, still)
            for start, end in found
            if not any(a <= start and end <= b for a, b in masked)
        ]

    def _cue(
        self,
        text: str,
        start: int,
        end: int,
        stops: list[int],
        twice: list[tuple[int, int]],
        still: list[tuple[int, int]],
    ) -> Cue:
        """The cue at a place with its scope."""
        reach, listed = scope.words_on(text, end, self._scope_of(text, start)), 0
        if self.name == "negation":
            both = (b for a, b in twice if a <= start and end <= b)
            listed = next(both, scope.listed(text, end))
        if listed:
            reach = max(reach, scope.words_on(text, listed, self.scope))
        led = scope.lead_end(text, start, end) if self.name == "other_party" else end
        stop = next((s for s in stops if s >= max(led, listed)), len(text))
        # "Nobody sees you before we prescribe": what follows "before" is not denied.
        stop = min([stop, *(d for c, d in still if c <= start < d)])
        if self.name == "negation":
            stop = scope.negated_to(text, start, end, stop, listed=listed > 0)
        is_disclaimer = self.name == "disclaimer"
        since = scope.since(text, start, clause=is_disclaimer)
        is_tag = self.name in _TAGS and scope.is_tag(text, start, end)
        outright = is_disclaimer or bool(self.outright.fullmatch(text[start:end]))
        return Cue(self.name, 0 if is_tag else start, end, min(reach, stop), since, outright)

    def _scope_of(self, text: str, start: int) -> int:
        """How many words a cue reaches: whom or what it denies may be told at length."""
        return 2 * self.scope if text.startswith("none of ", start) else self.scope

    def _stops(self, text: str, given: str | bytes) -> list[int]:
        found = [m.start() for m in self.stop.finditer(given)]
        if self.name != "negation":
            return found
        return [s for s in found if text[s] != ":" or not scope.leads_on(text, s)]


def _cues(declared: dict[str, Any]) -> list[str]:
    return [*declared["cues"], *declared.get("outright", [])]


def _options(memory: int = _MEMORY) -> re2.Options:
    options = re2.Options()
    options.max_mem = memory
    options.longest_match = True  # "not yet" rather than "not", in whatever order they are listed
    return options


def _words(terms: list[str]) -> str:
    # ``[^\s\S]`` matches nothing: a kind without such terms.
    return r"\b(?:" + "|".join(terms) + r")(?:\b|$)" if terms else r"[^\s\S]"


def load(path: Path = FILE) -> Context:
    """Read the cues.

    Raises:
        UsageError: the file has an unknown key, or an example without a [place].
    """
    raw = declarations.read(path, required=set(_KINDS), optional=set())
    for kind in _KINDS:
        declarations.check_keys(
            path,
            raw[kind],
            required={"scope", "cues", "terminators"},
            optional={"outright", "pseudo", "still", "examples"},
            where=f"{kind}.",
        )
    examples = [_example(path, k, e) for k in _KINDS for e in raw[k].get("examples", ())]
    return Context(raw, tuple(examples))


def _example(path: Path, kind: str, declared: dict[str, str]) -> CueExample:
    effect, marked = next(iter(declared.items()))
    place = re2.search(r"\[(.+?)\]", marked)
    if effect not in _EFFECTS or place is None:
        known = ", ".join(_EFFECTS)
        raise declarations.wrong(path, f"{kind}.examples", f"{declared} is no {known} [place]")
    start, end = place.span()
    text = fold(marked[:start] + place.group(1) + marked[end:]).text
    return CueExample(kind, effect, text, start, end - 2)
