"""What a written name may mean: its places, each with the score that the name alone gives it."""

import math
import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.own import PLACES_RULE
from newsclaims.resolve.gazetteer.entries import Entry
from newsclaims.resolve.gazetteer.names import any_of
from newsclaims.resolve.gazetteer.sites import namesake
from newsclaims.resolve.gazetteer.store import Bearer

# What a name that is not the place's own takes from its prior, by `Naming`. The aliases of
# divisions are few and good.
_PENALTIES = MappingProxyType({"city": (0.0, 0.5, 3.0), "division": (0.0, 0.3, 0.7)})
# The name of a country means it, whatever village bears it too; even more so the name of an ocean
# or another region that all readers know.
_FIRST_MEANING = MappingProxyType({"country": 1.5, "region": 2.5, "feature": 2.5})
_KNOWN_TO_ALL = 8.0  # the prior of rank 1 in regions.tsv
# What it costs when only a part of the written name is the name of a place.
_PARTIAL = 1.0


class Reading(StrEnum):
    """How a written name leads to an entry; the value is the rule that a row names."""

    NAME = "name"
    FORM = "abbreviation"
    POSTAL = "postal-code"
    BARE = "name-without-kind"  # "Sokoto State" -> Sokoto
    PART = "part-of"  # "southern Chile" -> somewhere in Chile
    SITE = "site-named-after"  # "Oslo Cathedral" -> in Oslo
    IN_TOWN = "site-in-town"  # "Mill Lane", in an article about one town
    OWN = PLACES_RULE  # a row of the user's places.csv


class Sense(NamedTuple):
    """One entry that a name may mean.

    `prior` is how well known the place is under this name, `base` the score before the article is
    read; `division` is the first-order division that the
    entry is or lies in; `cosine` is that of its latitude.
    """

    entry: Entry
    prior: float
    base: float
    reading: Reading
    division: int
    cosine: float


Lookup = Callable[[str], tuple[Bearer, ...]]

# Shorter words in capitals are codes ("MAN") unless the list of abbreviations has them.
_SHORTEST_CAPITALS = 4


def senses_of(name: str, lookup: Lookup) -> tuple[Sense, ...]:
    """The senses of `name`, the likeliest first; none when no place is named so.

    The name as it stands comes first; only when no place bears it, its parts are looked up. A final
    point that belongs to no abbreviation is the sentence's.
    """
    if name.endswith("."):
        if any(bearer.form for bearer in lookup(name)):
            return _named(name, lookup)
        name = name[:-1]
    patterns = _patterns()
    if patterns.nameless.fullmatch(name):
        return ()
    if found := _named(name, lookup):
        return found
    if (bare := without_kind(name)) and (found := _partial(bare, lookup, Reading.BARE)):
        return found
    if (match := patterns.part.fullmatch(name)) and (
        found := _partial(match["whole"], lookup, Reading.PART)
    ):
        return found
    if (town := namesake(name)) is not None:
        return _partial(town, lookup, Reading.SITE)
    return ()


def without_kind(name: str) -> str | None:
    """The name of a division or settlement without the word for its kind, where it has one."""
    match = _patterns().with_kind.fullmatch(name)
    return (match["before"] or match["after"]) if match else None


class _Patterns(NamedTuple):
    nameless: re.Pattern[str]
    with_kind: re.Pattern[str]
    part: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    def pattern(body: str) -> re.Pattern[str]:
        return re.compile(rf"(?:the )?(?:{body})", re.IGNORECASE)

    compass = any_of("compass", "part_before_name")
    after, before = any_of("kind_after_name"), any_of("kind_before_name")
    return _Patterns(
        pattern(rf"{compass}|{any_of('no_name_alone')}"),
        pattern(rf"(?P<before>.+?),? (?:{after})|(?:{before}) (?:the )?(?P<after>.+)"),
        pattern(rf"(?:(?:{compass})[ -])+(?P<whole>.+)"),
    )


def own_sense(entry: Entry) -> Sense:
    """The one sense of a name that the user has listed."""
    return Sense(entry, entry.prior, entry.prior, Reading.OWN, _division(entry), _cosine(entry))


def _named(name: str, lookup: Lookup) -> tuple[Sense, ...]:
    bearers = lookup(name)
    if len(name) < _SHORTEST_CAPITALS and name.isupper():  # "MAN", "IS" are words or codes
        bearers = tuple(c for c in bearers if c.form)
    return tuple(sorted((_sense(bearer) for bearer in bearers), key=_likeliest_first))


def _sense(bearer: Bearer) -> Sense:
    entry = bearer.entry
    penalty = _PENALTIES["city" if entry.kind == "city" else "division"][bearer.naming]
    reading = Reading.NAME
    if bearer.form:
        reading = Reading.POSTAL if bearer.postal else Reading.FORM
    prior = entry.prior - penalty
    return Sense(
        entry, prior, prior + _first_meaning(entry), reading, _division(entry), _cosine(entry)
    )


def _first_meaning(entry: Entry) -> float:
    if entry.kind == "country" or entry.prior >= _KNOWN_TO_ALL:
        return _FIRST_MEANING.get(entry.kind, 0.0)
    return 0.0


def _partial(name: str, lookup: Lookup, reading: Reading) -> tuple[Sense, ...]:
    return tuple(
        sense._replace(base=sense.base - _PARTIAL, reading=reading)
        for sense in _named(name, lookup)
        if reading is not Reading.SITE or sense.entry.kind in {"city", "admin2", "admin1"}
    )


def _division(entry: Entry) -> int:
    return entry.id if entry.kind == "admin1" else entry.admin1


def _cosine(entry: Entry) -> float:
    return math.cos(math.radians(entry.latitude))


def _likeliest_first(sense: Sense) -> tuple[float, int]:
    return (-sense.base, sense.entry.id)
