"""Expressions beside modules: every example holds, every group is used, faults are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import audit
from audit.concepts import expressions
from data.errors import UsageError

_READS = "expressions.beside(__file__)"
MODULES = [p for p in sorted(Path(audit.__path__[0]).rglob("*.py")) if _READS in p.read_text()]
GROUPS = [
    pytest.param(name, group, id=f"{module.stem}: {name}")
    for module in MODULES
    for name, group in expressions.read(module.with_suffix(".yml")).items()
]
WORD = (
    "groups:\n  calm:\n    stands: anywhere\n    terms: [calm]\n    examples: [matches: so calm]\n"
)


def broken(group: expressions.Group) -> Iterator[str]:
    """The examples that do not do what they should."""
    for text, stands in group.examples:
        if (group.find(text) is not None) != stands:
            yield text


def written(folder: Path, text: str) -> Path:
    path = folder / "words.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_wording_of_these_modules_is_data() -> None:
    assert {"disowned", "myths", "signatures", "voices"} <= {path.stem for path in MODULES}


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_every_example_holds_and_there_are_both_kinds(name: str, group: expressions.Group) -> None:
    assert not list(broken(group)), name
    assert {stands for _, stands in group.examples} == {True, False}, name


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_one_look_at_all_leaves_out_none_that_stands(module: Path) -> None:
    """Nor in longer texts, nor where letters or blanks are others than RE2 takes for such."""
    words = expressions.Expressions(module.with_suffix(".yml"))
    groups = expressions.read(words.path)
    texts = [text for group in groups.values() for text, _ in group.examples]
    told = [*texts, " ".join(texts), *(f"Café\v{text.upper()}\n" for text in texts)]
    for name, group in groups.items():
        assert [words[name](t) is None for t in told] == [group.find(t) is None for t in told]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (r"'\w{5} day'", "année day"),
        (r"'calm\sday'", "a calm\vday"),
        ("'calm{,2} day'", "cal day"),
        ("'calm(?= day)'", "so calm day"),
    ],
)
def test_what_re2_reads_otherwise_is_left_to_python(tmp_path: Path, term: str, text: str) -> None:
    path = written(tmp_path, WORD.replace("[calm]", f"[{term}]"))
    assert expressions.Expressions(path)["calm"](text)


@pytest.mark.parametrize("wrong", ["matches: becalmed", "not: so calm"])
def test_a_broken_example_is_found(tmp_path: Path, wrong: str) -> None:
    path = written(tmp_path, WORD.replace("matches: so calm", wrong))
    assert list(broken(expressions.read(path)["calm"])) == [wrong.partition(": ")[2]]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_asks_for_the_groups_of_its_file_and_no_others(module: Path) -> None:
    code = re.sub(r'""".*?"""', "", module.read_text(encoding="utf-8"), flags=re.DOTALL)
    groups = expressions.read(module.with_suffix(".yml")).keys()
    assert set(re.findall(r'_WORDING\["(\w+)"\]', code)) <= groups
    assert {name for name in groups if f'"{name}"' not in code} == set()


@pytest.mark.parametrize(
    ("stands", "text", "is_there"),
    [
        ("first", "calm days", True),
        ("first", "so calm", False),
        ("alone", "calm", True),
        ("alone", "calm days", False),
        ("anywhere", "so calm", True),
        ("anywhere", "becalmed", False),
        ("anywhere", "so Calm", False),
        ("anywhere\n    any_case: true", "so Calm", True),
        ("anywhere\n    before: be\n    after: ''", "becalmed", True),
    ],
)
def test_where_a_term_has_to_stand(tmp_path: Path, stands: str, text: str, is_there: bool) -> None:
    path = written(tmp_path, WORD.replace("anywhere", stands))
    assert (expressions.Expressions(path)["calm"](text) is not None) is is_there


def test_a_part_may_name_the_parts_above_it(tmp_path: Path) -> None:
    parts = "parts:\n  day: [day, night]\n  time: '{day}s?|hours?'\n"
    path = written(tmp_path, parts + WORD.replace("[calm]", "['calm {time}']"))
    find = expressions.Expressions(path)["calm"]
    assert find("calm nights") and find("calm hour") and not find("calm weeks")


def test_a_file_is_read_when_an_expression_is_asked_for(tmp_path: Path) -> None:
    words = expressions.Expressions(tmp_path / "words.yml")
    written(tmp_path, WORD)
    assert words["calm"]("calm")
    assert words["calm"]("so calm", 3) and not words["calm"]("so calm", 4)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (WORD.replace("terms", "words"), r"groups: calm\.words: unknown key"),
        (WORD.replace("anywhere", "nowhere"), r"calm\.stands: 'nowhere' is none of first"),
        (WORD.replace("[calm]", "[no]"), r"terms: not a list of texts"),
        (WORD.replace("[calm]", "['{mood}']"), r"calm\.terms: \{mood\} is no part above it"),
        (WORD.replace("[calm]", "['calm (']"), r"calm\.terms: missing \).*calm \("),
        (WORD.replace("matches", "fits"), r"calm\.examples: .*fits.* is no matches or not"),
        ("parts: {mood: [calm]}\n" + WORD, r"parts: mood: not used"),
    ],
)
def test_a_fault_names_file_and_place(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=rf"words\.yml: {problem}|words\.yml: groups: {problem}"):
        expressions.read(written(tmp_path, text))
