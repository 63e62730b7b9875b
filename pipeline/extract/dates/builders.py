"""For each rule, what its lexemes say: offsets, type and `Reading`."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pipeline.extract.dates.amounts import amount, duration, quantity_mod
from pipeline.extract.dates.grammar import Match
from pipeline.extract.dates.lexemes import Lexeme
from pipeline.extract.dates.readings import (
    Base,
    Clock,
    Direction,
    Reading,
    Shift,
    TimeExpression,
    Unit,
)
from pipeline.extract.dates.scene import Scene
from pipeline.records import TimexType

Found = list[TimeExpression]
Builder = Callable[[Match, Scene], Found]

_MONTHS = ("month", "other_month", "short_month")
_DAYS = ("small", "ordinal", "ordinal_word")
_UNITS_OF_ONE = (
    "day week fortnight month_unit year_unit decade_unit century_unit hour minute second quarter "
    "weekend"
).split()
_UNITS_OF_MANY = (
    "days weeks months_unit years_unit decades_unit centuries_unit hours minutes seconds quarters "
    "weekends"
).split()
_UNITS = tuple(_UNITS_OF_ONE + _UNITS_OF_MANY)
_PHASES = MappingProxyType(
    {"begin": "START", "early": "START", "mid": "MID", "end": "END", "late": "END"}
)
# How many units away a pointing word lies, whether it points from the article or from the story,
# and the side on which it looks for a named part of the calendar.
_POINTERS: Mapping[str, tuple[int, Base, Direction]] = MappingProxyType(
    {
        "last": (-1, "speech", "last"),
        "past": (-1, "speech", "last"),
        "next": (1, "speech", "next"),
        "coming": (1, "speech", "next"),
        "this": (0, "speech", "this"),
        "current": (0, "speech", "this"),
        "that": (0, "story", "this"),
        "same": (0, "story", "this"),
        "following": (1, "story", "next"),
        "after": (1, "story", "next"),
        "later": (1, "story", "next"),
        "previous": (-1, "story", "last"),
        "before": (-1, "story", "last"),
        "prior": (-1, "story", "last"),
        "earlier": (-1, "story", "last"),
    }
)


def make(
    match: Match,
    reading: Reading,
    timex: TimexType = "DATE",
    *,
    start: int | None = None,
    end: int | None = None,
    mod: str | None = None,
) -> Found:
    """One expression over the match, or over a part of it."""
    return [
        TimeExpression(
            match.start if start is None else start,
            match.end if end is None else end,
            timex,
            match.rule,
            reading,
            mod,
        )
    ]


def phase(match: Match) -> str | None:
    """START, MID or END where the match says so of a stretch, else null."""
    for lexeme in match.lexemes:
        if lexeme.kind in _PHASES:
            return _PHASES[lexeme.kind]
    return None


def year_of(lexeme: Lexeme | None) -> int | None:
    """The year that a lexeme writes; two digits lie between 1940 and 2039."""
    if lexeme is None:
        return None
    digits = lexeme.value.strip("'’")
    return int(digits) if len(digits) == 4 else _century_of(int(digits))


def _century_of(two_digits: int) -> int:
    return (1900 if two_digits >= 40 else 2000) + two_digits


def pointer(match: Match) -> tuple[int, Base, Direction] | None:
    """What the first pointing word of the match says."""
    found = match.first(*_POINTERS)
    if found is None:
        return None
    if found.kind == "this" and match.has("past"):
        return _POINTERS["last"]
    if found.kind == "this" and match.has("coming"):
        return _POINTERS["next"]
    return _POINTERS[found.kind]


def _last_pointer(match: Match) -> tuple[int, Base, Direction] | None:
    kinds = [lexeme.kind for lexeme in match.lexemes if lexeme.kind in _POINTERS]
    return _POINTERS[kinds[-1]] if kinds else None


# ---- numeric forms


def iso_time(match: Match, scene: Scene) -> Found:
    value = match.lexemes[0].value
    seconds = value[16:19] if value[16:17] == ":" else ""
    zone = value[16 + len(seconds) :]
    if zone.startswith("."):
        zone = zone.lstrip(".0123456789")
    return make(match, Reading(fixed=value[:16] + seconds + _zone(zone)), "TIME")


def _zone(written: str) -> str:
    if len(written) == 5:
        return f"{written[:3]}:{written[3:]}"
    return "Z" if written in ("+00:00", "-00:00") else written


def iso_date(match: Match, scene: Scene) -> Found:
    year, month, day = map(int, match.lexemes[0].value.split("-"))
    return make(match, Reading(year=year, month=month, day=day))


def numeric_date(match: Match, scene: Scene) -> Found:
    written = match.lexemes[0].value
    mark = written.strip("0123456789")[0]
    first, second, last = written.split(mark)
    one, two = int(first), int(second)
    year = int(last) if len(last) == 4 else _century_of(int(last))
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


def nine_eleven(match: Match, scene: Scene) -> Found:
    if match.lexemes[0].value != "9/11":
        return []
    return make(match, Reading(year=2001, month=9, day=11))


# ---- clock times


def clock_of(match: Match) -> Clock | None:
    """The time of day that the match names, or null where its numbers are none."""
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
    zone = match.first("zone")
    return Clock(hour, minute, None, zone.value if zone else "")


def _hour(hour: int, match: Match) -> int | None:
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


def clock(match: Match, scene: Scene) -> Found:
    time = clock_of(match)
    if time is None or not _is_time_of_day(match, scene):
        return []
    return make(match, Reading(clock=time), "TIME")


def _is_time_of_day(match: Match, scene: Scene) -> bool:
    """A bare 10:35 may be a verse, a ratio or a result; a zone, am/pm or a preposition decide."""
    if match.has("ampm"):
        return True
    if match.has("zone"):
        written = match.lexemes[0]
        return written.kind == "clock" or len(written.value) == 4
    if match.has("clock"):
        if match.lexemes[0].value.count(":") > 1:
            return False
        return scene.word_before(match.start) in _CLOCK_PREPOSITIONS
    return match.has("hours") and len(match.lexemes[0].value) == 4


_CLOCK_PREPOSITIONS = frozenset("at by until from before after since about around till".split())


def clock_part(match: Match, scene: Scene) -> Found:
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


def clock_day(match: Match, scene: Scene) -> Found:
    time = clock_of(match)
    if time is None:
        return []
    rest = match._replace(lexemes=match.lexemes[1:])
    day = _day_reading(rest, scene, match.start)
    end = match.end
    return make(match, day._replace(clock=time), "TIME", end=end)


def _day_reading(match: Match, scene: Scene, start: int) -> Reading:
    """The day that words like "Tuesday", "today" or "May 8, 2025" name."""
    today = match.first("today", "tonight")
    if today is not None:
        count = int(today.value) if today.kind == "today" else 0
        return Reading(shift=Shift("D", count))
    point = pointer(match)
    weekday = match.number("weekday", "short_weekday")
    if match.has("day") and point is not None:
        return Reading(shift=Shift("D", point[0], "story"))
    return Reading(
        year=year_of(match.first("year", "short_year")),
        month=match.number(*_MONTHS),
        day=match.number(*_DAYS) if match.has(*_MONTHS) else None,
        weekday=weekday,
        direction=point[2] if point else scene.direction(start),
    )


def noon(match: Match, scene: Scene) -> Found:
    written = match.first("noon")
    assert written is not None
    if scene.text[written.start].isupper() and not scene.token(written.start).is_sent_start:
        return []
    zone = match.first("zone")
    hour = 12 if written.value == "12:00" else 24
    reading = _day_reading(match, scene, match.start)
    time = Clock(hour, 0, None, zone.value if zone else "")
    return make(match, reading._replace(clock=time), "TIME")


# ---- days and months


def month_day(match: Match, scene: Scene) -> Found:
    month = match.first(*_MONTHS)
    assert month is not None
    if not _is_month(month, scene, numbered=True):
        return []
    place = match.lexemes.index(month)
    after = match._replace(lexemes=match.lexemes[place + 1 :])
    day = after.number("small", "ordinal")
    if day is not None and _counts_something(match, scene, after):
        return []
    reading = _date(match, scene, day)
    return make(match, reading._replace(day_first=False), mod=phase(match))


def _counts_something(match: Match, scene: Scene, after: Match) -> bool:
    """ "In May 12 people died": the number belongs to the noun that follows it."""
    if after.has("year", "short_year", "ordinal", "comma"):
        return False
    return (
        scene.tag_after(match.end) == "NNS"
        and scene.token(match.end - 1).dep_ == "nummod"
        and (scene.token(match.end - 1).head.idx > match.end)
    )


def day_month(match: Match, scene: Scene) -> Found:
    month = match.first(*_MONTHS)
    assert month is not None
    if month.kind == "other_month" and not scene.text[month.start].isupper():
        return []
    reading = _date(match, scene, match.number(*_DAYS))
    return make(match, reading._replace(day_first=True))


def _date(match: Match, scene: Scene, day: int | None) -> Reading:
    point = pointer(match)
    year = year_of(match.first("year", "short_year"))
    direction: Direction | None = None
    if year is None:
        direction = point[2] if point else scene.direction(match.start)
    return Reading(
        year=year,
        month=match.number(*_MONTHS),
        day=day,
        weekday=match.number("weekday", "short_weekday"),
        direction=direction,
    )


def day_list(match: Match, scene: Scene) -> Found:
    """ "May 8, 9, and 10": the first span holds the month, each other one its number alone."""
    month = match.first(*_MONTHS)
    assert month is not None
    days = [lexeme for lexeme in match.lexemes if lexeme.kind in ("small", "ordinal")]
    if match.lexemes[-1] is days[-1] and scene.tag_after(match.end) in ("NNS", "NN"):
        days.pop()  # "May 8, 9 people": the last number counts people
    reading = _date(match, scene, None)
    written_year = match.first("year", "short_year")
    found: Found = []
    for place, lexeme in enumerate(days):
        number = int("".join(filter(str.isdigit, lexeme.value)))
        start, end = lexeme.start, lexeme.end
        if place == 0 and month.start < start:
            start = match.start
        if place == len(days) - 1:
            if month.end > end:
                end = month.end
            if written_year is not None and match.lexemes[-1] is written_year:
                end = written_year.end
        member = reading._replace(day=number, weekday=None if place else reading.weekday)
        found += make(match, member, start=start, end=end)
    return found


def month_year(match: Match, scene: Scene) -> Found:
    month = match.number(*_MONTHS)
    written = match.first("year", "short_year")
    if written is not None:
        return make(match, Reading(year=year_of(written), month=month), mod=phase(match))
    point = _last_pointer(match)
    assert point is not None
    return make(match, Reading(shift=Shift("Y", point[0], point[1]), month=month), mod=phase(match))


def week_of(match: Match, scene: Scene) -> Found:
    day = _date(match, scene, match.number(*_DAYS))
    return make(match, day._replace(week_of=True))


def nth_week(match: Match, scene: Scene) -> Found:
    nth = match.number("ordinal", "ordinal_word")
    if match.has("second"):
        nth = 2
    month = match.number(*_MONTHS)
    year = year_of(match.first("year", "short_year"))
    # The day by which ISO 8601 counts a week is its Thursday: the nth one, or the last.
    day = {1: 4, 2: 11, 3: 18, 4: 25}.get(nth or 0, 27)
    direction = None if year else scene.direction(match.start)
    reading = Reading(year=year, month=month, day=day, direction=direction, week_of=True)
    return make(match, reading)


def month(match: Match, scene: Scene) -> Found:
    named = match.first(*_MONTHS)
    assert named is not None
    if not _is_month(named, scene, numbered=len(match.lexemes) > 1):
        return []
    point = pointer(match)
    direction = point[2] if point else scene.direction(match.start)
    reading = Reading(month=int(named.value), direction=direction)
    return make(match, reading, mod=phase(match))


_MONTH_PREPOSITIONS = frozenset(
    "in of since until by last next this during from between before after through early late mid "
    "for and to the".split()
)


def _is_month(lexeme: Lexeme, scene: Scene, *, numbered: bool) -> bool:
    """Whether the name of a month is one here, and no first name, verb or street."""
    if lexeme.kind == "short_month":
        return numbered or scene.text[lexeme.end : lexeme.end + 1] == "."
    if numbered:
        return True
    if lexeme.kind == "month":
        return True
    token = scene.token(lexeme.start)
    if not token.tag_.startswith("NN") or token.ent_type_ in ("PERSON", "FAC"):
        return False
    before = token.nbor(-1).tag_ if token.i else ""
    if before in ("JJ", "NN", "NNP") and scene.word_before(lexeme.start) not in _MONTH_PREPOSITIONS:
        return False  # Theresa May, the long March
    if lexeme.value == "3" and scene.word_after(lexeme.end) in ("of", "for", "on", "against"):
        return False  # a march with a capital
    return token.ent_type_ == "DATE" or scene.word_before(lexeme.start) in _MONTH_PREPOSITIONS


# ---- years and longer


def _stretch_base(match: Match) -> tuple[int | None, Shift | None]:
    """The year that a quarter, half or season is of: written, or told by its distance."""
    year = year_of(match.first("year", "short_year"))
    if year is not None:
        return year, None
    place = next((i for i, lexeme in enumerate(match.lexemes) if lexeme.kind == "of"), None)
    if place is None:
        return None, None
    point = pointer(match._replace(lexemes=match.lexemes[place:]))
    return None, Shift("Y", point[0], point[1]) if point else Shift("Y", 0)


def quarter(match: Match, scene: Scene) -> Found:
    nth = match.number("ordinal", "ordinal_word")
    if match.has("second"):
        nth = 2
    year, shift = _stretch_base(match)
    if match.has("last") and nth is None:
        if year is None and shift is None:
            return make(match, Reading(shift=Shift("Q", -1)))
        nth = 4
    if nth is None or nth > 4 or not _is_quarter(match, scene, year, shift):
        return []
    direction = None if year or shift else scene.direction(match.start)
    reading = Reading(year=year, shift=shift, quarter=nth, direction=direction)
    return make(match, reading, mod=phase(match._replace(lexemes=match.lexemes[:2])))


def _is_quarter(match: Match, scene: Scene, year: int | None, shift: Shift | None) -> bool:
    """The quarters of a game are not those of a year."""
    return bool(year or shift) or scene.word_after(match.end).lower() not in _GAME_WORDS


_GAME_WORDS = frozenset("touchdown touchdowns lead goal points pass run finals finalists".split())


def half_year(match: Match, scene: Scene) -> Found:
    nth = 2 if match.has("second", "last") or match.number("ordinal_word") == 4 else match.number("ordinal", "ordinal_word")
    year, shift = _stretch_base(match)
    if nth not in (1, 2):
        return []
    return make(match, Reading(year=year, shift=shift, half=nth))


def season(match: Match, scene: Scene) -> Found:
    named = match.first("season")
    assert named is not None
    year = year_of(match.first("year"))
    alone = len(match.lexemes) == 1
    token = scene.token(named.start)
    if token.tag_ not in ("NN", "NNP") or token.ent_type_ in ("PERSON", "GPE", "FAC", "ORG"):
        return []
    if year is None and pointer(match) is None and _is_a_fall(match, scene):
        return []
    if alone and scene.word_before(match.start) not in _SEASON_PREPOSITIONS:
        return []
    point = pointer(match)
    direction = None if year else point[2] if point else scene.direction(match.start)
    reading = Reading(year=year, season=named.value, direction=direction)
    return make(match, reading, mod=phase(match))


_SEASON_PREPOSITIONS = frozenset(
    "in since until by during from early late mid through this last next before after of".split()
)


def _is_a_fall(match: Match, scene: Scene) -> bool:
    """The fall of a wall, a fall in prices."""
    word = scene.text[match.lexemes[-1].start : match.end].lower()
    return word == "fall" and scene.word_after(match.end).lower() in ("of", "from", "in", "guy")


def fiscal_year(match: Match, scene: Scene) -> Found:
    return make(match, Reading(year=year_of(match.first("year")), fiscal=True))


def decade(match: Match, scene: Scene) -> Found:
    word = match.first("decade_word")
    if word is not None:
        return make(match, Reading(decade=190 + int(word.value)), mod=phase(match))
    written = match.first("decade", "short_decade")
    assert written is not None
    if written.kind == "short_decade":
        if scene.word_before(match.start) in ("his", "her", "their", "my", "your"):
            return []  # of a person's age, or the temperature
        if not (match.has("the", *_PHASES) or "'" in written.value or "’" in written.value):
            if match.before is None or match.before.kind not in ("and", "or", "to", "comma"):
                return []
        digit = int(written.value.strip("'’")[0])
        tens = 190 + digit if digit > 2 else 200 + digit
    else:
        tens = int(written.value[:3])
    return make(match, Reading(decade=tens), mod=phase(match))


def century(match: Match, scene: Scene) -> Found:
    nth = match.number("ordinal", "ordinal_word")
    if match.has("second"):
        nth = 2
    tens = match.number("tens")
    number = (nth or 0) + (tens or 0)
    if match.has("era"):
        return []
    if not 1 <= number <= 30:
        return []
    return make(match, Reading(century=number - 1), mod=phase(match))


def bc_year(match: Match, scene: Scene) -> Found:
    number = match.number("year", "plain", "small")
    return make(match, Reading(fixed=f"BC{number:04d}"))


_COUNTED = frozenset(
    "people troops soldiers men women children workers employees students jobs votes refugees "
    "homes houses kilometers kilometres miles meters metres km m feet tons tonnes acres hectares "
    "calories points shares copies barrels pounds euros dollars yen rupees seats units rpm "
    "megawatts mw kg volts watts hp series gallons litres liters officers police members civilians "
    "families villages years days hours".split()
)
_YEAR_PREPOSITIONS = frozenset("in since of by until from before after during to and".split())


def year(match: Match, scene: Scene) -> Found:
    written = match.first("year", "short_year")
    assert written is not None
    number = year_of(written)
    assert number is not None
    before = scene.word_before(match.start)
    if written.kind == "short_year" and before not in _YEAR_PREPOSITIONS:
        return []
    if not 1900 <= number <= 2050 and not (
        match.has("year_unit") or before in _YEAR_PREPOSITIONS or match.has(*_PHASES)
    ):
        return []
    if scene.word_after(match.end).lower() in _COUNTED or _glued(match, scene):
        return []
    if number < 1900 and scene.tag_after(match.end)[:2] == "NN":
        return []
    mod = "AFTER" if match.has("post") else "BEFORE" if match.has("pre") else phase(match)
    return make(match, Reading(year=number), mod=mod)


def _glued(match: Match, scene: Scene) -> bool:
    """Whether the digits are part of a code: a model, a phone or flight number, a score."""
    ahead = scene.text[match.end : match.end + 2]
    if len(ahead) == 2 and ahead[0] in "-/.:" and ahead[1].isdigit():
        return not re.match(r"-\d{4}(?!\d)", scene.text[match.end : match.end + 6])
    behind = scene.text[max(match.start - 2, 0) : match.start]
    return len(behind) == 2 and behind[1] == "-" and behind[0].isalpha()


_LONGEST_RANGE = 40  # years between the ends of 1939-45


def year_range(match: Match, scene: Scene) -> Found:
    first, _, last = match.lexemes
    century_, start = int(first.value[:2]), int(first.value[2:])
    end = int(last.value)
    if len(last.value) != 2 or not start < end <= start + _LONGEST_RANGE or not 18 <= century_ <= 20:
        return []
    return make(match, Reading(year=int(first.value)), end=first.end) + make(
        match, Reading(year=century_ * 100 + end), start=last.start
    )


# ---- ages and sets


def age(match: Match, scene: Scene) -> Found:
    count = amount(match.lexemes)
    unit = match.first(*_UNITS)
    assert unit is not None
    if count is None:
        return []
    value = duration(count, unit.value)
    return make(match, Reading(fixed=value), "DURATION", mod=quantity_mod(match.lexemes))


def set_each(match: Match, scene: Scene) -> Found:
    weekday = match.number("weekday")
    if weekday is not None:
        part = match.first("part")
        value = f"XXXX-WXX-{weekday}" + (f"T{part.value}" if part else "")
        return make(match, Reading(fixed=value), "SET")
    named = match.number(*_MONTHS)
    if named is not None:
        day = match.number("small")
        value = f"XXXX-{named:02d}" + (f"-{day:02d}" if day else "")
        return make(match, Reading(fixed=value), "SET")
    part = match.first("part")
    if part is not None:
        return make(match, Reading(fixed=f"XXXX-XX-XXT{part.value}"), "SET")
    season_ = match.first("season")
    if season_ is not None:
        return make(match, Reading(fixed=f"XXXX-{season_.value}"), "SET")
    if match.has("holiday"):
        return make(match, Reading(fixed="P1Y"), "SET")
    if scene.tag_after(match.end) in ("NN", "NNS", "JJ") and len(match.lexemes) == 2:
        return []  # "every day life"
    unit = match.first("weekend", *_UNITS)
    assert unit is not None
    if unit.kind == "second" and len(match.lexemes) > 2:
        unit = match.lexemes[-1]
    if unit.kind in ("weekend", "weekends"):
        return make(match, Reading(fixed="XXXX-WXX-WE"), "SET")
    count = amount([lexeme for lexeme in match.lexemes if lexeme.kind != "each"])
    value = duration(count, unit.value) if count else duration(None, unit.value, one=True)
    if match.has("other"):
        value = duration(None, unit.value, one=True).replace("1", "2", 1)
    return make(match, Reading(fixed=value), "SET")


def set_frequency(match: Match, scene: Scene) -> Found:
    word = match.lexemes[0]
    written = scene.text[word.start : word.end]
    if written[0].isupper() and scene.text[match.end : match.end + 2].strip()[:1].isupper():
        return []  # The Daily Mail
    if written[0].isupper() and scene.token(word.start).ent_type_ in ("ORG", "WORK_OF_ART"):
        return []
    return make(match, Reading(fixed=word.value), "SET")


def set_plural(match: Match, scene: Scene) -> Found:
    if match.has("weekends"):
        return make(match, Reading(fixed="XXXX-WXX-WE"), "SET")
    return make(match, Reading(fixed=f"XXXX-WXX-{match.number('weekdays', 'weekday')}"), "SET")


# ---- counted from a reference


def day_before_yesterday(match: Match, scene: Scene) -> Found:
    count = match.number("today")
    word = match.first("today")
    if word is None or not count:
        return []
    return make(match, Reading(shift=Shift("D", 2 * int(word.value))))


def today(match: Match, scene: Scene) -> Found:
    word = match.first("today")
    assert word is not None
    if _inside_name(word, scene):
        return []
    shift = Shift("D", int(word.value))
    part = match.first("part")
    if part is not None:
        return make(match, Reading(shift=shift, part=part.value), "TIME")
    if match.has("noon"):
        return make(match, Reading(shift=shift, clock=Clock(12, 0)), "TIME")
    return make(match, Reading(shift=shift), mod=phase(match))


def _inside_name(word: Lexeme, scene: Scene) -> bool:
    """USA Today, Psychology Today."""
    text = scene.text
    if not text[word.start].isupper() or not word.start:
        return False
    token = scene.token(word.start)
    before = text[max(word.start - 2, 0) : word.start]
    return token.ent_type_ == "ORG" or (
        before[:1].isalpha()
        and before[1:] == " "
        and token.i > 0
        and token.nbor(-1).text[0].isupper()
        and not token.is_sent_start
    )


def tonight(match: Match, scene: Scene) -> Found:
    part = match.first("part")
    if match.has("overnight"):
        token = scene.token(match.start)
        if token.tag_ not in ("RB", "NN") or token.dep_ not in ("advmod", "npadvmod"):
            return []
        return make(match, Reading(shift=Shift("D", 0), part="NI"), "TIME")
    if part is None:
        return make(match, Reading(shift=Shift("D", 0), part="NI"), "TIME")
    if match.has("last"):
        if part.value != "NI" and match.lexemes[0].kind == "last" and len(match.lexemes) > 2:
            return []
        return make(match, Reading(shift=Shift("D", -1), part=part.value), "TIME")
    return make(match, Reading(shift=Shift("D", 0), part=part.value), "TIME", mod=phase(match))


def ago(match: Match, scene: Scene) -> Found:
    return _counted(match, sign=-1, base="speech")


def from_now(match: Match, scene: Scene) -> Found:
    return _counted(match, sign=1, base="speech")


def later(match: Match, scene: Scene) -> Found:
    return _counted(match, sign=-1 if match.has("earlier") else 1, base="story")


def _counted(match: Match, *, sign: int, base: Base) -> Found:
    unit = match.first(*_UNITS)
    assert unit is not None
    count = amount(match.lexemes)
    mod = quantity_mod(match.lexemes)
    if match.has("half"):
        count = amount(match.lexemes) if match.has("and") else None
        if count is None:
            return make(match, Reading(fixed="PAST_REF" if sign < 0 else "FUTURE_REF"))
    if count is None or count.vague:
        return make(match, Reading(fixed="PAST_REF" if sign < 0 else "FUTURE_REF"))
    name, number = _whole_units(float(count.value), unit.value)
    if not number:
        return []
    timex: TimexType = "TIME" if name in ("H", "TM", "S") else "DATE"
    return make(match, Reading(shift=Shift(name, sign * number, base)), timex, mod=mod)


def _whole_units(count: float, unit: str) -> tuple[Unit, int]:
    """A count with a fraction, in the next smaller unit in which it is (nearly) whole."""
    if count.is_integer():
        if unit in ("10Y", "100Y"):
            return "Y", int(count) * int(unit[:-1])
        return unit, int(count)  # type: ignore[return-value]
    smaller: Mapping[str, tuple[Unit, int]] = {
        "Y": ("M", 12), "W": ("D", 7), "M": ("D", 30), "D": ("H", 24), "H": ("TM", 60),
        "10Y": ("Y", 10), "100Y": ("Y", 100),
    }  # fmt: skip
    name, factor = smaller.get(unit, ("D", 1))
    return name, round(count * factor)


def same_period(match: Match, scene: Scene) -> Found:
    unit = match.lexemes[2]
    name: Unit = "M" if unit.kind == "period" else _unit(unit.value)
    return make(match, Reading(shift=Shift(name, None, "story"), year=-1))


def _unit(value: str) -> Unit:
    return value  # type: ignore[return-value]


def end_of_unit(match: Match, scene: Scene) -> Found:
    unit = match.lexemes[-1]
    phases = [i for i, lexeme in enumerate(match.lexemes) if lexeme.kind in _PHASES]
    rest = match._replace(lexemes=match.lexemes[phases[0] + 1 :])
    point = _last_pointer(rest) or (0, "speech", "this")
    return make(
        match, Reading(shift=Shift(_unit(unit.value), point[0], point[1])), mod=phase(match)
    )


def weekend(match: Match, scene: Scene) -> Found:
    point = _last_pointer(match)
    if len(match.lexemes) == 1 and scene.word_before(match.start) not in ("the", "a"):
        return []
    direction: Direction | None = point[2] if point else None
    if direction in (None, "this"):
        direction = scene.direction(match.start) or "past"
    start = match.start
    return make(match, Reading(weekend=True, direction=direction), start=start)


_LONGER_THAN_DAY = ("week", "month_unit", "year_unit", "decade_unit", "century_unit", "quarter")


_BESIDE = frozenset("before after prior earlier previous following".split())


def _closes(scene: Scene, end: int) -> bool:
    """Whether "the day before" stands alone: before an event it counts from that event."""
    return not re.match(r"\s*[\w$'\"“‘(]", scene.text[end : end + 3])


def relative_unit(match: Match, scene: Scene) -> Found:
    part = match.first("part")
    unit = match.first(*_UNITS)
    leading = match.lexemes[0].kind in ("earlier", "later")
    rest = match._replace(lexemes=match.lexemes[1:]) if leading else match
    point = pointer(rest)
    assert point is not None
    count, base, _ = point
    if unit is None:
        assert part is not None
        return make(match, Reading(shift=Shift("D", count, "story"), part=part.value), "TIME")
    the = match.lexemes[0].kind == "the"
    if match.lexemes[-1].kind in _BESIDE and not _closes(scene, match.end):
        return []
    if unit.value in ("H", "TM", "S"):
        value = duration(None, unit.value, one=True)
        return make(match, Reading(fixed=value), "DURATION") if count else []
    if the and rest.has("next", "coming") and unit.value in ("D", "W"):
        base = "story"
    if the and rest.has("last", "next") and unit.value in ("10Y", "100Y"):
        return make(match, Reading(fixed=duration(None, unit.value, one=True)), "DURATION")
    if the and rest.has("last") and unit.value == "D":
        return []
    if unit.kind == "fortnight":
        return make(match, Reading(fixed="P2W"), "DURATION")
    reading = Reading(shift=Shift(_unit(unit.value), count, base))
    if part is not None:
        return make(match, reading._replace(part=part.value), "TIME")
    return make(match, reading)


# Words that make a weekday the name of one day in history or in the year of the church.
_NAMING_DAYS = frozenset("black bloody super cyber ash good palm maundy holy easter ruby".split())


def weekday(match: Match, scene: Scene) -> Found:
    named = match.first("weekday")
    assert named is not None
    token = scene.token(named.start)
    if scene.word_before(match.start) in _NAMING_DAYS:
        return []
    if scene.text[named.start].isupper() and token.ent_type_ in ("PERSON", "ORG", "WORK_OF_ART"):
        if token.tag_ == "NNP" and scene.word_before(match.start).istitle():
            return []
    point = pointer(match)
    part = match.first("part")
    direction = point[2] if point else scene.direction(match.start)
    shift = None
    if point and point[1] == "story" and point[0]:
        shift = Shift("D", 0, "story")
    reading = Reading(
        weekday=int(named.value),
        direction=direction,
        shift=shift,
        part=part.value if part else None,
    )
    if match.has("noon"):
        reading = reading._replace(clock=Clock(12, 0))
    timex: TimexType = "TIME" if part or match.has("noon") else "DATE"
    return make(match, reading, timex, mod=phase(match))


def relative_span(match: Match, scene: Scene) -> Found:
    unit = match.first(*_UNITS_OF_MANY, *_UNITS_OF_ONE)
    assert unit is not None
    if unit.kind in _UNITS_OF_ONE:
        value = duration(None, unit.value, one=True)
        return make(match, Reading(fixed=value), "DURATION")
    if match.lexemes[0].kind == "past" and scene.token(match.start).tag_ not in ("JJ", "NN"):
        return []
    numbers = [x for x in match.lexemes if x.kind not in ("the", "last", "past", "next")]
    value = duration(amount(numbers), unit.value)
    return make(match, Reading(fixed=value), "DURATION", mod=quantity_mod(match.lexemes))


# ---- durations


def half_unit(match: Match, scene: Scene) -> Found:
    unit = match.lexemes[-1]
    halves = {
        "H": "PT30M", "D": "PT12H", "Y": "P6M", "10Y": "P5Y", "100Y": "P50Y", "TM": "PT30S",
        "M": "P0.5M", "W": "P0.5W", "S": "PT0.5S",
    }  # fmt: skip
    if unit.value not in halves:
        return []
    mod = quantity_mod(match.lexemes)
    return make(match, Reading(fixed=halves[unit.value]), "DURATION", mod=mod)


def span_of_two(match: Match, scene: Scene) -> Found:
    unit = match.lexemes[-1]
    marks = [
        i for i, x in enumerate(match.lexemes)
        if x.kind in ("and", "to", "or", "dash") and 0 < i < len(match.lexemes) - 2
    ]  # fmt: skip
    middle = marks[0]
    first = [x for x in match.lexemes[:middle] if x.kind != "between"]
    second = match.lexemes[middle + 1 :]
    one, two = amount(first), amount(second)
    if one is None or two is None:
        return []
    return make(
        match,
        Reading(fixed=duration(one, unit.value)),
        "DURATION",
        start=first[0].start,
        end=first[-1].end,
    ) + make(match, Reading(fixed=duration(two, unit.value)), "DURATION", start=second[0].start)


def length(match: Match, scene: Scene) -> Found:
    units = [x for x in match.lexemes if x.kind in _UNITS]
    unit = units[-1]
    count = amount([x for x in match.lexemes if x is not unit])
    if count is None or _in_title(unit, scene):
        return []
    if unit.kind in _UNITS_OF_ONE and not _goes_with_singular(match, scene):
        return []
    return make(
        match,
        Reading(fixed=duration(count, unit.value)),
        "DURATION",
        mod=quantity_mod(match.lexemes),
    )


def _in_title(unit: Lexeme, scene: Scene) -> bool:
    """ "60 Minutes": a capital inside the name of a work or body."""
    return scene.text[unit.start].isupper() and scene.token(unit.start).ent_type_ in (
        "ORG",
        "WORK_OF_ART",
    )


def _goes_with_singular(match: Match, scene: Scene) -> bool:
    """ "A 20 year low", "one day", "five-year": a singular unit needs a hyphen, one, or a noun."""
    return (
        match.has("dash", "single")
        or any(x.kind == "ones" and x.value == "1" for x in match.lexemes)
        or any(x.kind == "small" and x.value == "1" for x in match.lexemes)
        or match.has("more")
        or scene.tag_after(match.end)[:1] in ("N", "J")
    )


def set_rate(match: Match, scene: Scene) -> Found:
    if not match.start:
        return []
    before = (
        scene.token(match.start - 1)
        if scene.text[match.start - 1] != " "
        else scene.token(match.start - 2)
    )
    rate = before.tag_ in ("NNS", "CD", "NN") or before.lower_ in ("times", "once", "twice")
    if not rate or scene.word_after(match.end).lower() in ("ago", "later", "earlier", "after"):
        return one_unit(match, scene)
    if scene.text[match.start - 1 : match.start] != " ":
        return one_unit(match, scene)
    unit = match.lexemes[-1]
    return make(match, Reading(fixed=duration(None, unit.value, one=True)), "SET")


def one_unit(match: Match, scene: Scene) -> Found:
    unit = match.first(*_UNITS)
    assert unit is not None
    value = duration(None, unit.value, one=True)
    if match.has("half"):
        value = value.replace("1", "1.5", 1)
    if match.lexemes[-1].kind == "weekend" or unit.value == "Q":
        return []
    return make(match, Reading(fixed=value), "DURATION", mod=quantity_mod(match.lexemes))


def vague_length(match: Match, scene: Scene) -> Found:
    unit = match.first(*_UNITS_OF_MANY)
    assert unit is not None
    if unit.kind in ("seconds", "quarters", "weekends") or _in_title(unit, scene):
        return []
    if unit.kind == "hours" and (
        scene.word_before(match.start) in _HOURS_OF or scene.word_after(match.end) == "of"
    ):
        return []  # hours of opening, or of a part of the day
    return make(match, Reading(fixed=duration(None, unit.value)), "DURATION")


# ---- now, then, once


_HOURS_OF = frozenset(
    "early small wee opening business working office visiting rush peak waking off late man".split()
)


def present(match: Match, scene: Scene) -> Found:
    word = match.lexemes[-1]
    if word.kind == "current" and scene.token(word.start).tag_ != "JJ":
        return []
    return make(match, Reading(fixed="PRESENT_REF"))


def past(match: Match, scene: Scene) -> Found:
    if match.lexemes[-1].kind == "past" and scene.token(match.end - 1).tag_ not in ("NN", "JJ"):
        return []
    if match.lexemes[-1].kind == "past" and scene.tag_after(match.end)[:2] in ("NN", "CD", "JJ"):
        return []
    return make(match, Reading(fixed="PAST_REF"))


def future(match: Match, scene: Scene) -> Found:
    return make(match, Reading(fixed="FUTURE_REF"))


def holiday(match: Match, scene: Scene) -> Found:
    named = match.first("holiday")
    assert named is not None
    if scene.token(named.start).ent_type_ in ("PERSON", "GPE"):
        return []
    point = pointer(match)
    year_ = year_of(match.first("year"))
    direction = None if year_ else point[2] if point else scene.direction(match.start)
    part = match.first("part")
    reading = Reading(
        holiday=named.value,
        year=year_,
        direction=direction,
        week_of=match.has("week"),
        part=part.value if part else None,
    )
    return make(match, reading, "TIME" if part else "DATE")


_CLOSE_OF = frozenset(
    "of end ends ended ending finish finishes finished finishing close closes closed closing start "
    "starts started starting begin began for".split()
)


def _closes_or_goes_on(scene: Scene, end: int) -> bool:
    """Not before the noun or clause that says which day it was."""
    return scene.word_after(end).lower() not in ("of", "that", "when", "before", "after")


def part_of_day(match: Match, scene: Scene) -> Found:
    part = match.first("part")
    before = scene.word_before(match.start)
    if part is None:
        if before not in _CLOSE_OF or not _closes_or_goes_on(scene, match.end):
            return []
        unit: Unit = "D" if match.has("day") else "W"
        base: Base = "story" if unit == "D" else "speech"
        return make(match, Reading(shift=Shift(unit, 0, base)))
    if before not in ("in", "during"):
        return []
    return make(match, Reading(shift=Shift("D", 0, "story"), part=part.value), "TIME")


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "iso-date-time": iso_time,
        "iso-date": iso_date,
        "numeric-date": numeric_date,
        "nine-eleven": nine_eleven,
        "clock-day": clock_day,
        "clock-part": clock_part,
        "clock": clock,
        "noon": noon,
        "month-day-list": day_list,
        "day-month-list": day_list,
        "month-day": month_day,
        "day-month": day_month,
        "month-year": month_year,
        "week-of": week_of,
        "nth-week-of-month": nth_week,
        "month": month,
        "quarter": quarter,
        "half-year": half_year,
        "season": season,
        "fiscal-year": fiscal_year,
        "decade": decade,
        "century": century,
        "bc-year": bc_year,
        "year": year,
        "year-range": year_range,
        "age": age,
        "set-each": set_each,
        "set-frequency": set_frequency,
        "set-plural": set_plural,
        "day-before-yesterday": day_before_yesterday,
        "today": today,
        "tonight": tonight,
        "ago": ago,
        "from-now": from_now,
        "later": later,
        "same-period-earlier": same_period,
        "end-of-unit": end_of_unit,
        "weekend": weekend,
        "relative-unit": relative_unit,
        "weekday": weekday,
        "relative-span": relative_span,
        "half-unit": half_unit,
        "span-of-two": span_of_two,
        "length": length,
        "set-rate": set_rate,
        "one-unit": one_unit,
        "vague-length": vague_length,
        "present": present,
        "past": past,
        "future": future,
        "holiday": holiday,
        "part-of-day": part_of_day,
    }
)
