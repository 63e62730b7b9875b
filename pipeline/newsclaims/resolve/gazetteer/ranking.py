"""Chooses among the senses of all names of an article together: places support each other.

A sense is scored by what its name alone says (`Sense.base`), by the other places of the article
(same country, same division, near by), and by the place that it is said to lie in ("X, Y"). Each
name's senses are weighed by their scores, and these weights support the senses of other names in
the next round. Numbers were chosen on development data (TR-News, LGL, GeoWebNews); moving one of
them by a third changes accuracy there by less than one per cent.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsclaims.resolve.gazetteer.entries import Entry, holds
from newsclaims.resolve.gazetteer.senses import Sense
from newsclaims.resolve.gazetteer.toponyms import Toponym

# Softmax temperature of each round: first open, then decided.
_TEMPERATURES = (1.2, 0.9, 0.6)
# Support by another place of the article.
_SAME_COUNTRY = 0.05
_SAME_DIVISION = 0.25
_NEAR = 2.0
_NEAR_KM = 40.0  # at this distance half the support is left
_FAR_DEGREES = 4.0  # of latitude: beyond it nearness gives next to nothing
# A metropolis stands for its government, markets and press as often as for its surroundings.
_METROPOLIS = 6.5  # from this prior on: three million people, or a capital
_OF_METROPOLIS = 0.5
# How often a place is mentioned: the support of n mentions is 1 + _REPEATED * ln n.
_REPEATED = 0.6
# A town inside another name, against a place mentioned once.
_INNER = 0.8
# What a demonym shows of its country, and a division's name inside another name of both, against
# a place mentioned once.
_COUNTRY_CUE = 2.0
_DIVISION_CUE = 3.0
# All support together moves a score by at most this, half of it at the support below: a village
# that three neighbours support beats a namesake up to a thousand times its size.
_MOST_SUPPORT = 7.0
_HALF_SUPPORT = 0.7
# "X, Y": X lies in Y, and Y holds X. The other's weight counts by its root: that the two fit says
# much even where neither is the likeliest sense of its name.
_HELD = 3.0
_HOLDS = 2.4
# Senses that start further behind the best than all support can make up are not considered.
_HOPELESS = 6.0
_LEAST_WEIGHT = 0.03
# Senses of one name this near each other are one place for the margin: a city and its district.
_SAME_SPOT_KM = 100.0
_KM_PER_DEGREE = 111.32


class Scored(NamedTuple):
    """A sense with its score in this article, and the part of it that other places gave."""

    sense: Sense
    score: float
    support: float


class _Weighed(NamedTuple):
    """A sense with its share of its name's weight."""

    weight: float
    sense: Sense


def rank(toponyms: Sequence[Toponym], cues: Sequence[Entry] = ()) -> list[list[Scored]]:
    """The scored senses of each toponym, the best first; equal scores go to the lower id."""
    rows = [_hopeful(toponym.senses) for toponym in toponyms]
    scored = [[Scored(sense, sense.base, 0.0) for sense in row] for row in rows]
    shown_by_cues = _shown(cues)
    for temperature in _TEMPERATURES:
        weighed = [_weigh(row, temperature) for row in scored]
        field = _Field(toponyms, weighed, shown_by_cues)
        scored = [
            [_score(sense, number, field) for sense in row] for number, row in enumerate(rows)
        ]
    return [sorted(row, key=_best_first) for row in scored]


def margin(ranked: Sequence[Scored]) -> float:
    """How far the first sense is ahead of the next one that lies elsewhere."""
    first = ranked[0]
    for other in ranked[1:]:
        if distance_km(first.sense.entry, other.sense.entry) > _SAME_SPOT_KM:
            return first.score - other.score
    return _HOPELESS


def _hopeful(senses: Sequence[Sense]) -> list[Sense]:
    best = max((sense.base for sense in senses), default=0.0)
    return [sense for sense in senses if sense.base > best - _HOPELESS]


def _shown(cues: Sequence[Entry]) -> dict[object, float]:
    """The weight that cues give to each country (by code) and division (by id)."""
    shown: dict[object, float] = defaultdict(float)
    for entry in cues:
        if entry.kind == "admin1":
            shown[entry.country] += _DIVISION_CUE
            shown[entry.id] += _DIVISION_CUE
        else:
            shown[entry.country] += _COUNTRY_CUE
    return shown


# A place that a name may mean: the name's number, the place's weight, latitude, longitude.
_Point = tuple[int, float, float, float]


