from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.published import ORDERS, UnreadableDateError, read_published

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CLOCKS = st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
ENGLISH = (
    "January February March April May June July August September October November December".split()
)


def name(day: date) -> str:
    return ENGLISH[day.month - 1]


def nth(day: date) -> str:
    special = {1: "st", 2: "nd", 3: "rd"}
    return f"{day.day}{'th' if 11 <= day.day <= 13 else special.get(day.day % 10, 'th')}"


# How programs and editors write a day; none has a second reading.
WRITERS: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "iso without zeros": lambda day: f"{day.year}-{day.month}-{day.day}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "dots, year first": lambda day: f"{day:%Y.%m.%d}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "dots without zeros": lambda day: f"{day.day}. {day.month}. {day.year}",
    "British": lambda day: f"{day.day} {name(day)} {day.year}",
    "British with weekday": lambda day: f"{day:%A} {day.day} {name(day)} {day.year}",
    "British with comma": lambda day: f"{day:%A}, {nth(day)} {name(day)}, {day.year}",
    "of": lambda day: f"{nth(day)} of {name(day)} {day.year}",
    "American": lambda day: f"{name(day)} {day.day}, {day.year}",
    "American with weekday": lambda day: f"{day:%a}, {name(day)[:3]}. {nth(day)}, {day.year}",
    "JavaScript": lambda day: f"{day:%a %b %d %Y}",
    "dashes": lambda day: f"{day:%d-%b-%Y}",
    "PubMed": lambda day: f"{day:%Y %b %d}",
    "capitals": lambda day: f"{day.day} {name(day)} {day.year}".upper(),
}

# A moment, as they write it after such a day; what is read back is without the fraction.
MOMENTS: dict[str, Callable[[datetime], str]] = {
    "RFC 822": format_datetime,
    "RFC 822 in GMT": lambda at: format_datetime(at.astimezone(UTC), usegmt=True),
    "ISO": lambda at: at.isoformat(),
    "ISO with Z": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
    "pandas": lambda at: str(pd.Timestamp(at)),
    "UTC": lambda at: f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
    "compact": lambda at: f"{at:%Y%m%dT%H%M%S%z}",
    "Twitter": lambda at: f"{at:%a %b %d %H:%M:%S %z %Y}",
    "JavaScript": lambda at: f"{at:%a %b %d %Y %H:%M:%S GMT%z} (Somewhere Standard Time)",
    "twelve hours": lambda at: f"{name(at)} {at.day}, {at.year} at {at:%I:%M:%S %p} GMT{at:%z}",
    "clock first": lambda at: f"{at:%H:%M:%S} UTC{at:%z}, {at.day} {name(at)} {at.year}",
}


@given(DAYS, st.sampled_from(sorted(WRITERS)))
def test_a_day_is_read_back_in_every_form(day, writer):
    assert read_published(WRITERS[writer](day)) == (f"{day:%Y-%m-%d}"), (
        f"{writer}: {WRITERS[writer](day)}"
    )


@given(DAYS, st.sampled_from(sorted(WRITERS)), st.sampled_from(ORDERS))
def test_the_order_changes_no_form_that_has_one_reading(day, writer, order):
    assert read_published(WRITERS[writer](day), order) == day.isoformat()


@given(DAYS, CLOCKS, st.integers(-12 * 4, 14 * 4), st.sampled_from(sorted(MOMENTS)))
def test_a_moment_is_read_back_in_every_form(day, clock, quarters, writer):
    zone = timezone(timedelta(minutes=15 * quarters))
    moment = datetime(day.year, day.month, day.day, *clock, tzinfo=zone)
    written = MOMENTS[writer](moment)
    read = read_published(written)
    assert read is not None
    assert datetime.fromisoformat(read) == moment
    if writer not in ("RFC 822 in GMT", "ISO with Z", "UTC"):
        assert datetime.fromisoformat(read).utcoffset() == moment.utcoffset()


@given(DAYS)
def test_three_numbers_are_read_where_they_have_one_reading(day):
    for mark in "/-":
        european, american = f"{day:%d{mark}%m{mark}%Y}", f"{day:%m{mark}%d{mark}%Y}"
        assert read_published(european, "day-first") == day.isoformat()
        assert read_published(american, "month-first") == day.isoformat()
        if day.day > 12 or day.day == day.month:
            assert read_published(european) == read_published(american) == day.isoformat()
        else:
            with pytest.raises(UnreadableDateError, match="--dates day-first or --dates month-fir"):
                read_published(european)


