"""What a visitor would do to read everything, each as one script in the page, within a bound."""

from __future__ import annotations

from contextlib import suppress
from html import escape

from playwright.async_api import Error, Frame, Page

from crawlers.browser.page import script, staying
from crawlers.browser.rendered import Rendered
from crawlers.responses.burgers import BURGER
from crawlers.responses.unfilled import PROMISING
from data import page_types

# What only a patient may say or set going, as the whole label of something to press.
# "I am pregnant" and "No side effects" may be headings of what is folded away.
_COMMANDS = (
    r"^\W*(?:i am (?:over|at least|\d)[^?]*|i['’]m (?:over|at least|\d)[^?]*"
    r"|i (?:have read|(?:do )?(?:give|consent|agree|accept|understand|acknowledge|confirm|certify))"
    r"\b[^?]*|(?:yes|no)(?:,[^?]*|,? thanks?)?|(?:log|sign) ?(?:in|out|off|up)"
    r"|(?:accept|delete)\b[^?]{0,20}|agree(?: to [^?]*)?|give consent|submit|send"
    r"|(?:live )?chat(?: (?:with us|now))?|call(?: us)?(?: now)?|add to cart|check ?out"
    r"|(?:book|buy|pay|reserve)|(?:book|buy|pay|order|reserve|schedule) (?:now|online)"
    r"|opt[ -](?:in|out)\b[^?]{0,30}|(?:un)?subscribe|(?:play|watch)(?: (?:the )?video)?"
    r"|download(?: pdf)?|enable notifications)\W*$"
)
_NAMES_OF_A_FRAME = "(e) => `${e.id} ${e.className} ${e.title} ${e.name} ${e.src}`"
# Written into a document whose lists went on when enough was pressed.
UNENDED = b"data-unended"
_MOST_HOVERS, _MOST_PRESSES, _MOST_SCREENS, _MOST_MENUS = 24, 80, 40, 16


async def refuse_banner(page: Page, seen: Rendered) -> None:
    """Close a cookie banner by refusing, also one that came only now, or stands in a frame."""
    for frame in page.frames:
        if seen.banner is None:
            around = await _called(frame) if frame.parent_frame else ""
            if around is not None:
                seen.banner = await frame.evaluate(script("reject_banner"), around)


async def _called(frame: Frame) -> str | None:
    """What a page calls one of its frames; None where it is gone."""
    with suppress(Error):
        return str(await (await frame.frame_element()).evaluate(_NAMES_OF_A_FRAME))
    return None


async def stir(page: Page, seen: Rendered) -> None:
    """Move the mouse in a corner: some pages keep their scripts until a visitor stirs."""
    await page.mouse.move(1, 2)
    await page.mouse.move(3, 1)


async def hover(page: Page, seen: Rendered) -> None:
    """Point at what a menu may hang from."""
    await page.evaluate(staying("hover"), _MOST_HOVERS)


async def open_all(page: Page, seen: Rendered) -> None:
    """Open what is folded away."""
    # What a button says that shows what rules ask for, as scripts and Python read it alike.
    promising = page_types.bundled().anchors(PROMISING)
    told = [_MOST_PRESSES, promising, _COMMANDS]
    seen.pressed, led, unended = await page.evaluate(staying("open_all"), told)
    seen.led |= dict(led)
    seen.unended |= {str(words): bool(is_aside) for words, is_aside in unended}


async def scroll(page: Page, seen: Rendered) -> None:
    """Go to the end."""
    if await page.evaluate(script("scroll"), _MOST_SCREENS):
        seen.unended["what scrolling brings"] = True


async def press_menus(page: Page, seen: Rendered) -> None:
    """Press what menus hang from, once all else was taken down."""
    led, seen.views = await page.evaluate(staying("menus"), [_MOST_MENUS, _COMMANDS, BURGER])
    seen.led |= dict(led)


def with_pressed(html: str, seen: Rendered) -> str:
    """A document with what its menus' buttons show in its place, and links to where they lead.

    Args:
        html: the document.
        seen: what pressing them brought.
    """
    links = (f'<a href="{escape(url)}">{escape(text)}</a>' for url, text in seen.led.items())
    shown = "".join(f"<section data-pressed>{view}</section>" for view in seen.views)
    shown += f"<nav data-pressed>{' '.join(links)}</nav>" if seen.led else ""
    shown += f"<i hidden {UNENDED.decode()}></i>" if seen.unended else ""
    before, end, after = html.rpartition("</body>")
    return f"{before}{shown}{end}{after}" if end else f"{html}{shown}"
