"""Numbers in words and digits, and the lengths that they make with a unit."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsclaims.extract.dates.numbers_in_words import Lexeme

_NUMBERS = frozenset("small plain year four big decimal ones teens tens single couple".split())
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 0.33, "2/3": 0.67,
              "½": 0.5, "¼": 0.25, "¾": 0.75}  # fmt: skip
_FIGURES = frozenset("small plain year four big decimal".split())
_RANGE_MARKS = frozenset({"to", "or", "dash"})
_TIME_UNITS = {"H": "H", "TM": "M", "S": "S"}


class Amount(NamedTuple):
    """How many, in digits; `vague` when the words leave it open."""

    value: str
    vague: bool = False


def amount(lexemes: Sequence[Lexeme]) -> Amount | None:
    """The amount that these lexemes say, or null where they say none. "a" counts as one."""
    total = 0.0
    seen = vague = False
    for place, lexeme in enumerate(_first_of(lexemes)):
        kind = lexeme.kind
        if kind in _NUMBERS:
            total += float(lexeme.value.replace(",", ""))
            seen = True
        elif kind in ("hundred", "dozen"):
            total = (total or 1) * float(lexeme.value)
            seen = True
        elif kind == "fraction":
            total += _FRACTIONS.get(lexeme.value, 0)
            seen = True
        elif kind == "half" and place and _after_and(lexemes, place):
            total = (total or 1) + 0.5
            seen = True
        elif kind in ("vague", "many"):
            vague = True
    if vague:
        return Amount("X", vague=True)
    if seen:
        return _written(total)
    return Amount("1") if any(lexeme.kind == "a" for lexeme in lexemes) else None


def _written(total: float) -> Amount | None:
    """The amount in digits; a number of hundreds of digits counts nothing."""
    if total == math.inf:
        return None
    return Amount(f"{total:g}" if total < 1e6 else str(int(total)))


def _first_of(lexemes: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """What comes before the second number of a range."""
    figures = [place for place, x in enumerate(lexemes) if x.kind in _FIGURES]
    ends = range_of(lexemes)
    last = min(figures[1:2] + ([ends[0]] if ends else []), default=len(lexemes))
    return lexemes[:last]


def range_of(lexemes: Sequence[Lexeme]) -> tuple[int, int] | None:
    """Where the first of two amounts ends and the second begins: "two to three weeks"."""
    for place in range(1, len(lexemes)):
        if lexemes[place].kind not in _RANGE_MARKS:
            continue
        behind = place
        while behind < len(lexemes) and lexemes[behind].kind in _RANGE_MARKS:
            behind += 1
        ends = is_amount(lexemes[place - 1]) and behind < len(lexemes)
        if ends and is_amount(lexemes[behind]):
            return place, behind
    return None


def is_amount(lexeme: Lexeme) -> bool:
    """Whether a lexeme is a number, or a part of one."""
    return lexeme.kind in _NUMBERS or lexeme.kind in ("fraction", "half")


def _after_and(lexemes: Sequence[Lexeme], place: int) -> bool:
    return any(lexeme.kind == "and" for lexeme in lexemes[max(place - 4, 0) : place])


def duration(count: Amount | None, unit: str, *, one: bool = False) -> str:
    """A TIMEX3 duration: ``P2D``, ``PT30M``, ``PXY``.

    Fortnights count in weeks, decades and centuries in years.
    """
    number = "1" if one else count.value if count else "X"
    if unit in _TIME_UNITS:
        return f"PT{number}{_TIME_UNITS[unit]}"
    if unit[0].isdigit():  # a fortnight is 2W, a decade 10Y
        if number != "X":
            number = f"{float(number) * int(unit[:-1]):g}"
        return f"P{number}{unit[-1]}"
    return f"P{number}{unit}"


def quantity_mod(lexemes: Sequence[Lexeme]) -> str | None:
    """The TIMEX3 mod that words of quantity make: "at least" is EQUAL_OR_MORE."""
    kinds = [lexeme.kind for lexeme in lexemes]
    pairs = set(pairwise(kinds))
    if ("more", "than") in pairs:
        return "EQUAL_OR_LESS" if {"no", "not"} & set(kinds) else "MORE_THAN"
    if ("less", "than") in pairs:
        return "EQUAL_OR_MORE" if {"no", "not"} & set(kinds) else "LESS_THAN"
    if ("at", "least") in pairs:
        return "EQUAL_OR_MORE"
    if ("or", "so") in pairs:
        return "APPROX"
    if not pairs.isdisjoint({("at", "most"), ("up", "to"), ("much", "as")}):
        return "EQUAL_OR_LESS"
    for kind, mod in (("over", "MORE_THAN"), ("under", "LESS_THAN"), ("nearly", "LESS_THAN"),
                      ("about", "APPROX")):  # fmt: skip
        if kind in kinds:
            return mod
    return None
