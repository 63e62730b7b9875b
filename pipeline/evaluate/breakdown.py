"""Scores looked at closely: by slice of the articles, by rule, by class of error."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.evaluate.scoring import LayerResult, Score, Scores, summarise
from pipeline.evaluate.statistics import wilson
from pipeline.evaluate.tally import ERROR_CLASSES, RIGHT

NO_VALUE = "(none)"
NO_RULE = "(no rule)"


class Slice(NamedTuple):
    """The scores of the articles that have one value in a column."""

    column: str
    value: str
    figures: Sequence[Score]


class RuleScore(NamedTuple):
    """What one rule found in a layer: how much of the finds, and how often it was right.

    `low` and `high` are Wilson's 95 % interval of the precision. Finds that only a disputed row
    covers are not counted.
    """

    layer: str
    rule: str
    finds: int
    share: float
    right: int
    precision: float
    low: float
    high: float


class ErrorCount(NamedTuple):
    """How many errors of one class a layer has, and what part of its errors that is."""

    layer: str
    error: str
    number: int
    share: float


def by_column(
    scores: Scores, column: str, metadata: Mapping[str, Mapping[str, Any]]
) -> list[Slice]:
    """The scores for each value of a metadata column, values in order.

    Articles without the column or without metadata form a slice of their own.
    """
    ids = sorted({article for result in scores.layers.values() for article in result.articles})
    value_of = {article: _value(metadata.get(article, {}).get(column)) for article in ids}
    slices = []
    for value in sorted(set(value_of.values())):
        chosen = {
            name: part
            for name, result in scores.layers.items()
            if (part := _restrict(result, value_of, value)).articles
        }
        slices.append(Slice(column, value, summarise(chosen)))
    return slices


def _value(value: Any) -> str:
    if value is None or value == "":
        return NO_VALUE
    return str(value).lower() if isinstance(value, bool) else str(value)


def _restrict(result: LayerResult, value_of: Mapping[str, str], value: str) -> LayerResult:
    rows = [i for i, article in enumerate(result.articles) if value_of[article] == value]
    return LayerResult(
        articles=[result.articles[i] for i in rows],
        tallies={metric: tallies[rows] for metric, tallies in result.tallies.items()},
        outcomes=[result.outcomes[i] for i in rows],
        samples=[result.samples[i] for i in rows] if result.samples else (),
    )


def by_rule(scores: Scores) -> list[RuleScore]:
    """Each rule's precision and share of the finds, layer by layer, the busiest rule first.

    Layers in which no find names a rule are left out.
    """
    rules = []
    for layer, result in scores.layers.items():
        finds: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for outcomes in result.outcomes:
            for outcome in outcomes:
                if outcome.found is not None:
                    finds[outcome.rule or NO_RULE] += 1
                    right[outcome.rule or NO_RULE] += outcome.verdict == RIGHT
        if finds.keys() <= {NO_RULE}:
            continue
        total = finds.total()
        for rule, count in sorted(finds.items(), key=lambda item: (-item[1], item[0])):
            low, high = wilson(right[rule], count)
            share, precision = count / total, right[rule] / count
            rules.append(RuleScore(layer, rule, count, share, right[rule], precision, low, high))
    return rules


def error_counts(scores: Scores) -> list[ErrorCount]:
    """The classes of error that occur in each layer, in a fixed order."""
    counts = []
    for layer, result in scores.layers.items():
        verdicts = Counter(outcome.verdict for outcomes in result.outcomes for outcome in outcomes)
        wrong = verdicts.total() - verdicts[RIGHT]
        counts += [
            ErrorCount(layer, error, verdicts[error], verdicts[error] / wrong)
            for error in ERROR_CLASSES
            if verdicts[error]
        ]
    return counts
