"""Numeric forms and times of day."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from newsclaims.extract.dates.amounts import amount, quantity_mod
from newsclaims.extract.dates.days import nth_weekday
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.making import (
    DAYS,
    MONTHS,
    POINTERS,
    Builder,
    Found,
    century_of,
    make,
    pointer,
    year_of,
)
from newsclaims.extract.dates.readings import Clock, Reading, Shift

_ISO_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)


def iso_time(match: CalendarMatch) -> Found:
    """ISO 8601 with its time, and its zone when written."""
    parts = _ISO_TIME.fullmatch(match.lexemes[0].value)
    if parts is None:
        return []
    year, month, day, hour, minute = map(int, parts.group(1, 2, 3, 4, 5))
    second = int(parts[6]) if parts[6] else None
    if hour > 24 or minute > 59 or (second or 0) > 60:
        return []
    clock_ = Clock(hour, minute, second, _zone((parts[7] or "").upper()))
    return make(match, Reading(year=year, month=month, day=day, clock=clock_), "TIME")


def _zone(written: str) -> str:
    if len(written) == 5:
        written = f"{written[:3]}:{written[3:]}"
    return "Z" if written in ("+00:00", "-00:00") else written


def iso_date(match: CalendarMatch) -> Found:
    """ISO 8601 without a time."""
    year, month, day = map(int, match.lexemes[0].value.split("-"))
    return make(match, Reading(year=year, month=month, day=day))


def numeric_date(match: CalendarMatch) -> Found:
    """Day, month and year in digits; which is which may stay open."""
    written = match.lexemes[0].value
    mark = written.strip("0123456789")[0]
    first, second, last = written.split(mark)
    one, two = int(first), int(second)
    year = int(last) if len(last) == 4 else century_of(int(last))
    if mark == "." and (len(last) == 2 or one > 31):
        return []
    if mark == "-" and len(last) == 2:
        return []  # a score or a part number as soon as a date
    if one > 12 or mark == ".":
        return (
            make(match, Reading(year=year, month=two, day=one, day_first=True)) if two <= 12 else []
        )
    if two > 12:
        return (
            make(match, Reading(year=year, month=one, day=two, day_first=False))
            if two <= 31
            else []
        )
    if not one or not two:
        return []
    return make(match, Reading(year=year, month=one, day=two, order_open=one != two))


def nine_eleven(match: CalendarMatch) -> Found:
    """Read "9/11" alone: other fractions of this form are none of ours."""
    slashed = match.lexemes[0].kind == "month_slash_day"
    if slashed and match.lexemes[0].value != "9/11":
        return []
    if not slashed and not _is_eleventh(match):
        return []
    return make(match, Reading(year=2001, month=9, day=11))


def _is_eleventh(match: CalendarMatch) -> bool:
    """As in "the Sept. 11 attacks", without a year."""
    if (match.number("month", "short_month"), match.number("small", "ordinal")) != (9, 11):
        return False
    return match.scene.word_after(match.end).lower() in _ATTACKS


_ATTACKS = frozenset("attack attacks terror terrorist terrorism hijackers hijackings".split())


def clock_of(match: CalendarMatch) -> Clock | None:
    """The time of day that the match names, or null where its numbers are none."""
    zone = match.first("zone")
    offset = zone.value if zone else ""
    noon_ = match.first("noon")
    if noon_ is not None:
        return Clock(int(noon_.value[:2]), 0, None, offset)
    written = match.first("clock", "small", "decimal", "four", "year", "plain", "ones", "teens")
    if written is None:
        return None
    digits = written.value.replace(".", ":").split(":")
    if written.kind in ("four", "year", "plain"):
        digits = [written.value[:-2], written.value[-2:]]
    if not all(digits):
        return None
    numbers = [int(number) for number in digits]
    hour = _hour(numbers[0], match)
    minute = numbers[1] if len(numbers) > 1 else None
    if hour is None or hour > 24 or (minute or 0) > 59 or (len(digits) > 1 and len(digits[1]) != 2):
        return None
    return Clock(hour, minute, None, offset)


def _hour(hour: int, match: CalendarMatch) -> int | None:
    half = match.first("ampm")
    part = match.first("part")
    if half is None and part is None:
        return hour
    if hour > 12 and half is not None:
        return hour if match.has("clock") and hour < 24 else None
    afternoon = (half is not None and half.value == "p") or (
        part is not None and part.value in ("AF", "EV", "NI") and 0 < hour < 12
    )
    if half is not None and half.value == "o":
        return hour
    if afternoon:
        return hour % 12 + 12
    return hour % 12 if half is not None else hour


def clock(match: CalendarMatch) -> Found:
    """A time of day without its day."""
    time = clock_of(match)
    if time is None or not _is_time_of_day(match):
        return []
    time, end = _with_offset(match, time)
    reading = Reading(clock=time, direction=match.scene.direction(match.start))
    return make(match, reading, "TIME", end=end, mod=quantity_mod(match.lexemes))


def _with_offset(match: CalendarMatch, time: Clock) -> tuple[Clock, int]:
    """The time with the hours that follow its zone ("UTC+2"), and where the expression ends."""
    text, end = match.scene.text, match.end
    offset = _OFFSET.match(text, end) if time.zone == "Z" else None
    if offset is not None:
        hours, minutes = int(offset["hours"]), offset["minutes"] or "00"
        time = time._replace(zone=f"{offset['sign']}{hours:02d}:{minutes}")
        end = offset.end()
    if match.lexemes[-1].kind == "zone" and match.has("open") and text.startswith(")", end):
        end += 1
    return time, end


# What may follow GMT or UTC: "UTC+2", "GMT +5:30".
_OFFSET = re.compile(r"\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?![\w:])")


def _is_time_of_day(match: CalendarMatch) -> bool:
    """A bare 10:35 may be a verse, a ratio or a result; a zone, am/pm or a preposition decide."""
    if match.has("ampm"):
        return True
    if match.has("zone"):
        written = next(x for x in match.lexemes if x.kind != "about")
        return written.kind in ("clock", "decimal") or len(written.value) == 4
    if match.has("clock"):
        if match.lexemes[-1].value.count(":") > 1:
            return False
        return (
            match.scene.word_before(match.start) in _CLOCK_PREPOSITIONS
            or _CLOCK_AHEAD.match(match.scene.text, match.end) is not None
            or _CLOCK_BEHIND.search(match.scene.text[max(match.start - 14, 0) : match.start])
            is not None
        )
    return match.has("hours") and len(match.lexemes[-2].value) == 4


_CLOCK_PREPOSITIONS = frozenset("at by until from before after since about around till".split())


_CLOCK_AHEAD = re.compile(r"\s?[-–—]\s?\d{1,2}:\d\d(?!\d)")
_CLOCK_BEHIND = re.compile(r"\d:\d\d(?: ?[ap]\.?m\.?)?(?:\s?[-–—]\s?| (?:to|and|or) )$")


def clock_part(match: CalendarMatch) -> Found:
    """Read "4 in the morning"."""
    if match.has("tens", "ones", "teens"):
        count = amount(match.lexemes)
        part = match.first("part")
        if count is None or part is None:
            return []
        hour = int(float(count.value))
        late = part.value in ("AF", "EV", "NI") and hour < 12
        return make(match, Reading(clock=Clock(hour + 12 if late else hour)), "TIME")
    time = clock_of(match)
    return make(match, Reading(clock=time), "TIME") if time else []


def clock_day(match: CalendarMatch) -> Found:
    """Read "9 a.m. Tuesday", "Tuesday at 9 a.m.": a time of day beside its day."""
    day, clock_ = _day_and_clock(match)
    time = clock_of(clock_)
    if time is None or not day.lexemes:
        return []
    time, end = _with_offset(match, time)
    # "Until 9 a.m. Tuesday" is a limit as "until Tuesday" is: the word before the time counts.
    reading = _day_reading(day, match.start)._replace(clock=time)
    return make(match, reading, "TIME", end=end, mod=quantity_mod(match.lexemes))


_DAY_WORDS = frozenset(
    "today tonight this weekday short_weekday month other_month short_month the on".split()
) | frozenset(POINTERS)


def _day_and_clock(match: CalendarMatch) -> tuple[CalendarMatch, CalendarMatch]:
    """The lexemes of the day and those of the time of day, whichever comes first."""
    lexemes = match.lexemes
    place = 0
    for place, lexeme in enumerate(lexemes):
        following = lexemes[place + 1].kind if place + 1 < len(lexemes) else ""
        if lexeme.kind in _DAY_WORDS or (
            lexeme.kind in ("small", "ordinal") and following in (*MONTHS, "of")
        ):
            break
    if place:
        return match._replace(lexemes=lexemes[place:]), match._replace(lexemes=lexemes[:place])
    split = max(i for i, lexeme in enumerate(lexemes) if lexeme.kind in ("at", "comma"))
    return (
        match._replace(lexemes=lexemes[:split]),
        match._replace(lexemes=lexemes[split + 1 :]),
    )


def part_of_date(match: CalendarMatch) -> Found:
    """Read "The night of May 8", "the small hours of Tuesday"."""
    first = match.lexemes[0]
    if first.kind == "ordinal_word" and first.value != "1":
        return []  # only the first light is that of dawn
    of = next(i for i, lexeme in enumerate(match.lexemes) if lexeme.kind in ("of", "on"))
    part = match.first("part")
    day = match._replace(lexemes=match.lexemes[of + 1 :])
    reading = _day_reading(day, day.start)
    value = part.value if part is not None and not match.has("hours") else "MO"
    mod = "START" if match.has("hours") else None
    return make(match, reading._replace(part=value), "TIME", mod=mod)


def _day_reading(match: CalendarMatch, start: int) -> Reading:
    """The day that words like "Tuesday", "today" or "May 8, 2025" name."""
    today = match.first("today", "tonight")
    if today is not None:
        count = int(today.value) if today.kind == "today" else 0
        return Reading(shift=Shift("D", count))
    if match.has("month_unit") or (match.has("weekday") and match.has("of", "in")):
        named = next(i for i, lexeme in enumerate(match.lexemes) if lexeme.kind == "the")
        return nth_weekday(match._replace(lexemes=match.lexemes[named:]))[0].reading
    point = pointer(match)
    if match.has("year_unit") and point is not None:
        shift = Shift("Y", point[0])
        return Reading(shift=shift, month=match.number(*MONTHS), day=match.number(*DAYS))
    weekday = match.number("weekday", "short_weekday")
    if weekday is None and match.has("this") and match.has("part"):
        return Reading(shift=Shift("D", 0))  # "the early hours of this morning"
    if match.has("day") and point is not None:
        return Reading(shift=Shift("D", point[0], "story"))
    if match.has("ordinal") and not match.has(*MONTHS):
        return Reading(shift=Shift("M", 0, "story"), day=match.number("ordinal"))
    return Reading(
        year=year_of(match.first("year", "short_year")),
        month=match.number(*MONTHS),
        day=match.number(*DAYS) if match.has(*MONTHS) else None,
        weekday=weekday,
        direction=point[2] if point else match.scene.direction(start),
    )


def clock_words(match: CalendarMatch) -> Found:
    """Read "half past seven", "quarter to five"."""
    if match.scene.word_before(match.start) not in _CLOCK_PREPOSITIONS:
        return []
    place = next(i for i, lexeme in enumerate(match.lexemes) if lexeme.kind in ("past", "to"))
    count = amount(match.lexemes[place + 1 :])
    if count is None or not 1 <= float(count.value) <= 12:
        return []
    hour = int(float(count.value))
    half = match.first("ampm")
    if half is not None and half.value in "ap":
        hour = hour % 12 + (12 if half.value == "p" else 0)
    minute = 30 if match.has("half") else 15
    if match.has("to"):
        hour, minute = (hour - 1) % 24, 60 - minute
    time = Clock(hour, minute)
    return make(match, Reading(clock=time, direction=match.scene.direction(match.start)), "TIME")


def noon(match: CalendarMatch) -> Found:
    """Noon or midnight, of a weekday when one follows."""
    written = match.first("noon")
    assert written is not None
    tokens, token = match.scene.tokens, match.scene.tokens.at(written.start)
    if tokens.texts[token][0].isupper() and not tokens.begins[token]:
        return []
    zone = match.first("zone")
    hour = 12 if written.value == "12:00" else 24
    reading = _day_reading(match, match.start)
    time = Clock(hour, 0, None, zone.value if zone else "")
    return make(match, reading._replace(clock=time), "TIME", mod=quantity_mod(match.lexemes))


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "iso-date-time": iso_time,
        "iso-date": iso_date,
        "numeric-date": numeric_date,
        "nine-eleven": nine_eleven,
        "clock-day": clock_day,
        "part-of-date": part_of_date,
        "clock-part": clock_part,
        "clock": clock,
        "clock-words": clock_words,
        "noon": noon,
    }
)
