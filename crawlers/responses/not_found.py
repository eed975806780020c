"""Pages that say "not found" although their status does not: what a title or heading tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_SHORT_PAGE = 150
# A title or heading beyond this is no name of anything, and can be megabytes.
_LONGEST = 500
# Where a whole title or heading says "not found", there may be much around it; where both do, what
# is there are related posts.
_PAGE_AROUND, _LONG_PAGE = 600, 2_000
# So few words beside menus and links, and one whole sentence of them decides.
_IN_SHORT = 40
# Whoever asks what to do about a missing page is on one that is there.
_ASKS = re.compile(r"\?|^\W*(?:what|why|how|when|where|if|is|are|can|do(?:es)?)\b", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+[|·–—•:-]\s+")
_NOT_FOUND = re.compile(
    # 404 is Atlanta's area code, and a number of many a street.
    r"^\W*(?:error\W*)?404(?:\W*$|\W+(?:error|file|not|oops|page|sorry)\b"
    r"|\s*[|·–—•:-]\s+(?!\d))|^\W*http(?: error)? ?404\b|\bnot found\W*#404\b"
    r"|\b404\b.{0,20}\b(?:not found|error)|^\W*(?:error\W*)?410\W+gone\b"
    r"|\b(?:page|content|address)\b.{0,40}"
    # "Treatment" ends as "isnt" does.
    r"(?:\bnot\b|n['’]t\b|\b(?:is|was|does|could|ca)nt\b|\bcannot\b).{0,20}"
    r"\b(?:found|find|exist|available)\b(?! (?:in|for|to) )"
    r"|\b(?:page|content)(?: you [a-z ]{3,30})? (?:is not|isn['’]?t) here\b"
    r"|\b(?:page|content|link)\b[^.?!]{0,40}\bno longer (?:exists?|available|here|valid)\b"
    r"(?! (?:in|for|to) )"
    r"|\b(?:could(?:n['’]?t| not)|we (?:can(?:['’]?t|not)|were unable to)) (?:seem to )?"
    r"(?:find|locate)\b[^.?!]{0,30}\bpage\b"
    r"|\b(?:document|file|object|resource|url) (?:was |can ?|could )?not (?:be )?found\b"
    r"|\bpage (?:is |has been )?(?:gone|missing|unavailable|removed|deleted)\b"
    r"|^\W*(?:oops\W+)?(?:it looks like )?nothing (?:was )?found\b(?! in\b| like\b)"
    r"|^\W*(?:this |the |that )?(?:page|link) (?:has |is )?expired\b"
    r"|\bnot found\b\W{0,3}(?:error )?404\b|\bno such page\b|^not found$",
    re.IGNORECASE,
)
_PLACE = r"(?:this |the |that )?(?:page|content|url|link|address)"
_WANTED = (
    r"(?: (?:that )?you(?:['’]re| are| were|['’]ve| have)?"
    r" (?:requested|wanted|followed|entered|clicked|tried to (?:reach|view)"
    r"|(?:looking|searching|asking|looked|asked)(?: for)?))?"
)
_MISSING = (
    r" ?(?:(?:(?:could|can|was|is|does)(?:n['’]?t| not)|can['’]?t|cannot)"
    r" (?:be )?(?:found|exist|available|here|valid)|(?:was )?not (?:found|available)|n['’]t found"
    r"|(?:is )?no longer (?:exists?|available|here|valid)|(?:is )?(?:missing|gone|unavailable)"
    r"|(?:was|has been) (?:removed|deleted))(?: any ?more| right now| at the moment)?"
)
_NOBODY_FINDS = (
    r"we (?:can(?:['’]?t|not)|could(?:n['’]?t| not)|were unable to)(?: seem to)? (?:find|locate) "
)
_ALL_NOT_FOUND = re.compile(
    r"\W*(?:(?:error\W*)?404(?:\W*(?:error|page))?|(?:error\W*)?(?:404\W*)?"
    r"(?:(?:(?:we['’]?re |we are )?(?:so )?sorry|(?:wh)?oops|hmm|uh[ -]oh)\W*)?(?:but )?"
    rf"(?:{_PLACE}{_WANTED}{_MISSING}|{_NOBODY_FINDS}{_PLACE}{_WANTED}|not found))\W*(?:404)?\W*",
    re.IGNORECASE,
)


_SENTENCE = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
_SAID_SO = re.compile(
    rf"\W*(?:{_ALL_NOT_FOUND.pattern}|(?:error(?: code)?\W*)404(?:\W*error)?"
    rf"|(?:(?:so )?sorry\W+)?{_PLACE}{_WANTED}{_MISSING}"
    r" or (?:it )?(?:may |might |has |have )+(?:been )?(?:moved|removed|deleted|renamed)"
    r"|the requested (?:url|page|resource)(?: /\S*)? was not found(?: on this server)?"
    r"|(?:sorry\W+|it (?:looks like|seems)(?: that)? )*we (?:can['’]?t|cannot"
    r"|could(?:n['’]?t| not))(?: seem to)? find what you(?:['’]re| are| were) looking for"
    r")\W*",
    re.IGNORECASE,
)


# Not a telephone's 404, nor what was "not found" in a table.
_OF_PAGES = re.compile(
    r"\b(?:page|content|url|link|address|resource|error|looking for)\b", re.IGNORECASE
)


def says_it_in_short(own_text: str) -> bool:
    """Whether a page has hardly a word but that there is none, under whatever heading.

    Args:
        own_text: what is neither a link nor in a menu, a line each piece.
    """
    if not own_text or len(own_text.split()) > _IN_SHORT:
        return False
    said = _SENTENCE.split(own_text.strip())
    return any(_OF_PAGES.search(piece) and _SAID_SO.fullmatch(piece) for piece in said)


def says_not_found(
    title: str, headings: Sequence[str], words: int, own_words: Callable[[], int]
) -> bool:
    """Whether a page is none, by its title and main headings.

    Args:
        title: the page's title.
        headings: its main headings, the first one first.
        words: how much there is to read.
        own_words: how much of it is neither a link nor in a menu; asked for only where it matters.
    """
    said = [title[:_LONGEST], *(heading[:_LONGEST] for heading in headings)]
    if not any(map(_NOT_FOUND.search, said[:2])) and not any(map(_is_all, said)):
        return False
    if words < _SHORT_PAGE:
        return any(map(_NOT_FOUND.search, said[:2]))
    own = own_words()
    if own < _SHORT_PAGE and any(_NOT_FOUND.search(s) and not _ASKS.search(s) for s in said[:2]):
        return True
    by_title, by_heading = _is_all(title[:_LONGEST]), any(map(_is_all, said[1:]))
    most = _LONG_PAGE if by_title and by_heading else _PAGE_AROUND
    return own < most and (by_title or by_heading)


def _is_all(name: str) -> bool:
    """Whether a whole title or heading says it, the site's name left out."""
    first = _SITE_NAME.split(name, maxsplit=1)[0]
    # A number alone may be the beginning of another one.
    is_told = not first.strip().isdigit() or _NOT_FOUND.search(name) is not None
    whole = _ALL_NOT_FOUND.fullmatch
    return whole(name) is not None or (is_told and whole(first) is not None)
