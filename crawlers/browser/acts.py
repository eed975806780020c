"""What a visitor would do to read everything, each as one script in the page, within a bound."""

from __future__ import annotations

import asyncio
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
# A frame's names and its surroundings', and whether it lies over the page.
_OF_A_FRAME = """(e) => {
  let names = `${e.title} ${e.name} ${e.src}`, over = false;
  for (let n = e, up = 0; n && up < 4 && n !== document.body; n = n.parentElement, up++) {
    names += ` ${n.id} ${n.className}`;
    over ||= /^(?:fixed|sticky|absolute)$/.test(getComputedStyle(n).position);
  }
  return [names, over];
}"""
# Banners that come by a clock come by then, in milliseconds after the page's load.
_LATEST_BANNER_MS, _BETWEEN_S = 4_500, 0.3
# Written into a document whose lists went on when enough was pressed.
UNENDED = b"data-unended"
_MOST_HOVERS, _MOST_PRESSES, _MOST_SCREENS, _MOST_MENUS = 24, 80, 40, 16


async def refuse_banner(page: Page, seen: Rendered) -> None:
    """Close a cookie banner by refusing, also one that came only now, or stands in a frame."""
    for frame in page.frames:
        if seen.banner is None:
            around = await _around(frame) if frame.parent_frame else ["", False]
            if around is not None:
                seen.banner = await frame.evaluate(script("reject_banner"), around)


async def await_banner(page: Page, seen: Rendered) -> None:
    """Refuse a cookie banner that waits for nothing but a clock, where there may be one."""
    while seen.banner is None and await page.evaluate(script("banner_due"), _LATEST_BANNER_MS):
        await asyncio.sleep(_BETWEEN_S)
        await refuse_banner(page, seen)


async def _around(frame: Frame) -> list[str | bool] | None:
    """What a page calls one of its frames, and if that lies over it; None where it is gone."""
    with suppress(Error):
        found: list[str | bool] = await (await frame.frame_element()).evaluate(_OF_A_FRAME)
        return found
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
