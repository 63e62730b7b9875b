"""Two systems on the same gold: is the difference more than chance?"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newsclaims.evaluate.scoring import LAYERS, Scores
from newsclaims.evaluate.statistics import difference_interval, randomisation_p


class Difference(NamedTuple):
    """A metric of two systems: ours, theirs, ours minus theirs with its 95 % interval, p-value."""

    layer: str
    metric: str
    ours: float
    theirs: float
    difference: float
    low: float
    high: float
    p: float

    @property
    def name(self) -> str:
        return f"{self.layer}.{self.metric}"


def compare(ours: Scores, theirs: Scores) -> Sequence[Difference]:
    """The paired difference of every metric; both were scored against the same gold."""
    differences = []
    for layer, result in ours.layers.items():
        other = theirs.layers[layer]
        if list(result.articles) != list(other.articles):
            raise ValueError(f"{layer}: the two were scored on different articles")
        metrics = LAYERS[layer].metrics
        stacks = [np.stack([r.tallies[m] for m in metrics], axis=1) for r in (result, other)]
        chances = randomisation_p(list(metrics.values()), *stacks)
        counts = result.resample_counts()
        for (metric, kind), chance in zip(metrics.items(), chances, strict=True):
            pair = result.tallies[metric], other.tallies[metric]
            one, two = (scores[f"{layer}.{metric}"].value for scores in (ours, theirs))
            low, high = difference_interval(kind, *pair, counts)
            differences.append(Difference(layer, metric, one, two, one - two, low, high, chance))
    return differences
