"""The rule reference: one Markdown page a rule in ``docs/rules/``, made from the catalogue.

``python -m audit.catalog.rule_pages`` writes them anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from audit.catalog import catalog, frame_words
from audit.catalog.catalog import Catalog
from audit.catalog.frames import SILENT
from audit.catalog.rule import GROUPS, Example, Rule
from audit.concepts import concept_files
from data.vocabulary import Reason

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
ACCURACY = FOLDER.parent / "accuracy.json"
INDEX = "README.md"
_KINDS = {
    "required-disclosure": "something that should be stated",
    "identity": "something that should be stated about who is responsible",
    "prohibited-claim": "a claim that should not be made",
    "required-qualifier": "a claim that needs a qualifier",
    "technical": "something that is observed while pages load",
}
_ACTIVE = re.compile(r"([\\`*_\[\]<>|$~#])")
_MADE = "<!-- Made by `python -m audit.catalog.rule_pages`; edit the rule files instead. -->"
_INTRODUCTION = f"""\
# Rule reference

{_MADE}

Not stated is not the same as not done, and almost nothing of this is required on a website: each
page says what is. A rule is looked at again by the day in its row; after that day the dashboard,
the exports and `ketawatch rules` say that it waits.
"""

# A rule's figures: set of passages -> "precision", "recall", "f1", from 0 to 1 or null.
Figures = Mapping[str, Mapping[str, float | None]]
_SETS = {"dev": "development set", "blind": "blind set"}


def pages(rules: Catalog, figures: Mapping[str, Figures]) -> dict[str, str]:
    """The text of every page by its file's name, the index among them."""
    made = {f"{r.id}.md": page(r, figures.get(r.id, {})) for r in rules.rules.values()}
    return made | {INDEX: index(rules, figures)}


def measured(path: Path = ACCURACY) -> dict[str, Figures]:
    """The figures by rule; none where nothing was measured yet."""
    if not path.exists():
        return {}
    found: dict[str, Figures] = json.loads(path.read_text(encoding="utf-8"))["rules"]
    return found


def page(rule: Rule, figures: Figures) -> str:
    """One rule's page."""
    group = f"[{GROUPS[rule.group]}]({INDEX})"
    parts = [
        f"# {plain(rule.title)}\n\n{_MADE}\n\nRule `{rule.id}`, group {group}.\n",
        f"**What counts.** {plain(rule.requirement)}\n",
        f"**Why it matters.** {plain(rule.why)}\n",
        f"**What would satisfy it.** {plain(rule.satisfy)}\n",
        _table(("", ""), _facts(rule)),
        "## Sources\n",
        _list(map(_source, rule.sources)),
        "## Messages\n",
        _table(("reason", "outcome", "message"), _messages(rule)),
    ]
    if figures:
        parts += ["## Accuracy\n", _accuracy(figures)]
    parts += ["## How it is found\n", *_search(rule)]
    parts += ["## Words\n", _list(_words(rule))]
    parts += ["## Examples\n", _list(map(_example, rule.examples))]
    parts += ["## Changes\n", _list(map(plain, rule.changelog))]
    return "\n".join(parts)


def index(rules: Catalog, figures: Mapping[str, Figures]) -> str:
    """The list of all rules by group."""
    parts = [_INTRODUCTION]
    heads = ("rule", "looks for", "severity", "review by", *(("F1",) if figures else ()))
    for group, title in GROUPS.items():
        mine = [rule for rule in rules.rules.values() if rule.group == group]
        rows = (_entry(rule, figures.get(rule.id, {})) for rule in mine)
        parts += [f"## {title}\n", _table(heads, (row[: len(heads)] for row in rows))]
    return "\n".join(parts)


def plain(text: str) -> str:
    """A text as Markdown shows it letter for letter; a new line is a mark."""
    return _ACTIVE.sub(r"\\\1", text.strip()).replace("\n", " ⏎ ")


