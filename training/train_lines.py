"""Trains the line reader on the invented sites in ``sites/``: ``audit/site/line_reader.npz``.

Run ``python training/train_lines.py`` (with the group ``training`` of pyproject.toml). A logistic
regression for each line says which passages show it; a further one says, from these scores and the
outright offers (``audit.site.line_evidence.numbers``), which lines a house gives. It learns from
scores of passages by writers whom the first had not seen. Printed are figures on sites whose writer
neither had seen.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Sequence

import linear_model
import numpy as np
from learnt_sites import Site, load
from linear_model import Matrix, Model
from sklearn.linear_model import LogisticRegression

from audit.claims import claims
from audit.site import line_reader
from audit.site.line_evidence import numbers
from data.vocabulary import SERVICE_LINES

LINES = tuple(map(str, SERVICE_LINES))
LEAST_PASSAGES, STRENGTH = 3, 30.0
# Real sites are rather like those with more passages, of which there are few here.
_SMALL, _AS_BIG = 50, 2
House = dict[str, float]


def main() -> None:
    """Train, print the figures, write the file."""
    warnings.filterwarnings("ignore", category=FutureWarning)
    sites = list(load(claims.patterns()))
    writers = sorted({site.writer for site in sites})
    print(f"{len(sites)} sites, {sum(len(s.passages) for s in sites)} passages", flush=True)
    _print_figures(sites, writers)
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
    return [
        numbers(scores, column, *site.counted.get(line, (0, 0)))
        for column, line in enumerate(LINES)
    ]


def told(model: Model, house: House, site: Site) -> set[str]:
    """The lines that the models find at a site."""
    rows = zip(LINES, _of_house(model, site), strict=True)
    return {
        line
        for line, row in rows
        if house["bias"] + sum(house[name] * row[name] for name in row) > 0
    }


def _print_figures(sites: Sequence[Site], writers: Sequence[str]) -> None:
    """Figures over sites of writers whom the models had not seen."""
    found: list[tuple[Collection[str], Collection[str]]] = []
    for writer in writers:
        model, house = fit(sites, [w for w in writers if w != writer])
        own = [site for site in sites if site.writer == writer]
        now = [(told(model, house, site), site.lines) for site in own]
        print(f"{writer}: {_figures(now)}", flush=True)
        found += now
    print(f"all: {_figures(found)}")


def _figures(found: Sequence[tuple[Collection[str], Collection[str]]]) -> str:
    right = sum(set(got) == set(wanted) for got, wanted in found)
    hits = sum(len(set(got) & set(wanted)) for got, wanted in found)
    got, wanted = (sum(len(pair[n]) for pair in found) for n in (0, 1))
    share = f"precision {hits / max(1, got):.2f}, recall {hits / max(1, wanted):.2f}"
    return f"{right} of {len(found)} sites right, {share}"


if __name__ == "__main__":
    main()
