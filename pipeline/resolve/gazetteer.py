"""Place mentions + their neighbours -> one gazetteer entry each, or none."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.finds import Name
from pipeline.records import PlaceKind


class ResolvedPlace(NamedTuple):
    """All mentions of one place of the article, and its gazetteer entry where one is sure."""

    name: Name
    mentions: tuple[Name, ...]
    geonameid: int | None = None
    kind: PlaceKind | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    score: float | None = None
    margin: float | None = None
    rule: str | None = None


class Gazetteer:
    """Places of the world by name."""

    def prominence(self, name: str) -> float:
        """0.0 when no place bears the name, up to 1.0 for a large country."""
        return 0.0

    def resolve(self, doc: Doc, places: Sequence[Name]) -> list[ResolvedPlace]:
        """The places of one article, by first mention."""
        return [ResolvedPlace(name, (name,)) for name in places]
