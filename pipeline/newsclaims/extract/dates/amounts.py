"""Numbers in words and digits, and the lengths that they make with a unit."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsclaims.extract.dates.lexemes import Lexeme

_NUMBERS = frozenset("small plain year four big decimal ones teens tens single".split())
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 0.33, "2/3": 0.67,
              "½": 0.5, "¼": 0.25, "¾": 0.75}  # fmt: skip
_TIME_UNITS = {"H": "H", "TM": "M", "S": "S"}


class Amount(NamedTuple):
    """How many, in digits; `vague` when the words leave it open."""

    value: str
    vague: bool = False


def amount(lexemes: Sequence[Lexeme]) -> Amount | None:
    """The amount that these lexemes say, or null where they say none. "a" counts as one."""
    total = 0.0
    seen = vague = False
    for place, lexeme in enumerate(lexemes):
        kind = lexeme.kind
        if kind in _NUMBERS:
            if kind in ("small", "plain", "decimal", "big", "year", "four") and seen:
                break  # the second number of a range
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
    if not pairs.isdisjoint({("at", "most"), ("up", "to"), ("much", "as")}):
        return "EQUAL_OR_LESS"
    for kind, mod in (("over", "MORE_THAN"), ("under", "LESS_THAN"), ("nearly", "LESS_THAN"),
                      ("about", "APPROX")):  # fmt: skip
        if kind in kinds:
            return mod
    return None
