"""Marks that were damaged on their way: what denies must go on denying."""

from __future__ import annotations

import pytest

from audit.text.folding import fold
from audit.text.respelling import respelt
from tests.audit.plain_passage import stances

MARKS = {"’": "'", "“": '"', "”": '"', "–": "-", "…": "...", "\u00a0": " "}


def misread(text: str, codec: str) -> str:
    return "".join(
        bytes([byte]).decode(codec, errors="ignore") or chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize(
    "codecs",
    ["cp1252", "cp1252 cp1252", "cp1252 cp1252 cp1252", "latin-1", "latin-1 latin-1",
     "latin-1 cp1252", "mac-roman", "cp437", "cp850"],
)  # fmt: skip
@pytest.mark.parametrize("mark", MARKS)
def test_utf8_that_was_taken_for_something_else(codecs: str, mark: str) -> None:
    damaged = f"one{mark}two"
    for codec in codecs.split():
        damaged = misread(damaged, codec)
    assert fold(damaged).text == f"one{MARKS[mark]}two"


@pytest.mark.parametrize(
    "damaged",
    ["isn‚Äôt", "isnΓÇÖt", "isnвЂ™t", "isnÕt", "isnít", "isnât", "isn¹t", "isn¿t", "isnâ€TMt",
     "isnaEUR(TM)t", "isn�t", "isn���t", "isn???t", r"isn\'t", "isn''t", "isn’’t", "isn’ t",
     "isn ’ t", "isn â€™ t", "is n't", "is n’t", 'isn"t', "isn&amp;amp;#39;t", "isn&amp;rsquo;t",
     "isn‰Ûªt", "isn鈥檛", "isn_t", "ISNâ€™T"],
)  # fmt: skip
def test_a_denial_whose_apostrophe_was_damaged_is_one(damaged: str) -> None:
    assert fold(damaged).text == "isn't"
    assert fold(f"It {damaged} so.").text == "it isn't so."


@pytest.mark.parametrize("spelt", ["n-o-t", "N O T", "N-O-T"])
def test_a_denial_that_is_spelt_out_is_one(spelt: str) -> None:
    assert fold(f"It is {spelt} so.").text == "it is not so."


@pytest.mark.parametrize("pause", ["...", "…", " . . .", " …", " (yet)"])
def test_what_denies_reaches_over_a_pause(pause: str) -> None:
    text = f"Ketamine is not{pause} FDA-approved for depression."
    assert stances("claim.fda-approved", text, "at-home-oral") == {"denies"}


@pytest.mark.parametrize(
    "text",
    ["Don T. Smith, RN", 'Don "T" Smith', "a safe haven – T-shirts", "Can (t", "won: t", "7'' tall",
     "what???", "a need. Then", "do not-to", "Plan O T here", "the son's cans", "I-N-O-T"],
)  # fmt: skip
def test_what_only_looks_alike_stays(text: str) -> None:
    assert fold(text).text == text.lower().replace("–", "-")


@pytest.mark.parametrize(("text", "folded"), [("do Â not", "do not"), ("ÂGE", "age"), ("Âm", "am")])
def test_what_a_blank_left_behind_is_no_word(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("It is n\u0336o\u0336t\u0336 so.", "it is so."),
        ("~~A nurse stays.~~ You may call.", " you may call."),
        ("only $90 ~~$120~~", "only $90 "),
        ("~~ Welcome ~~ to us ~~", "~~ welcome ~~ to us ~~"),
        ("ᴀ ɴᴜʀꜱᴇ", "a nurse"),
        ("\uf00d Guests \uf00c Rest", "✗ guests ✓ rest"),
    ],
)
def test_what_is_struck_out_in_plain_text_is_not_said(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("cross", ["\uf00d", "✗"])
def test_a_cross_of_a_font_of_icons_is_one(cross: str) -> None:
    for text in (f"{cross} Nurse on video during your session", f"Nurse on video {cross}"):
        assert stances("supervision.live-monitoring", text, "at-home-oral") <= {"denies"}
    text = f"{cross} Nurse on video during your session"
    assert stances("supervision.live-monitoring", text, "at-home-oral") == {"denies"}


def test_places_stay() -> None:
    for text in ("isn‚Äôt", "isn ’ t", "is n't", "n-o-t", r"we\'ll", "isn'’t"):
        assert len(respelt(text)) == len(text)
    text = "It ‚Äúisn‚Äôt‚Äù so."
    folded = fold(text)
    start = folded.text.index('"isn')
    assert text[slice(*folded.original_span(start, start + 7))] == "‚Äúisn‚Äôt‚Äù"


@pytest.mark.parametrize("damaged", ["isn’t", "isn‚Äôt", "isnâ€™t", r"isn\'t", "isn’ t", "isn???t"])
def test_nobody_is_accused_of_what_is_denied(damaged: str) -> None:
    text = f"Ketamine {damaged} FDA-approved for depression."
    assert stances("claim.fda-approved", text, "at-home-oral") == {"denies"}
