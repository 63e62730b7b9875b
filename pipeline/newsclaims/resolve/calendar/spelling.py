"""The values of readings whose year, or whose reference, is known."""

from datetime import date, timedelta

from newsclaims.extract.dates import Clock, Reading, Shift
from newsclaims.resolve.calendar.values import add_months, spell_date, spell_week


def moved_by(day: date, shift: Shift, reading: Reading) -> str:
    """The value so many units from `day`, narrowed by the other parts that the words name."""
    count = shift.number or 0
    unit = shift.unit
    if unit in ("H", "TM", "S"):
        return day.isoformat()  # the hour of the reference is not known
    if unit in ("D", "W", "WE"):
        days = count if unit == "D" else 7 * count
        return at_unit(day + timedelta(days), unit)
    months = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}[unit] * count
    moved = add_months(day, months)
    if unit == "Y":
        if reading.month is not None:
            return spell_date(moved.year, reading.month, reading.day)
        return f"{moved.year:04d}{part_of_year(reading)}"
    if reading.day is not None:
        return spell_date(moved.year, moved.month, reading.day)
    return at_unit(moved, unit)


def at_unit(day: date, unit: str) -> str:
    """The value of the unit that holds `day`."""
    if unit == "W":
        return spell_week(day)
    if unit == "WE":
        return spell_week(day) + "-WE"
    if unit == "M":
        return spell_date(day.year, day.month)
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{day.year:04d}-H{1 if day.month < 7 else 2}"
    if unit == "Y":
        return spell_date(day.year)
    if unit == "10Y":
        return f"{day.year // 10:03d}"
    if unit == "100Y":
        return f"{day.year // 100:02d}"
    return day.isoformat()


def of_year(reading: Reading, year: int) -> str:
    """The month, day or week of a reading, in this year."""
    if reading.week_of and reading.month and reading.day:
        week = spell_week(date(year, reading.month, reading.day))
        return f"{week}-WE" if reading.weekend else week
    if reading.ends and reading.month and reading.day:
        # A quarter of accounts that ends early in a month is called by the months before.
        return at_unit(add_months(date(year, reading.month, reading.day), -1), reading.ends)
    return spell_date(year, reading.month, reading.day)


def part_of_year(reading: Reading) -> str:
    """What a quarter, half or season adds to the value of its year: ``-Q2``, or nothing."""
    if reading.quarter is not None:
        return f"-Q{reading.quarter}"
    if reading.half is not None:
        return f"-H{reading.half}"
    return f"-{reading.season}" if reading.season is not None else ""


def time_suffix(reading: Reading) -> str:
    """What a time or part of day adds to the value of its day: ``T10:35Z``, ``TMO``, or nothing."""
    if reading.clock is not None:
        return _spell_clock(reading.clock)
    return f"T{reading.part}" if reading.part else ""


def _spell_clock(clock: Clock) -> str:
    minute = f"T{clock.hour:02d}:{clock.minute or 0:02d}"
    second = "" if clock.second is None else f":{clock.second:02d}"
    return f"{minute}{second}{clock.zone}"
