"""Calendar arithmetic over the whole calendar: leap years, ISO weeks and the ends of years."""

import locale
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from newsclaims import lexicon
from newsclaims.extract.dates import Direction, Reading, Shift, TimeExpression, find_dates
from newsclaims.resolve.calendar import (
    ResolvedDate,
    anchors,
    choice,
    explain_date,
    ranges,
    reckoning,
    resolve_dates,
    spelling,
)
from newsclaims.resolve.calendar import values as calendar_values
from newsclaims.resolve.calendar.named_days import NAMES, named_day
from newsclaims.resolve.calendar.values import add_months, bounds, spell_date, spell_week, stretch
from newsclaims.text.tokens import Tokens

DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))
ARTICLE_DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
DAY = timedelta(1)

# Ways to name the stretch that holds a day. Those of one unit cover the calendar without a gap.
SPELLINGS: dict[str, Callable[[date], str]] = {
    "day": lambda day: day.isoformat(),
    "week": spell_week,
    "month": lambda day: spell_date(day.year, day.month),
    "quarter": lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    "half": lambda day: f"{day.year:04d}-H{1 if day.month < 7 else 2}",
    "year": lambda day: spell_date(day.year),
    "decade": lambda day: f"{day.year // 10:03d}",
    "century": lambda day: f"{day.year // 100:02d}",
}
UNITS = st.sampled_from(sorted(SPELLINGS))


def first_and_last(value: str, mod: str | None = None) -> tuple[date, date]:
    first, last = bounds(value, mod)
    assert first is not None
    assert last is not None
    return first, last


@given(UNITS, st.dates(date(101, 1, 1), date(9900, 1, 1)))
def test_a_stretch_holds_its_days_and_no_others(unit: str, day: date) -> None:
    spell = SPELLINGS[unit]
    first, last = first_and_last(spell(day))
    assert first <= day <= last
    assert spell(first) == spell(last) == spell(day)
    assert spell(first - DAY) != spell(day) != spell(last + DAY)


@given(UNITS, DAYS)
def test_thirds_follow_each_other_and_fill_the_stretch(unit: str, day: date) -> None:
    assume(day.year > 100)
    value = SPELLINGS[unit](day)
    first, last = first_and_last(value)
    thirds = [first_and_last(value, mod) for mod in ("START", "MID", "END")]
    if unit == "day":
        assert thirds == [(first, last)] * 3
        return
    assert thirds[0][0] == first
    assert thirds[2][1] == last
    assert all(one[1] + DAY == two[0] for one, two in pairwise(thirds))


@given(UNITS, st.dates(date(101, 1, 1), date(9900, 1, 1)))
def test_before_and_after_leave_one_side_open(unit: str, day: date) -> None:
    value = SPELLINGS[unit](day)
    first, last = first_and_last(value)
    assert bounds(value, "BEFORE") == (None, first - DAY)
    assert bounds(value, "AFTER") == (last + DAY, None)
    assert bounds(value, "ON_OR_BEFORE") == (None, last)
    assert bounds(value, "APPROX") == (first, last)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2020-W53-WE", "2021-01-02", "2021-01-03"),
        ("2025-SU", "2025-06-01", "2025-08-31"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("2025-05-07TMO", "2025-05-07", "2025-05-07"),
        ("2025-05-07T10:35+05:30", "2025-05-07", "2025-05-07"),
    ],
)
def test_bounds_by_hand(value: str, first: str, last: str) -> None:
    assert stretch(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value",
    ["XXXX-05-08", "XXXX-WXX-5", "XXXX-XX-XX", "P10Y", "PT30M", "PAST_REF", "FY2007", "BC0044",
     "2021-W53", "2023-02-29", "0000", "XXXX-SU"],
)  # fmt: skip
def test_no_bounds_without_a_year_or_outside_the_calendar(value: str) -> None:
    assert bounds(value) == (None, None)


