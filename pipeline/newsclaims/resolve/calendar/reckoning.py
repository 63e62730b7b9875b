"""From what the words name to a TIMEX3 value, expression by expression."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from newsclaims.extract.dates import Reading, Shift, TimeExpression
from newsclaims.resolve.calendar import choice
from newsclaims.resolve.calendar.anchors import Anchor, speech_anchor
from newsclaims.resolve.calendar.named_days import named_day, without_year
from newsclaims.resolve.calendar.ranges import in_order
from newsclaims.resolve.calendar.spelling import (
    at_unit,
    moved_by,
    of_year,
    part_of_year,
    time_suffix,
)
from newsclaims.resolve.calendar.values import (
    UNKNOWN,
    add_months,
    bounds,
    is_day,
    spell_date,
    spell_week,
    stretch,
)
from newsclaims.schema import TimexType

# What a shift's value looks like when its reference is unknown.
_OPEN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "10Y": "XXX",
    "100Y": "XX",
    "H": "XXXX-XX-XX",
    "TM": "XXXX-XX-XX",
    "S": "XXXX-XX-XX",
}
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d|XX)-\d\d|XXXX-WXX-\d")
_NEAR = 250  # characters, two sentences or so
_SPOKEN_OF = 60  # days before an article that its "that morning" or "previous Friday" may lie
_BESIDE_ARTICLE = 7  # days between an article and the dates it most speaks of
_COARSENESS = {"D": 1, "H": 1, "TM": 1, "S": 1, "W": 7, "WE": 7, "M": 31, "Q": 92, "Y": 366}


class ResolvedDate(NamedTuple):
    """A TIMEX3. `anchor` is "text", "published", or the index of another date of the article."""

    start: int
    end: int
    type: TimexType
    value: str | None
    mod: str | None
    earliest: str | None
    latest: str | None
    anchor: str | int | None
    rule: str


class _Value(NamedTuple):
    value: str | None
    anchor: str | int | None
    mod: str | None = None


_INVALID = _Value(None, "text", "INVALID")


class Reckoner:
    """Resolves the expressions of one article, in order, remembering what the story spoke of."""

    def __init__(self, expressions: Sequence[TimeExpression], published: str | None) -> None:
        self._expressions = expressions
        self._day_first = _day_comes_first(expressions)
        self._speech = speech_anchor(expressions, published)
        # First and last day of each resolved date so far, by index of its expression.
        self._story: list[tuple[int, date, date]] = []
        # Values that are one day, known or not ("XXXX-WXX-5"), by index: times of day take theirs.
        self._days: list[tuple[int, str]] = []

    def resolve(self) -> list[ResolvedDate]:
        values: list[_Value | None] = []
        for index, expression in enumerate(self._expressions):
            value = None if _is_bare_clock(expression.reading) else self._value(index, expression)
            before = values[-1] if values else None
            if value is not None and before is not None and expression.ends_range:
                values[-1], value = self._in_order(index, before, value)
            values.append(value)
            if value is not None and expression.type in ("DATE", "TIME") and value.value:
                if named := _DAY.match(value.value):
                    self._days.append((index, named[0]))
                first, last = stretch(value.value)
                if first is not None and last is not None:
                    self._story.append((index, first, last))
        for index, expression in enumerate(self._expressions):
            if values[index] is None:
                values[index] = self._bare_clock(index, expression.reading)
        return [
            _resolved(expression, value)
            for expression, value in zip(self._expressions, values, strict=True)
            if value is not None
        ]

    def _in_order(self, index: int, first: _Value, second: _Value) -> tuple[_Value, _Value]:
        """The ends of a range, of which expression `index` is the second."""
        earlier, later = (self._expressions[place].reading for place in (index - 1, index))
        one, two = in_order(earlier, later, first.value, second.value)
        return first._replace(value=one), second._replace(value=two)

    # ---- one expression

    def _value(self, index: int, expression: TimeExpression) -> _Value:
        reading = expression.reading
        if reading.fixed is not None:
            unresolved = expression.type == "DATE" and reading.fixed.startswith("XXXX")
            return _Value(reading.fixed, None if unresolved else "text")
        try:
            value = self._point(index, reading)
        except OverflowError:  # beyond the years 1 to 9999
            return _Value(None, None)
        if value.value is not None:
            suffix = time_suffix(reading)
            if suffix and value.value != "PRESENT_REF":
                return value._replace(value=value.value + suffix)
            if suffix:
                return value._replace(value="XXXX-XX-XX" + suffix)
        return value

    def _point(self, index: int, reading: Reading) -> _Value:
        if reading.order_open:
            return self._numeric(reading)
        if reading.decade is not None:
            return _Value(f"{reading.decade:03d}", "text")
        if reading.century is not None:
            return _Value(f"{reading.century:02d}", "text")
        if reading.weekend and reading.month is None and reading.holiday is None:
            return self._weekend(reading)
        if reading.holiday is not None:
            return self._holiday(reading)
        if reading.nth is not None:
            return self._nth_weekday(index, reading)
        if reading.shift is not None:
            return self._shifted(index, reading, reading.shift)
        if reading.month is not None:
            return self._month(reading)
        if reading.weekday is not None:
            return self._weekday(reading, self._speech)
        return self._year_part(reading)

    def _numeric(self, reading: Reading) -> _Value:
        """A date in digits that may be read in two orders."""
        year, month, day = reading.year or 0, reading.month or 0, reading.day or 0
        day_first = self._day_first
        if day_first is None and self._speech is not None:
            day_first = _nearer_order(self._speech.day, year, month, day)
        if day_first is None:
            return _Value(spell_date(year), None)
        if day_first:
            month, day = day, month
        return _Value(spell_date(year, month, day), "text")

    def _weekend(self, reading: Reading) -> _Value:
        if self._speech is None:
            return _Value(_OPEN["WE"], None)
        saturday = choice.weekend(self._speech.day, reading.direction)
        return _Value(spell_week(saturday) + "-WE", self._speech.name)

    def _holiday(self, reading: Reading) -> _Value:
        name = reading.holiday
        assert name is not None

        def in_year(number: int) -> choice.Stretch | None:
            day = named_day(name, number)
            return (day, day) if day else None

        year, anchor = reading.year, "text"
        if year is None:
            if self._speech is None:
                return _Value(self._open_holiday(reading), None)
            year = choice.year(self._speech.day, reading.direction, in_year)
            anchor = str(self._speech.name)
        day = named_day(name, year) if year else None
        if day is None:
            return _Value(self._open_holiday(reading), None)
        named = self._speech.name if anchor != "text" and self._speech else "text"
        if reading.shift is not None:
            return _Value(moved_by(day, reading.shift, Reading()), named)
        if reading.weekend:
            return _Value(spell_week(choice.weekend_beside(day)) + "-WE", named)
        return _Value(spell_week(day) if reading.week_of else day.isoformat(), named)

    def _open_holiday(self, reading: Reading) -> str:
        if reading.weekend:
            return _OPEN["WE"]
        if reading.shift is not None:
            return _OPEN[reading.shift.unit]
        return without_year(reading.holiday or "")

    def _month(self, reading: Reading) -> _Value:
        month, day, year = reading.month, reading.day, reading.year
        assert month is not None
        if day is not None and not is_day(year, month, day):
            return _INVALID
        if year is not None:
            return _Value(of_year(reading, year), "text")
        if self._speech is None:
            return _Value(_OPEN["W"] if reading.week_of else spell_date(None, month, day), None)

        def in_year(number: int) -> choice.Stretch | None:
            first, last = stretch(spell_date(number, month, day))
            return (first, last) if first and last else None

        chosen = choice.year(self._speech.day, reading.direction, in_year)
        if chosen is None:
            return _Value(spell_date(None, month, day), None)
        return _Value(of_year(reading, chosen), self._speech.name)

    def _nth_weekday(self, index: int, reading: Reading) -> _Value:
        """The nth of a weekday in its month; -1 is the last."""
        month = self._point(index, reading._replace(nth=None, weekday=None))
        first, last = stretch(month.value or "")
        if first is None or last is None or reading.nth is None:
            return month
        if reading.weekday is None:
            return month._replace(value=last.isoformat())
        if reading.nth < 0:
            back = (last.isoweekday() - reading.weekday) % 7
            return month._replace(value=(last - timedelta(back)).isoformat())
        ahead = (reading.weekday - first.isoweekday()) % 7 + 7 * (reading.nth - 1)
        day = first + timedelta(ahead)
        return month._replace(value=day.isoformat()) if day <= last else _INVALID

    def _weekday(self, reading: Reading, anchor: Anchor | None) -> _Value:
        assert reading.weekday is not None
        if anchor is None:
            return _Value(f"XXXX-WXX-{reading.weekday}", None)
        day = choice.weekday(anchor.day, reading.weekday, reading.direction)
        return _Value(day.isoformat(), anchor.name)

    def _year_part(self, reading: Reading) -> _Value:
        """A year, quarter, half or season."""
        part = part_of_year(reading)
        if reading.year is not None:
            if reading.fiscal and not part:
                return _Value(f"FY{reading.year:04d}", "text")
            return _Value(f"{reading.year:04d}{part}", "text")
        if not part:
            return _Value(None, None)
        if self._speech is None:
            return _Value(f"XXXX{part}", None)

        def in_year(number: int) -> choice.Stretch | None:
            first, last = stretch(f"{number:04d}{part}")
            return (first, last) if first and last else None

        chosen = choice.year(self._speech.day, reading.direction, in_year)
        if chosen is None:
            return _Value(f"XXXX{part}", None)
        return _Value(f"{chosen:04d}{part}", self._speech.name)

    # ---- counted from a reference

    def _shifted(self, index: int, reading: Reading, shift: Shift) -> _Value:
        anchor = self._reference(index, shift)
        if anchor is None:
            return _Value(self._open(reading, shift), None)
        if reading.weekday is not None and shift.unit == "W":
            monday = anchor.day + timedelta(7 * (shift.number or 0) + 1 - anchor.day.isoweekday())
            return _Value((monday + timedelta(reading.weekday - 1)).isoformat(), anchor.name)
        if reading.weekday is not None:
            return self._weekday(reading, anchor)
        if reading.year == -1:  # the same stretch a year before
            return self._year_before(shift.unit, anchor)
        value = moved_by(anchor.day, shift, reading)
        if reading.day is not None and stretch(value) == UNKNOWN:
            return _INVALID  # the 31st of a month of 30 days
        return _Value(value, anchor.name)

    def _reference(self, index: int, shift: Shift) -> Anchor | None:
        if shift.base == "speech":
            return self._speech
        if shift.unit in ("H", "TM", "S"):
            return None  # the hour from which it counts is not known
        reading = self._expressions[index].reading
        if (reading.part or reading.weekday) and self._speech:
            return self._day_spoken_of(index) or self._speech
        coarsest = _COARSENESS.get(shift.unit, 36600)
        for place, first, last in reversed(self._story):
            if place < index and (last - first).days < coarsest:
                return Anchor(first, place)
            same = self._expressions[place].sentence == self._expressions[index].sentence
            if place < index and shift.number and (same or coarsest > _COARSENESS["Q"]):
                return None  # years counted from a decade, a week from a year just named
        # "That day" may be the article's own; "a year earlier" needs the year that it counts from.
        return None if shift.number else self._speech

    def _day_spoken_of(self, index: int) -> Anchor | None:
        """The last day before expression `index` that the story had reached when it was told."""
        for place, first, last in reversed(self._story):
            if place >= index or first != last:
                continue
            if self._speech is None or 0 <= (self._speech.day - first).days <= _SPOKEN_OF:
                return Anchor(first, place)
        return None

    def _open(self, reading: Reading, shift: Shift) -> str:
        if reading.weekday is not None:
            return f"XXXX-WXX-{reading.weekday}"
        if reading.month is not None:
            return spell_date(None, reading.month, reading.day)
        if reading.day is not None:
            return f"XXXX-XX-{reading.day:02d}"
        if part := part_of_year(reading):
            return f"XXXX{part}"
        if shift.unit == "D" and not shift.number and shift.base == "speech":
            return "PRESENT_REF"
        return _OPEN[shift.unit]

    def _year_before(self, unit: str, anchor: Anchor) -> _Value:
        """The stretch of the story's last date, a year before."""
        place, first = self._story[-1][:2] if self._story else (anchor.name, anchor.day)
        return _Value(at_unit(add_months(first, -12), unit), place)

    # ---- times of day

    def _bare_clock(self, index: int, reading: Reading) -> _Value:
        """A time of day without its day: that of its sentence, else that of the article."""
        suffix = time_suffix(reading)
        here = self._expressions[index]
        near = [
            (self._gap(index, place), place, day)
            for place, day in self._days
            if self._expressions[place].sentence == here.sentence
        ]
        if near:
            _, place, day = min(near)
            return _Value(day + suffix, place)
        past = reading.direction in ("past", "last", "since")
        told = [
            (place, day)
            for place, day in self._days
            if place < index and not (past and self._lies_ahead(place, day))
        ]
        if told and here.start - self._expressions[told[-1][0]].end <= _NEAR:
            place, day = told[-1]
            return _Value(day + suffix, place)
        speech = self._speech
        if speech is None:
            return _Value("XXXX-XX-XX" + suffix, None)
        if past and reading.clock and not reading.clock.zone:
            # Times with a zone are mostly those of the wire's own day.
            speech = self._day_spoken_of(index) or speech
        return _Value(speech.day.isoformat() + suffix, speech.name)

    def _lies_ahead(self, place: int, day: str) -> bool:
        """Whether a day, as expression `place` says it, comes after that of the article."""
        if self._speech is None or "X" in day or "W" in day:
            return self._expressions[place].reading.direction in ("future", "next")
        return day > self._speech.day.isoformat()

    def _gap(self, one: int, other: int) -> int:
        """Characters between two expressions."""
        first, second = sorted((one, other))
        return self._expressions[second].start - self._expressions[first].end


