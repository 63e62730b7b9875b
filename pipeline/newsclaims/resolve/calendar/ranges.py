"""Ranges of weekdays and months, whose second end does not lie before the first."""

from datetime import date, timedelta

from newsclaims.extract.dates import Reading
from newsclaims.resolve.calendar.values import add_months, spell_date, stretch


def in_order(
    earlier: Reading, later: Reading, first: str | None, second: str | None
) -> tuple[str | None, str | None]:
    """The values of the ends of a range, the second not before the first.

    "From Monday to Friday", said on a Wednesday: in the past the range ended last Friday, so its
    Monday lies before; ahead it begins next Monday, so its Friday lies after.
    """
    begin, _ = stretch(first or "")
    end, _ = stretch(second or "")
    if begin is None or end is None or begin <= end:
        return first, second
    turn = _turn(later)
    if turn is None or turn != _turn(earlier):
        return first, second
    if later.direction in ("future", "ahead"):
        return first, _turned(second or "", end, turn)
    return _turned(first or "", begin, -turn), second


def _turn(reading: Reading) -> int | None:
    """Days (weekdays) or months after which a name of the calendar comes round; null for others."""
    if reading.year is not None or reading.shift is not None or reading.part or reading.clock:
        return None
    if reading.weekday is not None and reading.month is None:
        return 7
    return 12 if reading.month is not None and not reading.week_of else None


def _turned(value: str, day: date, turn: int) -> str:
    if abs(turn) == 7:
        return (day + timedelta(turn)).isoformat()
    moved = add_months(day, turn)
    return spell_date(moved.year, moved.month, moved.day if len(value) > 7 else None)
