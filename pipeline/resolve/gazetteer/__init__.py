"""Place mentions + their neighbours -> one gazetteer entry each, or none.

`compile` makes the gazetteer of `sources` once; `store` reads it; `senses` tells what a name may
mean, `toponyms` and `cues` what an article holds, `ranking` weighs it, `settling` decides.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

from spacy.tokens import Doc

from pipeline.extract.finds import Name
from pipeline.resolve.gazetteer.compile import GazetteerError, compiled
from pipeline.resolve.gazetteer.cues import CueReader
from pipeline.resolve.gazetteer.ranking import rank
from pipeline.resolve.gazetteer.senses import Reading, Sense, senses_of
from pipeline.resolve.gazetteer.settling import ResolvedPlace, settle
from pipeline.resolve.gazetteer.store import Store
from pipeline.resolve.gazetteer.toponyms import group

__all__ = ["Gazetteer", "GazetteerError", "ResolvedPlace"]

# The score of the largest country, and the one of a hamlet: prominence is the share in between.
_LARGEST = 10.0
_SMALLEST = 2.5
# Names remembered by each process: news repeats its places, and this many take a few megabytes.
_REMEMBERED = 4096


class Gazetteer:
    """Places of the world by name."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store or Store(compiled())
        self._cues = CueReader(self._store.cues())
        self._senses = lru_cache(_REMEMBERED)(self._senses_of)

    @classmethod
    def open(cls, cache_dir: Path | None = None) -> Self:
        """The gazetteer, compiled into `cache_dir` (the user's cache folder) on first use."""
        return cls(Store(compiled(cache_dir)))

    def _senses_of(self, name: str) -> tuple[Sense, ...]:
        return senses_of(name, self._store.named)

    def prominence(self, name: str) -> float:
        """0.0 when no place bears the name, up to 1.0 for a large country."""
        senses = self._senses(name)
        best = max((s.base for s in senses if s.reading is not Reading.POSTAL), default=0.0)
        return round(min(max((best - _SMALLEST) / (_LARGEST - _SMALLEST), 0.0), 1.0), 4)

    def resolve(self, doc: Doc, places: Sequence[Name]) -> list[ResolvedPlace]:
        """The places of one article, by first mention."""
        toponyms = group(doc.text, places, self._senses)
        if not toponyms:
            return []
        taken = [(name.start, name.end) for name in places]
        taken += [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"]
        return settle(toponyms, rank(toponyms, self._cues.read(doc.text, taken)))
