"""One evaluation with all that was asked of it, and the least figures that it must reach."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsclaims.evaluate.breakdown import (
    ErrorCount,
    RuleScore,
    Slice,
    by_column,
    by_rule,
    error_counts,
)
from newsclaims.evaluate.comparison import Difference, compare
from newsclaims.evaluate.examples import Example, examples, texts_for
from newsclaims.evaluate.scoring import (
    LAYERS,
    Scores,
    file_in,
    read_gold,
    read_records,
    score_articles,
)
from newsclaims.gold import GoldError, read_metadata


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores with their breakdowns; what was not asked for is empty."""

    scores: Scores
    rules: Sequence[RuleScore]
    errors: Sequence[ErrorCount]
    examples: Mapping[str, Sequence[Example]]
    slices: Sequence[Slice] = ()
    differences: Sequence[Difference] = ()


def assess(
    gold: Path, records: Path, other: Path | None = None, *, by: Iterable[str] = ()
) -> Evaluation:
    """Evaluate `records`, slice it by metadata columns, and compare it with `other` records.

    Raises `GoldError` for files that cannot be scored and for a column that no article has.
    """
    gold_articles = read_gold(gold)
    scores = score_articles(gold_articles, read_records(records))
    theirs = score_articles(gold_articles, read_records(other)) if other else None
    columns = list(by)
    metadata = _metadata(gold, records) if columns else {}
    for column in columns:
        if not any(column in row for row in metadata.values()):
            known = sorted({name for row in metadata.values() for name in row} - {"text"})
            raise GoldError(f"no article has a column {column}; there are: {', '.join(known)}")
    return Evaluation(
        scores=scores,
        rules=by_rule(scores),
        errors=error_counts(scores),
        examples=examples(scores, texts_for(gold_articles, gold, records)),
        slices=[part for column in columns for part in by_column(scores, column, metadata)],
        differences=compare(scores, theirs) if theirs else (),
    )


def _metadata(gold: Path, records: Path) -> dict[str, dict[str, Any]]:
    """The articles' columns, from ``articles.jsonl`` beside the records or else beside the gold."""
    for path in (file_in(records, "records.jsonl"), file_in(gold, "gold.jsonl")):
        if (articles := path.parent / "articles.jsonl").exists():
            return read_metadata(articles)
    raise GoldError(f"there is no articles.jsonl beside {records} or {gold} to take columns from")


def read_minima(options: Iterable[str]) -> dict[str, float]:
    """Read ``LAYER.METRIC=0.8`` options. Raises `GoldError` for what is none."""
    known = {f"{name}.{metric}" for name, layer in LAYERS.items() for metric in layer.metrics}
    minima = {}
    for option in options:
        name, _, figure = option.partition("=")
        try:
            minima[name] = float(figure)
        except ValueError:
            raise GoldError(f"{option!r} is not of the form LAYER.METRIC=0.8") from None
        if name not in known:
            raise GoldError(f"there is no metric {name}; there are: {', '.join(sorted(known))}")
        if not 0 <= minima[name] <= 1:
            raise GoldError(f"{option!r}: a figure lies between 0 and 1")
    return minima


def below(scores: Scores, minima: Mapping[str, float]) -> list[str]:
    """A sentence for each metric under its least figure; one that gold does not score is under.

    Figures are compared as they are written, with 4 digits.
    """
    values = {score.name: score.value for score in scores.figures}
    sentences = []
    for name, least in minima.items():
        value = values.get(name, math.nan)
        if math.isnan(value):
            sentences.append(f"{name} has no figure on this gold, and {least:.4f} is asked for")
        elif round(value, 4) < least:
            sentences.append(f"{name} is {value:.4f}, under {least:.4f}")
    return sentences
