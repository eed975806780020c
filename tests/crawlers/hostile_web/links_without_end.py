"""Sites that never run out of addresses: calendars, facets, sessions, and links into the deep."""

from __future__ import annotations

import hashlib

from tests.crawlers.hostile_web.trap_case import (
    CAPTURED,
    HTML,
    Case,
    Here,
    Routes,
    fixed,
    front,
    html,
)
from tests.crawlers.sites_served import Answer, page, redirect

PAGES = 12  # what one site may cost in this test: the run's --max-pages
# Home page, robots.txt and a missing sitemap, beside the pages.
BOUND = PAGES + 3


def _next_number(path: str) -> Answer:
    """``/anything/7`` links to ``/anything/8``."""
    lead, _, number = path.rpartition("/")
    return page(f"Part {number}", f"{lead}/{int(number or 0) + 1}|More")


def _many_new(path: str) -> Answer:
    """Every page links to forty that were never heard of."""
    digests = (hashlib.sha256(f"{path}{n}".encode()).hexdigest()[:10] for n in range(40))
    return page(f"At {path}", *(f"/x-{digest}" for digest in digests))


def _session(path: str) -> Answer:
    """Every link on every page carries another session."""
    token = hashlib.sha256(path.encode()).hexdigest()[:12]
    return page("Shop", f"/faq?PHPSESSID={token}|FAQ", f"/team;jsessionid={token}|Team")


def _session_in_path(path: str) -> Answer:
    """Every link on every page carries another session, as a step of its own."""
    number = int(hashlib.sha256(path.encode()).hexdigest()[:6], 16)
    return page("Shop", f"/en/sid-{number}/faq|FAQ", f"/en/sid-{number}/team|Team")


def _steps(path: str) -> Answer:
    """Each page narrows the list down in every way that is left."""
    left = [f for f in ("color/blue", "size/l", "brand/x", "price/9") if f not in path]
    return page("Shop", *(f"{path.rstrip('/')}/{more}/" for more in left))


def _asp_net(path: str) -> Answer:
    """A server that wants its session within the path, and another one each time."""
    if path.startswith("/(S("):
        return page("Page", "faq.aspx|FAQ", "team.aspx|Team")
    token = hashlib.sha256(path.encode()).hexdigest()[:8]
    return redirect(f"/(S({token})){path}")


def _facets(path: str) -> Answer:
    shapes = [f"/find?kind={a}&town={b}&price={c}" for a in "abcd" for b in "ef" for c in "gh"]
    return page("Find", *shapes, *(f"{path}&more={n}" for n in range(9) if "?" in path))


def _hundred_thousand() -> Answer:
    anchors = "".join(f'<a href="/n{n}">n{n}</a> ' for n in range(100_000))
    return Answer(f"<title>Index</title><p>{anchors}</p>".encode(), 200, HTML)


def _tracked(here: Here) -> Routes:
    tags = ("utm_source=a", "gclid=b", "fbclid=c", "utm_medium=d&utm_campaign=e", "mc_eid=f")
    return {"/": page("Care", *(f"/faq?{tag}|FAQ" for tag in tags)), "/faq": page("FAQ")}


CASES = (
    Case(
        "calendar-by-path",
        front({"*": _next_number}, *(f"/calendar/2026/{m}" for m in range(1, 13))),
        {"/": CAPTURED, "/calendar/2026/7": "skipped:trap"},
        never=("/calendar",),
    ),
    Case(
        "calendar-by-query",
        front({}, *(f"/visits?month={m}&year=2026" for m in range(1, 13))),
        {"/": CAPTURED, "/visits?month=3&year=2026": "skipped:trap"},
        never=("/visits?",),
    ),
    Case("calendar-unnamed", front({"*": _next_number}, "/when/1"), most=BOUND),
    Case("facets", front({"*": _facets}, "/find?kind=a"), most=BOUND),
    Case("session-ids", fixed({"*": _session}), {"/": CAPTURED, "/faq": CAPTURED}, most=6),
    Case("session-in-path", front({"*": _session_in_path}, "/en/sid-1234/faq"), most=6),
    Case("filters-in-path", front({"*": _steps}, "/shop/"), {"/shop/": CAPTURED}, most=9),
    Case(
        "asp-net-sessions",
        front({"*": _asp_net}, "/faq.aspx|FAQ"),
        {"/faq.aspx": CAPTURED, "/team.aspx": CAPTURED},
        most=9,
    ),
    Case(
        "calendar-by-name",
        front({"*": _next_number}, *(f"/schedule/{m}-2026" for m in ("june", "july", "august"))),
        {"/schedule/july-2026": "skipped:trap"},
        never=("/schedule",),
    ),
    Case("tracking-parameters", _tracked, {"/": CAPTURED, "/faq": CAPTURED}, most=4),
    Case("comment-replies", front({}, *(f"/post?replytocom={n}" for n in range(30))), most=5),
    Case("always-new-links", fixed({"*": _many_new}), most=BOUND),
    Case("one-more-page", front({"*": _next_number}, "/page/1"), most=BOUND),
    Case(
        "relative-nesting",
        fixed({"*": html('<a href="deeper/">Deeper</a><a href="deeper/about/">About</a>')}),
        most=BOUND,
    ),
    Case("growing-address", fixed({"*": html(f'<a href="{"y" * 90}/">On</a>')}), most=BOUND),
    Case(
        "hundred-thousand-links",
        fixed({"/": lambda path: _hundred_thousand(), "*": page("N")}),
        most=BOUND,
        megabytes=4,
    ),
    Case(
        "endless-query-order",
        front({"*": page("Q")}, *(f"/q?a{n % 7}=1&b{n}=2" for n in range(400))),
        most=BOUND,
    ),
)
