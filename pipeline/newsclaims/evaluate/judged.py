"""Rows that a reader has judged: precision by layer and rule, for the dataset they were drawn from.

A file of them is made by ``newsclaims sample --rows``; the reader writes ``right`` or ``wrong`` as
the ``verdict`` of each row.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.evaluate.breakdown import NO_RULE
from newsclaims.evaluate.scoring import records_file
from newsclaims.evaluate.statistics import weighed_share
from newsclaims.gold import GoldError, Sample, json_lines, sample_of
from newsclaims.schema import LAYERS
from newsclaims.tables import rule_of

_VERDICTS = (None, "", "right", "wrong", "unsure")


class JudgedRow(NamedTuple):
    """One row that a reader has judged."""

    layer: str
    rule: str
    right: bool
    sample: Sample


class Precision(NamedTuple):
    """Precision of a layer's judged rows, or of one rule's, with its 95 % interval.

    `rule` is empty for all rules of the layer together. `precision` holds for the dataset from
    which the rows were drawn, so that it need not be `right` of `judged`.
    """

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


def read_judged(path: Path, records: Path) -> list[JudgedRow]:
    """The rows with a verdict of right or wrong; others are not counted.

    Rules that a blind sample hides are those of the `records` that it was drawn from, a file or a
    folder. Raises `GoldError` for a line that is no row of a sample or has another verdict, and
    where none is judged.
    """
    rules = _rules_by_key(records_file(records))
    rows = []
    for number, line in json_lines(path):
        try:
            sample = sample_of(line)
            if sample is None:
                raise ValueError("no sample")
            if line["verdict"] not in _VERDICTS:
                raise ValueError(f"the verdict {line['verdict']!r} is none of right, wrong, unsure")
            if line["verdict"] in ("right", "wrong"):
                rule = line["rule"] or rules.get(line["key"]) or NO_RULE
                rows.append(JudgedRow(line["layer"], rule, line["verdict"] == "right", sample))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise GoldError(f"{path}, line {number}: missing or malformed: {error}") from error
    if not rows:
        raise GoldError(f"{path}: no row has a verdict of right or wrong yet")
    return rows


def _rules_by_key(records: Path) -> dict[str, str | None]:
    try:
        return {
            row["key"]: rule_of(row)
            for _, record in json_lines(records)
            for layer in LAYERS
            for row in record[layer]
        }
    except (AttributeError, LookupError, TypeError) as error:
        raise GoldError(f"{records}: a record is missing or malformed: {error!r}") from error


def precisions(rows: Sequence[JudgedRow]) -> list[Precision]:
    """Each layer's precision, followed by that of each of its rules."""
    found: list[Precision] = []
    for layer in dict.fromkeys(row.layer for row in rows):
        of_layer = [row for row in rows if row.layer == layer]
        found.append(_precision(layer, "", of_layer))
        rules = sorted({row.rule for row in of_layer} - {NO_RULE})
        found += [
            _precision(layer, rule, [row for row in of_layer if row.rule == rule]) for rule in rules
        ]
    return found


def _precision(layer: str, rule: str, rows: Sequence[JudgedRow]) -> Precision:
    share = weighed_share((row.right, row.sample) for row in rows)
    return Precision(layer, rule, len(rows), sum(row.right for row in rows), *share)
