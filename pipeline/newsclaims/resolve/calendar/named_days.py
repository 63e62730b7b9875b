"""Holidays and named days -> their date in a year."""

import warnings
from datetime import date, timedelta
from functools import cache

from newsclaims.lexicon import values

_FIXED = {name: day for name, (day,) in values("calendar.fixed").items()}
_IN_LIBRARY = {name: day.split(" ", 1) for name, (day,) in values("calendar.in_library").items()}
_BY_WEEKDAY = {
    name: [int(part) for part in rule.split()]
    for name, (rule,) in values("calendar.by_weekday").items()
}
_FROM_EASTER = {name: int(days) for name, (days,) in values("calendar.from_easter").items()}
NAMES = frozenset([*_FIXED, *_IN_LIBRARY, *_BY_WEEKDAY, *_FROM_EASTER, "Orthodox Easter"])


def without_year(name: str) -> str:
    """The day as far as its name fixes it in every year: ``XXXX-12-25``."""
    return f"XXXX-{_FIXED.get(name, 'XX-XX')}"


@cache
def named_day(name: str, year: int) -> date | None:
    """The date of a named day in a year, or null where no calendar says it."""
    if name in _FIXED:
        return date.fromisoformat(f"{year:04d}-{_FIXED[name]}")
    if name in _BY_WEEKDAY:
        month, weekday, nth, days = _BY_WEEKDAY[name]
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1) + days)
    if name == "Orthodox Easter":
        monday = _from_library("GR", "Easter Monday", year)
        return monday - timedelta(1) if monday else None
    if name in _FROM_EASTER:
        good_friday = _from_library("GB", "Good Friday", year)
        return good_friday + timedelta(2 + _FROM_EASTER[name]) if good_friday else None
    if name in _IN_LIBRARY:
        country, named = _IN_LIBRARY[name]
        return _from_library(country, named, year)
    return None


def _from_library(country: str, name: str, year: int) -> date | None:
    import holidays  # its calendars take a third of a second to load, and few articles need one

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of years that a calendar does not hold: they give null
        days = holidays.country_holidays(country, years=year, observed=False, language="en_US")
    found = sorted(day for day, named in days.items() if name in named.split(" (")[0].split("; "))
    return found[0] if found else None
