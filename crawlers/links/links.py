"""Which links are worth a capture, and what kind of page stands behind each. Pure: no I/O.

The words are data (``data/reference/page_types.yml``), shared with the audit, which decides the
true page type once it has the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit, urlunsplit

from crawlers.identity.provider_ids import clean_url, host_of, labels_below
from crawlers.links import path_traps
from crawlers.links.places import as_browsers_read, plain_escapes
from crawlers.links.queries import path_of, trap_keys, without
from data import page_types
from data.vocabulary import PageType

# Home first, then what most rules need, then the rest, then what a sample will do for.
ORDER = (
    *(PageType.HOME, PageType.HOW_IT_WORKS, PageType.FAQ, PageType.SAFETY, PageType.ELIGIBILITY),
    *(PageType.TREATMENT, PageType.CONSENT, PageType.LEGAL, PageType.PRICING, PageType.TEAM),
    *(PageType.OTHER, PageType.LOCATION, PageType.TESTIMONIAL, PageType.BLOG, PageType.NEWS),
)
SAMPLED = frozenset({PageType.LOCATION, PageType.TESTIMONIAL, PageType.BLOG, PageType.NEWS})
SAMPLE = 5

_LONGEST_URL = 500
_DEEPEST_PATH = 12
_LONGEST_ANCHOR = 80
_SESSION = re.compile(
    r"(?:php|asp|j)?sess(?:ion)?_?(?:id)?|sid|jsessionid|aspsessionid\w*|cfid|cftoken|_ptc|nocache"
    r"|cache|cachebuster|cb|timestamp|_|ref|ref_src|referr?er|campaign|campaignid|adgroupid|cid|usp"
    r"|s_kwcid|ef_id|epik|rdt_cid|irclickid|cjevent|mkt_tok|elqtrack\w*|oly_\w+_id|_openstat|trk"
    r"|wickedid|scid|sc_\w+|__\w+|variant_?session|visitor_?id|affiliate(?:_?id)?|aff(?:_?id)?"
    # HubSpot's word for where a visitor came from, in the address of every page; letters' readers.
    r"|hslang|_kx|sscid|irgwc|clickid|ck_subscriber_id",
    re.IGNORECASE,
)
# A content, a section: where nothing else chooses the page, so short a number is no session.
_NUMBERED_PAGE = re.compile(r"(?:[cs]id|session)=\d{1,4}", re.IGNORECASE)
# In the path: Java's, and ASP.NET's without cookies.
_PATH_SESSION = re.compile(
    r";(?:jsessionid|sid|phpsessid)=[^/?]*|/\([AFSX]\([^()/]*\)\)", re.IGNORECASE
)
# Endings of what is neither a web page nor a PDF; an unknown one may be a doctor's name. Documents
# (.docx) are asked for: nobody here reads them, and what they say must not count as not said.
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svgz?|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|wav|og[gv]|zip|gz"
    r"|tgz|rar|7z|exe|dmg|apk|xlsx?|pptx?|csv|od[sp]|ics|vcf|css|m?js|json|xml|rss|atom"
    r"|woff2?|ttf|eot|map|epub)$"
)
_LOGIN_PATH = re.compile(
    r"/(?:(?:wp-)?log-?in|sign-?in|log-?out|wp-admin|(?:my-|client-|member-|patient-)?(?:account|portal)"
    r"|cart|checkout|basket|password-reset|forgot-password|lost-password)(?:\.\w+)?(?:/|$)"
)
_LOGIN_LABEL = re.compile(r"(?:login|portal|app|my|secure|accounts?|patients?)")
# What stands open also where patients log in: secure.clinic.example/consent-form.
_FOR_EVERYBODY = frozenset(
    {PageType.CONSENT, PageType.LEGAL, PageType.FAQ, PageType.SAFETY, PageType.HOW_IT_WORKS}
)
_TRAP_PATH = re.compile(
    r"/print(?:/|$)|/(?:feed|rss|wp-json"
    r"|xmlrpc|cdn-cgi|trackback|amp)(?:/|$)|/unsubscribe(?:/[\w=-]*)?/?$"
    # What acts has a number beside it; "/privacy/delete" is a page, as "/vote" is.
    r"|/\d+/(?:delete|remove|vote)/?$|/(?:delete|remove|vote)/(?:up|down|[\w=-]*\d[\w=-]*)/?$"
)
_LANGUAGES = "es|fr|zh|ja|ko|ru|vi|it|pl|pt|tl|fil"
# Where it is spoken, or how it is written. Not any two letters: "/it-iv" may be a page's name.
_REGIONS = "419|ar|br|ca|cn|co|es|fr|hans|hant|hk|it|jp|kr|la|mx|ph|pl|pr|pt|ru|tw|us|vn"
_OTHER_LANGUAGE = re.compile(rf"^/(?:{_LANGUAGES})(?:[-_](?:{_REGIONS}))?(?:/|$)")
_ENGLISH = ("en", "us", "x-default")
# Countries, which are the name of no language; "x" is for "x-default".
_ENGLISH_BY_MISTAKE = frozenset({"us", "gb", "au", "nz", "x"})
_LANGUAGE_KEYS = ("lang", "language", "locale", "hl", "lng")
# Anything else that stands as a language is a mistake (BCP 47).
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*|x-default")
# What a parameter may say instead.
_NAMED_LANGUAGE = re.compile(r"(?:span|fren|chin|kore|russ|viet|japa|port|ital|poli|espa)\w+", re.I)
_LISTS = re.compile(r"/(?:tag|category|author|archives?)/|/page/\d+(?:/|$)")
# Parameters that choose the page itself, on sites without speaking addresses.
_CHOOSING = """p page_id id pid node page pageid tab lang slug route section article article_id post
    post_id topic content item itemid option task module mod name title owner action view pg
    pagename page_name contentid content_id menuid menu_id serviceid service_id faq_id doc docid"""
PAGE_KEYS = frozenset(_CHOOSING.split())
# Parameters that choose what is shown, though a page names itself without them.
_SHOWING = """type service services treatment treatments condition category cat state location city
    clinic provider doctor product plan program step section show question"""
_CHOOSING_KEYS = PAGE_KEYS | set(_SHOWING.split())
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")


def canonical(href: str, base: str, front: str | None = None) -> str | None:
    """An address as it is kept: absolute, without fragment, tracking or session; None if no link.

    Args:
        href: as it stands in the page.
        base: what it is relative to.
        front: the site's home page. A link to its host with another scheme, or with ``www.`` more
            or less, is taken to mean that very host: it saves a redirect, and a page from being
            counted twice.
    """
    try:
        return _kept(urljoin(base, plain_escapes(as_browsers_read(href, base))), front)
    except ValueError:
        return None


@lru_cache(maxsize=50_000)  # the same menu stands on every page of a site
def _kept(url: str, front: str | None) -> str | None:
    plain = _plain(url)
    return _as_front(plain, front) if plain and front else plain


def _plain(url: str) -> str | None:
    """The address without what does not choose the page."""
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    cleaned = clean_url(url)
    if cleaned is None:
        return None
    parts = urlsplit(cleaned)
    query = without(parts.query, _SESSION)
    if not PAGE_KEYS & {name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)}:
        query = without(parts.query, _SESSION, _NUMBERED_PAGE)
    path = _PATH_SESSION.sub("", parts.path) or "/"
    return urlunsplit(parts._replace(query=query, path=path, fragment=""))


def _as_front(url: str, front: str) -> str:
    parts, home = urlsplit(url), urlsplit(front)
    own = (home.hostname or "").removeprefix("www.")
    if (parts.hostname or "").removeprefix("www.") != own or parts.port != home.port:
        return url
    return urlunsplit(parts._replace(scheme=home.scheme, netloc=home.netloc.lower()))


def refusal(url: str, language: str | None = None, front: str = "") -> str | None:
    """Why an address of the site is not worth a request; None if it is.

    Args:
        url: a canonical address.
        language: what the link says of the language behind it (``hreflang``), if anything.
        front: the site's home page, whose host tells nothing of its pages.
    """
    parts = urlsplit(url)
    path = path_of(parts).lower()
    if _is_trap(url, path):
        return "trap"
    labels = _labels(parts, front)
    is_within = _LOGIN_PATH.search(path) or any(map(_LOGIN_LABEL.fullmatch, labels))
    if is_within and expected_type(url, front=front) not in _FOR_EVERYBODY:
        return "login"
    if _FILE.search(path):
        return "file_type"
    if _other_language(parts, path, language):
        return "other_language"
    return None


def _is_trap(url: str, path: str) -> bool:
    segments = [s for s in path.split("/") if s]
    most = max(Counter(segments).values(), default=0)
    return (
        len(url) > _LONGEST_URL
        or len(segments) > _DEEPEST_PATH
        or most >= 3
        or _TRAP_PATH.search(path) is not None
        or path_traps.is_day(path)
        or path_traps.without_filters(path) is not None
        or bool(trap_keys(urlsplit(url)))
    )


def _other_language(parts: SplitResult, path: str, language: str | None) -> bool:
    if language and _LANGUAGE.fullmatch(language):
        return not is_english(language)
    given = dict(parse_qsl(parts.query))
    said = (given[key] for key in _LANGUAGE_KEYS if key in given)
    chosen = next((told for told in said if _says_language(told)), "en").lower()
    return _OTHER_LANGUAGE.search(path) is not None or not chosen.startswith(_ENGLISH)


def is_english(language: str) -> bool:
    """Whether ``hreflang`` says so, in the usual mistakes for it, too (``us``, ``us-en``)."""
    parts = language.lower().replace("_", "-").split("-")
    return parts[0].startswith("en") or parts[0] in _ENGLISH_BY_MISTAKE or parts[1:2] == ["en"]


def _says_language(told: str) -> bool:
    return bool(_LANGUAGE.fullmatch(told) or _NAMED_LANGUAGE.fullmatch(told))


def _labels(parts: SplitResult, front: str) -> tuple[str, ...]:
    """The sub-domain's labels: what a host says beyond the site's own name."""
    host = parts.hostname or ""
    return () if front and host == host_of(front) else labels_below(host)


def expected_type(url: str, anchor: str = "", front: str = "") -> PageType:
    """What an address and its link's text promise; never ``home``, which the provider names.

    The address decides before the text does; of its host, what differs from the ``front`` page's.
    """
    types = page_types.bundled()
    # Led by the sub-domain: ``/blog/post-1/`` for a page of ``blog.clinic.example``.
    path = page_types.folded_path(url, _labels(urlsplit(url), front))
    by_path = types.by_path(path)
    if by_path not in (None, PageType.HOME):
        return by_path
    if _LISTS.search(path):
        return PageType.BLOG
    told = types.by_anchor(anchor) if len(" ".join(anchor.split())) <= _LONGEST_ANCHOR else None
    return told or PageType.OTHER


def rank(page_type: str, *, leads: bool = False) -> int:
    """A page's place in the order of visits: by its type; even where it leads those of its type.

    0 is the home page.
    """
    place = 2 * ORDER.index(PageType(page_type))
    return place + 1 if place and not leads else place


def folder_of_index(url: str) -> str | None:
    """The folder whose front page an address names (``/faq/index.html``); None for any other."""
    parts = urlsplit(url)
    if parts.query or not _INDEX.search(parts.path.lower()):
        return None
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/"))


def twin(url: str) -> str | None:
    """The address with a last slash more, or less; None for a site's front page."""
    parts = urlsplit(url)
    bare = parts.path.rstrip("/")
    path = bare if parts.path.endswith("/") else f"{bare}/"
    return urlunsplit(parts._replace(path=path)) if bare else None