@given(DAYS, st.integers(-1200, 1200))
def test_adding_months_keeps_the_day_or_ends_the_month(day: date, months: int) -> None:
    assume(1 <= (day.year * 12 + day.month - 1 + months) // 12 <= 9999)
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


SIDES: st.SearchStrategy[Direction | None] = st.sampled_from(
    ["past", "present", "future", "last", "next", "this", None]
)


@given(ARTICLE_DAYS, st.integers(1, 7), SIDES)
def test_a_weekday_lies_within_a_week_on_its_side(
    reference: date, number: int, side: Direction | None
) -> None:
    day = choice.weekday(reference, number, side)
    assert day.isoweekday() == number
    distance = (day - reference).days
    sides = {
        "past": (-6, 0),
        None: (-6, 0),
        "last": (-7, -1),
        "present": (0, 6),
        "future": (0, 6),
        "next": (1, 7),
    }
    if side == "this":
        assert spell_week(day) == spell_week(reference)
    else:
        low, high = sides[side]
        assert low <= distance <= high


@given(ARTICLE_DAYS, SIDES)
def test_a_weekend_begins_on_a_saturday_near_by(reference: date, side: Direction | None) -> None:
    saturday = choice.weekend(reference, side)
    assert saturday.isoweekday() == 6
    assert abs((saturday - reference).days) <= 8


@given(ARTICLE_DAYS, st.integers(1, 12), SIDES)
def test_a_month_is_the_nearest_on_its_side(
    reference: date, month: int, side: Direction | None
) -> None:
    resolved = resolve(Reading(month=month, direction=side), reference)
    first, last = first_and_last(str(resolved.value))
    assert first.month == month
    if side == "last":
        assert last < reference
    if side == "next":
        assert first > reference
    assert (first - reference).days <= 366
    assert (reference - last).days <= 366


def resolve(reading: Reading, published: date | None) -> ResolvedDate:
    """One expression of an article of this day."""
    expression = TimeExpression(0, 1, "DATE", "test", reading)
    found = resolve_dates([expression], published.isoformat() if published else None)
    assert len(found) == 1
    return found[0]


PARTS = st.one_of(
    st.builds(
        lambda unit, count: Reading(shift=Shift(unit, count)),
        st.sampled_from(["D", "W", "M", "Q", "Y", "WE", "10Y", "100Y"]),
        st.integers(-9, 9),
    ),
    st.tuples(st.integers(1, 12), st.integers(1, 31)).map(lambda x: Reading(month=x[0], day=x[1])),
    st.tuples(st.integers(1, 7), SIDES).map(lambda x: Reading(weekday=x[0], direction=x[1])),
    st.integers(1, 4).map(lambda quarter: Reading(quarter=quarter)),
    st.sampled_from(["SP", "SU", "FA", "WI"]).map(lambda season: Reading(season=season)),
    st.integers(1, 9999).map(lambda year: Reading(year=year)),
    st.integers(0, 999).map(lambda decade: Reading(decade=decade)),
)  # fmt: skip


@given(PARTS, st.one_of(st.none(), ARTICLE_DAYS))
def test_first_and_last_day_agree_with_the_value(reading: Reading, published: date | None) -> None:
    resolved = resolve(reading, published)
    first, last = bounds(resolved.value, resolved.mod)
    assert resolved.earliest == (first.isoformat() if first else None)
    assert resolved.latest == (last.isoformat() if last else None)
    if resolved.value is None:
        assert resolved.mod == "INVALID"
    elif "XX" in resolved.value or resolved.value.endswith("_REF"):
        assert (resolved.earliest, resolved.anchor) == (None, None)
    elif published is None:
        assert resolved.anchor == "text"


@given(ARTICLE_DAYS)
def test_shifts_by_hand(published: date) -> None:
    assert resolve(Reading(shift=Shift("D", -1)), published).value == str(published - DAY)
    week = resolve(Reading(shift=Shift("W", -1)), published).value
    assert week == spell_week(published - 7 * DAY)
    assert resolve(Reading(shift=Shift("Y", 1)), published).value == str(published.year + 1)


@pytest.mark.parametrize(("day", "month", "year"), [(30, 2, None), (29, 2, 2023), (31, 4, 2024)])
def test_a_day_that_no_calendar_has_is_invalid(day: int, month: int, year: int | None) -> None:
    resolved = resolve(Reading(year=year, month=month, day=day), date(2024, 6, 1))
    assert (resolved.value, resolved.mod, resolved.earliest) == (None, "INVALID", None)


def test_a_day_that_the_told_month_lacks_is_invalid() -> None:
    resolved = resolve(Reading(shift=Shift("M", 1), day=31), date(2024, 3, 15))
    assert (resolved.value, resolved.mod) == (None, "INVALID")
    assert resolve(Reading(shift=Shift("M", 1), day=30), date(2024, 3, 15)).value == "2024-04-30"


def test_29_february_without_a_year_finds_a_leap_year() -> None:
    assert resolve(Reading(month=2, day=29), date(2023, 3, 1)).value == "2024-02-29"
    assert resolve(Reading(month=2, day=29, direction="past"), date(2023, 3, 1)).value in (
        "2020-02-29",
        "2024-02-29",
    )
    assert resolve(Reading(month=2, day=29), None).value == "XXXX-02-29"


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Thanksgiving", 1999, "1999-11-25"),
        ("Easter", 2024, "2024-03-31"),
        ("Election Day", 2020, "2020-11-03"),
        ("Labor Day", 2025, "2025-09-01"),
        ("Lunar New Year", 2024, "2024-02-10"),
    ],
)
def test_named_days(name: str, year: int, day: str) -> None:
    assert named_day(name, year) == date.fromisoformat(day)


def test_a_year_that_no_calendar_holds_has_no_day() -> None:
    assert named_day("Holi", 1998) is None


