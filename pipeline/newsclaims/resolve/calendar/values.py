"""The spelling of TIMEX3 values, and the first and last day that each covers.

Everything here is arithmetic over the calendar: it reads no clock, no locale and no time zone.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

Bounds = tuple[date | None, date | None]
UNKNOWN: Bounds = (None, None)

_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = timedelta(days=1)
_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"\d{3}")
_CENTURY = re.compile(r"\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(\d|WE))?(?:T.*)?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")


def spell_date(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """``2025-05-08``; unknown parts are X, unknown tails are dropped."""
    head = "XXXX" if year is None else f"{year:04d}"
    if month is None:
        return head
    return f"{head}-{month:02d}" if day is None else f"{head}-{month:02d}-{day:02d}"


def spell_week(day: date) -> str:
    """The ISO week that holds `day`: ``2025-W25``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; in an unknown year 29 February is one."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month.

    Raises `OverflowError` outside the years 1 to 9999.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{months} months from {day} leave the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def bounds(value: str | None, mod: str | None = None) -> Bounds:
    """First and last day of a value; null on a side that value and mod leave open.

    START, MID and END narrow to thirds, BEFORE and AFTER leave the stretch on one side.
    """
    first, last = stretch(value) if value else UNKNOWN
    if first is None or last is None:
        return UNKNOWN
    if mod in ("START", "MID", "END"):
        return _third(first, last, ("START", "MID", "END").index(mod))
    if mod == "BEFORE":
        return None, first - _DAY
    if mod == "AFTER":
        return last + _DAY, None
    if mod == "ON_OR_BEFORE":
        return None, last
    if mod == "ON_OR_AFTER":
        return first, None
    return first, last


def _third(first: date, last: date, which: int) -> Bounds:
    days = (last - first).days + 1
    if days < 3:
        return first, last
    start = first + timedelta(days * which // 3)
    return start, first + timedelta(days * (which + 1) // 3 - 1)


def stretch(value: str) -> Bounds:
    """First and last day of a value without mod; both null where its year is unknown."""
    try:
        return _stretch(value)
    except (ValueError, OverflowError):  # outside the years 1 to 9999
        return UNKNOWN


def _stretch(value: str) -> Bounds:
    if match := _DATE.fullmatch(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), 1)
    if _YEAR.fullmatch(value):
        return _months(int(value), 1, 12)
    if match := _WEEK.fullmatch(value):
        return _week(int(match[1]), int(match[2]), match[3])
    if match := _PART.fullmatch(value):
        return _part(int(match[1]), match[2])
    if _DECADE.fullmatch(value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    if _CENTURY.fullmatch(value):
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    return UNKNOWN


def _months(year: int, month: int, count: int) -> Bounds:
    first = date(year, month, 1)
    last = add_months(first, count - 1)
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def _week(year: int, week: int, day: str | None) -> Bounds:
    monday = date.fromisocalendar(year, week, 1)
    if day is None:
        return monday, monday + timedelta(6)
    if day == "WE":
        return monday + timedelta(5), monday + timedelta(6)
    return monday + timedelta(int(day) - 1), monday + timedelta(int(day) - 1)


def _part(year: int, part: str) -> Bounds:
    if part[0] == "Q":
        return _months(year, 3 * int(part[1]) - 2, 3)
    if part[0] == "H":
        return _months(year, 6 * int(part[1]) - 5, 6)
    # Seasons of the northern half, by whole months; winter carries the year that it begins in.
    return _months(year, _SEASON_MONTHS[part], 3)