def untrapped(url: str) -> str | None:
    """The address without those parts of it that open a trap; None if it has none."""
    parts = urlsplit(url)
    traps = "|".join(map(re.escape, trap_keys(parts)))
    kept = without(parts.query, re.compile(traps)) if traps else parts.query
    path = path_traps.without_filters(parts.path) or parts.path
    plain = urlunsplit(parts._replace(query=kept, path=path))
    return plain if len(plain) < len(url) else None


def is_reduced(named: str, asked: str) -> bool:
    """Whether an address is another one with something left out that chooses no page.

    That is a part of the query, a file's ending, ``index.html``, or the last slash.
    """
    less, more = urlsplit(named), urlsplit(asked)
    there = set(parse_qsl(more.query, keep_blank_values=True))
    left = set(parse_qsl(less.query, keep_blank_values=True))
    chooses = any(key.lower() in _CHOOSING_KEYS for key, _ in there - left)
    same_place = (less.netloc, _bare(less.path)) == (more.netloc, _bare(more.path))
    return same_place and left <= there and not chooses


def spelling(url: str) -> str:
    """What an address's usual spellings have in common: no ending, no index, no last slash."""
    parts = urlsplit(url)
    return f"{parts.netloc}{_bare(parts.path)}?{parts.query}"


def _bare(path: str) -> str:
    return _ENDING.sub("", _INDEX.sub("", path.lower())).rstrip("/")


def languages(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each address is said to be in; English, if that is among what is said of it."""
    found: dict[str, str] = {}
    for place, language in named:
        if place not in found or is_english(language):
            found[place] = language
    return found
