"""When a position was held: "from 2019 to 2023", "since March", "until last year"."""

from typing import NamedTuple

from newsclaims.extract.finds import Offsets
from newsclaims.extract.roles.scene import Link, Scene
from newsclaims.extract.roles.units import Range

_UNTIL = frozenset({"to", "until", "till", "through", "-", "–", "—", "and"})
_DASHES = frozenset({"-", "\u2013", "—"})
_ENDING = frozenset({"until", "till", "through"})
_OPENING = frozenset({"from", "between", "(", "in"})
_FURTHEST = 4
# "has been a midwife for years" goes on.
_PAST = frozenset({"was", "were", "had"})
_BETWEEN = frozenset({"(", ",", "again", "there", "twice", "both", "as", "well"})
# What these say begins on the day that follows.
_BEGINNINGS = frozenset({"appointed", "took-over-as"})
_CLAUSES = frozenset({"copula", "served-as", "years-as"})


class Term(NamedTuple):
    """The time expressions that bound a term, the words that say so, and whether it has ended."""

    since: Offsets | None
    until: Offsets | None
    cue: Range
    over: bool


class _Date(NamedTuple):
    """A time expression, and the unit after it. `last` is another that the same words hold."""

    offsets: Offsets
    end: int
    last: Offsets | None


def term_of(scene: Scene, link: Link) -> Term | None:
    """The term that stands right after a title phrase, or opens the sentence of its clause."""
    units = scene.units
    end = link.post.end
    before = units.low[max(units.first[end - 1], link.post.start - _FURTHEST) : link.post.start]
    past = link.rule == "copula" and not link.status and _PAST.intersection(before)
    for unit in range(end, min(end + _FURTHEST, len(units))):
        if units.first[unit] != units.first[end - 1]:
            break
        found = _term_at(scene, unit, past=bool(past)) or _bare_range(scene, unit)
        if found is None and link.rule in _BEGINNINGS and units.low[unit] in {"on", "in"}:
            began = _date_at(scene, unit + 1)
            found = Term(began.offsets, None, (unit, unit + 1), over=False) if began else None
        if found is not None:
            return found
        if units.low[unit] not in _BETWEEN:
            break
    if link.rule in _CLAUSES:
        found = _term_at(scene, units.first[end - 1])
        if found is not None and found.until is not None:
            return found
    return None


def _term_at(scene: Scene, unit: int, *, past: bool = False) -> Term | None:
    """The term that `unit` opens; `past` when the clause is, so that a duration is over."""
    word, cue = scene.low(unit), (unit, unit + 1)
    date = _date_at(scene, unit + 1)
    if date is None:
        return None
    if word == "since":
        return Term(date.offsets, None, cue, over=False)
    if word in _ENDING:
        return Term(None, date.offsets, cue, over=True)
    if word == "for":
        return Term(None, None, cue, over=True) if past else None
    return _range(scene, word, cue, date) if word in _OPENING else None


def _range(scene: Scene, word: str, cue: Range, since: _Date) -> Term | None:
    """As in "from 2019 to 2023", "(2019-2023)", "in 2017-2018", "from 2019 until he died"."""
    if since.last is not None:
        return Term(since.offsets, since.last, cue, over=True)
    joint = scene.low(since.end)
    if joint in (_DASHES if word == "in" else _UNTIL):
        until = _date_at(scene, since.end + 1)
        if until is not None:
            return Term(since.offsets, until.offsets, cue, over=True)
    return Term(since.offsets, None, cue, over=joint in _ENDING) if word == "from" else None


def _bare_range(scene: Scene, unit: int) -> Term | None:
    """As in ", 2001-2004"."""
    since = _date_at(scene, unit) if scene.units.dated[unit] >= 0 else None
    if since is None or scene.low(since.end) not in _DASHES:
        return None
    until = _date_at(scene, since.end + 1)
    return Term(since.offsets, until.offsets, (unit, until.end), over=True) if until else None


def _date_at(scene: Scene, unit: int) -> _Date | None:
    """The time expression that begins at `unit`, or after one name ("since Advent 2007")."""
    units = scene.units
    if unit + 1 < len(units) and units.dated[unit] < 0 and units.tag[unit] == "NNP":
        unit += 1
    if unit >= len(units) or units.dated[unit] < 0:
        return None
    number, end = units.dated[unit], unit
    while end < len(units) and units.dated[end] == number:
        end += 1
    following = units.dates[number + 1] if number + 1 < len(units.dates) else None
    joined = following is not None and following.end <= units.end[end - 1]
    return _Date(units.dates[number], end, following if joined else None)
