"""Pages that say "not found" although their status does not: what a title or heading tells."""

from __future__ import annotations

import re

_SHORT_PAGE = 150
# A title or heading beyond this is no name of anything, and can be megabytes.
_LONGEST = 500
# Where a whole title or heading says "not found", menu and footer around it may be long.
_PAGE_AROUND = 600
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
_ALL_NOT_FOUND = re.compile(
    r"\W*(?:(?:error\W*)?404(?:\W*(?:error|(?:page )?not found))?"
    r"|(?:(?:sorry|(?:wh)?oops|hmm|uh[ -]oh)\W*)?(?:this |the |that )?(?:page|content)"
    r"(?: you (?:requested|were looking for))?(?: (?:could|was|can|is|does))?"
    r" ?(?:not|n?['’]?t) (?:be )?(?:found|exist|available)|not found)\W*(?:404)?\W*",
    re.IGNORECASE,
)


def says_not_found(title: str, heading: str, words: int) -> bool:
    """Whether a page is none, by its title and first heading.

    Args:
        title: the page's title.
        heading: its first heading.
        words: how much there is to read.
    """
    if words < _SHORT_PAGE:
        return any(map(_NOT_FOUND.search, (title[:_LONGEST], heading[:_LONGEST])))
    names = (_SITE_NAME.split(title[:200], maxsplit=1)[0], heading[:200])
    return words < _PAGE_AROUND and any(map(_ALL_NOT_FOUND.fullmatch, names))
