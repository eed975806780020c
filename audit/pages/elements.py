"""What HTML's elements are to a reader: which part lines, which begin a region."""

from __future__ import annotations


def names(words: str) -> frozenset[str]:
    """Names that are written with blanks between them."""
    return frozenset(words.split())


VOID = names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source"
    " track wbr"
)
# Elements of icon libraries: each draws one picture.
ICON_ELEMENTS = names("ion-icon iconify-icon box-icon sl-icon wa-icon fa-icon mat-icon md-icon")
# Of these, the ones that hold the picture's name as their text.
GLYPH_ELEMENTS = names("mat-icon md-icon")
INLINE = ICON_ELEMENTS | names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr output q rb rp"
    " rt rtc ruby s samp script small span style strike strong sub sup time tt u var wbr br img svg"
    " math input picture source track area map canvas audio video object embed iframe slot meter"
    " progress textarea mi mn mo mrow msup msub mfrac mtext ms semantics annotation bgsound"
)
# All others that HTML knows; those of the page's own invention are neither.
BLOCK = (
    VOID
    | names(
        "address article aside blockquote body button caption center colgroup datalist dd"
        " details dialog dir div dl dt fieldset figcaption figure footer form frameset"
        " h1 h2 h3 h4 h5 h6 head header hgroup html label legend li listing main marquee menu"
        " nav noembed noframes noscript ol optgroup option p plaintext pre script search section"
        " select style summary table tbody td template tfoot th thead title tr ul xmp"
    )
    - INLINE
)
# Elements that hold no boxes, but text in lines.
PHRASING = INLINE - {"svg", "iframe", "object", "video", "audio", "slot", "a", "canvas"} | names(
    "p h1 h2 h3 h4 h5 h6"
)
BOLD = names("b strong")
# Elements that say something without any attribute.
TELLING = GLYPH_ELEMENTS | names(
    "aside blockquote button del details dialog dt footer head header main nav noscript q s strike"
    " summary template"
)
# Inline elements that change nothing without attributes; most of a page's inline elements.
PLAIN = INLINE - TELLING - BOLD - {"br", "svg", "a", "slot"}
# Parts of a drawing that say something.
DRAWN = names("text tspan title desc use foreignObject a")
SECTIONS = names("article section main li blockquote td details dialog aside")
# Elements that end without an end tag, or that close their like: no nesting comes from them.
FLAT = VOID | names(
    "p li dt dd option optgroup tr td th thead tbody tfoot rp rt colgroup html head body"
)
# Elements that a parser opens again in every block that follows, until they are closed.
FORMATTING = names("b big code em font i nobr s small strike strong tt u")
WITHDRAWN = names("del s strike")
KIND = {
    **{f"h{level}": f"heading{level}" for level in range(1, 7)},
    **dict.fromkeys(names("label legend option optgroup textarea select"), "form-label"),
    "title": "meta",
}
REGION = {
    "main": "main",
    "nav": "nav",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
    "dialog": "modal",
    "head": "head",
}
REGION_OF_ROLE = {
    "main": "main",
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "contentinfo": "footer",
    "banner": "header",
    "complementary": "aside",
    "dialog": "modal",
    "alertdialog": "modal",
}
# Regions around what a page says.
FRAME = frozenset({"nav", "header", "footer"})
ELEMENT_OF_ROLE = {
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "table": "table",
    "list": "ul",
    "listitem": "li",
}
# Elements that carry no region of their own, whatever their class is called.
NO_REGION = names(
    "body html button a label input form li img svg figure figcaption blockquote dt dd caption"
)
ICONS = ICON_ELEMENTS | names("i svg use span img")
# Elements whose aria-label is read in their place; on others it names a landmark.
LABELLED = names("a button i svg span img input area textarea select")
LABELLED_ROLES = names("img button link")
