"""Pages that ask their visitor to say something first, and pages that only ask."""

from __future__ import annotations

import pytest

from crawlers.responses.page_facts import look

WORDS = "<p>" + "A nurse sits with you all the while. " * 12


def gate(body: str) -> str:
    menu = "<nav><a href=/faq>FAQ</a></nav>"
    html = f"<!doctype html><title>Care</title>{menu}<main>{body}</main>"
    return look(html.encode(), "https://clinic.example/faq", None).gate


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("<p>Are you 18 or older?</p><button>Enter</button><a href=//x.example>Exit</a>", "18"),
        (
            "<h1>Age verification</h1><form><input name=dob><button>Enter site</button></form>",
            "Age",
        ),
        ("<p>You must be at least 21.</p><a href=/in>Yes, I am over 21</a>", "21"),
        (
            "<p>Please accept our terms of use to view this page.</p><button>I agree</button>",
            "accept our terms",
        ),
        (
            "<p>Are you a healthcare professional?</p><input type=submit value='Yes, enter'>",
            "healthcare",
        ),
    ],
)
def test_what_is_asked_first_is_named(body: str, asked: str) -> None:
    assert asked in gate(body)


@pytest.mark.parametrize(
    "body",
    [
        # A quiz, a rule for patients, a form for them.
        "<h1>Am I eligible?</h1><p>Are you 18 or older?</p><button>Yes</button><button>No</button>",
        "<p>Are you 18 or older?</p><button>Continue</button>",
        "<p>Patients must be 18 or older.</p><a href=/book>Book now</a>",
        "<p>You must be 18 or older. Enter your email.</p><button>Submit</button>",
        "<p>You must be 18. We never leave you alone.</p><a href=/reviews>Leave a review</a>",
        "<p>Are you a healthcare provider?</p><a href=/refer>Refer a patient</a>",
        # A banner on cookies, and nothing but a way in.
        "<p>Before you continue: we use cookies.</p><button>I accept</button>",
        "<p>Ketamine at home</p><a href=/home>Enter</a>",
        # The words are there.
        f"<p>Are you 18 or older?</p><button>Enter</button>{WORDS}",
    ],
)
def test_what_only_asks_is_no_gate(body: str) -> None:
    assert gate(body) == ""
