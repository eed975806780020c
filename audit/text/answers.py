"""What answers a question: "Yes.", "They do not.", "Nurse in the room: no."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.text.sentences import Span

# Who a short answer may be about, and the words that make it one: "She does." "They're not."
_WHO = r"(?:it|they|we|you|that|there|this|one|she|he|i|both|all)"
_VERB = r"(?:is|are|am|was|do|does|did|has|have|will|would|can|may|must|should|could)"
# An answer is over here, or goes on after a comma; "It is mailed." is no answer of this kind.
_OVER = r"(?=\W*$|[.,;:!]| -)"
_FREELY = (
    r"(?!, (?:provided|if|unless|as long|but|only|when|with|once|after|though|although|except))"
)
# "The short answer is no."
_IN_SHORT = (
    r"(?:(?:the |our |my )?(?:short|quick|simple|honest|plain|brief) answer"
    r"(?: (?:here )?is)?(?:,|:)? )?"
)
_YES = re.compile(
    rf"\W*{_IN_SHORT}"
    r"(?:(?:(?:sometimes|often|usually|mostly|for now|at present|as of [\w ]{3,20}), )?"
    r"(?:(?:right now|for now|at present|at the moment|currently|today|so far),? (?=yes\b))?"
    r"(?:yes|yep|yeah|yup|sure(?! (?:enough|you|not))"
    r"|(?:you bet|for sure|naturally|by all means|without (?:a )?doubt)(?=\W*$|[.,;:!])"
    r"|(?:absolutely|of course|definitely|certainly"
    r"|always|every time|indeed|correct)(?! not)(?=\W*$|[.,;:!]| -))"
    r"|(?:it|that)(?:'s| is) possible|(?:it|they) (?:can|may|could)(?: be)?(?=[,.])"
    rf"|(?:oh |well, |then )?{_WHO} (?:certainly |sure |surely |absolutely )?{_VERB}"
    rf"(?: indeed| so| too)?{_OVER}{_FREELY})(?!\w)"
)
# "No." and "No, it ..." answer; "No coaches." does not. "It isn't." answers, "It isn't sold." not.
_NO = re.compile(
    rf"\W*{_IN_SHORT}"
    r"(?:(?:then|honestly,|in short,|sorry,|alas,|sadly,)? ?(?:no|nah)(?=\W*$|[.,;:!]| -)"
    r"|(?:(?:neither|none)(?: of (?:them|these|it|us))?|not for us|not ever|far from it"
    r"|not (?:a single one|one of them|really|necessarily|to us|with us|now|yet|today|that day)"
    r"|negative(?=\W*$|[.,!])|(?:(?:i'm|we're) afraid |sorry, |sadly, )?(?:that|this)(?:'s| is) not"
    r" (?:part of|something (?:we|our)|included|offered|possible|an option|how we)\b.*"
    r"|(?:i'm |we're )?(?:afraid|sadly|alas,?|sorry,?) not"
    r"|(?:absolutely|definitely|certainly|of course|surely|probably|usually) not"
    r"|there is no need|unlikely|nobody does|no one does|nobody|no one)(?=\W*$|[.,;:!])"
    r"|(?:(?:we|they|you|it|i)(?:'m| are| is|'re)? ?(?:aren't|don't|isn't|not)"
    r"|unlike [\w ]{3,40}), no\b"
    r"|(?:nope|never|not (?:at all|when|if|(?:at|in) (?:the|our|these|this|a)))\b"
    # "Not with lozenges.", "Not the way we use it.", "Nobody has shown that they do."
    r"|not (?:with|by|via|through|on|from|here|as|under|since|the way|as far as)"
    r"(?! \w+ (?:doubt|exception))(?: [\w'-]+){0,6}(?=\W*$|[.!])"
    rf"|{_WHO} (?:[\w']+ )?neither(?=\W*$|[.,;:!])"
    r"|(?:nobody|no one|no (?:study|trial|research)) (?:[\w']+ ){0,3}"
    rf"(?:shown|shows?|proved|proven|found|established) (?:that )?(?:[\w'-]+ ){{0,3}}{_VERB}"
    r"(?: so| that| it| them)?(?=\W*$|[.!,;])"
    rf"|{_WHO} (?:[a-z]+n't|cannot|{_VERB} not)(?: one)?{_OVER}"
    r"|(?:they|we|you)'re not(?=\W*$|[.,;:!])|it's not(?=\W*$|[.,;:!]))"
)
# "Never alone" below a label is no answer to it; "No, ..." is.
_PLAIN = re.compile(r"\W*(?:yes|no|none)(?=\W*$|[.,;:!]|\s+[-–—])", re.IGNORECASE)
# A heading may ask without its mark.
_ASKING = re.compile(
    r"(?:do|does|did|is|are|am|can|could|will|would|may|must|should|have|has|was|were)"
    r" (?:i|you|we|it|they|this|that|there|the|my|your|our|ketamine|someone|somebody|anyone|anybody"
    r"|a|an)\b(?!.*[.!:])"
)
# What stands before an answer: an "A", or the word.
_LABEL = re.compile(r"^\W*(?:a|ans|answer)\s?(?:[:.)]|-)\s*")
# "Nurse in the room: no." answers as a cell does; a dash needs its blanks.
_TOLD = re.compile(
    r"(?P<label>[^:?!;|]{3,150}?)(?::\s*|\s+[-–—]+\s+|\s*\.(?:\s?\.){3,}\s*)"
    r"(?P<answer>(?:yes|no|none(?:,? (?:yet|so far|(?:for|of|in|at|during|from) [^.:;]{2,40}))?"
    r"|never|always|true|false|not (?:yet|at all|now|included|true))[.!]?)",
    re.IGNORECASE,
)
# "Nurse in the room No": the cells of a row that was written without a mark between them.
_BESIDE = re.compile(
    r"(?!.*\b(?:[Yy]es|[Nn]o|or|say|says|said|with|answer)\s+(?:Yes|No|None|Never)\b)"
    r"(?P<label>[^:?!;|.]{10,150}?[a-z)])\s+(?P<answer>Yes|No|None|Never"
    r"|Not (?:included|available|offered)"
    r"|\((?i:not (?:included|available|offered|covered)|no|yes)\))"
)
# "✗ Nurse in the room"; a mark behind needs no colon.
_CROSSES, _TICKS = "✗✘✕✖☒❌❎🚫⛔\uf00d\uf057", "✓✔☑✅\uf00c\uf058"
_CROSSED = re.compile(rf"(?P<answer>[{_CROSSES}])\ufe0f?\s*(?P<label>\w.+)", re.DOTALL)
_MARKED = re.compile(
    rf"(?P<label>[^?!;|]{{3,150}}?)(?:\s*:)?\s+(?P<answer>[{_TICKS}{_CROSSES}])\ufe0f?\W*"
)
_RULED_OUT = re.compile(
    r"\b(?:no|not|never|nor|cannot|without|avoid\w*|exclu\w+|contraindicat\w+|candidates?|stop"
    r"|if you)\b|n't\b"
)
_AFFIRMS = re.compile(f"yes|always|true|[{_TICKS}]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its answer in one sentence; ``said`` is ``yes`` or ``no``.

    ``is_crossed``: the answer is a cross before it, as those of bullets are.
    """

    asked: Span
    answer: Span
    said: str

    @property
    def is_crossed(self) -> bool:
        """Whether the answer comes first."""
        return self.answer.start < self.asked.start


def is_ruled_out(folded: str) -> bool:
    """Whether words speak of what is not to be: then a cross says so once more."""
    return _RULED_OUT.search(folded) is not None


def said(folded: str) -> str | None:
    """``yes`` or ``no``, where a folded sentence begins by answering so."""
    folded = _LABEL.sub("", folded)
    return "yes" if _YES.match(folded) else "no" if _NO.match(folded) else None


def is_plain(text: str) -> bool:
    """Whether a text begins with yes or no, and nothing that these words could belong to."""
    return _PLAIN.match(text) is not None


def asks_unmarked(folded: str) -> bool:
    """Whether a folded heading asks without a question mark."""
    return _ASKING.match(folded) is not None


def to_label(text: str, sentence: Span) -> Label | None:
    """What a sentence says that is nothing but a label and its answer."""
    forms = (_TOLD, _MARKED, _CROSSED, _BESIDE)
    found = next((m for form in forms if (m := form.fullmatch(text, *sentence))), None)
    if found is None:
        return None
    affirms = _AFFIRMS.match(found["answer"].lstrip("(")) is not None
    return Label(
        Span(*found.span("label")), Span(*found.span("answer")), "yes" if affirms else "no"
    )
