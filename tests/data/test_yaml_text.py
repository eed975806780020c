"""A key that stands twice is refused wherever people write YAML; merge keys may be overruled."""

from __future__ import annotations

import pytest
import yaml

from data import yaml_text


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2", "a: 1\n'a': 2", "x:\n  - {a: 1, b: 2, a: 3}", "no: 1\nno: 2"]
)
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="stands twice"):
        yaml_text.parsed(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: {a: 2}", {"a": 1, "b": {"a": 2}}),
        ("b: &b {a: 1}\nc: {<<: *b, a: 2}", {"b": {"a": 1}, "c": {"a": 2}}),
        # What is merged into two places is looked at once only.
        (
            "x: {y: {z: &z {<<: &a {a: 1}, a: 2}}}\nc: {<<: *z, a: 3}",
            {"x": {"y": {"z": {"a": 2}}}, "c": {"a": 3}},
        ),
    ],
)
def test_the_rest_is_yaml_as_ever(text: str, value: object) -> None:
    assert yaml_text.parsed(text) == value


def test_too_deep_is_told() -> None:
    with pytest.raises(yaml.YAMLError):
        yaml_text.parsed("[" * 5_000)
