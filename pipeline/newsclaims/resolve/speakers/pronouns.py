"""Sources that are pronouns: the person or body in focus."""

from itertools import islice

from newsclaims.extract.finds import Offsets
from newsclaims.resolve.speakers.names import is_own
from newsclaims.resolve.speakers.scene import Scene, Speaker, within

_UNRESOLVED = Speaker(None, "pronoun unresolved")


def person(scene: Scene, source: Offsets, gender: str) -> Speaker:
    """Who spoke or was named first in the nearest sentence that has one of this gender."""
    for sentence in scene.back(source.start):
        spoke = scene.spoke.get(sentence, ())
        named = [mark.row for mark in scene.focus.get(sentence, ()) if mark.start < source.start]
        for row in (*reversed(spoke), *named):
            if scene.fits(row, gender):
                scene.genders.setdefault(row, gender)
                return Speaker(row, "pronoun")
    if (known := scene.references.get(source.start)) is not None:
        return Speaker(known.row, "pronoun")
    return _misjudged(scene, source) or _UNRESOLVED


def _misjudged(scene: Scene, source: Offsets) -> Speaker | None:
    """The only person of the last sentences, whose given name told another gender."""
    for sentence in islice(scene.back(source.start), 2):
        people = scene.people_of(sentence, source.start)
        if people:
            return Speaker(people[0], "pronoun") if len(people) == 1 else None
    return None


def thing(scene: Scene, source: Offsets, *, plural: bool) -> Speaker:
    """The body that spoke or was named last, for "it"; for "they" only one that spoke."""
    for sentence in scene.back(source.start):
        spoke = scene.spoke.get(sentence)
        if spoke:
            body = spoke[-1].startswith("organisation" if plural else ("organ", "place"))
            return Speaker(spoke[-1], "pronoun") if body else _UNRESOLVED
        begin, end = scene.bounds(sentence)
        named = [
            mark.row
            for mark in within(scene.bodies, Offsets(begin, min(end, source.start)))
            if mark.row.startswith("organ") and is_own(scene, Offsets(begin, mark.end), mark)
        ]
        if named and not plural:
            return Speaker(named[0], "pronoun")
    return _UNRESOLVED
