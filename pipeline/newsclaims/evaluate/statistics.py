"""Figures made of added-up tallies, and how sure they are. All of it over numpy arrays.

A tally array has the six columns of `newsclaims.evaluate.tally.Tally` in its last axis, so that one
article, all articles and a thousand resamples of them are summed up by the same lines.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsclaims.evaluate.tally import SCALED_F1, SHARE, Tally
from newsclaims.gold import Sample

RESAMPLES = 1000
SHUFFLES = 10_000
SEED = 20250601
LEVEL = 0.95
_Z = 1.959964  # of the normal distribution, for LEVEL
_CHUNK = 1000  # shuffles at a time, which bounds memory
_ROUNDING = 1e-12  # sums in another order differ by less

Floats = npt.NDArray[np.float64]


class Figures(NamedTuple):
    """Precision, recall and the value of a metric: NaN where there is nothing to divide by."""

    precision: Floats
    recall: Floats
    value: Floats


def figures(kind: str, sums: Floats) -> Figures:
    """The figures of tallies that were added up; `kind` is how the metric is made of them."""
    gold, found, recalled, precise, compared, agreed = np.moveaxis(sums, -1, 0)
    agreement = _ratio(agreed, compared)
    if kind == SHARE:
        nothing = np.full_like(agreement, np.nan)
        return Figures(nothing, nothing, agreement)
    precision, recall = _ratio(precise, found), _ratio(recalled, gold)
    both = np.nan_to_num(precision) + np.nan_to_num(recall)
    f1 = _ratio(2 * np.nan_to_num(precision) * np.nan_to_num(recall), both)
    # gold or finds without a match are an F1 of 0; no gold and no finds are no figure at all
    f1 = np.where((both == 0) & (gold + found > 0), 0.0, f1)
    if kind == SCALED_F1:
        scale = np.where((precise == 0) & (gold + found > 0), 0.0, agreement)
        return Figures(precision * scale, recall * scale, f1 * scale)
    return Figures(precision, recall, f1)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


@lru_cache(maxsize=4)  # the layers of one gold file have few sizes
def resample_counts(articles: int, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """How often each article is drawn in each bootstrap resample; one row a resample."""
    if not articles:
        return np.zeros((resamples, 0))
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(articles, np.full(articles, 1 / articles), size=resamples)
    counts = drawn.astype(np.float64)
    counts.flags.writeable = False
    return counts


@lru_cache(maxsize=4)
def design_counts(samples: tuple[Sample, ...]) -> Floats:
    """What stands for `resample_counts` when the articles are a sample of a dataset.

    Articles are drawn again within their stratum, and the draws pulled together by what the sample
    leaves of the dataset (the rescaled bootstrap of Rao and Wu 1988): a stratum that was taken
    whole does not vary.
    """
    rng = np.random.default_rng(SEED)
    counts = np.ones((RESAMPLES, len(samples)))
    for stratum in sorted({sample.stratum for sample in samples}):
        members = [i for i, sample in enumerate(samples) if sample.stratum == stratum]
        size = len(members)
        if size > 1:
            design = samples[members[0]]
            scale = math.sqrt((1 - design.drawn / design.of) * size / (size - 1))
            drawn = rng.multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
            counts[:, members] += scale * (drawn - 1)
    counts.flags.writeable = False
    return counts


def interval(kind: str, tallies: Floats, counts: Floats) -> tuple[float, float]:
    """Percentile bootstrap interval of a metric over articles; NaN where no resample has a figure.

    `tallies` has a row an article, `counts` is what `resample_counts` drew.
    """
    return _quantiles(figures(kind, counts @ tallies).value)


def _quantiles(values: Floats) -> tuple[float, float]:
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def randomisation_p(kinds: Sequence[str], ours: Floats, theirs: Floats) -> list[float]:
    """p-values of the differences of metrics between two systems on the same articles.

    Approximate randomisation (Noreen 1989; Yeh 2000), two-sided: how often a difference as great
    comes up when each article's two results are given to the systems by the toss of a coin. The
    arrays have the axes article, metric, column; NaN where either system has no figure.
    """
    total, other = ours.sum(axis=0), theirs.sum(axis=0)
    observed = [_distance(*pair) for pair in zip(kinds, total, other, strict=True)]
    change = theirs - ours
    change = change[change.any(axis=(1, 2))]  # swapping equal tallies changes nothing
    rng = np.random.default_rng(SEED)
    as_great = np.zeros(len(kinds))
    for _ in range(SHUFFLES // _CHUNK):
        tosses = rng.integers(0, 2, size=(_CHUNK, len(change)), dtype=np.uint8)
        swapped = np.tensordot(tosses.astype(np.float64), change, axes=1)
        for metric, kind in enumerate(kinds):
            shuffled = total[metric] + swapped[:, metric], other[metric] - swapped[:, metric]
            distances = np.nan_to_num(_distance(kind, *shuffled))
            as_great[metric] += np.count_nonzero(distances >= observed[metric] - _ROUNDING)
    return [
        float("nan") if np.isnan(seen) else float(count + 1) / (SHUFFLES + 1)
        for seen, count in zip(observed, as_great, strict=True)
    ]


def _distance(kind: str, one: Floats, other: Floats) -> Floats:
    return np.abs(figures(kind, one).value - figures(kind, other).value)


def difference_interval(
    kind: str, ours: Floats, theirs: Floats, counts: Floats
) -> tuple[float, float]:
    """Percentile bootstrap interval of ours minus theirs, both on the same resamples."""
    return _quantiles(figures(kind, counts @ ours).value - figures(kind, counts @ theirs).value)


def weighed_share(rows: Iterable[tuple[bool, Sample | None]]) -> tuple[float, float, float]:
    """The share of rows that are right, each weighed by its sample, with its 95 % interval.

    Wilson's interval, for as many rows drawn with equal chances as make the same variance. Rows
    without a sample are drawn from endlessly many; of a stratum taken whole nothing varies.
    """
    total = right = variance = 0.0
    for is_right, sample in rows:
        weight = sample.weight if sample else 1.0
        total += weight
        right += weight * is_right
        variance += weight * (weight - 1 if sample else weight)
    share = right / total
    if not variance:
        return share, share, share
    size = total * total / variance
    return share, *wilson(share * size, size)


def wilson(right: float, of: float) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share; NaN of nothing."""
    if not of:
        return float("nan"), float("nan")
    share = right / of
    middle = share + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    scale = 1 + _Z * _Z / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def tally_array(tallies: list[Tally]) -> Floats:
    """Tallies as rows of an array."""
    return np.array(tallies, dtype=np.float64).reshape(len(tallies), len(Tally._fields))
