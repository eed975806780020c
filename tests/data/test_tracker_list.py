"""The lists of trackers: who is asked by which address, and what never counts as advertising."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from data import trackers
from data.errors import UsageError
from data.health_pages import about, invites

LIST = yaml.safe_load(trackers.FILE.read_text(encoding="utf-8"))


FINGERPRINTS = ("fingerprint", "fingerprint2.min", "fingerprintjs", "fp2.min", "fingerprint.esm")
RECORDERS = ("rrweb", "rrweb.min", "rrweb-record.umd", "rrweb-all.min")
PLAIN_SCRIPTS = ("fingerprint-care", "recorder", "clarity", "fs", "hotjar", "replay", "fp", "web")


@pytest.mark.parametrize(
    ("url", "company", "category"),
    [
        ("https://www.facebook.com/tr/?id=1&ev=PageView", "Meta", "advertising"),
        ("https://connect.facebook.net/en_US/fbevents.js", "Meta", "advertising"),
        ("https://www.googletagmanager.com/gtag/js?id=AW-1", "Google Ads", "advertising"),
        ("https://googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", "Google Ads",
         "advertising"),
        ("https://www.google.com/pagead/1p-user-list/1/", "Google Ads", "advertising"),
        ("https://analytics.tiktok.com/i18n/pixel/events.js", "TikTok", "advertising"),
        ("https://bat.bing.com/action/0?ti=1", "Microsoft Advertising", "advertising"),
        ("https://tr.snapchat.com/p", "Snap", "advertising"),
        ("https://ct.pinterest.com/v3/?tid=1", "Pinterest", "advertising"),
        ("https://px.ads.linkedin.com/collect?pid=1", "LinkedIn", "advertising"),
        ("https://static.ads-twitter.com/uwt.js", "X", "advertising"),
        ("https://pixels.spotify.com/v1/ingest", "Spotify Ads", "advertising"),
        ("https://www.google.ca/pagead/1p-conversion/1/", "Google Ads", "advertising"),
        ("https://www.facebook.com/privacy_sandbox/pixel/register/trigger/?id=1", "Meta",
         "advertising"),
        ("https://idsync.rlcdn.com/1.gif", "LiveRamp", "advertising?"),
        ("https://static.hotjar.com/c/hotjar-1.js", "Hotjar", "session-replay"),
        ("https://www.clarity.ms/tag/x", "Microsoft Clarity", "session-replay"),
        ("https://openfpcdn.io/fingerprintjs/v4", "Fingerprint", "fingerprint"),
        ("https://cdn.jsdelivr.net/npm/@fingerprintjs/fingerprintjs@3/dist/fp.min.js",
         "Fingerprint", "fingerprint"),
        ("https://cdn.jsdelivr.net/npm/fingerprintjs2@2.1.0/dist/fingerprint2.min.js",
         "Fingerprint", "fingerprint"),
        ("https://fpnpmcdn.net.example/", "fpnpmcdn.net.example", "unknown"),
        ("https://region1.google-analytics.com/g/collect?tid=G-1", "Google Analytics", "analytics"),
    ],
)  # fmt: skip
def test_a_tag_is_known_by_its_address(url: str, company: str, category: str) -> None:
    found = trackers.bundled().of(url)
    assert (found.company, found.category) == (company, category)


@pytest.mark.parametrize(
    "url",
    [
        "https://fonts.googleapis.com/css2",
        "https://fonts.gstatic.com/s/a.woff2",
        "https://www.googletagmanager.com/gtm.js?id=GTM-1",
        "https://www.googletagmanager.com/gtag/js?id=G-1",
        "https://www.youtube.com/embed/x",
        "https://player.vimeo.com/video/1",
        "https://www.google.com/recaptcha/api.js",
        "https://www.google.com/maps/embed",
        "https://www.bing.com/api/maps/mapcontrol",
        "https://connect.facebook.net/en_US/sdk.js",
        "https://www.facebook.com/plugins/page.php",
        "https://platform.linkedin.com/in.js",
        "https://cdn.jsdelivr.net/npm/x",
        "https://js.stripe.com/v3",
        "https://widget.intercom.io/widget/x",
        "https://matomo.clinic.example/matomo.js",
        "https://facebook.com.clinic.example/tr",
        "https://notfacebook.com/tr",
        "https://www.facebook.com/travel-clinic",
        "https://www.google.com/adsense-free",
        "http://[broken/tr",
        "",
    ],
)
def test_what_is_no_advertising_is_never_called_so(url: str) -> None:
    assert trackers.bundled().of(url).category not in (trackers.ADVERTISING, trackers.PROBABLY)


ID = "1234567890123456"


@pytest.mark.parametrize(
    ("place", "company", "category"),
    [
        (f"/tr?id={ID}&ev=PageView&dl=x", "Meta", "advertising?"),
        (f"/px/tr/?ev=Lead&id={ID}", "Meta", "advertising?"),
        ("/en_US/fbevents.js", "Meta", "advertising?"),
        (f"/signals/config/{ID}?v=2", "Meta", "advertising?"),
        ("/gtag/js?id=AW-123456789", "Google Ads", "advertising?"),
        ("/pagead/viewthroughconversion/123456789/?x=1", "Google Ads", "advertising?"),
        (
            "/g/collect?v=2&tid=G-ABC1234567",
            "Google (through a server of the site's choice)",
            "advertising?",
        ),
        (
            "/metrics/collect?tid=G-ABC1234567&v=2",
            "Google (through a server of the site's choice)",
            "advertising?",
        ),
        ("/i18n/pixel/events.js?sdkid=C4ABCDEFGHIJ", "TikTok", "advertising?"),
        ("/gtm.js?id=GTM-ABC123", "Google", "tag-manager"),
        ("/metrics/gtag/js?id=G-ABC1234567", "Google", "tag-manager"),
        ("/b/ss/rsid,other/1/JS-2.0/s1", "Adobe Analytics", "analytics"),
        ("/analytics.js/v1/abcdefghijklmnopqrstuvwx/analytics.min.js", "Segment", "analytics"),
        ("/ingest/static/array.js", "PostHog", "analytics"),
        *((f"/js/{name}.js", "FingerprintJS", "fingerprint") for name in FINGERPRINTS),
        ("/vendor/fingerprintjs/v4/iife.min.js", "FingerprintJS", "fingerprint"),
        (f"/metrics/v3/{'aB3' * 6}xy/loader_v3.9.0.js", "FingerprintJS", "fingerprint"),
        (f"/metrics/?ci=js/3.9.1&q={'aB3' * 6}xy", "FingerprintJS", "fingerprint"),
        ("/js/thumbmark.umd.js", "ThumbmarkJS or ClientJS", "fingerprint"),
        *((f"/js/{name}.js", "rrweb", "session-replay") for name in RECORDERS),
        ("/assets/openreplay-assist.js", "OpenReplay", "session-replay"),
        ("/ingest/static/recorder-v2.js", "PostHog", "session-replay"),
        ("/plugins/HeatmapSessionRecording/configs.php", "Matomo", "session-replay"),
        ("/js/bundle.tracing.replay.min.js", "Sentry", "session-replay"),
        ("/s/0.7.20/clarity.js", "Microsoft Clarity", "session-replay"),
        ("/c/hotjar-1234567.js", "Hotjar", "session-replay"),
        ("/js/LogRocket.min.js", "LogRocket", "session-replay"),
        # Who takes fingerprints at the door, or records a voice, tells no browser from others.
        *((f"/js/{name}.js", None, None) for name in PLAIN_SCRIPTS),
        ("/fingerprinting-services", None, None),
        ("/?ci=js/3.9.1&q=nurse", None, None),
        ("/tr/?id=5", None, None),
        ("/tr?id=1234567890123456", None, None),
        ("/tr/klinik?ev=Istanbul&id=1234567890", None, None),
        ("/collect?v=2", None, None),
        ("/toll-collect?v=2&tid=G-ABC1234567", None, None),
        ("/g/collect?v=2&tid=UA-1234-1", None, None),
        ("/gtm.js", None, None),
        ("/static/app.js", None, None),
        ("/pagead/conversion/guide", None, None),
        ("", None, None),
    ],
)
def test_a_request_can_look_like_a_tag_s_at_any_host(
    place: str, company: str | None, category: str | None
) -> None:
    found = trackers.bundled().like(f"https://metrics.clinic.example{place}")
    told = (found.company, found.category) if found else (None, None)
    assert told == (company, category)
    assert found is None or found.category != trackers.ADVERTISING


@pytest.mark.parametrize(
    ("name", "company"),
    [("_ga", "Google Analytics"), ("_ga_1A2B3C", "Google Analytics"), ("_gcl_au", "Google Ads"),
     ("_hjSessionUser_12", "Hotjar"), ("_fbp", "Meta"), ("_fbpx", None),
     ("_gallery", None), ("", None)],
)  # fmt: skip
def test_a_cookie_is_known_by_its_name(name: str, company: str | None) -> None:
    assert trackers.bundled().of_cookie(name) == company


@pytest.mark.parametrize(
    ("frame", "is_embed"),
    [
        ("https://www.youtube.com/embed/x", True),
        ("https://player.vimeo.com/video/1", True),
        ("https://www.google.com/maps/embed?pb=1", True),
        ("https://www.google.com/search", False),
        ("https://notyoutube.com/embed/x", False),
        ("https://other.example/a.youtube.com/embed/x", False),
        ("", False),
    ],
)
def test_a_player_is_known_by_its_own_host(frame: str, is_embed: bool) -> None:
    assert trackers.bundled().is_embed(frame) == is_embed


def test_the_broad_list_alone_never_says_advertising() -> None:
    own = {place.partition("/")[0] for e in LIST["trackers"] for place in e["match"]}
    rows = trackers.BROAD_FILE.read_text(encoding="utf-8").splitlines()[1:]
    domains = [row.partition(",")[0] for row in rows]
    for domain in domains:
        if not any(domain == host or domain.endswith(f".{host}") for host in own):
            assert trackers.bundled().of(f"https://{domain}/").category != trackers.ADVERTISING


def test_the_lists_have_their_dates_and_each_entry_its_source() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", LIST["as_of"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", LIST["third_parties"]["taken"])
    licence = trackers.FILE.with_name("third_parties.LICENSE").read_text(encoding="utf-8")
    assert LIST["third_parties"]["licence"] == "MIT" and "MIT" in licence
    for entry in LIST["trackers"]:
        assert entry["source"].startswith("https://")
        assert entry["category"] in trackers.CATEGORIES
        assert entry["match"]
    for entry in LIST["shapes"]:
        assert entry["source"].startswith("https://")
        assert entry["category"] in set(trackers.CATEGORIES) - {trackers.ADVERTISING}


def test_a_list_of_ones_own_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yml"
    path.write_text(
        "as_of: '2026-11-25'\ntrackers:\n"
        "  - {company: Own, category: analytics, match: [facebook.com/tr]}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(trackers.VARIABLE, str(path))
    assert trackers.bundled().of("https://www.facebook.com/tr").company == "Own"
    assert trackers.bundled().of("https://bat.bing.com/x").category == "advertising"
    assert trackers.own_files() == [path]


@pytest.mark.parametrize(
    "text", ["[]", "as_of: x", "as_of: x\ntrackers: [{company: A, category: b, match: [c]}]", "{"]
)
def test_a_list_that_is_none_is_refused_in_a_line(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.yml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(trackers.VARIABLE, str(path))
    with pytest.raises(UsageError, match="no list of trackers"):
        trackers.bundled()


@pytest.mark.parametrize(
    ("url", "expected", "kind"),
    [
        ("https://a.example/intake", "other", "intake"),
        ("https://a.example/book-now", "other", "intake"),
        ("https://a.example/bookings/", "other", "intake"),
        ("https://a.example/checkout", "other", "intake"),
        ("https://a.example/start", "eligibility", "intake"),
        ("https://a.example/conditions/ptsd", "other", "condition"),
        ("https://a.example/iv", "treatment", "condition"),
        ("https://a.example/", "home", None),
        ("https://a.example/our-books", "other", None),
        ("https://a.example/facebook-page", "other", None),
        ("https://a.example/painting-class", "other", None),
        ("https://a.example/our-qualifications", "team", None),
        ("https://a.example/fee-schedule", "pricing", None),
        ("https://a.example/blog/how-to-book", "blog", None),
        ("https://a.example/blog/depression-screening", "blog", "condition"),
        ("https://a.example/contact", "other", None),
        ("https://a.example/schedule", "other", "intake"),
    ],
)
def test_pages_on_which_a_visit_tells_of_health(url: str, expected: str, kind: str | None) -> None:
    assert about(url, expected) == kind


@pytest.mark.parametrize(
    ("text", "is_invitation"),
    [
        ("Get started", True),
        ("Book now", True),
        ("Schedule a free consultation", True),
        ("New patients: sign up", True),
        ("Take the quiz", True),
        ("Patient portal", False),
        ("Log in", False),
        ("Existing patients: book here", False),
        ("Sign in to your account", False),
        ("Our book store", False),
        ("Read how we care for people before they begin anything at all, " * 2, False),
        ("", False),
    ],
)
def test_which_links_invite_to_an_intake(text: str, is_invitation: bool) -> None:
    assert invites(text) is is_invitation
