"""Place mentions + their neighbours -> one gazetteer entry each, or none.

`compiling` makes the gazetteer of `sources` once: of `packages` and our own `tables`, as `entries`
under keys that `names` makes. `store` reads it; `senses` tells what a name may mean (with `sites`),
`toponyms` and `cues` what an article holds, `ranking` weighs it, `settling` decides, `explaining`
puts that in words. The user's places are in `own_places`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

from newsclaims.attribution import ATTRIBUTION
from newsclaims.extract.finds import Name
from newsclaims.resolve.gazetteer.compiling import GazetteerError, compiled
from newsclaims.resolve.gazetteer.cues import CueReader
from newsclaims.resolve.gazetteer.explaining import Candidate, explained
from newsclaims.resolve.gazetteer.names import key_of
from newsclaims.resolve.gazetteer.own_places import OwnPlace, own_entries, read_own_places
from newsclaims.resolve.gazetteer.ranking import rank
from newsclaims.resolve.gazetteer.senses import Reading, Sense, own_sense, senses_of
from newsclaims.resolve.gazetteer.settling import ResolvedPlace, settle
from newsclaims.resolve.gazetteer.store import Store
from newsclaims.resolve.gazetteer.toponyms import group, inner, of_names
from newsclaims.text.tokens import Tokens

__all__ = [
    "ATTRIBUTION",
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "OwnPlace",
    "ResolvedPlace",
    "read_own_places",
]

# The score of the largest country, and the one of a hamlet: prominence is the share in between.
_LARGEST = 10.0
_SMALLEST = 2.5
_BORNE = frozenset({Reading.NAME, Reading.FORM, Reading.OWN})
# Names remembered by each process: news repeats its places, and this many take a few megabytes.
_REMEMBERED = 4096


class Gazetteer:
    """Places of the world by name.

    Args:
        store: a compiled gazetteer; the one in the user's cache folder when None.
        extra: the user's own places, which win over the gazetteer.
    """

    def __init__(self, store: Store | None = None, *, extra: Iterable[OwnPlace] = ()) -> None:
        self._store = store or Store(compiled())
        self._own = own_entries(extra)
        self._cues = CueReader(self._store.cues())
        self._senses = lru_cache(_REMEMBERED)(self._senses_of)
        self._prominence = lru_cache(_REMEMBERED)(self._prominence_of)

    @classmethod
    def open(cls, cache_dir: Path | None = None, *, extra: Iterable[OwnPlace] = ()) -> Self:
        """The gazetteer, compiled into `cache_dir` (the user's cache folder) on first use.

        Raises:
            GazetteerError: the folder cannot be written.
        """
        return cls(Store(compiled(cache_dir)), extra=extra)

    def _senses_of(self, name: str) -> tuple[Sense, ...]:
        own = self._own.get(key_of(name) or name)
        return (own_sense(own),) if own else senses_of(name, self._store.named)

    def prominence(self, name: str) -> float:
        """0.0 when no place bears the name, up to 1.0 for a large country.

        Postal codes do not count, nor names of which a place bears a part only.
        """
        return self._prominence(name)

    def _prominence_of(self, name: str) -> float:
        best = max((s.prior for s in self._senses(name) if s.reading in _BORNE), default=0.0)
        return round(min(max((best - _SMALLEST) / (_LARGEST - _SMALLEST), 0.0), 1.0), 4)

    def resolve(
        self, tokens: Tokens, places: Sequence[Name], source: str | None = None
    ) -> list[ResolvedPlace]:
        """The places of one article, by first mention.

        Args:
            tokens: the article's; of its entities only people and organisations are read.
            places: the mentions to resolve, in order.
            source: the publisher's name, which may tell its home: "The Lahore Courier".
        """
        toponyms = group(tokens.text, places, self._senses)
        if not toponyms:
            return []
        spans = [(name.start, name.end) for name in places]
        people = _entities(tokens, "PERSON")
        bodies = [tokens.text[slice(*body)] for body in _outside(_entities(tokens, "ORG"), spans)]
        cues = self._cues.read(tokens.text, [*spans, *people])
        if source:
            bodies.append(source.removeprefix("The "))
            cues += self._cues.read(source, [])
        ranked = rank([*toponyms, *inner(bodies, toponyms, self._senses)], cues)
        return settle(toponyms, ranked[: len(toponyms)])

    def candidates(self, name: str, others: Sequence[str] = ()) -> list[Candidate]:
        """What `name` may mean beside the names of `others`, best first, each with its reasons."""
        toponyms = of_names([name, *others], self._senses)
        return [explained(scored) for scored in rank(toponyms)[0]]


def _entities(tokens: Tokens, label: str) -> list[tuple[int, int]]:
    """The offsets of the model's entities with this label."""
    starts, ends = tokens.starts, tokens.ends
    return [(starts[ent.start], ends[ent.end - 1]) for ent in tokens.entities if ent.label == label]


def _outside(
    bodies: Iterable[tuple[int, int]], spans: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The bodies that share no character with the spans."""
    return [
        body
        for body in bodies
        if not any(start < body[1] and body[0] < end for start, end in spans)
    ]
