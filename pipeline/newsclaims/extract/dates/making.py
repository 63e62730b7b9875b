"""What the builders of expressions share."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.lexemes import Lexeme
from newsclaims.extract.dates.readings import Base, Direction, Reading, TimeExpression, Unit
from newsclaims.schema import TimexType

Found = list[TimeExpression]
Builder = Callable[[CalendarMatch], Found]

MONTHS = ("month", "other_month", "short_month")
DAYS = ("small", "ordinal", "ordinal_word")

UNITS_OF_ONE = (
    "day week fortnight month_unit year_unit decade_unit century_unit hour minute second quarter "
    "weekend"
).split()
UNITS_OF_MANY = (
    "days weeks months_unit years_unit decades_unit centuries_unit hours minutes seconds quarters "
    "weekends"
).split()
UNITS = tuple(UNITS_OF_ONE + UNITS_OF_MANY)

PHASES = MappingProxyType(
    {"begin": "START", "early": "START", "mid": "MID", "end": "END", "late": "END"}
)

# How many units away a pointing word lies, whether it points from the article or from the story,
# and the side on which it looks for a named part of the calendar.
POINTERS: Mapping[str, tuple[int, Base, Direction]] = MappingProxyType(
    {
        "last": (-1, "speech", "last"),
        "past": (-1, "speech", "last"),
        "next": (1, "speech", "next"),
        "coming": (1, "speech", "next"),
        "this": (0, "speech", "this"),
        "current": (0, "speech", "this"),
        "that": (0, "story", "this"),
        "same": (0, "story", "this"),
        "following": (1, "story", "next"),
        "after": (1, "story", "next"),
        "later": (1, "story", "next"),
        "previous": (-1, "story", "last"),
        "before": (-1, "story", "last"),
        "prior": (-1, "story", "last"),
        "earlier": (-1, "story", "last"),
    }
)


def make(
    match: CalendarMatch,
    reading: Reading,
    timex: TimexType = "DATE",
    *,
    start: int | None = None,
    end: int | None = None,
    mod: str | None = None,
) -> Found:
    """One expression over the match, or over a part of it."""
    return [
        TimeExpression(
            match.start if start is None else start,
            match.end if end is None else end,
            timex,
            match.rule,
            reading,
            mod,
        )
    ]


def phase(match: CalendarMatch) -> str | None:
    """START, MID or END where the match says so of a stretch, else null."""
    for lexeme in match.lexemes:
        if lexeme.kind in PHASES:
            return PHASES[lexeme.kind]
    return None


def year_of(lexeme: Lexeme | None) -> int | None:
    """The year that a lexeme writes; two digits lie between 1940 and 2039."""
    if lexeme is None:
        return None
    digits = lexeme.value.strip("'’")
    return int(digits) if len(digits) == 4 else century_of(int(digits))


def century_of(two_digits: int) -> int:
    """The year of two digits, between 1940 and 2039."""
    return (1900 if two_digits >= 40 else 2000) + two_digits


def pointer(match: CalendarMatch) -> tuple[int, Base, Direction] | None:
    """What the first pointing word of the match says."""
    found = match.first(*POINTERS)
    if found is None:
        return None
    if found.kind == "this" and match.has("past"):
        return POINTERS["last"]
    if found.kind == "this" and match.has("coming"):
        return POINTERS["next"]
    return POINTERS[found.kind]


def last_pointer(match: CalendarMatch) -> tuple[int, Base, Direction] | None:
    """What the last pointing word of the match says."""
    kinds = [lexeme.kind for lexeme in match.lexemes if lexeme.kind in POINTERS]
    return POINTERS[kinds[-1]] if kinds else None


def as_unit(value: str) -> Unit:
    """A value of the lists of units, as the type that it is."""
    return value  # type: ignore[return-value]
