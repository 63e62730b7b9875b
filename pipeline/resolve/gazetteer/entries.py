"""What a place of the gazetteer is."""

from enum import IntEnum
from typing import NamedTuple

from pipeline.records import PlaceKind


class Entry(NamedTuple):
    """One place. Ids are GeoNames ids; places that GeoNames' packages lack have negative ones.

    `country` is an ISO 3166 code of two letters, `admin1` and `admin2` are the ids of the divisions
    that hold the place, or 0. `prior` is how likely a name means this place when nothing else is
    known, on the scale of log10 of a population.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str | None
    admin1: int
    admin2: int
    latitude: float
    longitude: float
    population: int
    prior: float


class Naming(IntEnum):
    """How a place bears a name: GeoNames lists every spelling in every language and time."""

    OWN = 0
    VARIANT = 1  # another spelling of its own name: "Idlib", "Edlib"
    OTHER = 2  # another name: New Providence was once Turkey


class Named(NamedTuple):
    """A name of a place and how it bears it."""

    name: str
    entry: int
    naming: Naming


class Form(NamedTuple):
    """A form of a name that is compared as written; a postal code may be a word as well."""

    form: str
    entry: int
    postal: bool


class Cue(NamedTuple):
    """A word that tells where a text is set: a country, a division, or the people of one."""

    word: str
    entry: int
