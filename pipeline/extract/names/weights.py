"""The weight of each piece of evidence, read once from ``weights.toml``."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple


class Weight(NamedTuple):
    """Log-odds of "person" and of "place" against "neither"."""

    person: float
    place: float


def _read() -> Mapping[str, Weight]:
    source = resources.files("pipeline").joinpath("extract/names/weights.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))["weights"]
    return MappingProxyType({name: Weight(*pair) for name, pair in data.items()})


WEIGHTS = _read()