def _entry(rule: Rule, figures: Figures) -> tuple[str, ...]:
    """A row of the index; its last cell is for what was measured."""
    title = f"[{plain(rule.title)}]({rule.id}.md)"
    f1 = (f"{_figure(figures[s].get('f1'))} ({name})" for s, name in _SETS.items() if s in figures)
    return title, _KINDS[rule.kind], rule.severity, rule.review_by, "; ".join(f1)


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "kind", f"`{rule.kind}`: looks for {_KINDS[rule.kind]}"
    yield "severity", f"{rule.severity}: {plain(rule.severity_reason)}"
    yield "basis", plain(rule.basis)
    yield "required on a website", plain(rule.web_disclosure_mandated)
    yield "one finding for", "each service line" if rule.scope == "line" else "the provider"
    yield "service lines", ", ".join(rule.lines)
    if rule.only_where:
        yield "applies only", f"where the site speaks of {frame_words.one_of(rule.only_where)}"
    yield "absence is said only after reading", ", ".join(rule.searched)
    yield "whose words count", ", ".join(rule.voices)
    until = f" until {rule.effective_until}" if rule.effective_until else ""
    yield "effective from", f"{rule.effective_from}{until}"
    yield "review by", f"{rule.review_by}; past that day the rule waits for a person's new look"
    if rule.pending_events:
        yield "events that would change it", ", ".join(rule.pending_events)
    if rule.notes:
        yield "notes", plain(rule.notes)


def _source(source: Any) -> str:
    where = f", {plain(source.jurisdiction)}" if source.jurisdiction else ""
    title = f"[{plain(source.title)}]({source.url})"
    return f"{title}, {plain(source.date)}{where} (text seen: {plain(source.text_status)})"


def _messages(rule: Rule) -> Iterator[tuple[str, ...]]:
    for reason, message in rule.messages.items():
        yield f"`{reason}`", f"`{Reason(reason).outcome}`", plain(message)


def _accuracy(figures: Figures) -> str:
    names = ("precision", "recall", "f1")
    rows = [
        (title, *(_figure(figures[name].get(kind)) for kind in names))
        for name, title in _SETS.items()
        if name in figures
    ]
    return _table(("passages", *names), rows)


def _figure(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.2f}"


def _search(rule: Rule) -> Iterator[str]:
    yield (
        "A passage *states* it, *denies* it, *qualifies* it, or is *silent*, where the words below"
        " stand together so. A negation that reaches the part in **bold** takes the claim away,"
        " or turns it as said.\n"
    )
    if rule.mirrors:
        yield f"The frames of [`{rule.mirrors}`]({rule.mirrors}.md) are among them, turned round.\n"
    if rule.triggered_by:
        others = ", ".join(f"[`{other}`]({other}.md)" for other in rule.triggered_by)
        yield f"The claim is one of {others}.\n"
    yield "".join(_frames(rule))
    if rule.halves:
        first, second = map(frame_words.one_of, rule.halves)
        yield f"They may stand in two places of a page: {first}, and further down {second}.\n"
    if rule.qualifier:
        where = "anywhere on the page" if rule.unit == "page" else "in the same or the next block"
        yield f"The qualifier, {where}: {frame_words.counted(rule.qualifier)}.\n"
        if rule.qualifier_about:
            about = frame_words.one_of(rule.qualifier_about)
            yield f"Farther off than the next block it counts beside {about} only.\n"
    if rule.subject and rule.kind == "required-disclosure":
        near = (" and ".join(map(frame_words.one_of, sets)) for sets in rule.subject)
        yield "Where nothing is found, the nearest miss is a passage with, the closest first:\n"
        yield _list(near)


def _frames(rule: Rule) -> Iterator[str]:
    for number, frame in enumerate(rule.frames, 1):
        yield f"{number}. *{frame.stance or SILENT}*: {frame_words.what(frame)}\n"
        yield from (f"    - {condition}\n" for condition in frame_words.conditions(frame))


def _words(rule: Rule) -> Iterator[str]:
    named = {path.stem: path for path in concept_files.files()}
    for name in sorted(rule.concepts | set(rule.only_where)):
        meaning = yaml.safe_load(named[name].read_text(encoding="utf-8"))["what"]
        place = named[name].relative_to(concept_files.FOLDER).as_posix()
        yield f"[`{name}`](../../audit/lexicon/{place}): {plain(meaning)}"


def _example(example: Example) -> str:
    about = [f"voice: {example.voice}"] if example.voice != "provider" else []
    about += [f"{example.page_type} page"] if example.page_type != "other" else []
    about += [f"heading: {example.heading}"] if example.heading else []
    about += [text for text in (example.line, example.why) if text]
    beside = f" ({plain('; '.join(about))})" if about else ""
    return f"*{example.stance}*: {plain(example.text)}{beside}"


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    made = pages(catalog.bundled(), measured())
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