@given(DAYS)
def test_a_weekday_decides_between_two_readings_or_refuses_both(day):
    try:
        read = read_published(f"{day:%a %d/%m/%Y}")
    except UnreadableDateError:
        other = date(day.year, day.day, day.month)  # both readings are this weekday
        assert other.weekday() == day.weekday()
    else:
        assert read == day.isoformat()


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-06-17 08:00", "2025-06-17 08:00"),
        (" 2025-06-17T08:00:00.5-05:00\n", "2025-06-17T08:00:00.5-05:00"),
        ("2025-06-17T08:00:00+0000", "2025-06-17T08:00:00+0000"),
        ("2025-06-17T08:00:00+02:00[Europe/Berlin]", "2025-06-17T08:00:00+02:00"),
        ("2025-06-17T08:00:00 EST", "2025-06-17T08:00:00-05:00"),
        ("2025-06-17+02:00", "2025-06-17"),
        ("20250617T080000Z", "2025-06-17T08:00:00Z"),
        ("20250617080000", "2025-06-17T08:00:00"),
        ("Tue, 17 Jun 25 08:00:00 GMT", "2025-06-17T08:00:00+00:00"),
        ("Thursday, 17-Jun-93 08:00:00 EDT", "1993-06-17T08:00:00-04:00"),
        ("Sept. 12, 2025", "2025-09-12"),
        ("June 17, 2025 8:00 am", "2025-06-17T08:00"),
        ("June 17, 2025 / 12:30 AM EDT", "2025-06-17T00:30-04:00"),
        ("17 June 2025, 12 p.m.", "2025-06-17T12:00"),
        ("8.30pm, 17 June 2025", "2025-06-17T20:30"),
        ("17.6.2025 08:30", "2025-06-17T08:30"),
        ("Jun\u00a017, 2025,\u202f8:00\u202fPM", "2025-06-17T20:00"),
        ("17 June 2025 8:00 GMT+2", "2025-06-17T08:00+02:00"),
        (20250617, "2025-06-17"),
        (20250617.0, "2025-06-17"),
        (date(2025, 6, 17), "2025-06-17"),
        (datetime(2025, 6, 17, 8, tzinfo=UTC), "2025-06-17T08:00:00+00:00"),
        (pd.Timestamp("2025-06-17 08:00"), "2025-06-17T08:00:00"),
        (pd.NaT, None),
        (float("nan"), None),
        (None, None),
        ("", None),
    ],
)
def test_one_written_form_each(written, iso):
    assert read_published(written) == iso


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2025-02-30", "there is no such day"),
        ("29 February 2025", "there is no such day"),
        ("06.17.2025", "there is no such day"),
        ("0000-00-00 00:00:00", "there is no such day"),
        ("2025-06-17T25:00", "no such time of day"),
        ("17 June 2025 13:00 pm", "there is no 13 pm"),
        ("2025-06-17T08:00+25:00", "no time zone is 25 hours"),
        ("17 June 2025 08:00 BST", "BST has more than one meaning"),
        ("Monday 17 June 2025", "2025-06-17 is a Tuesday"),
        ("0001-01-01T00:00:00", "no news was published in the year 1"),
        (date(1, 1, 1), "no news was published in the year 1"),
        ("1750147200", "seconds, milliseconds and days"),
        (1750147200000, "seconds, milliseconds and days"),
        (45825.5, "seconds, milliseconds and days"),
        ("17 June 25", "no date that can be read"),
        ("17/06/25", "no date that can be read"),
        ("2025-06", "no date that can be read"),
        ("June 2025", "no date that can be read"),
        ("17 June", "no date that can be read"),
        ("2025-W25-2", "no date that can be read"),
        ("2025-168", "no date that can be read"),
        ("last Tuesday", "no date that can be read"),
        ("17 juin 2025", "no date that can be read"),
        ("\u0662\u0660\u0662\u0665-06-17", "no date that can be read"),
        (True, "no date that can be read"),
        ({"date": "2025-06-17"}, "no date that can be read"),
        (float("inf"), "no date that can be read"),
    ],
)
def test_what_is_refused_and_why(written, message):
    with pytest.raises(UnreadableDateError, match=message):
        read_published(written)


@given(st.text(max_size=40) | st.integers() | st.floats())
def test_whatever_is_written_it_is_a_date_of_iso_or_refused(written):
    try:
        read = read_published(written)
    except UnreadableDateError:
        return
    assert read is None or date.fromisoformat(read[:10])
