"""``ketawatch evaluate``: how right the claim engine is on a labelled file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from data.errors import UsageError
from data.printable import one_line, printable


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    help='Write {"id", "labels"} for each passage to this file ("-": stdout).',
)
@click.option("--force", is_flag=True, help="Overwrite an existing file of predictions.")
def evaluate(gold: Path, as_json: bool, predictions: Path | None, force: bool) -> None:
    """Precision, recall and F1 on a gold file (JSON Lines), with every error.

    Records without labels are predicted and not scored.
    """
    from audit.claims import engines
    from audit.evaluation import evaluation
    from audit.evaluation.gold import read

    engine = engines.bundled_engine()
    records = read(gold, engine.catalog.rules)
    if predictions and str(predictions) != "-":
        _check_target(predictions, gold, force)
    predicted = evaluation.predict(engine, records)
    if predictions:
        lines = (
            json.dumps({"id": r.id, "labels": labels}, ensure_ascii=False) + "\n"
            for r, labels in zip(records, predicted, strict=True)
        )
        with click.open_file(str(predictions), "w", encoding="utf-8") as out:
            out.writelines(lines)
    if predictions and str(predictions) == "-":
        return
    answer = evaluation.report(engine, evaluation.judge(records, predicted))
    if as_json:
        click.echo(printable(json.dumps(answer, ensure_ascii=False, indent=1)))
    else:
        click.echo("\n".join(_table(answer)))


def _check_target(predictions: Path, gold: Path, force: bool) -> None:
    """Refuse a target before the work is done; labels are work of people, and never one."""
    if predictions.exists():
        if predictions.samefile(gold):
            raise UsageError(f"{predictions}: is the gold file itself.", "Name another file.")
        if not force:
            raise UsageError(
                f"{predictions}: exists already.", "Name another file, or use --force."
            )
    elif not predictions.parent.is_dir():
        raise UsageError(f"{predictions}: there is no folder {predictions.parent}.", "Make it.")


def _table(answer: dict[str, Any]) -> list[str]:
    lines = [f"{'':32} {'precision':>20} {'recall':>20} {'F1':>20}  right wrong missed"]
    lines += [_row(name, figures) for name, figures in answer["rules"].items()]
    lines += [_row(name, figures) for name, figures in answer["kinds"].items()]
    lines.append(_row("micro", answer["micro"]))
    lines.append(f"macro F1 over rules: {_number(answer['macro_f1'])}")
    lines.append(
        f"silent passages with a false label: {_number(answer['false_label_rate'])}"
        f" of {answer['silent_passages']}"
    )
    lines.append("confusion (gold: predicted): " + json.dumps(answer["confusion"]))
    lines += [_error(error) for error in answer["errors"]]
    return lines


def _row(name: str, figures: dict[str, Any]) -> str:
    cells = "".join(
        f" {_number(figures[key]):>5} {_interval(figures[f'{key}_interval']):>14}"
        for key in ("precision", "recall", "f1")
    )
    return f"{name:32}{cells}  {figures['right']:5} {figures['wrong']:5} {figures['missed']:6}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _interval(bounds: tuple[float, float] | None) -> str:
    return "" if bounds is None else f"[{bounds[0]:.3f}, {bounds[1]:.3f}]"


def _error(error: dict[str, str]) -> str:
    said = " | ".join(filter(None, [error["heading"], error["text"]]))
    turned = f"{error['rule_id']}: {error['gold']} -> {error['predicted']}"
    return f"{one_line(error['id'])}  {turned}  {one_line(said)}"
