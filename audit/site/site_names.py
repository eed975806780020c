"""What a site calls itself in its titles: "Fees | Alder Infusion" is about fees, not infusions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from audit.pages.pages import PageText
from audit.text.folding import fold
from data.vocabulary import PageType

# Between a page's title and its site's name; "ketamine-assisted" has none.
_BETWEEN = re.compile(r"\s*[|»•·]\s*|\s+[-:]+\s+|:\s+")
# The share of a site's pages whose titles hold its name.
_SHARE = 0.5
# Words of services: a title of these alone is no name, though every page has it.
_SERVICE = frozenset(
    """
    a an and assisted at by care depression doses esketamine for home im in infusion infusions
    injection injections intramuscular intravenous iv kap ketamine lozenge lozenges nasal of oral
    psychotherapy service services session sessions shot shots spravato spray sprays sublingual
    tablets the therapies therapy tms treatment treatments troche troches with
    """.split()  # noqa: SIM905 - a text of words is easier to read and to keep
)
_FRAME = {"header", "footer"}
_OWN_FRAME = _FRAME | {"nav", "head"}
# "Fernhollow Health mails lozenges": is it this site's name?
_SENDS = re.compile(
    r"([A-Z][\w'’&-]*?)(?: [A-Z][\w'’&-]*?){0,3}(?:['’]s)? "
    r"(?:mails|posts|ships|sends|couriers|delivers|(?:clinicians|physicians|psychiatrists|doctors|prescribers)"
    r" (?:can |may |will )?prescribe)\b"
)
_NO_NAMES = {"It", "She", "He", "The", "This", "Our", "Your", "Each", "Everyone", "Dr"}
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b|\ball rights reserved\b")


def names(pages: Sequence[PageText]) -> tuple[str, ...]:
    """The parts of titles, folded, that are names of the site and not of a page; longest first.

    A part is one where it begins or ends the titles of half the addresses, two at least, or where
    it ends one and stands in the same page's copyright. The words of services alone are no name.
    """
    found: set[str] = set()
    at: dict[str, set[str]] = {}
    for page in pages:
        parts = _parts(page.title)
        for part in parts:
            at.setdefault(part, set()).add(page.url)
        found.update(part for part in parts[-1:] if _is_in_copyright(part, page))
    addresses = {page.url for page in pages if page.title}
    needed = max(2, _SHARE * len(addresses))
    found.update(part for part, where in at.items() if len(where) >= needed)
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def of_the_house(pages: Sequence[PageText]) -> tuple[str, ...]:
    """The names of a site, with what its home page is called; both may be the name of its house."""
    home = (
        part for page in pages if page.page_type == PageType.HOME for part in _parts(page.title)
    )
    return (*names(pages), *home)


def without(text: str, named: Collection[str]) -> str:
    """A text, folded, without the names in it; the text as it is where there is none."""
    folded = fold(text).text
    left = folded
    for name in named:
        left = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", left)
    return text if left == folded else " ".join(left.split()).strip(" |»•·-:")


def is_another(sentence: str, page: PageText) -> bool:
    """Whether a sentence begins with the name of a company that is not the page's."""
    named = _SENDS.match(sentence)
    if named is None or named[1] in _NO_NAMES:
        return False
    frame = (b.text for b in page.blocks if b.region in _OWN_FRAME)
    own = re.sub(r"\W", "", " ".join((page.url, page.title, *frame))).lower()
    return re.sub(r"\W", "", named[1]).lower() not in own


def _parts(title: str) -> list[str]:
    parts = _BETWEEN.split(fold(title).text.strip())
    return [part for part in parts if not _SERVICE.issuperset(re.findall(r"\w+", part))]


def _is_in_copyright(part: str, page: PageText) -> bool:
    told = (fold(block.text).text for block in page.blocks if block.region in _FRAME)
    return any(part in text and _COPYRIGHT.search(text) for text in told)