def _is_bare_clock(reading: Reading) -> bool:
    return reading.clock is not None and reading._replace(clock=None, direction=None) == Reading()


def _day_comes_first(expressions: Sequence[TimeExpression]) -> bool | None:
    """The order of the article's numeric dates, as those say that can be read in one way only.

    Without such a date, dates in words tell: "8 May" or "May 8". Null when nothing does.
    """
    said = [
        (expression.rule != "numeric-date", expression.reading.day_first)
        for expression in expressions
        if expression.reading.day_first is not None
    ]
    return min(said, key=lambda item: item[0])[1] if said else None


def _nearer_order(speech: date, year: int, month: int, day: int) -> bool | None:
    """Whether the day comes first, where one order alone falls beside the article's own date."""
    near = [
        abs((date(year, *order) - speech).days) <= _BESIDE_ARTICLE
        for order in ((month, day), (day, month))
    ]
    return near[1] if near[0] != near[1] else None


def _resolved(expression: TimeExpression, value: _Value) -> ResolvedDate:
    mod = value.mod or expression.mod
    first, last = (None, None)
    if expression.type in ("DATE", "TIME"):
        first, last = bounds(value.value, mod)
    return ResolvedDate(
        expression.start,
        expression.end,
        expression.type,
        value.value,
        mod,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        value.anchor,
        expression.rule,
    )
