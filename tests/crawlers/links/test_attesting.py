"""Which links say something of who follows them."""

from __future__ import annotations

import pytest

from crawlers.links.attesting import attests


@pytest.mark.parametrize(
    "text",
    [
        "Yes, I am over 18",
        "I'm 21 or older",
        "I\N{RIGHT SINGLE QUOTATION MARK}m at least 18 years old \N{EN DASH} enter",
        "I am 18+",
        "I am over the age of eighteen. Continue to site",
        "YES, I AM 18 YEARS OR OLDER AND I AGREE TO THE TERMS",
        "I am of legal age",
        "Yes, I am a healthcare professional",
        "I am a licensed medical provider",
        "I agree",
        "I accept the terms and conditions",
        "I consent to treatment",
        "I confirm that I live in Florida",
        "I have read and understood the above",
        "I understand the risks",
        "Agree and continue",
        "Enter (21+)",
        "Yes",
        "Yes, I am",
        "Yes, enter the site",
    ],
)
def test_who_follows_it_says_something_of_themselves(text: str) -> None:
    assert attests(text)


@pytest.mark.parametrize(
    "text",
    [
        "Are you over 18? See eligibility",
        "Are you 18 or older?",
        "Yes, we treat adults over 18",
        "Yes, I want to learn more",
        "Yes! I'm ready to start",
        "Over 65? Medicare coverage",
        "I am over 65: what does Medicare cover?",
        "I'm 21 and depressed: can ketamine help?",
        "I'm 19 and anxious",
        "I am 18. Can I be treated?",
        "I am a healthcare professional: refer a patient",
        "I am a patient",
        "I understand ketamine better now: a patient's story",
        "I agree with my doctor that it helps. Do you?",
        "I accept myself again, says a patient",
        "Terms that you agree to",
        "Informed consent",
        "Adults 18 and over",
        "Enter",
        "Continue reading",
        "Enter your ZIP code",
        "Yesterday's news",
        "",
    ],
)
def test_a_link_about_the_same_says_nothing(text: str) -> None:
    assert not attests(text)
