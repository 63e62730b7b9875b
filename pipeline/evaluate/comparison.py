"""Two systems on the same gold: is the difference more than chance?"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.evaluate.scoring import LAYERS, Scores
from pipeline.evaluate.statistics import difference_interval, randomisation_p, resample_counts


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
        counts = resample_counts(len(result.articles))
        for metric, kind in LAYERS[layer].metrics.items():
            pair = result.tallies[metric], other.tallies[metric]
            value = ours[f"{layer}.{metric}"].value
            other_value = theirs[f"{layer}.{metric}"].value
            differences.append(
                Difference(
                    layer,
                    metric,
                    value,
                    other_value,
                    value - other_value,
                    *difference_interval(kind, *pair, counts),
                    randomisation_p(kind, *pair),
                )
            )
    return differences
