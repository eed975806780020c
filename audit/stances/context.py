"""Who says it, about whom, and in what mood: cues and their reach, as ``context.yml`` declares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import re2

from audit.concepts import declarations
from audit.text.folding import fold
from data.vocabulary import SetAside

FILE = Path(__file__).parent / "context.yml"
_KINDS = ("negation", "disclaimer", "conditional", "other_party", "reported", "opinion", "hearsay")
_EFFECTS = ("turns", "sets_aside", "keeps")
_BEFORE = (", ", "; ", " and ", " | ")
# A disclaimer looks back to here: "We watch you because leaving you alone would be wrong."
_CLAUSE_STARTS = (
    ": ", ". ", "! ", "? ", " but ", " so ", " because ", " while ", " until ", " unless ",
    " if ", " when ", " which ", " where ", " although ", " though ", " since ",
)  # fmt: skip
TURNS = ("negation", "disclaimer")
# Who says so may be told at the end.
_TAGS = ("other_party", "opinion")
_REMARK_WORDS = 2
_SAYS = (
    " say",
    " says",
    "she says",
    " claim",
    " argue",
    " insist",
    " believe",
    " think",
    " assume",
)
_WORD = r"[\w'-]{1,30}"
# "I am no psychiatrist, so the doctor, nurse or therapist ...": a clause of its own is no thing.
_CLAUSE = r" (?:so|but|because|since|although|though|while|whereas|yet|which|who|if|when)\b"
_MORE = re.compile(
    rf"(?: {_WORD}){{1,4}}(?:,(?!{_CLAUSE})(?: {_WORD}){{1,4}}){{1,8}},? (?:or|nor)\b"  # things
    rf"|(?: {_WORD}){{0,3}} that\b"
    r"(?:(?! but | because | although | while )[^.;:!?]){1,200}?,? or that\b"
)
# A colon after these is none: "Ketamine is not: approved, ...", "Do not believe that: ...".
_LEADS_TO = re.compile(r"(?:\b(?:not|never|neither|that|is|are|be)|n't)\Z")
# ... but after an answer: "It is not: a nurse stays with you."
_ANSWERS = re.compile(
    r"(?:\A|[.!?] )(?:it|that|this|they|we|you|she|he|i)(?: \w+n't|'\w+ not| \w+ not)\Z"
)
# "What our competitors can't:" the house can.
_OTHERS_LACK = re.compile(
    r"(?:what|things?|care|services?)(?: that)? (?:[\w-]+ ){0,3}"
    r"(?:competitors?|competition|others?|clinics|companies|providers|programs|platforms|they)\b"
)
# Words before whom a lead-in speaks of, and up to its colon: "At other clinics you get: ...".
_LEAD_BEGINS, _LEAD_WORDS = 12, 6
# "Few clinics offer:", "What most clinics don't, we do:": so much is the house's own.
_NOT_THEIRS = re.compile(r"\b(?:no|few|not|never|cannot)\b|n't\b|\b(?:we|i) (?:\w+ )?\w+$")
_HARD_STOP = r"[;:!?]|[.] | - | \| "


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
        self._any = re2.compile(_words(every), _options())
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
        masked = [m.span() for m in self.pseudo.finditer(given)]
        still = [m.span() for m in self.still.finditer(given)]
        masked = [(a, b) for a, b in masked if not any(c <= a and b <= d for c, d in still)]
        if self.name == "negation":
            # "Nobody is treated without a visit": it denies twice, and both reach as far.
            twice = [span for span in masked if text.endswith(" without", *span)]
            masked = [span for span in masked if not text.endswith(" without", *span)]
        stops = self._stops(text, given)
        cues = []
        for start, end in found:
            if any(a <= start and end <= b for a, b in masked):
                continue
            reach = _words_on(text, end, self.scope)
            listed = 0
            if self.name == "negation":
                listed = next((b for a, b in twice if a <= start and end <= b), _listed(text, end))
            if listed:
                reach = max(reach, _words_on(text, listed, self.scope))
            led = _lead_end(text, start, end) if self.name == "other_party" else end
            stop = next((s for s in stops if s >= max(led, listed)), len(text))
            # "Nobody sees you before we prescribe": what follows "before" is not denied.
            stop = min([stop, *(d for c, d in still if c <= start < d)])
            if self.name == "negation":
                stop = _negated_to(text, start, end, stop, listed=listed > 0)
            since = max(text.rfind(before, 0, max(start - 2, 0)) for before in _BEFORE)
            if self.name == "disclaimer":
                since = max(since, *(text.rfind(begins, 0, start) for begins in _CLAUSE_STARTS))
            since = max(since, _parenthesis(text, start), 0)
            tag = self.name in _TAGS and _ends_with(text, start, end)
            outright = self.name == "disclaimer" or bool(self.outright.fullmatch(text[start:end]))
            cues.append(Cue(self.name, 0 if tag else start, end, min(reach, stop), since, outright))
        return cues

    def _stops(self, text: str, given: str | bytes) -> list[int]:
        found = [m.start() for m in self.stop.finditer(given)]
        if self.name != "negation":
            return found
        return [s for s in found if text[s] != ":" or not _leads_on(text, s)]


def _leads_on(text: str, colon: int) -> bool:
    """Whether what stands before a colon is no statement without what follows it."""
    leads = _LEADS_TO.search(text, max(0, colon - 8), colon)
    if leads is None or _ANSWERS.search(text, max(0, colon - 40), colon):
        return False
    return not _OTHERS_LACK.match(text, 0, colon)


def _negated_to(text: str, start: int, end: int, stop: int, *, listed: bool) -> int:
    if text[end : end + 1] in {",", "."}:
        return end  # "No, we ...": it answers, and negates nothing that follows
    if not listed and _is_aside(text, start):
        # "A nurse, not a robot, stays", "Without needles, nurses stay".
        return min(stop, _comma(text, end))
    return stop


def _cues(declared: dict[str, Any]) -> list[str]:
    return [*declared["cues"], *declared.get("outright", [])]


def _ends_with(text: str, start: int, end: int) -> bool:
    """Whether a statement ends with who says so: "It is harmless, some people say.".

    Not with whom it compares: "It is not approved, unlike Spravato."
    """
    says = text[start:end].endswith(_SAYS)
    return says and text[:start].rstrip("\"' ").endswith(",") and not text[end:].strip(".!\"' ")


def _lead_end(text: str, start: int, end: int) -> int:
    """Where a lead-in about others ends, behind its colon; the end of its cue if it is none."""
    colon = text.find(":", end)
    if colon < 0 or start > _LEAD_BEGINS or text.startswith("unlike", start):
        return end
    lead = text[:colon]
    is_short = lead.count(" ", end) < _LEAD_WORDS and not re.search(r"[.;!?]", lead)
    return colon + 1 if is_short and not _NOT_THEIRS.search(lead) else end


def _is_aside(text: str, start: int) -> bool:
    """Whether a negation begins an aside, or the circumstances of what follows."""
    return text.startswith("without", start) or text.endswith(", ", 0, start)


def _parenthesis(text: str, start: int) -> int:
    """Where a remark in parentheses begins that has a cue in it, and a subject before the cue.

    "A nurse stays (your doctor may ask why)": she stays anyway. "A nurse stays (if needed)".
    """
    opened = text.rfind(" (", 0, start)
    inside = text[opened + 2 : start] if opened >= 0 else ""
    return opened if len(inside.split()) >= _REMARK_WORDS and ")" not in inside else 0


def _comma(text: str, start: int) -> int:
    found = text.find(",", start)
    return found if found >= 0 else len(text)


def _listed(text: str, start: int) -> int:
    """Where the last of several things begins that are listed after a negation; 0 if nowhere.

    "We do not employ sitters, coaches or guides", "do not think that it heals, or that it is safe".
    """
    more = _MORE.match(text, start)
    return more.end() if more else 0


def _options() -> re2.Options:
    options = re2.Options()
    # With the 8 MB it has by itself, RE2 forgets its states over so many cues and begins anew.
    options.max_mem = 32 << 20
    options.longest_match = True  # "not yet" rather than "not", in whatever order they are listed
    return options


def _words(terms: list[str]) -> str:
    # ``[^\s\S]`` matches nothing: a kind without such terms.
    return r"\b(?:" + "|".join(terms) + r")(?:\b|$)" if terms else r"[^\s\S]"


def _words_on(text: str, start: int, count: int) -> int:
    """The offset ``count`` words after ``start``."""
    position = start
    for _ in range(count + 1):
        following = text.find(" ", position + 1)
        if following < 0:
            return len(text)
        position = following
    return position


def denied(cues: list[Cue], start: int, end: int) -> bool:
    """Whether ``[start, end)`` is denied outright, whatever "no" there is besides."""
    return negated([cue for cue in cues if cue.outright], start, end)


def negated(cues: list[Cue], start: int, end: int, parts: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether an odd number of negations and disclaimers reaches ``[start, end)``.

    One inside is part of it, and so is one inside another of the statement's ``parts``: in "whose
    pressure is not controlled may not take it", the first "not" is the condition's own.
    """
    own = tuple(parts)
    count = sum(
        1
        for c in cues
        if c.kind in TURNS
        and _turns(c, start, end)
        and not any(a <= c.start and c.end <= b for a, b in own)
    )
    return count % 2 == 1


