"""Numbers of several words as one: "twenty-four", "the twenty-third", "nineteen eighty-seven"."""

from collections.abc import Sequence
from typing import NamedTuple


class Lexeme(NamedTuple):
    """A word, number or mark of a run: its kind, offsets, and what it stands for."""

    kind: str
    start: int
    end: int
    value: str


# What a number before it counts, so that the number is no year.
_COUNTED = frozenset(
    "day days week weeks month_unit months_unit year_unit years_unit decade_unit decades_unit hour "
    "hours minute minutes second seconds hundred dash half".split()
)  # not words: kinds of lexemes


def joined(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """The lexemes, with those of one number as one: a ``tens``, an ordinal, or a ``year``."""
    return _years(_tens(lexemes))


def _tens(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """As in "twenty-four" and "twenty-third"."""
    found: list[Lexeme] = []
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        ahead = place + 1 + (_kind(lexemes, place + 1) == "dash")
        kind = _kind(lexemes, ahead)
        if lexeme.kind == "tens" and kind == "ones":
            lexeme, place = _sum("tens", lexeme, lexemes[ahead]), ahead
        elif lexeme.kind == "tens" and _ends_ordinal(lexemes, place + 1, ahead):
            lexeme, place = _sum("ordinal_word", lexeme, lexemes[ahead]), ahead
        found.append(lexeme)
        place += 1
    return found


def _ends_ordinal(lexemes: Sequence[Lexeme], dash: int, place: int) -> bool:
    """Whether the ordinal of a figure stands here; "twenty second" without a dash is a length."""
    kind = _kind(lexemes, place)
    if kind == "second":
        return place > dash
    return kind == "ordinal_word" and int(lexemes[place].value) < 10


def _sum(kind: str, tens: Lexeme, ones: Lexeme) -> Lexeme:
    figure = 2 if ones.kind == "second" else int(ones.value)
    return Lexeme(kind, tens.start, ones.end, str(int(tens.value) + figure))


def _years(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """As in "nineteen eighty-seven", "twenty twenty-four" and "two thousand and four"."""
    found: list[Lexeme] = []
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        year, end = _year_at(lexemes, place)
        if year and _kind(lexemes, end) not in _COUNTED:
            lexeme = Lexeme("year", lexeme.start, lexemes[end - 1].end, str(year))
            place = end - 1
        found.append(lexeme)
        place += 1
    return found


def _year_at(lexemes: Sequence[Lexeme], place: int) -> tuple[int, int]:
    """The year that begins here, 0 for none, and the lexeme behind it."""
    first = lexemes[place]
    if first.kind in ("teens", "tens") and 11 <= int(first.value) <= 20:
        ahead = place + 1 + (_kind(lexemes, place + 1) == "dash")
        if _kind(lexemes, ahead) in ("teens", "tens"):
            return 100 * int(first.value) + int(lexemes[ahead].value), ahead + 1
    if first.kind == "ones" and first.value == "2" and _is_thousand(lexemes, place + 1):
        if place and lexemes[place - 1].kind == "year_unit":  # "the year two thousand"
            return 2000, place + 2
        ahead = place + 2 + (_kind(lexemes, place + 2) == "and")
        if _kind(lexemes, ahead) in ("ones", "teens", "tens"):
            return 2000 + int(lexemes[ahead].value), ahead + 1
    return 0, place + 1


def _is_thousand(lexemes: Sequence[Lexeme], place: int) -> bool:
    return _kind(lexemes, place) == "hundred" and lexemes[place].value == "1000"


def _kind(lexemes: Sequence[Lexeme], place: int) -> str:
    return lexemes[place].kind if place < len(lexemes) else ""
