"""Who may be one provider: the evidence, what is certain, and what is never merged."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawlers.identity.likeness import Likeness, Verdict
from crawlers.identity.profiles import profiles
from crawlers.identity.provider_ids import shared_hosts
from crawlers.identity.resolution import pairs
from crawlers.identity.resolve import Resolved, resolve
from crawlers.identity.settled import Settled
from data.models import Listing, Provider

TODAY = "2026-11-24"
PHONE = "(512) 555-0142"


def listed(name: str, website: str | None = None, **more: str) -> Listing:
    return Listing(
        source=more.pop("source", "a"), source_url="", name=name, website=website, **more
    )


def resolved(
    *rows: Listing, known: tuple[Provider, ...] = (), settled: Settled | None = None
) -> Resolved:
    return resolve(known, rows, [], settled or Settled(), shared_hosts(), TODAY)


def ids(result: Resolved) -> set[str]:
    return {p.provider_id for p in result.merged.providers}


def proposed(result: Resolved) -> set[str]:
    return {likeness.pair for likeness in result.proposals}


def test_the_same_npi_and_name_are_certain() -> None:
    result = resolved(
        listed("Stillmere Ketamine", "https://stillmere.com", npi="1234567890", state="TX"),
        listed("STILLMERE KETAMINE LLC", npi="1234567890", state="TX", source="registry"),
    )
    assert ids(result) == {"stillmere.com"}
    (joined,) = result.joined
    assert (joined.gone, joined.into) == ("npi-1234567890", "stillmere.com")
    assert [str(line) for line in joined.likeness.evidence] == [
        "+6 same NPI 1234567890",
        "+4 same name 'stillmere ketamine'",
        "+2 the web address 'stillmere' says the other's name",
        "+1 same state: TX",
    ]
    (provider,) = result.merged.providers
    assert provider.source == ("a", "registry")


def test_the_same_phone_and_name_are_certain_however_they_are_written() -> None:
    result = resolved(
        listed("Stillmere Wellness", "https://stillmere-tx.com", phone=PHONE),
        listed("STILLMERE WELLNESS, P.L.L.C.", npi="1234567890", phone="+1.512.555.0142 ext. 3"),
    )
    assert ids(result) == {"stillmere-tx.com"}


def test_one_phone_of_many_merges_nobody() -> None:
    rows = [listed(f"{name} Ketamine", phone=PHONE, state="TX") for name in ("Vale", "Dale", "Oak")]
    result = resolved(*rows, listed("Vale Ketamine", "https://vale-ketamine.com", phone=PHONE))
    assert len(ids(result)) == 4
    assert all("but 4 providers give it" in str(p.evidence) for p in result.proposals)
    assert all(p.verdict is Verdict.DOUBTFUL for p in result.proposals)


def test_a_toll_free_number_alone_is_not_even_asked() -> None:
    result = resolved(
        listed("Stillmere", "https://stillmere.com", phone="800-555-0142"),
        listed("Harrow Hill", phone="1 800 555 0142"),
    )
    assert (len(ids(result)), result.proposals) == (2, [])


def test_a_common_name_alone_is_not_asked_and_a_rare_one_is() -> None:
    common = resolved(
        listed("Ketamine Wellness Center", "https://kwc-one.com", state="TX"),
        listed("Ketamine Wellness Center", state="OK"),
    )
    assert (len(ids(common)), common.proposals) == (2, [])
    rare = resolved(
        listed("Stillmere Ketamine", "https://kwc-one.com"),
        listed("Stillmere Ketamine", npi="1" * 10),
    )
    assert len(ids(rare)) == 2, "a name alone merges nobody"
    assert proposed(rare) == {"kwc-one.com|npi-1111111111"}


def test_two_websites_are_never_merged_by_the_program() -> None:
    same = {"npi": "1234567890", "phone": PHONE, "state": "TX", "city": "Oakvale"}
    result = resolved(
        listed("Stillmere", "https://stillmere.com", **same),
        listed("Stillmere", "https://stillmere.org", **same),
    )
    assert ids(result) == {"stillmere.com", "stillmere.org"}
    (proposal,) = result.proposals
    assert proposal.score >= 8
    assert any(line.forbids for line in proposal.evidence)


def test_a_shared_host_joins_nobody() -> None:
    result = resolved(
        listed("Stillmere", "https://intercom.help/stillmere/en"),
        listed("Harrow Hill", "https://intercom.help/harrow/en"),
        listed("Dr. Oak", "https://www.psychologytoday.com/us/therapists/oak"),
        listed("Dr. Elm", "https://www.psychologytoday.com/us/therapists/elm"),
    )
    assert (len(ids(result)), result.proposals) == (4, [])


def test_a_help_desk_is_proposed_to_the_company_that_it_names() -> None:
    result = resolved(
        listed("Stillmere", "https://stillmere.com"),
        listed("Stillmere Help", "https://stillmere.zendesk.com/hc/en-us"),
    )
    assert len(result.proposals) == 1
    assert len(ids(result)) == 2


def test_a_third_listing_does_not_bridge_two_websites() -> None:
    result = resolved(
        listed("Stillmere", "https://stillmere.com", phone=PHONE, state="TX", city="Oakvale"),
        listed("Stillmere LLC", npi="1234567890", phone=PHONE, state="TX", city="Oakvale"),
        listed("Stillmere", "https://harrow.com", npi="1234567890", state="TX", city="Oakvale"),
    )
    assert {"stillmere.com", "harrow.com"} <= ids(result)
    assert len(result.joined) == 1
    assert proposed(result) == {"harrow.com|stillmere.com"}


def test_two_rows_of_the_file_wait_for_a_person() -> None:
    known = (
        Provider("stillmere.com", "Stillmere", "https://stillmere.com", states=("TX",)),
        Provider("npi-1234567890", "Stillmere", states=("TX",), status="homepage unknown"),
    )
    result = resolved(
        listed("Stillmere", npi="1234567890", website="https://stillmere.com", state="TX"),
        listed("Stillmere", npi="1234567890", provider_id="npi-1234567890", state="TX"),
        known=known,
    )
    assert ids(result) == {"stillmere.com", "npi-1234567890"}
    assert [p.verdict for p in result.proposals] == [Verdict.CERTAIN]


def test_names_that_differ_by_a_number_are_not_alike() -> None:
    place = {"phone": PHONE, "city": "Oakvale", "state": "TX"}
    slip = resolved(
        listed("Brightwaterfall Ketamine", **place), listed("Brightwaterfal Ketamine", **place)
    )
    assert len(ids(slip)) == 1
    rooms = resolved(listed("Brightwaterfall 101", **place), listed("Brightwaterfall 102", **place))
    assert len(ids(rooms)) == 2
    told = [str(line) for likeness in rooms.proposals for line in likeness.evidence]
    assert told and not any("names alike" in line for line in told)


def test_two_rows_with_one_website_are_asked_about_whatever_they_are_called() -> None:
    """Else one website would be counted twice in every share."""
    known = (
        Provider("our-clinic", "As we call it", "https://www.stillmere.com/start", states=("TX",)),
        Provider("stillmere.com", "Stillmere", "https://stillmere.com", states=("OK",)),
        Provider("harrow.wixsite.com", "Harrow", "https://harrow.wixsite.com/a"),
        Provider("elmfield.wixsite.com", "Elmfield", "https://elmfield.wixsite.com/a"),
    )
    result = resolved(known=known)
    assert proposed(result) == {"our-clinic|stillmere.com"} and not result.joined
    assert "+8 same website stillmere.com" in map(str, result.proposals[0].evidence)


def test_a_known_provider_keeps_its_id_and_gains_the_homepage() -> None:
    waiting = Provider(
        "npi-1234567890", "Stillmere Ketamine", states=("TX",), status="homepage unknown"
    )
    registry = listed("Stillmere Ketamine", npi="1234567890", phone=PHONE, state="TX")
    found = listed("Stillmere Ketamine", "https://stillmere.com/", phone=PHONE, state="TX")
    result = resolved(registry, found, known=(waiting,))
    (provider,) = result.merged.providers
    assert provider.provider_id == "npi-1234567890"
    assert (provider.homepage, provider.status) == ("https://stillmere.com/", "active")


def test_decided_pairs_are_not_asked_again_under_later_ids_either() -> None:
    rows = (listed("Stillmere", "https://stillmere.com"), listed("Stillmere", npi="1234567890"))
    assert len(resolved(*rows).proposals) == 1
    apart = Settled(apart=frozenset({"npi-1234567890|stillmere.com"}))
    assert resolved(*rows, settled=apart).proposals == []
    moved = replace(apart, aliases={"stillmere.com": "stillmere.org"})
    further = listed("Stillmere", "https://stillmere.org")
    assert resolved(*rows, further, settled=moved).proposals == []


def test_a_row_that_somebody_put_back_by_hand_ends_in_no_circle() -> None:
    known = (Provider("npi-1234567890", "Stillmere", status="homepage unknown"),)
    rows = (
        listed("Stillmere", "https://stillmere.com", phone=PHONE, state="TX"),
        listed("Stillmere", npi="1234567890", phone=PHONE, state="TX"),
    )
    decided = Settled(aliases={"npi-1234567890": "stillmere.com"})
    result = resolved(*rows, known=known, settled=decided)
    assert "npi-1234567890" in ids(result), "a row in the file stands"


def test_a_merge_that_was_undone_is_asked_and_not_made() -> None:
    rows = (
        listed("Stillmere", "https://stillmere.com", phone=PHONE),
        listed("Stillmere", npi="1234567890", phone=PHONE),
    )
    undone = Settled(undone=frozenset({"npi-1234567890|stillmere.com"}))
    result = resolved(*rows, settled=undone)
    assert (result.joined, len(ids(result)), len(result.proposals)) == ([], 2, 1)


WORDS = st.sampled_from(["stillmere", "harrow", "ketamine", "clinic", "wellness", "oakvale", "llc"])
ROWS = st.builds(
    Listing,
    source=st.just("a"),
    source_url=st.just(""),
    name=st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    website=st.sampled_from(
        [None, "https://stillmere.com", "https://harrow.org", "https://x.zendesk.com/a"]
    ),
    city=st.sampled_from([None, "Oakvale"]),
    state=st.sampled_from([None, "TX", "OK"]),
    npi=st.sampled_from([None, "1234567890", "1987654321"]),
    phone=st.sampled_from([None, PHONE, "800-555-0100"]),
)


@given(st.lists(ROWS, max_size=8))
def test_no_order_of_rows_joins_two_domains_or_loses_a_row(rows: list[Listing]) -> None:
    result = resolved(*rows)
    found = profiles(result.merged.providers, result.merged.listings, shared_hosts())
    assert all(len(p.domains) <= 1 for p in found.values())
    assert {row.provider_id for row in result.merged.listings} <= set(found)
    again = resolved(*rows, known=tuple(result.merged.providers), settled=_settled(result))
    assert again.joined == []
    assert again.merged.providers == result.merged.providers


def _settled(result: Resolved) -> Settled:
    settled = Settled()
    for joined in result.joined:
        settled = settled.with_merge(joined.gone, joined.into)
    return settled


def test_a_pair_is_judged_alike_from_both_sides() -> None:
    rows = (listed("Stillmere", "https://stillmere.com"), listed("Stillmere Help", npi="1" * 10))
    merged = resolved(*rows).merged
    there = pairs(profiles(merged.providers, merged.listings, shared_hosts()))
    back = pairs(profiles(merged.providers[::-1], merged.listings[::-1], shared_hosts()))
    told: list[list[Likeness]] = [there, back]
    assert told[0] == told[1]
