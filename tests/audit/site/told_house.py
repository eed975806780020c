"""A house that says what it gives, sentence by sentence, and outright of nothing."""

from __future__ import annotations

from audit.claims.engines import patterns
from audit.site import site
from tests.audit.captured_page import captured

ENGINE = patterns()
HOME = "<h1>Low mood, gently</h1><p>I treat people with ketamine when tablets did nothing.</p>"
# What a house says beside: of a few sentences alone nobody could tell what it is.
REST = "".join(
    f"<p>{text}</p>"
    for text in (
        "We are open on weekdays from nine to five, and on the first Saturday of a month.",
        "Please arrive ten minutes early so that we can copy your card.",
        "Parking is free behind the bakery.",
        "Write down every medicine that you take and bring the list.",
        "Your first talk with us takes an hour.",
        "Eat lightly that morning.",
        "Someone else has to drive.",
        "We send a summary to your family doctor if you like.",
        "Cancel two days ahead and it costs nothing.",
        "We take cards and health savings accounts.",
        "Tell us if you are pregnant or hope to be.",
        "Many people feel lighter within a week; some do not.",
        "Our house stands by the mill, up six steps.",
        "Ask us anything by telephone.",
    )
)


def offered(*bodies: str, home: str = HOME, titles: tuple[str, ...] = ()) -> set[str]:
    """What a house offers by its home page and some pages on what it does."""
    named = titles or tuple(f"Page {number}" for number in range(len(bodies)))
    pages = [
        captured(body, f"/page-{number}", title)
        for number, (body, title) in enumerate(zip(bodies, named, strict=True))
    ]
    first, rest = captured(home, "/", "Tolverne"), captured(REST, "/about", "About")
    return set(site.read_site(ENGINE, [first, *pages, rest]).offered)


TOLD = {
    "in-clinic-im": "<p>You bare a shoulder and I give it in the deltoid. One poke, no more.</p>"
    "<p>The needle goes into your upper arm, and I stay on my stool.</p>",
    "in-clinic-iv": "<p>I slide a cannula into your hand and the dose trickles in.</p>"
    "<p>Over fifty minutes you rest while it runs into the vein.</p>",
    "at-home-oral": "<p>Your troche softens between cheek and gum while you lie in bed.</p>"
    "<p>A courier brings your lozenges, and I see you by video before each parcel.</p>",
    "at-home-nasal": "<p>The pharmacist mixes your compounded ketamine spray to order.</p>"
    "<p>One puff a side on your own sofa, and the bottle comes by courier.</p>",
    "at-home-injection": "<p>I teach you to draw up a tiny dose of ketamine, by video.</p>"
    "<p>You pinch and it goes just under the skin of the belly, at home.</p>"
    "<p>Your syringes come by courier, and you inject the ketamine on the days we plan.</p>",
    "spravato": "<p>We are certified for esketamine and keep two chairs.</p>"
    "<p>You spray, and a nurse sits with you for two hours: so Spravato asks.</p>"
    "<p>Your Spravato visit ends when the nurse has signed you out.</p>",
    "therapy": "<p>Your therapist sits beside you while the ketamine does its work.</p>"
    "<p>Three preparation hours with your psychologist, then three of integration.</p>",
}
