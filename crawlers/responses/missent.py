"""Pages that stand where their status says that nothing does (404, 410).

Hosts of files send an application's frame with that status for every address but the first, and a
content system's extension can send it with a page that is whole. A visitor sees no status.
"""

from __future__ import annotations

import re

from crawlers.responses.page_facts import PageFacts

# Less than this, links aside, a page around "not found" has as well, with its menu and footer.
_LEAST_WORDS = 150
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
# What a page that is not there says of itself somewhere, however it words its heading.
_SAYS_SO = re.compile(
    r"\b(?:404|410|not(?:hing)?(?: was)? found|(?:wh)?oo+ps|uh[- ]?oh|sorry|looking for"
    r"|broken link|went wrong"
    r"|(?:this|that|the|requested|a) (?:web ?page|page|link|content|url|address)"
    r"|try (?:again|searching|a search|using the search)"
    r"|(?:back|go|return|take me) (?:to )?(?:the )?home(?:page| page)?)\b",
    re.IGNORECASE,
)
_NAMED_SO = re.compile(
    r"\b(?:lost|wrong|missing|gone|nothing|nowhere|error|dead end|no longer|moved|misplaced"
    r"|removed|hmm+|yikes|awkward|cannot|not|page)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


def waits(facts: PageFacts, body: bytes) -> bool:
    """Whether scripts are to fill a page that is empty as it was sent."""
    is_bare = facts.words == 0 and _SCRIPT.search(body) is not None
    return not facts.not_found and (facts.shell or is_bare)


def reads(facts: PageFacts) -> bool:
    """Whether there is a page to read, and nothing in it says that there is none."""
    named = f"{facts.title} {facts.heading}".strip()
    words = facts.words - sum(len(link.text.split()) for link in facts.links)
    if not named or facts.not_found or words < _LEAST_WORDS:
        return False
    return not _NAMED_SO.search(named) and not _SAYS_SO.search(f"{named} {facts.opening}")
