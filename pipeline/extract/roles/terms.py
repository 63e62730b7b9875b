"""When a position was held: "from 2019 to 2023", "since March", "until last year"."""

from typing import NamedTuple

from pipeline.extract.roles.scene import Link, Scene
from pipeline.extract.roles.units import Range

_UNTIL = frozenset({"to", "until", "till", "through", "-", "–", "—", "and"})
_DASHES = frozenset({"-", "–", "—"})
_FURTHEST = 3
_CLAUSES = frozenset({"copula", "served-as", "years-as"})


class Term(NamedTuple):
    """The time expressions that bound a term, the words that say so, and whether it has ended."""

    since: Range | None
    until: Range | None
    cue: Range
    over: bool


def term_of(scene: Scene, link: Link) -> Term | None:
    """The term that stands right after a title phrase, or opens the sentence of its clause."""
    units = scene.units
    end = link.post.end
    for unit in range(end, min(end + _FURTHEST, len(units))):
        if units.first[unit] != units.first[end - 1]:
            break
        found = _term_at(scene, unit, past=link.rule == "copula" and not link.status)
        if found is not None:
            return found
        since = _date_at(scene, unit)
        if since is not None and scene.low(since[1]) in _DASHES:
            until = _date_at(scene, since[1] + 1)
            if until is not None:
                return Term(since, until, (since[0], until[1]), over=True)
        if units.low[unit] not in {"(", ",", "again", "there", "twice", "both"}:
            break
    if link.rule in _CLAUSES:
        found = _term_at(scene, units.first[end - 1])
        if found is not None and found.until is not None:
            return found
    return None


def _term_at(scene: Scene, unit: int, *, past: bool = False) -> Term | None:
    """The term that `unit` opens; `past` when the clause is, so that a duration is over."""
    word, cue = scene.low(unit), (unit, unit + 1)
    if word in {"since", "until", "till", "through"}:
        date = _date_at(scene, unit + 1)
        if date is None:
            return None
        if word == "since":
            return Term(date, None, cue, over=False)
        return Term(None, date, cue, over=True)
    if word == "for" and past:
        duration = _date_at(scene, unit + 1)
        return Term(None, None, cue, over=True) if duration else None
    if word not in {"from", "between", "("}:
        return None
    since = _date_at(scene, unit + 1)
    if since is None:
        return None
    if scene.low(since[1]) in _UNTIL:
        until = _date_at(scene, since[1] + 1)
        if until is not None:
            return Term(since, until, cue, over=True)
    ended = scene.low(since[1]) in {"until", "till"}  # "from 2019 until he was expelled"
    return Term(since, None, cue, over=ended) if word == "from" else None


def _date_at(scene: Scene, unit: int) -> Range | None:
    """The time expression that begins at `unit`."""
    units = scene.units
    if unit >= len(units) or units.dated[unit] < 0:
        return None
    end = unit
    while end < len(units) and units.dated[end] == units.dated[unit]:
        end += 1
    return unit, end
