"""What a place of the gazetteer is, and the collection that is compiled."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from newsclaims.resolve.gazetteer.names import is_shortened, is_trap, is_variant, key_of, spellings
from newsclaims.schema import PlaceKind


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


class Form(NamedTuple):
    """A form of a name that is compared as written; a postal code may be a word as well."""

    form: str
    entry: int
    postal: bool


class Cue(NamedTuple):
    """A word that tells where a text is set: a country, a division, or the people of one."""

    word: str
    entry: int


@dataclass(slots=True)
class Places:
    """Entries by id, how each bears which key, forms compared as written, and cues."""

    entries: dict[int, Entry] = field(default_factory=dict)
    names: dict[tuple[str, int], Naming] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    def add(self, entry: Entry, alternates: Iterable[str] = ()) -> None:
        """Take in a place under its own name and those alternate names that are no codes."""
        self.entries[entry.id] = entry
        for name in spellings(entry.name):
            self.name(entry.id, name, Naming.OWN)
        own = key_of(entry.name) or ""
        for name in alternates:
            key = key_of(name)
            if key is not None and not is_trap(name):
                self._bear(key, entry.id, _naming(key, own))

    def name(self, entry: int, name: str, naming: Naming) -> None:
        """Let an entry bear one more name."""
        if (key := key_of(name)) is not None:
            self._bear(key, entry, naming)

    def _bear(self, key: str, entry: int, naming: Naming) -> None:
        self.names[key, entry] = min(self.names.get((key, entry), naming), naming)


def _naming(key: str, own: str) -> Naming:
    if key == own or is_shortened(key, own):
        return Naming.OWN
    return Naming.VARIANT if is_variant(key, own) else Naming.OTHER
