"""Dates of publication: every written form that pages, feeds and tables use, to ISO 8601.

A form is a pattern that holds year, month and day, and may hold a time of day with its zone. All
patterns are tried; a date is read only when all that match agree, so that no order of patterns
decides. ``05/06/2025`` matches two that differ: it is refused, unless the caller says whether the
day or the month comes first. No missing part is filled in, and the clock is never read.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

ORDERS = ("day-first", "month-first")

# The first weekly newspapers are of 1605; an earlier year is what a program wrote for "no date".
_FIRST_YEAR = 1600

# RFC 822, section 5.1: the only names of zones with one meaning everywhere.
_ZONES: Mapping[str, str] = {
    "ut": "+00:00",
    "utc": "+00:00",
    "gmt": "+00:00",
    "est": "-05:00",
    "edt": "-04:00",
    "cst": "-06:00",
    "cdt": "-05:00",
    "mst": "-07:00",
    "mdt": "-06:00",
    "pst": "-08:00",
    "pdt": "-07:00",
}

_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()
)
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()


def _numbered(names: Sequence[str], first: int) -> dict[str, int]:
    """The number of each name, and of its first three letters."""
    return {
        spelling: number
        for number, name in enumerate(names, first)
        for spelling in (name, name[:3])
    }


_MONTHS = _numbered(_MONTH_NAMES, 1) | {"sept": 9}
_WEEKDAYS = _numbered(_DAY_NAMES, 0) | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}


class UnreadableDateError(ValueError):
    """A date of publication that has no reading, or more than one; the message says why."""


def _any_of(names: Mapping[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_YEAR = r"(?P<year>\d{4})"
_MONTH = r"(?P<month>\d{1,2})"
_NAME = rf"(?P<name>{_any_of(_MONTHS)})\.?"
_DAY = r"(?P<day>\d{1,2})"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:(?P<weekday>{_any_of(_WEEKDAYS)})\.?,? )?"
_NUMERIC_ZONE = r"(?P<sign>[+-])(?P<zone_hours>\d\d):?(?P<zone_minutes>\d\d)?"
_ZONE = (
    rf"(?: ?(?:(?P<zulu>Z)|(?:UTC|GMT)?{_NUMERIC_ZONE}"
    r"|(?:UTC|GMT)(?P<short_sign>[+-])(?P<short_hours>\d)|(?P<zone>[A-Z]{2,5}))"
    r"(?:\[[\w/+-]+\])?(?: \([^()]*\))?)?"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"|(?:\.(?P<dotted_minute>\d\d))?(?= ?[ap]\.?m))"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
)
_COMPACT_CLOCK = (
    r"(?P<hour>\d\d)(?P<minute>\d\d)(?:(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
)
_THEN_CLOCK = rf"(?:(?:T|,? (?:at |[-–|•·/] )?|,){_CLOCK}{_ZONE})?"
_CLOCK_THEN = rf"{_CLOCK}{_ZONE},? (?:on )?"

_DATES = {
    "year-first": rf"{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}",
    "year-name-day": rf"{_YEAR}[ -]{_NAME}[ -]{_DAY}",
    "day-name-year": rf"{_WEEKDAY}{_NTH}\.?(?: of)?[ /-]{_NAME},?[ /-]{_YEAR}",
    "name-day-year": rf"{_WEEKDAY}{_NAME},? {_NTH},? {_YEAR}",
    "dots": rf"{_WEEKDAY}{_DAY}\. ?{_MONTH}\. ?{_YEAR}",
    "day-first": rf"{_WEEKDAY}{_DAY}(?P<mark>[-/]){_MONTH}(?P=mark){_YEAR}",
    "month-first": rf"{_WEEKDAY}{_MONTH}(?P<mark>[-/]){_DAY}(?P=mark){_YEAR}",
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE | re.ASCII)
    for name, pattern in {
        **{name: pattern + _THEN_CLOCK for name, pattern in _DATES.items()},
        **{f"clock-{name}": _CLOCK_THEN + _DATES[name] for name in _DATES if "name" in name},
        "compact": rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:[T ]{_COMPACT_CLOCK}{_ZONE})?",
        "compact-clock": rf"{_YEAR}-?(?P<month>\d\d)-?(?P<day>\d\d)T{_CLOCK}{_ZONE}",
        "fourteen-digits": rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)"
        r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)",
        # an XML Schema date; a day has no other name for its zone
        "zoned-date": rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:Z|{_NUMERIC_ZONE})",
        # asctime, `date`, and the same with a zone
        "year-last": rf"{_WEEKDAY}{_NAME} {_DAY},? {_CLOCK}{_ZONE} {_YEAR}",
        # RFC 822 and 850; the weekday, which must be there, guards the century
        "two-digit-year": rf"(?P<weekday>{_any_of(_WEEKDAYS)}),? {_DAY}[ -]{_NAME}[ -]"
        rf"(?P<short_year>\d\d) {_CLOCK}{_ZONE}",
    }.items()
}

# What is ISO 8601 already, in the extended form that RFC 3339 takes; it stays as it was written.
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)"
    r"(?:[.,]\d+)?)?)?(?:Z|[+-](?P<zone_hours>\d\d)(?::?(?P<zone_minutes>\d\d))?)?)?",
    re.IGNORECASE | re.ASCII,
)


def read_published(value: Any, order: str | None = None) -> str | None:
    """Read a date of publication as ISO 8601.

    Args:
        value: a string in any of the forms that this module knows, a `datetime.date` or
            `datetime.datetime` (of which a pandas ``Timestamp`` is one), or a whole number whose
            eight digits are year, month and day.
        order: ``"day-first"`` or ``"month-first"``, how to read a date of three numbers with the
            year last that has both readings. Dots have the day first always.

    Returns:
        A date, or a date and time with the zone that was written; what is ISO already as it
        stands. None where `value` is None, empty, or a missing time of pandas.

    Raises:
        UnreadableDateError: the value is no date, an impossible one, or one of several readings.

    >>> read_published("Sun, 02 Mar 2025 10:00:00 +0100")
    '2025-03-02T10:00:00+01:00'
    >>> read_published("Sept. 12, 2025")
    '2025-09-12'
    """
    if is_missing(value) or (isinstance(value, str) and not value):
        return None
    if isinstance(value, date):
        return _of_calendar(value)
    if type(value).__name__ == "datetime64":  # of NumPy, which writes ISO
        value = None if str(value) == "NaT" else str(value)
        return read_published(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # what pandas makes of whole numbers in a column with gaps
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise UnreadableDateError(_NO_DATE)
    written = " ".join(str(value).split())
    return _as_it_stands(written) or _only_reading(written, order)


_NO_DATE = "is no date that can be read, such as 2025-06-01 or 1 June 2025"


def is_missing(value: Any) -> bool:
    """Whether `value` is what Python, NumPy or pandas write where there is none.

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True  # known by name: pandas takes half a second to load
    return isinstance(value, float) and value != value