class _Field:
    """What the names of an article, weighed, say about where it is set."""

    def __init__(
        self,
        toponyms: Sequence[Toponym],
        weighed: Sequence[Sequence[_Weighed]],
        cues: Mapping[object, float],
    ) -> None:
        self.weighed = weighed
        self.holders = [toponym.holders for toponym in toponyms]
        self.held: list[list[int]] = [[] for _ in toponyms]
        for number, holders in enumerate(self.holders):
            for holder in holders:
                self.held[holder].append(number)
        self.stems = [toponym.stem for toponym in toponyms]
        self.namesakes: dict[str, list[int]] = defaultdict(list)
        for number, stem in enumerate(self.stems):
            self.namesakes[stem].append(number)
        self.strength = [_strength(toponym) for toponym in toponyms]
        self.shown_by = [_shares(row) for row in weighed]
        self.shown: dict[object, float] = defaultdict(float, cues)
        for strength, shares in zip(self.strength, self.shown_by, strict=True):
            for area, share in shares.items():
                self.shown[area] += strength * share
        points = [
            (
                number,
                strength * weight * _locality(sense),
                sense.entry.latitude,
                sense.entry.longitude,
            )
            for number, (strength, row) in enumerate(zip(self.strength, weighed, strict=True))
            for weight, sense in row
            if sense.entry.kind != "country"
        ]
        self._points = sorted(points, key=_latitude)
        self._latitudes = [_latitude(point) for point in self._points]

    def area(self, area: object, number: int) -> float:
        """How strongly names of other stems than `number`'s point to a country or division."""
        if not area:
            return 0.0
        own = sum(
            self.strength[same] * self.shown_by[same].get(area, 0.0)
            for same in self.namesakes[self.stems[number]]
        )
        return self.shown.get(area, 0.0) - own

    def near(self, sense: Sense, number: int) -> float:
        """How strongly names of other stems than `number`'s point to a place near `sense`."""
        stem = self.stems[number]
        best: dict[int, float] = {}
        here, there, cosine = sense.entry.latitude, sense.entry.longitude, sense.cosine
        low = bisect_right(self._latitudes, here - _FAR_DEGREES)
        high = bisect_left(self._latitudes, here + _FAR_DEGREES)
        # In the order of the names, so that sums are rounded alike wherever their places lie.
        for other, weight, latitude, longitude in sorted(self._points[low:high]):
            if self.stems[other] == stem:
                continue
            north = latitude - here
            east = (longitude - there) * cosine
            value = weight / (1 + (north * north + east * east) * _PER_SQUARE_DEGREE)
            if value > best.get(other, 0.0):
                best[other] = value
        return sum(best.values())


def _latitude(point: _Point) -> float:
    return point[2]


_PER_SQUARE_DEGREE = (_KM_PER_DEGREE / _NEAR_KM) ** 2


def _strength(toponym: Toponym) -> float:
    times = len(toponym.mentions)
    return 1 + _REPEATED * math.log(times) if times else _INNER


def _locality(sense: Sense) -> float:
    """How much a place says about what else is near it."""
    entry = sense.entry
    return _OF_METROPOLIS if entry.kind == "city" and entry.prior > _METROPOLIS else 1.0


def _shares(row: Sequence[_Weighed]) -> dict[object, float]:
    shares: dict[object, float] = defaultdict(float)
    for weight, sense in row:
        if sense.entry.country:
            shares[sense.entry.country] += weight
        if sense.division:
            shares[sense.division] += weight * _locality(sense)
    return shares


def _score(sense: Sense, number: int, field: _Field) -> Scored:
    support = _SAME_COUNTRY * field.area(sense.entry.country, number)
    support += _SAME_DIVISION * field.area(sense.division, number)
    if sense.entry.kind != "country":
        support += _NEAR * field.near(sense, number)
    gain = _MOST_SUPPORT * support / (support + _HALF_SUPPORT)
    gain += _HELD * max(
        (
            math.sqrt(weight) * holds(holder.entry, sense.entry)
            for other in field.holders[number]
            for weight, holder in field.weighed[other]
        ),
        default=0.0,
    )
    gain += _HOLDS * max(
        (
            math.sqrt(weight) * holds(sense.entry, held.entry)
            for other in field.held[number]
            for weight, held in field.weighed[other]
        ),
        default=0.0,
    )
    return Scored(sense, sense.base + gain, gain)


def _weigh(row: Sequence[Scored], temperature: float) -> list[_Weighed]:
    """The softmax of a name's scores, without the senses that it leaves next to nothing."""
    if not row:
        return []
    best = max(scored.score for scored in row)
    powers = [math.exp((scored.score - best) / temperature) for scored in row]
    total = sum(powers)
    return [
        _Weighed(power / total, scored.sense)
        for power, scored in zip(powers, row, strict=True)
        if power / total > _LEAST_WEIGHT
    ]


def distance_km(one: Entry, other: Entry) -> float:
    """The distance on a flat map around `one`: exact enough below some hundred kilometres."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return _KM_PER_DEGREE * math.hypot(north, east)


def _best_first(scored: Scored) -> tuple[float, int]:
    return (-scored.score, scored.sense.entry.id)
