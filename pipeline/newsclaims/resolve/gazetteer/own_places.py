"""The user's own places: a CSV file whose rows win over the gazetteer."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, get_args

from newsclaims.errors import UsageError
from newsclaims.resolve.gazetteer.entries import Entry
from newsclaims.resolve.gazetteer.names import key_of
from newsclaims.schema import PlaceKind

NEEDED = ("name", "latitude", "longitude", "kind")
_KINDS = get_args(PlaceKind)
# What the user lists is known to the user: as strong as a large country, and context for others.
_PRIOR = 8.0
# Ids below those of our own tables, which count down from -1.
_FIRST_ID = -1_000_000


class OwnPlace(NamedTuple):
    """One row of ``places.csv``; `country` is an ISO 3166 code of two letters, or None."""

    name: str
    latitude: float
    longitude: float
    kind: PlaceKind
    country: str | None = None


def read_own_places(path: Path) -> list[OwnPlace]:
    """The rows of a CSV file with the columns name, latitude, longitude, kind, and maybe country.

    Raises:
        UsageError: the file cannot be read, lacks a column, or has a bad line; names file and line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(_read(csv.DictReader(lines), str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error


def own_entries(places: Iterable[OwnPlace]) -> dict[str, Entry]:
    """The entries of the user's places by the keys of their names."""
    return {
        key_of(place.name) or place.name: Entry(
            _FIRST_ID - number,
            place.name,
            place.kind,
            place.country,
            0,
            0,
            place.latitude,
            place.longitude,
            0,
            _PRIOR,
        )
        for number, place in enumerate(places)
    }


def _read(reader: "csv.DictReader[str]", path: str) -> Iterator[OwnPlace]:
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(
            f"{path}, line 1: no column {missing[0]!r}; the columns are "
            f"{', '.join(reader.fieldnames or ()) or 'none'}"
        )
    seen: dict[str, int] = {}
    for row in reader:
        try:
            place = _place(row)
            key = key_of(place.name) or place.name
            if key in seen:
                raise ValueError(f"{place.name!r} stands on line {seen[key]} too")
        except ValueError as error:
            raise UsageError(f"{path}, line {reader.line_num}: {error}") from error
        seen[key] = reader.line_num
        yield place


def _place(row: Mapping[str, str | None]) -> OwnPlace:
    cells = {column: (row.get(column) or "").strip() for column in (*NEEDED, "country")}
    if not cells["name"]:
        raise ValueError("the name is empty")
    kind: PlaceKind | None = next((kind for kind in _KINDS if kind == cells["kind"]), None)
    if kind is None:
        raise ValueError(f"kind {cells['kind']!r} is none of {', '.join(_KINDS)}")
    country = cells["country"].upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ValueError(f"country {cells['country']!r} is no ISO code of two letters")
    return OwnPlace(
        cells["name"],
        _degrees("latitude", cells["latitude"], 90),
        _degrees("longitude", cells["longitude"], 180),
        kind,
        country or None,
    )


def _degrees(column: str, cell: str, limit: int) -> float:
    try:
        degrees = float(cell)
    except ValueError:
        degrees = float("nan")
    if not -limit <= degrees <= limit:
        raise ValueError(f"{column} {cell!r} is no number from -{limit} to {limit}")
    return degrees
