"""Names of roads, buildings, waters and heights, told by the word for their kind."""

import re
from functools import cache

from newsclaims.resolve.gazetteer.names import any_of


def namesake(name: str) -> str | None:
    """The town that a site may be named after: "Oslo Cathedral" -> "Oslo"; None for other names."""
    match = _namesake_pattern().fullmatch(name)
    return (match["before"] or match["after"]) if match else None


def is_site(name: str) -> bool:
    """Whether the name says that it is a road, a building, a water or a height."""
    return _site_pattern().fullmatch(name) is not None


def is_road(name: str) -> bool:
    """Whether the name says that it is a road or a square."""
    return _road_pattern().fullmatch(name) is not None


@cache
def _road_pattern() -> re.Pattern[str]:
    return re.compile(rf".+[ -](?:{any_of('roads')})", re.IGNORECASE)


@cache
def _namesake_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>.+?) (?:{any_of('named_after_town')})"
        rf"|(?:{any_of('before_town')}) (?P<after>.+)"
    )


@cache
def _site_pattern() -> re.Pattern[str]:
    kinds = any_of("roads", "buildings", "waters_and_heights")
    return re.compile(rf"(?:.+[ -])?(?:{kinds})|(?:{any_of('before_name')}) .+", re.IGNORECASE)
