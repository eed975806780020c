"""Which lines a provider offers.

Talk about a treatment is not an offer: a line is offered where a block in the provider's own voice
says so (``audit/claims/offers.yml``), and a line wrongly found would be a dozen false accusations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit.catalog import frames, matching
from audit.concepts import declarations
from audit.concepts.lexicon import Lexicon
from audit.stances.assertion import negated, set_aside
from audit.stances.stances import Statement

LIMIT = "not-to-these"
FILE = Path(__file__).parent / "offers.yml"


@dataclass(frozen=True, slots=True)
class Offer:
    """A frame that says that a line is (or, denied, is not) offered.

    ``needs``: the concepts that can fill each of its slots, as a number with a bit for each, those
    first of which there are fewest.
    """

    line: str
    frame: frames.Frame
    needs: tuple[int, ...]


def load(words: Lexicon, path: Path = FILE) -> tuple[Offer, ...]:
    """Read the frames that tell an offer.

    Raises:
        UsageError: the file has an unknown key, or a frame that cannot be read or has a concept
            that is not in the lexicon.
    """
    raw = declarations.read(path, required={"offers"}, optional={"claims"})["offers"]
    offers = []
    for line, declared in raw.items():
        for number, frame in enumerate(declared, 1):
            try:
                parsed = frames.parse({"stance": "states", "if_negated": "denies", **frame})
            except ValueError as error:
                raise declarations.wrong(path, f"{line}[{number}]", str(error)) from error
            for concept in sorted(parsed.concepts):
                if concept not in words:
                    raise declarations.wrong(path, f"{line}[{number}]", f"no concept {concept!r}")
            needs = sorted((words.mask(s.concepts) for s in parsed.slots), key=int.bit_count)
            offers.append(Offer(line, parsed, tuple(needs)))
    return tuple(offers)


@cache
def by_claim(path: Path = FILE) -> dict[str, str]:
    """The rules whose claim, made and not disowned, is an offer, and the line that it offers."""
    raw = declarations.read(path, required={"offers"}, optional={"claims"})
    return dict(raw.get("claims", {}))


def _is_denied(said: Statement, hit: matching.Hit) -> bool:
    """Whether the thing is denied, or what is done with it: "We prescribe no tablets".

    In "We do not prescribe it for home, whether as lozenges or as a spray" the "not" does not reach
    the lozenges.
    """
    return any(negated(said.cues, *part) for part in (hit.head, hit.parts[0]))


def said_in(offers: Iterable[Offer], said: Statement) -> list[tuple[str, bool]]:
    """(line, offered or disowned) for each offer in a statement of the provider's own text."""
    found: list[tuple[str, bool]] = []
    unit, here = said.unit, said.mentions.possible
    if unit.question or said.is_apart:
        return found
    for offer in offers:
        if not (here & offer.needs[0] and all(here & need for need in offer.needs)):
            continue
        for hit in matching.match(offer.frame, unit.text, said.mentions, said.heading, said.nearby):
            aside = set_aside(said.cues, hit.start, hit.end, hearsay=True)
            if unit.says(hit.start, hit.end) and aside is None:
                turned = _is_denied(said, hit) != (unit.answer == "no")
                if not (turned and LIMIT in said.mentions):  # "not to minors": to others, then
                    found.append((offer.line, not turned))
    return found
