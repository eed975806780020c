"""What the next sentence takes back: "Ketamine is approved for depression. False!".

It is read as a question and its answer are: what stood before is what the answer says no to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.units import Unit

_IT = r"(?:it|this|that|which|all of (?:it|this|that))"
_IS = r"(?:(?:'s| is| was| would be)(?: (?:\w+ly|just|all|quite|a|an|such a|still|another|one))*)"
_UNTRUE = (
    r"(?:false|wrong|untrue|incorrect|inaccurate|mistaken|misleading|nonsense|rubbish|bunk|busted"
    r"|debunked|(?:an? )?(?!no )(?:\w+ )?(?:myth|fiction|lie|falsehood|misconception"
    r"|exaggeration)|false (?:advertising|hope)|not (?:\w+ ){0,2}(?:true|so|correct|accurate|right"
    r"|the case)|no such thing"
    r"|(?:far from|hardly) (?:it|the truth|true))"
)
_OVER = r"[^\w?]*$"
# "It is misleading, and unfair, to say otherwise", "A myth, you say?": of what is said there.
_OF_THE_REST = (
    r",(?: and [^,.;:!?]{1,40},)? (?:to |however|that |says? |(?:you|they|some) (?:say|think)\b)"
)
# "Myth: ..." and "False: ..." are labels of what follows them.
_UNTRUE_SAID = re.compile(
    r"\W*(?:(?:sorry|alas|sadly|well|but|and|yet|again),? )?(?:"
    rf"{_IT}{_IS} {_UNTRUE}(?={_OVER}|[.,;:!]| -| and | but | because )"
    r"|(?:(?:\w+ly|plain|just) )?(?:(?:wrong|incorrect|not (?:true|so))(?=:)"
    rf"|{_UNTRUE}(?={_OVER}|[.,;!])))(?!{_OF_THE_REST})"
)
# "We hear this often, and it is wrong."
_UNTRUE_AFTER = re.compile(
    rf"[^,;:.!]{{3,60}},? (?:and|but) {_IT}(?:'s| is)(?: \w+ly| just)? {_UNTRUE}(?=\W*$)"
)
# "No clinic can promise that.", "We do not say so.", "Nobody knows that yet."
_THAT = r"(?:this|that|so|it|any of (?:this|that|it)|such a thing|where that \w+ comes from)"
_SAYING = (
    r"(?:say|promise|guarantee|claim|know|believe|show|prove|confirm|support|think|agree|tell you)"
)
_UNSAID = re.compile(
    r"\W*(?:(?:but|sadly|alas|in truth|in fact|honestly),? )?"
    r"(?:(?:nobody|no one|no (?:honest |good |serious |single )?(?:\w+))"
    rf" (?:(?:can|could|should|has|have|will|would|yet|honestly|truthfully|ever) ){{0,3}}"
    rf"(?:{_SAYING}s?|said|promised|shown|proved|proven|confirmed|knows) {_THAT}"
    r"|(?:we|i) (?:(?:do|would|will|can|could) ?(?:not|never)|don't|wouldn't|won't|can't|cannot"
    rf"|never)(?: (?:ever|honestly|say that we|\w+ly))? {_SAYING} {_THAT}"
    rf"|{_THAT} (?:has not|hasn't|has never|was never) been (?:proven|proved|shown|established)"
    r"|(?:please )?(?:don't|do not) do (?:it|this|that|so)|not so fast"
    rf"|there is no (?:good |real )?(?:evidence|proof|study|support) (?:for|of|behind) {_THAT}"
    r"|(?:please )?(?:don't|do not) (?:believe|trust|fall for|repeat|buy) (?:it|this|that|them))"
    r"(?: yet| for certain| to (?:you|anyone|anybody))?(?=\W*$|[,;:])"
)
# "Others offer that; we don't." Not so "Most clinics skip that; we don't."
_OTHERS_DO = (
    r"[^.!?,;]{3,40} (?:do|does|offer|promise|guarantee|claim|say|says|give|provide|sell|include"
    r"|advertise|believe|have)s?(?: (?:so|it|this|that|one|them|otherwise))?"
)
# These agree with what was denied, and deny what was not: "We do not sell it. We never will."
_SHORT = re.compile(
    r"\W*(?:(?:sadly|alas|sorry|actually|but|in fact),? )?"
    r"(?:(?:it|they|we|you|this|that|there) (?:[a-z]+n't|cannot|(?:is|are|was|do|does|did|has|have"
    r"|will|would|can|could) not)|(?:please )?(?:don't|do not)"
    r"|not (?:here|with us|by us|at our clinic|in our (?:clinic|practice|program)|for us|ours"
    rf"|really)|{_OTHERS_DO}[;,] (?:but |and )?(?:we|ours) (?:[a-z]+n't|do not|does not|is not))"
    r"(?=\W*$|[;:] |, (?:but|because|since|nor|and (?:we|it|they|nobody|no|you|never)) )"
)
# These contradict either.
_NOT_SO = re.compile(
    r"\W*(?:not (?:quite|exactly|by a long (?:shot|way))|hardly|if only|i disagree"
    r"|we (?:\w+ )?disagree|we beg to differ|think again|far from it)(?=\W*$|[,;:] )"
)
_YES_IT_IS = re.compile(
    r"\W*(?:oh |but )?yes,? (?:it|they|we|you|this|that|there)"
    r" (?:is|are|was|do|does|did|has|have|can|could|will|would|may|might)(?=\W*$|[,;:])"
)
_NEGATED = re.compile(r"\b(?:no|not|never|nor|neither|nobody|nothing|none|without|cannot)\b|n't\b")
# A verdict has few words.
_WORDS = 12


def is_untrue(said: str) -> bool:
    """Whether a folded sentence begins by calling untrue what was said before it."""
    return _UNTRUE_SAID.match(said) is not None


def heard(read: Sequence[Unit]) -> Iterator[Unit]:
    """The units of a text, those that the next sentence takes back as it takes them back."""
    verdict: Unit | None = None
    turned = []
    for unit in reversed(read):
        if unit.asked or unit.question:
            verdict = verdict if unit.asked else None
            turned.append(unit)
            continue
        is_taken_back = verdict is not None and _takes_back(verdict, unit)
        turned.append(_taken_back(unit, verdict) if verdict and is_taken_back else unit)
        verdict = unit
    return reversed(turned)


def _takes_back(following: Unit, unit: Unit) -> bool:
    said = following.folds[-1].text
    if is_untrue(said):
        return True
    if said.count(" ") > _WORDS:
        return False
    if any(verdict.match(said) for verdict in (_UNTRUE_AFTER, _UNSAID, _NOT_SO)):
        return True
    return bool((_YES_IT_IS if _NEGATED.search(unit.text) else _SHORT).match(said))


def _taken_back(unit: Unit, verdict: Unit) -> Unit:
    """A statement with the verdict on it, as a question with its answer."""
    return replace(
        unit,
        text=f"{unit.text} {verdict.folds[-1].text}",
        spans=(*unit.spans, verdict.spans[-1]),
        asked=len(unit.text),
        answer="no",
        takes_back=True,
        folds=(*unit.folds, verdict.folds[-1]),
    )
