"""Place mentions + their neighbours -> one gazetteer entry each, or none."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

from spacy.tokens import Doc

from pipeline.extract.finds import Name
from pipeline.records import PlaceKind
from pipeline.resolve.gazetteer.compile import GazetteerError, compiled
from pipeline.resolve.gazetteer.store import Store

__all__ = ["Gazetteer", "GazetteerError", "ResolvedPlace"]

# What an alternate name takes from the prior: GeoNames gives New Providence the name of Turkey.
_ALTERNATE = 2.5
# The prior of the largest country, and the one below which a place is known to its neighbours only.
_LARGEST = 10.0
_SMALLEST = 2.5


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

    def __init__(self, store: Store | None = None) -> None:
        self._store = store or Store(compiled())

    @classmethod
    def open(cls, cache_dir: Path | None = None) -> Self:
        """The gazetteer, compiled into `cache_dir` (the user's cache folder) on first use."""
        return cls(Store(compiled(cache_dir)))

    def prominence(self, name: str) -> float:
        """0.0 when no place bears the name, up to 1.0 for a large country."""
        best = max(
            (
                candidate.entry.prior - _ALTERNATE * candidate.alternate
                for candidate in self._store.named(name)
                if not candidate.postal
            ),
            default=0.0,
        )
        return round(min(max((best - _SMALLEST) / (_LARGEST - _SMALLEST), 0.0), 1.0), 4)

    def resolve(self, doc: Doc, places: Sequence[Name]) -> list[ResolvedPlace]:
        """The places of one article, by first mention."""
        rows: dict[str, list[Name]] = {}
        for name in places:
            rows.setdefault(doc.text[name.start : name.end], []).append(name)
        return [ResolvedPlace(mentions[0], tuple(mentions)) for mentions in rows.values()]
