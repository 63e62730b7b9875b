"""Rows that a reader has judged: precision by layer and rule, for the dataset they were drawn from.

A file of them is made by ``newsclaims sample --rows``; the reader writes ``right`` or ``wrong`` as
the ``verdict`` of each row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline.evaluate.breakdown import NO_RULE
from pipeline.evaluate.statistics import design_counts, figures, interval, tally_array
from pipeline.evaluate.tally import SHARE, share
from pipeline.gold import GoldError, Sample, json_lines, sample_of


class JudgedRow(NamedTuple):
    """One row that a reader has judged."""

    layer: str
    rule: str
    right: bool
    sample: Sample


class Precision(NamedTuple):
    """Estimated precision of a layer's rows, or of one rule's, with its 95 % interval."""

    layer: str
    rule: str
    judged: int
    right: int
    precision: float
    low: float
    high: float


def is_judged(path: Path) -> bool:
    """Whether the file holds rows with verdicts and not gold."""
    return any(isinstance(line, dict) and "verdict" in line for _, line in _first(path))


def _first(path: Path) -> Iterator[tuple[int, Any]]:
    for numbered in json_lines(path):
        yield numbered
        return


def read_judged(path: Path) -> list[JudgedRow]:
    """The rows with a verdict of right or wrong; others are not counted.

    Raises `GoldError` for a line that is no row of a sample.
    """
    rows = []
    for number, line in json_lines(path):
        try:
            sample = sample_of(line)
            if sample is None:
                raise ValueError("no sample")
            if line["verdict"] in ("right", "wrong"):
                rule = line["rule"] or NO_RULE
                rows.append(JudgedRow(line["layer"], rule, line["verdict"] == "right", sample))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise GoldError(f"{path}, line {number}: missing or malformed: {error}") from error
    return rows


def precisions(rows: Sequence[JudgedRow]) -> list[Precision]:
    """Each layer's precision, followed by that of each of its rules."""
    found = []
    for layer in dict.fromkeys(row.layer for row in rows):
        of_layer = [row.layer == layer for row in rows]
        found.append(_precision(layer, "", rows, of_layer))
        rules = sorted({row.rule for row in rows if row.layer == layer})
        for rule in rules if rules != [NO_RULE] else ():
            chosen = [row.layer == layer and row.rule == rule for row in rows]
            found.append(_precision(layer, rule, rows, chosen))
    return found


def _precision(
    layer: str, rule: str, rows: Sequence[JudgedRow], chosen: Iterable[bool]
) -> Precision:
    """All rows take part, those not chosen with nothing, since their number varies too."""
    marked = list(zip(rows, chosen, strict=True))
    tallies = tally_array([share(of, of and row.right) for row, of in marked])
    tallies = tallies * np.array([[row.sample.weight] for row in rows])
    low, high = interval(SHARE, tallies, design_counts(tuple(row.sample for row in rows)))
    return Precision(
        layer,
        rule,
        sum(of for _, of in marked),
        sum(row.right for row, of in marked if of),
        float(figures(SHARE, tallies.sum(axis=0)).value),
        low,
        high,
    )


def precision_lines(found: Iterable[Precision]) -> Iterator[str]:
    """The precisions as lines of a table."""
    yield f"{'rows':<40}{'precision':>10}{'95 %':>16}{'right':>7}{'judged':>8}"
    for one in found:
        name = f"  {one.rule}" if one.rule else one.layer
        spread = f"{100 * one.low:.1f} - {100 * one.high:.1f}"
        yield (f"{name:<40}{100 * one.precision:>10.1f}{spread:>16}{one.right:>7}{one.judged:>8}")


def to_rows(found: Iterable[Precision]) -> list[Mapping[str, Any]]:
    """The precisions as JSON holds them."""
    return [one._asdict() for one in found]