def _turns(cue: Cue, start: int, end: int) -> bool:
    if cue.kind == "disclaimer":
        return cue.since <= start and end <= cue.start
    return cue.end <= start < cue.reach


def set_aside(
    cues: list[Cue],
    start: int,
    end: int,
    *,
    reports: bool = True,
    hearsay: bool = False,
    opinion: bool = False,
) -> SetAside | None:
    """Why a statement at ``[start, end)`` is not the provider's plain assertion, if it is not.

    ``reports``: what studies and societies say is theirs. A provider that quotes a study to say
    what the drug does says so itself. ``hearsay``: so are the words that people are told or ask
    about; it makes nobody guilty, and undoes no disclosure. ``opinion``: so is what somebody thinks
    that others should do.
    """
    asked = {"reported": reports, "hearsay": hearsay, "opinion": opinion}
    others = ["other_party", *(kind for kind, counts in asked.items() if counts)]
    for cue in cues:
        if cue.kind in others and cue.start < end and start < cue.reach:
            return SetAside.OTHER_PARTY
    for cue in cues:
        # A condition bears on what follows it, and on its own clause: in "a nurse stays with you
        # and slows the pump if needed" the nurse stays anyway.
        if cue.kind == "conditional" and end > cue.since and start < cue.reach:
            return SetAside.CONDITIONAL
    return None


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
