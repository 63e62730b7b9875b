"""The weight of each piece of evidence and the calibration, read once from ``weights.toml``."""

import math
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.finds import Kind


class Weight(NamedTuple):
    """Log-odds of "person" and of "place" against "neither"."""

    person: float
    place: float


_DATA = tomllib.loads(
    resources.files("newsclaims").joinpath("extract/names/weights.toml").read_text(encoding="utf-8")
)
WEIGHTS: Mapping[str, Weight] = MappingProxyType(
    {name: Weight(*pair) for name, pair in _DATA["weights"].items()}
)
_CALIBRATION: Mapping[str, tuple[float, float]] = _DATA["calibration"]
# Chances so near to 0 or 1 are told apart by nothing that was measured.
_SUREST = 1e-4


def confidence(kind: Kind, person: float, place: float) -> float | None:
    """The measured share of right mentions at these chances, or None for organisations."""
    if kind is Kind.ORGANISATION:
        return None
    intercept, slope = _CALIBRATION[kind.value]
    chance = min(max(person if kind is Kind.PERSON else place, _SUREST), 1 - _SUREST)
    log_odds = intercept + slope * math.log(chance / (1 - chance))
    return round(1 / (1 + math.exp(-log_odds)), 4)
