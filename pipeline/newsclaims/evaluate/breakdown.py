"""Scores looked at closely: by slice of the articles, by rule, by class of error."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from newsclaims.evaluate.scoring import LayerResult, Score, Scores, summarise
from newsclaims.evaluate.statistics import weighed_share
from newsclaims.evaluate.tally import ERROR_CLASSES, RIGHT, Outcome
from newsclaims.gold import Sample

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
    covers are not counted; those in articles drawn from a dataset are weighed.
    """

    layer: str
    rule: str
    finds: float
    share: float
    right: float
    precision: float
    low: float
    high: float


class ErrorCount(NamedTuple):
    """How many errors of one class a layer has, and what part of its errors that is.

    Errors in articles that were drawn from a dataset are weighed: an estimate for all of it.
    """

    layer: str
    error: str
    number: float
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
        finds: defaultdict[str, list[tuple[bool, Sample | None]]] = defaultdict(list)
        for outcome, sample in _outcomes(result):
            if outcome.found is not None:
                finds[outcome.rule or NO_RULE].append((outcome.verdict == RIGHT, sample))
        if finds.keys() <= {NO_RULE}:
            continue
        counts = {rule: _count(sample for _, sample in of) for rule, of in finds.items()}
        total = sum(counts.values())
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            right = _count(sample for is_right, sample in finds[rule] if is_right)
            share = weighed_share(finds[rule])
            rules.append(RuleScore(layer, rule, count, count / total, right, *share))
    return rules


def _outcomes(result: LayerResult) -> Iterator[tuple[Outcome, Sample | None]]:
    """Each outcome of a layer with how its article was drawn."""
    samples: Sequence[Sample | None] = result.samples or [None] * len(result.articles)
    for sample, outcomes in zip(samples, result.outcomes, strict=True):
        yield from ((outcome, sample) for outcome in outcomes)


def _count(samples: Iterable[Sample | None]) -> float:
    """How many there are in the articles, or in the dataset that these were drawn from."""
    return sum(sample.weight if sample else 1 for sample in samples)


def error_counts(scores: Scores) -> list[ErrorCount]:
    """The classes of error that occur in each layer, in a fixed order."""
    counts = []
    for layer, result in scores.layers.items():
        drawn: defaultdict[str, list[Sample | None]] = defaultdict(list)
        for outcome, sample in _outcomes(result):
            if outcome.verdict != RIGHT:
                drawn[outcome.verdict].append(sample)
        numbers = {error: _count(drawn[error]) for error in ERROR_CLASSES if error in drawn}
        wrong = sum(numbers.values())
        counts += [
            ErrorCount(layer, error, number, number / wrong) for error, number in numbers.items()
        ]
    return counts
