"""The weight of each piece of evidence and the calibration, read once from ``weights.toml``."""

import math
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.finds import Kind


class Weight(NamedTuple):
    """Log-odds of person and of place against neither, and of organisation in what is neither."""

    person: float
    place: float
    organisation: float = 0.0


class Chances(NamedTuple):
    """How likely a candidate names a person, a place or an organisation."""

    person: float
    place: float
    organisation: float

    def of(self, kind: Kind) -> float:
        """The chance of one kind."""
        return float(getattr(self, kind.value))


_DATA = tomllib.loads(
    resources.files("newsclaims").joinpath("extract/names/weights.toml").read_text(encoding="utf-8")
)
_BODIES: Mapping[str, float] = _DATA["organisation"]
_PAIRS: Mapping[str, tuple[float, float]] = _DATA["weights"]
WEIGHTS: Mapping[str, Weight] = MappingProxyType(
    {
        name: Weight(person, place, _BODIES.get(name, 0.0))
        for name in dict.fromkeys([*_PAIRS, *_BODIES])
        for person, place in [_PAIRS.get(name, (0.0, 0.0))]
    }
)
_CALIBRATION: Mapping[str, tuple[float, float]] = _DATA["calibration"]
# Chances so near to 0 or 1 are told apart by nothing that was measured.
_SUREST = 1e-4


def confidence(kind: Kind, chances: Chances) -> float:
    """The measured share of right mentions at these chances."""
    intercept, slope = _CALIBRATION[kind.value]
    chance = min(max(chances.of(kind), _SUREST), 1 - _SUREST)
    log_odds = intercept + slope * math.log(chance / (1 - chance))
    return round(1 / (1 + math.exp(-log_odds)), 4)
