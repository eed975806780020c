"""Trains the line reader on the invented sites in ``sites/``: ``audit/site/line_reader.npz``.

Run ``python training/train_lines.py`` (with the group ``training`` of pyproject.toml). A logistic
regression for each line says which passages show it; a further one says, from these scores and the
outright offers (``audit.site.line_evidence.numbers``), which lines a house gives. It learns from
scores of passages by writers whom the first had not seen. Figures on sites whose writer neither had
seen, through the whole engine, go to ``lines.json`` and from there to ``docs/accuracy.md``.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import linear_model
import numpy as np
from learnt_sites import Site, found_by, load
from linear_model import Matrix, Model
from sklearn.linear_model import LogisticRegression

from audit.claims import engines
from audit.claims.claims import Engine
from audit.site import line_reader
from audit.site.line_evidence import numbers
from audit.site.line_reader import LineReader
from data.vocabulary import SERVICE_LINES

LINES = tuple(map(str, SERVICE_LINES))
LEAST_PASSAGES, STRENGTH = 3, 30.0
# Real sites are rather like those with more passages, of which there are few here.
_SMALL, _AS_BIG = 50, 2
# The rules were repaired after these sites had been scored.
_NOT_BLIND = "whole"
FIGURES = Path(__file__).parent / "lines.json"
House = dict[str, float]
Figures = dict[str, int]
# The lines that were found at a site.
Answer = tuple[frozenset[str], Site]


def main() -> None:
    """Train, print the figures, write the file."""
    warnings.filterwarnings("ignore", category=FutureWarning)
    engine = engines.patterns()
    sites = list(load(engine))
    writers = sorted({site.writer for site in sites})
    print(f"{len(sites)} sites, {sum(len(s.passages) for s in sites)} passages", flush=True)
    text = json.dumps(figures(engine, sites, writers), indent=1) + "\n"
    FIGURES.write_text(text, encoding="utf-8")
    model, house = fit(sites, writers)
    linear_model.write(model, [], line_reader.FILE, house=house)


def fit(sites: Sequence[Site], writers: Sequence[str]) -> tuple[Model, House]:
    """Both models, learnt from sites by these writers."""
    own = [site for site in sites if site.writer in writers]
    rows: list[House] = []
    wanted: list[bool] = []
    counts: list[int] = []
    for writer in writers:
        model = fit_passages([site for site in own if site.writer != writer])
        for site in own:
            if site.writer == writer:
                rows += _of_house(model, site)
                wanted += [line in site.lines for line in LINES]
                counts += [_AS_BIG if len(site.passages) > _SMALL else 1] * len(LINES)
    names = sorted(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    spread = table.std(axis=0) + 1e-6
    learner = LogisticRegression(C=1.0, max_iter=2000).fit(
        table / spread, wanted, sample_weight=counts
    )
    weights = zip(names, learner.coef_[0] / spread, strict=True)
    house = {name: round(float(weight), 3) for name, weight in weights}
    return fit_passages(own), house | {"bias": round(float(learner.intercept_[0]), 3)}


def fit_passages(sites: Iterable[Site]) -> Model:
    """Which passages show a line."""
    known = [p for site in sites for p in site.passages if p.shows is not None]
    wanted = {(line, "offers"): [line in (p.shows or ()) for p in known] for line in LINES}
    return linear_model.fit_labels(
        [p.features for p in known],
        wanted,
        least_passages=LEAST_PASSAGES,
        strength=STRENGTH,
    )


def _scores(model: Model, site: Site) -> Matrix:
    return model.scores([p.features for p in site.passages])


def _of_house(model: Model, site: Site) -> list[House]:
    scores = _scores(model, site)
    return [numbers(scores, column, site.counted[line]) for column, line in enumerate(LINES)]


def figures(engine: Engine, sites: Sequence[Site], writers: Sequence[str]) -> dict[str, Figures]:
    """What ketawatch finds at sites of writers whom the models had not seen, by size and line."""
    found: list[Answer] = []
    for writer in writers:
        if writer == _NOT_BLIND:
            continue
        reader = _reader(*fit(sites, [w for w in writers if w != writer]))
        own = [site for site in sites if site.writer == writer]
        now = list(zip(found_by(engine, writer, reader), own, strict=True))
        print(f"{writer}: {_counted(now)}", flush=True)
        found += now
    sizes = {
        "all": found,
        "up to 50 passages": [pair for pair in found if len(pair[1].passages) <= _SMALL],
        "more passages": [pair for pair in found if len(pair[1].passages) > _SMALL],
    }
    lines = {line: _counted(found, {line}) for line in LINES}
    return {name: _counted(pairs) for name, pairs in sizes.items()} | lines


def _reader(model: Model, house: House) -> LineReader:
    with TemporaryDirectory() as folder:
        path = Path(folder) / line_reader.FILE.name
        linear_model.write(model, [], path, house=house)
        return LineReader(path)


def _counted(found: Sequence[Answer], lines: Collection[str] = LINES) -> Figures:
    """How many sites and lines are right."""
    pairs = [(set(lines) & got, set(lines) & site.lines) for got, site in found]
    return {
        "sites": len(pairs),
        "sites_right": sum(got == wanted for got, wanted in pairs),
        "lines": sum(len(wanted) for _, wanted in pairs),
        "found": sum(len(got & wanted) for got, wanted in pairs),
        "wrong": sum(len(got - wanted) for got, wanted in pairs),
    }


if __name__ == "__main__":
    main()
