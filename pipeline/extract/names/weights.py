"""The weight of each piece of evidence and the calibration, read once from ``weights.toml``."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from pipeline.extract.finds import Kind


class Weight(NamedTuple):
    """Log-odds of "person" and of "place" against "neither"."""

    person: float
    place: float


_DATA = tomllib.loads(
    resources.files("pipeline").joinpath("extract/names/weights.toml").read_text(encoding="utf-8")
)
WEIGHTS: Mapping[str, Weight] = MappingProxyType(
    {name: Weight(*pair) for name, pair in _DATA["weights"].items()}
)
_CALIBRATION: Mapping[str, list[list[float]]] = _DATA["calibration"]


def confidence(kind: Kind, person: float, place: float) -> float | None:
    """The measured share of right mentions at these chances, or None for organisations.

    The points of the calibration are joined by straight lines.
    """
    if kind is Kind.ORGANISATION:
        return None
    chance = person if kind is Kind.PERSON else place
    points = _CALIBRATION[kind.value]
    below = points[0]
    for above in points[1:]:
        if chance <= above[0]:
            share = (chance - below[0]) / (above[0] - below[0])
            return round(below[1] + max(share, 0.0) * (above[1] - below[1]), 4)
        below = above
    return points[-1][1]
