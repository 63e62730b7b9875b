"""When a position was held: "from 2019 to 2023", "since March", "until last year"."""

from typing import NamedTuple

from pipeline.extract.roles.scene import Link, Scene
from pipeline.extract.roles.units import Range

_UNTIL = frozenset({"to", "until", "till", "through", "-", "–", "—", "and"})
_DASHES = frozenset({"-", "\u2013", "—"})
_ENDING = frozenset({"until", "till", "through"})
_OPENING = frozenset({"from", "between", "(", "in"})
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
    date = _date_at(scene, unit + 1)
    if date is None:
        return None
    if word == "since":
        return Term(date, None, cue, over=False)
    if word in _ENDING:
        return Term(None, date, cue, over=True)
    if word == "for":
        return Term(None, None, cue, over=True) if past else None
    return _range(scene, word, cue, date) if word in _OPENING else None


def _range(scene: Scene, word: str, cue: Range, since: Range) -> Term | None:
    """As in "from 2019 to 2023", "(2019-2023)", "in 2017-2018", "from 2019 until he died"."""
    joint = scene.low(since[1])
    if _DASHES.intersection("".join(scene.units.word[slice(*since)])):
        return Term(None, None, cue, over=True)  # a range read as one expression
    if joint in (_DASHES if word == "in" else _UNTIL):
        until = _date_at(scene, since[1] + 1)
        if until is not None:
            return Term(since, until, cue, over=True)
    return Term(since, None, cue, over=joint in _ENDING) if word == "from" else None


def _date_at(scene: Scene, unit: int) -> Range | None:
    """The time expression that begins at `unit`."""
    units = scene.units
    if unit >= len(units) or units.dated[unit] < 0:
        return None
    end = unit
    while end < len(units) and units.dated[end] == units.dated[unit]:
        end += 1
    return unit, end
