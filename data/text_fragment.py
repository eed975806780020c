"""Links that scroll a browser to a quote.

Formats: URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/ and, for
PDFs, ``#page=`` as in RFC 8118, section 3.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag

# Where a block of a PDF stands: no CSS path of a web page looks like this.
_PAGE = re.compile(r"page\[(\d+)\]")
# Where a request stands in the log of a page's load: no browser can scroll to it.
_LINE = re.compile(r"line\[\d+\]")
_LONG = 80
_EDGE_WORDS = 5


def link(url: str, text: str, css_path: str = "") -> str:
    """The page's address with a text directive for ``text``, or with the number of a PDF's page.

    A request that was made while the page loaded has the page's address alone.

    A long quote is given by its first and last words, because browsers match those and whatever
    stands between, while one changed character in a long text would break the link. So is one over
    several lines, as items of a list are: the ends may lie in two of them, a single text may not.
    """
    page = _PAGE.fullmatch(css_path)
    if page:
        # Viewers of PDFs know this one; a text directive beside it makes some ignore both.
        return f"{urldefrag(url).url}#page={page[1]}"
    if _LINE.fullmatch(css_path):
        return urldefrag(url).url
    lines = [line.split() for line in text.split("\n") if line.strip()] or [[]]
    if len(lines) == 1 and (len(text) <= _LONG or len(lines[0]) < 2 * _EDGE_WORDS):
        # Browsers search what they show, where a run of white space is one space.
        directive = _encode(" ".join(lines[0]))
    else:
        ends = lines[0][:_EDGE_WORDS], lines[-1][-_EDGE_WORDS:]
        directive = ",".join(_encode(" ".join(end)) for end in ends)
    return f"{urldefrag(url).url}#:~:text={directive}"


def _encode(text: str) -> str:
    # ``-`` and ``,`` have a meaning inside a directive; urllib leaves the hyphen as it is.
    return quote(text, safe="").replace("-", "%2D")
