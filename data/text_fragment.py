"""Links that scroll a browser to a quote.

Format: URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

from urllib.parse import quote, urldefrag

_LONG = 80
_EDGE_WORDS = 5


def link(url: str, text: str) -> str:
    """The page's address with a text directive for ``text``.

    A long quote is given by its first and last words, because browsers match those and whatever
    stands between, while one changed character in a long text would break the link.
    """
    words = text.split()
    if len(text) <= _LONG or len(words) < 2 * _EDGE_WORDS:
        # Browsers search what they show, where a run of white space is one space.
        directive = _encode(" ".join(words))
    else:
        ends = words[:_EDGE_WORDS], words[-_EDGE_WORDS:]
        directive = ",".join(_encode(" ".join(end)) for end in ends)
    return f"{urldefrag(url).url}#:~:text={directive}"


def _encode(text: str) -> str:
    # ``-`` and ``,`` have a meaning inside a directive; urllib leaves the hyphen as it is.
    return quote(text, safe="").replace("-", "%2D")
