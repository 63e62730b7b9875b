"""Holidays and named days -> their date in a year."""

import warnings
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

_FIXED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "Christmas Eve": (12, 24),
        "Christmas Day": (12, 25),
        "Christmas": (12, 25),
        "Boxing Day": (12, 26),
        "St. Stephen's Day": (12, 26),
        "New Year's Eve": (12, 31),
        "New Year's Day": (1, 1),
        "New Year's": (1, 1),
        "Epiphany": (1, 6),
        "Orthodox Christmas": (1, 7),
        "Australia Day": (1, 26),
        "Groundhog Day": (2, 2),
        "Valentine's Day": (2, 14),
        "International Women's Day": (3, 8),
        "St. Patrick's Day": (3, 17),
        "April Fools' Day": (4, 1),
        "Earth Day": (4, 22),
        "Anzac Day": (4, 25),
        "May Day": (5, 1),
        "Cinco de Mayo": (5, 5),
        "Canada Day": (7, 1),
        "Bastille Day": (7, 14),
        "Halloween": (10, 31),
        "All Saints' Day": (11, 1),
        "All Souls' Day": (11, 2),
        "Guy Fawkes Night": (11, 5),
        "Armistice Day": (11, 11),
    }
)
# Days that a library knows: its country, and its name for the day.
_IN_LIBRARY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "Thanksgiving": ("US", "Thanksgiving Day"),
        "Labor Day": ("US", "Labor Day"),
        "Memorial Day": ("US", "Memorial Day"),
        "Veterans Day": ("US", "Veterans Day"),
        "Columbus Day": ("US", "Columbus Day"),
        "Presidents Day": ("US", "Washington's Birthday"),
        "Martin Luther King Jr. Day": ("US", "Martin Luther King Jr. Day"),
        "Juneteenth": ("US", "Juneteenth National Independence Day"),
        "Good Friday": ("GB", "Good Friday"),
        "Lunar New Year": ("SG", "Chinese New Year"),
        "Eid al-Fitr": ("SG", "Eid al-Fitr"),
        "Eid al-Adha": ("SG", "Eid al-Adha"),
        "Diwali": ("SG", "Diwali"),
        "Dussehra": ("IN", "Dussehra"),
        "Holi": ("IN", "Holi"),
        "Vesak Day": ("SG", "Vesak Day"),
        "Nowruz": ("IR", "Nowruz"),
        "Songkran": ("TH", "Songkran Festival"),
        "Chuseok": ("KR", "Chuseok"),
        "Passover": ("IL", "Pesach"),
        "Sukkot": ("IL", "Sukkot"),
        "Rosh Hashanah": ("IL", "Rosh Hashanah"),
        "Yom Kippur": ("IL", "Yom Kippur"),
    }
)
# The n-th weekday of a month: month, ISO weekday, n (-1 the last), and days to add.
_BY_WEEKDAY: Mapping[str, tuple[int, int, int, int]] = MappingProxyType(
    {
        "Super Tuesday": (3, 2, 1, 0),
        "Mother's Day": (5, 7, 2, 0),
        "Father's Day": (6, 7, 3, 0),
        "Election Day": (11, 1, 1, 1),
        "Remembrance Sunday": (11, 7, 2, 0),
        "Black Friday": (11, 4, 4, 1),
        "Cyber Monday": (11, 4, 4, 4),
    }
)
# Days counted from Easter Sunday.
_FROM_EASTER: Mapping[str, int] = MappingProxyType(
    {
        "Ash Wednesday": -46,
        "Palm Sunday": -7,
        "Maundy Thursday": -3,
        "Easter": 0,
        "Easter Monday": 1,
        "Ascension Day": 39,
        "Pentecost": 49,
    }
)
NAMES = frozenset([*_FIXED, *_IN_LIBRARY, *_BY_WEEKDAY, *_FROM_EASTER, "Orthodox Easter"])


def without_year(name: str) -> str:
    """The day as far as its name fixes it in every year: ``XXXX-12-25``."""
    month_day = _FIXED.get(name)
    return f"XXXX-{month_day[0]:02d}-{month_day[1]:02d}" if month_day else "XXXX-XX-XX"


@cache
def named_day(name: str, year: int) -> date | None:
    """The date of a named day in a year, or null where no calendar says it."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
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
        return _from_library(*_IN_LIBRARY[name], year)
    return None


def _from_library(country: str, name: str, year: int) -> date | None:
    import holidays  # its calendars take a third of a second to load, and few articles need one

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of years that a calendar does not hold: they give null
        days = holidays.country_holidays(country, years=year, observed=False, language="en_US")
    found = sorted(day for day, named in days.items() if name in named.split(" (")[0].split("; "))
    return found[0] if found else None