def _of_calendar(value: date) -> str:
    try:
        return _after_first_year(value).isoformat()
    except ValueError as error:
        raise UnreadableDateError(f"cannot be: {error}") from None


def _as_it_stands(written: str) -> str | None:
    """`written` when it is a day that exists, or a moment of one, in ISO's extended form."""
    match = _ISO.fullmatch(written)
    if match is None:
        return None
    try:
        _after_first_year(date.fromisoformat(match["day"]))
        _clock(match)
        _offset(match)
    except ValueError:
        return None
    return written


def _only_reading(written: str, order: str | None) -> str:
    readings: dict[str, str] = {}
    reasons: list[str] = []
    for name, form in _FORMS.items():
        if match := form.fullmatch(written):
            try:
                readings[name] = _iso(match)
            except ValueError as error:
                reasons.append(str(error))
    if order in readings:
        return readings[order]
    different = sorted(set(readings.values()))
    if len(different) == 1:
        return different[0]
    if different:
        raise UnreadableDateError(
            f"is {' or '.join(different)}; say which by --dates day-first or --dates month-first"
        )
    raise UnreadableDateError(_why_not(written, reasons))


def _why_not(written: str, reasons: list[str]) -> str:
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", written):
        return "is a bare number; seconds, milliseconds and days cannot be told apart"
    return next((f"cannot be: {reason}" for reason in reasons), _NO_DATE)


def _iso(match: re.Match[str]) -> str:
    """The date, and the time as far as it was written. Raises ValueError for what cannot be."""
    parts = match.groupdict()
    day = _day(parts)
    weekday = parts.get("weekday")
    if weekday and _WEEKDAYS[weekday.lower()] != day.weekday():
        raise ValueError(f"{day} is a {_DAY_NAMES[day.weekday()].capitalize()}")
    return f"{day}T{_clock(match)}{_offset(match)}" if parts.get("hour") else day.isoformat()


def _day(parts: Mapping[str, str | None]) -> date:
    try:
        day = date(_year(parts), _month(parts), int(parts["day"] or 0))
    except ValueError:
        raise ValueError("there is no such day") from None
    return _after_first_year(day)


def _after_first_year(day: date) -> date:
    if day.year < _FIRST_YEAR:
        raise ValueError(f"no news was published in the year {day.year}")
    return day


def _year(parts: Mapping[str, str | None]) -> int:
    if short := parts.get("short_year"):  # RFC 2822, section 4.3
        return int(short) + (2000 if int(short) < 50 else 1900)
    return int(parts["year"] or 0)


def _month(parts: Mapping[str, str | None]) -> int:
    name = parts.get("name")
    return _MONTHS[name.lower()] if name else int(parts["month"] or 0)


def _clock(match: re.Match[str]) -> str:
    """The time of day, no more of it than was written."""
    parts = match.groupdict()
    if parts["hour"] is None:
        return ""
    hour, half = int(parts["hour"]), (parts.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"there is no {hour} {half}m")
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = parts.get("minute") or parts.get("dotted_minute") or "0"
    second = parts.get("second")
    try:
        clock = time(hour, int(minute), int(second or 0))
    except ValueError:
        raise ValueError("there is no such time of day") from None
    spoken = clock.isoformat("seconds" if second else "minutes")
    return f"{spoken}.{parts['fraction']}" if parts.get("fraction") else spoken


def _offset(match: re.Match[str]) -> str:
    """The zone as ISO writes it; empty where none was written."""
    parts = match.groupdict()
    if parts.get("zulu"):
        return "Z"
    if name := parts.get("zone"):
        if name.lower() not in _ZONES:
            raise ValueError(f"the time zone {name} has more than one meaning, or none")
        return _ZONES[name.lower()]
    hours = parts.get("zone_hours") or parts.get("short_hours")
    if hours is None:
        return ""
    minutes = int(parts.get("zone_minutes") or 0)
    if int(hours) > 15 or minutes > 59:
        raise ValueError(f"no time zone is {hours} hours from Greenwich")
    sign = parts.get("sign") or parts.get("short_sign") or "+"
    return f"{'+' if not int(hours) and not minutes else sign}{int(hours):02}:{minutes:02}"