def test_every_holiday_that_the_room_finds_has_its_day() -> None:
    holidays = lexicon.values("dates.holiday")
    names = {meant[0] if meant else name for name, meant in holidays.items()}
    assert names == NAMES
    assert [name for name in sorted(NAMES) if named_day(name, 2023) is None] == []


# ---- how a value came about


@pytest.mark.parametrize(
    ("text", "published", "steps"),
    [
        (
            "She will return by early [October].",
            "2025-06-18",
            ["rule month:", "month 10", '"by" outside it points ahead',
             "publication date, 2025-06-18", "value is 2025-10.", "first third",
             "between 2025-10-01 and 2025-10-10"],
        ),
        (
            "He resigned [Monday].",
            "2025-06-18",
            ["rule weekday:", "weekday 1", '"resigned" outside it points back',
             "publication date, 2025-06-18", "value is 2025-06-16."],
        ),
        (
            "He was hurt on May 8 and died [two days later].",
            "2025-06-18",
            ["rule later:", "count 2 days after the story's date",
             'the date "May 8" at 15, 2025-05-08', "value is 2025-05-10."],
        ),
        (
            "Tuesday, June 19, 2018\n\n[Yesterday] it rained.",
            None,
            ["rule today:", "count 1 day before the day on which the article speaks",
             'the article\'s own date "Tuesday, June 19, 2018" at 0', "value is 2018-06-18."],
        ),
        (
            "They met [last October].",
            "2025-06-18",
            ["rule month:", "month 10", "Its own words point to the last one before",
             "publication date", "value is 2024-10.", "between 2024-10-01 and 2024-10-31"],
        ),
        (
            "It fell on [February 30].",
            None,
            ["rule month-day:", "month 2, its day 30", '"fell" outside it points back',
             "words alone", "No calendar has this day"],
        ),
        (
            "He fell on [Friday].",
            None,
            ["rule weekday:", "weekday 5", '"fell" outside', "unknown parts stay open",
             "value is XXXX-WXX-5."],
        ),
        (
            "It took [more than ten years].",
            None,
            ["rule length:", "mean P10Y", "value is P10Y.", "add MORE_THAN"],
        ),
    ],
)  # fmt: skip
def test_each_step_to_a_value_is_told(
    text: str, published: str | None, steps: list[str], parse: Callable[[str], Tokens]
) -> None:
    start = text.index("[")
    text = text.replace("[", "").replace("]", "")
    expressions = find_dates(parse(text))
    values = resolve_dates(expressions, published)
    index = next(
        place for place, found in enumerate(expressions) if found.start <= start < found.end
    )
    told = explain_date(text, expressions, index, published)
    assert len(told) == len(steps)
    assert [step for step, sentence in zip(steps, told, strict=True) if step not in sentence] == []
    assert all(sentence.endswith(".") for sentence in told)
    assert values == resolve_dates(expressions, published)


@given(PARTS, st.one_of(st.none(), ARTICLE_DAYS))
def test_every_value_can_be_told(reading: Reading, published: date | None) -> None:
    expression = TimeExpression(0, 1, "DATE", "test", reading)
    told = explain_date("x", [expression], 0, published.isoformat() if published else None)
    value = resolve(reading, published).value
    assert any((value or "No calendar") in sentence for sentence in told)


# ---- nothing depends on the machine

TEXT = (
    "He left yesterday at 10:35 p.m. and will return Friday, before March, Easter and next weekend."
)


@contextmanager
def machine(monkeypatch: pytest.MonkeyPatch, zone: str, tongue: str, today: date) -> Iterator[None]:
    """A machine in this time zone and locale, whose clock shows this day."""

    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(today.year, today.month, today.day)

    before = locale.setlocale(locale.LC_ALL)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        locale.setlocale(locale.LC_ALL, tongue)
        for module in (anchors, choice, ranges, reckoning, spelling, calendar_values):
            patch.setattr(module, "date", Clock)
        yield
    locale.setlocale(locale.LC_ALL, before)
    time.tzset()


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize("tongue", ["C", "C.UTF-8", "POSIX"])
@pytest.mark.parametrize("today", [date(1970, 1, 1), date(2024, 2, 29), date(2099, 12, 31)])
def test_no_value_depends_on_the_machine(
    zone: str,
    tongue: str,
    today: date,
    parse: Callable[[str], Tokens],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expressions = find_dates(parse(TEXT))
    with machine(monkeypatch, zone, tongue, today):
        values = [date.value for date in resolve_dates(expressions, "2025-06-18T23:30:00-10:00")]
        unanchored = [date.value for date in resolve_dates(expressions, None)]
    assert values == [
        "2025-06-17T22:35", "2025-06-20", "2026-03", "2026-04-05", "2025-W25-WE",
    ]  # fmt: skip
    assert unanchored == [
        "XXXX-XX-XXT22:35", "XXXX-WXX-5", "XXXX-03", "XXXX-XX-XX", "XXXX-WXX-WE",
    ]  # fmt: skip
