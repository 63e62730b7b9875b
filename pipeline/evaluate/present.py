"""Scores as a table on the terminal and as JSON."""

import json
import math
from collections.abc import Iterator
from typing import Any

from rich.table import Table

from pipeline.evaluate.scoring import Score, Scores
from pipeline.evaluate.tally import SCALED_F1, SHARE


def score_table(scores: Scores) -> Table:
    """One row a metric: figures in per cent, counts, and the 95 % interval."""
    table = Table(box=None, pad_edge=False)
    for column in ("score", "P", "R", "F1", "95 %", "right", "gold", "found", "articles"):
        table.add_column(column, justify="left" if column == "score" else "right", no_wrap=True)
    previous = ""
    for score in scores.figures:
        if previous not in ("", score.layer):
            table.add_section()
        previous = score.layer
        articles = str(len(scores.layers[score.layer].articles))
        table.add_row(score.name, *_cells(score), articles)
    return table


def _cells(score: Score) -> tuple[str, ...]:
    spread = f"{_percent(score.low)} - {_percent(score.high)}"
    figures = tuple(map(_percent, (score.precision, score.recall, score.value)))
    tally = score.tally
    if score.kind == SHARE:
        return (*figures, spread, f"{tally.agreed:.0f}", f"{tally.compared:.0f}", "")
    right = tally.agreed if score.kind == SCALED_F1 else tally.precise
    return (*figures, spread, f"{right:.0f}", f"{tally.gold:.0f}", f"{tally.found:.0f}")


def _percent(value: float) -> str:
    return "-" if math.isnan(value) else f"{100 * value:.1f}"


def scores_json(scores: Scores) -> str:
    """All figures as indented JSON; a figure that there is nothing to make of is null."""
    data: dict[str, Any] = {
        "missing_articles": list(scores.missing),
        "extra_articles": list(scores.extra),
        "layers": {},
    }
    for name, result in scores.layers.items():
        metrics = {
            score.metric: dict(_fields(score)) for score in scores.figures if score.layer == name
        }
        data["layers"][name] = {"articles": len(result.articles), "metrics": metrics}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _fields(score: Score) -> Iterator[tuple[str, Any]]:
    """A metric's figures and counts, rounded to 4 digits."""
    if score.kind == SHARE:
        yield "share", _rounded(score.value)
        yield "interval", [_rounded(score.low), _rounded(score.high)]
        yield "compared", int(score.tally.compared)
        yield "agreed", int(score.tally.agreed)
        return
    yield "precision", _rounded(score.precision)
    yield "recall", _rounded(score.recall)
    yield "f1", _rounded(score.value)
    yield "interval", [_rounded(score.low), _rounded(score.high)]
    for field in ("gold", "found", "recalled", "precise", "compared", "agreed"):
        yield field, round(getattr(score.tally, field), 4)


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
