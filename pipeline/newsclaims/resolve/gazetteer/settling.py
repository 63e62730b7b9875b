"""From the scored senses of an article's names to its rows: what is sure, what is one place."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.finds import Name
from newsclaims.resolve.gazetteer.entries import Entry
from newsclaims.resolve.gazetteer.ranking import Scored, distance_km, margin
from newsclaims.resolve.gazetteer.senses import Reading
from newsclaims.resolve.gazetteer.sites import is_road, is_site
from newsclaims.resolve.gazetteer.toponyms import Toponym
from newsclaims.schema import PlaceKind

# Below either, a name stays unresolved. Chosen where development data lose least: see the curve in
# docs/places.md.
LEAST_SCORE = 4.0
LEAST_MARGIN = 0.2
# An article is about a town when this share of its mentions of towns lie within this distance.
_MOST = 0.4
_AROUND_KM = 100.0
_TOWNS = frozenset({"city", "admin2"})
# Readings in which the written name is the entry's own; the others name a site or part of it.
_NAMES_THE_ENTRY = frozenset(
    {Reading.NAME, Reading.FORM, Reading.POSTAL, Reading.BARE, Reading.OWN}
)
_KINDS: Mapping[Reading, PlaceKind] = MappingProxyType(
    {Reading.PART: "region", Reading.SITE: "feature", Reading.IN_TOWN: "feature"}
)


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


class _Found(NamedTuple):
    """What a toponym was found to mean; the score is null for a site placed by its town."""

    entry: Entry
    reading: Reading
    score: float | None = None
    margin: float | None = None


def settle(toponyms: Sequence[Toponym], ranked: Sequence[Sequence[Scored]]) -> list[ResolvedPlace]:
    """One row a place, by first mention; names of one entry share a row."""
    found = [_sure(row) for row in ranked]
    setting = _setting(toponyms, found)
    groups: dict[tuple[Reading | None, int], list[int]] = {}
    for number, toponym in enumerate(toponyms):
        if found[number] is None and is_site(toponym.text):
            found[number] = _placed(toponym, found, setting)
        what = found[number]
        if what is not None and what.reading in _NAMES_THE_ENTRY:
            groups.setdefault((None, what.entry.id), []).append(number)
        else:
            groups[Reading.NAME, number] = [number]
    return [_row([toponyms[n] for n in group], found[group[0]]) for group in groups.values()]


def _sure(ranked: Sequence[Scored]) -> _Found | None:
    if not ranked:
        return None
    best, ahead = ranked[0], margin(ranked)
    if best.sense.reading is not Reading.OWN and (best.score < LEAST_SCORE or ahead < LEAST_MARGIN):
        return None
    return _Found(best.sense.entry, best.sense.reading, best.score, ahead)


def _setting(toponyms: Sequence[Toponym], found: Sequence[_Found | None]) -> Entry | None:
    """The town that an article is about: most mentions of towns lie around it, or none is so."""
    towns = [
        (what.entry, len(toponym.mentions))
        for toponym, what in zip(toponyms, found, strict=True)
        if what is not None
        and what.entry.kind in _TOWNS
        and what.reading in _NAMES_THE_ENTRY
        and not is_road(toponym.text)  # a quarter named so, or a square that no list has
    ]
    if not towns:
        return None
    around = [
        sum(times for other, times in towns if distance_km(town, other) < _AROUND_KM)
        for town, _ in towns
    ]
    best = max(range(len(towns)), key=lambda n: (around[n], towns[n][1], -n))
    whole = sum(times for _, times in towns)
    return towns[best][0] if around[best] >= _MOST * whole else None


def _placed(
    toponym: Toponym, found: Sequence[_Found | None], setting: Entry | None
) -> _Found | None:
    """A street or building lies in the town that follows it, else in the article's own town."""
    for holder in toponym.holders:
        what = found[holder]
        if what is not None and what.entry.kind in _TOWNS:
            return _Found(what.entry, Reading.IN_TOWN)
    return _Found(setting, Reading.IN_TOWN) if setting is not None else None


def _row(toponyms: Sequence[Toponym], what: _Found | None) -> ResolvedPlace:
    mentions = sorted(mention for toponym in toponyms for mention in toponym.mentions)
    fullest = max(mentions, key=lambda mention: (mention.end - mention.start, -mention.start))
    if what is None:
        return ResolvedPlace(fullest, tuple(mentions))
    entry = what.entry
    itself = what.reading in _NAMES_THE_ENTRY
    return ResolvedPlace(
        name=fullest,
        mentions=tuple(mentions),
        geonameid=entry.id if itself and entry.id > 0 else None,
        kind=entry.kind if itself else _KINDS[what.reading],
        country=entry.country,
        latitude=round(entry.latitude, 4),
        longitude=round(entry.longitude, 4),
        score=None if what.score is None else round(what.score, 4),
        margin=None if what.margin is None else round(what.margin, 4),
        rule=what.reading.value,
    )
