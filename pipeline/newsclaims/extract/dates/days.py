"""Days and months."""

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from newsclaims import lexicon
from newsclaims.extract.dates.amounts import Amount, amount
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.making import (
    DAYS,
    MONTHS,
    POINTERS,
    WEEKDAYS,
    Builder,
    Found,
    as_unit,
    last_pointer,
    make,
    phase,
    pointer,
    year_of,
)
from newsclaims.extract.dates.numbers_in_words import Lexeme
from newsclaims.extract.dates.readings import Clock, Direction, Reading, Shift
from newsclaims.extract.dates.scene import Scene
from newsclaims.schema import TimexType


def month_day(match: CalendarMatch) -> Found:
    """Read "May 8", "Monday, Oct. 26, 1998"."""
    month = match.first(*MONTHS)
    assert month is not None
    if not _is_month(month, match.scene, numbered=True):
        return []
    place = match.lexemes.index(month)
    after = match._replace(lexemes=match.lexemes[place + 1 :])
    day = after.number(*DAYS)
    if after.has("ordinal_word") and not _is_day_in_words(match, after):
        return []
    if day is not None and _counts_something(match, after):
        return []
    told = after.first("last", "next", "this") if after.has("year_unit") else None
    if told is not None:
        shift = Shift("Y", POINTERS[told.kind][0])
        return make(match, Reading(shift=shift, month=int(month.value), day=day), mod=phase(match))
    reading = _date(match, day)
    return make(match, reading._replace(day_first=False), mod=phase(match))


def _counts_something(match: CalendarMatch, after: CalendarMatch) -> bool:
    """As in "In May 12 people died": the number belongs to the noun that follows it."""
    if after.has("year", "short_year", "ordinal", "comma"):
        return False
    tokens = match.scene.tokens
    number = tokens.at(match.end - 1)
    return (
        match.scene.tag_after(match.end) == "NNS"
        and tokens.deps[number] == "nummod"
        and tokens.starts[tokens.heads[number]] > match.end
    )


def _is_day_in_words(match: CalendarMatch, after: CalendarMatch) -> bool:
    """As in "on March eighth"; in "In May first reports came" the word belongs to the noun."""
    word = after.first("ordinal_word")
    assert word is not None
    if match.scene.text[word.start : word.end].lower() == "final":
        return False
    return after.has("year", "the") or match.scene.tag_after(match.end)[:1] not in ("N", "J")


def day_month_code(match: CalendarMatch) -> Found:
    """Read "26-FEB-1987", "14Apr23" and "12 Feb 19"."""
    code = match.first("joined")
    if code is not None:
        return _joined_code(match, code)
    spaced = match.lexemes[1].kind in MONTHS
    if spaced and match.scene.tag_after(match.end)[:1] == "N":
        return []  # "on 5 Sep 18 men fell ill"
    last, day = match.lexemes[-1], match.first(*DAYS)
    assert day is not None
    if day is last or len(last.value) not in (2, 4):
        return []
    return make(
        match,
        Reading(year=year_of(last), month=match.number(*MONTHS), day=_digits(day), day_first=True),
    )


def _joined_code(match: CalendarMatch, code: Lexeme) -> Found:
    parts = _JOINED.fullmatch(code.value)
    assert parts is not None
    day, name, year = parts.groups()
    return make(
        match,
        Reading(
            year=year_of(code._replace(value=year)),
            month=_MONTHS_BY_NAME[name.lower()],
            day=int(day),
            day_first=True,
        ),
    )


_JOINED = re.compile(r"(\d{1,2})([A-Za-z]+)(\d{2,4})")
_MONTHS_BY_NAME = {
    name: int(value)
    for kind in MONTHS
    for name, (value,) in lexicon.values(f"dates.{kind}").items()
}


def _digits(lexeme: Lexeme) -> int:
    return int("".join(filter(str.isdigit, lexeme.value)))


def day_month(match: CalendarMatch) -> Found:
    """Read "8 May", "the fourth of July 1976"."""
    month = match.first(*MONTHS)
    assert month is not None
    if month.kind == "other_month" and not match.scene.text[month.start].isupper():
        return []
    day = match.number(*DAYS)
    told = match.first("last", "next", "this") if match.has("year_unit") else None
    if told is not None:
        shift = Shift("Y", POINTERS[told.kind][0])
        return make(match, Reading(shift=shift, month=int(month.value), day=day))
    return make(match, _date(match, day)._replace(day_first=True))


def _date(match: CalendarMatch, day: int | None) -> Reading:
    point = pointer(match)
    year = year_of(match.first("year", "short_year"))
    direction: Direction | None = None
    if year is None:
        direction = point[2] if point else match.scene.direction(match.start)
    return Reading(
        year=year,
        month=match.number(*MONTHS),
        day=day,
        weekday=match.number("weekday", "short_weekday"),
        direction=direction,
    )


def day_list(match: CalendarMatch) -> Found:
    """Read "May 8, 9, and 10": the first span holds the month, each other one its number alone."""
    month = match.first(*MONTHS)
    assert month is not None
    days = [lexeme for lexeme in match.lexemes if lexeme.kind in ("small", "ordinal")]
    weekdays = {
        second: first for first, second in pairwise(match.lexemes) if first.kind in WEEKDAYS
    }
    ranged = match.lexemes[-2].kind in ("dash", "to") or match.has("year_unit")
    if match.lexemes[-1] is days[-1] and not ranged and match.scene.tag_after(match.end) == "NNS":
        days.pop()  # "May 8, 9 people": the last number counts people
    reading = _date(match, None)
    written_year = match.first("year", "short_year")
    told = match.first("last", "next", "this") if match.has("year_unit") else None
    if told is not None:
        shift = Shift("Y", POINTERS[told.kind][0])
        reading = reading._replace(shift=shift, direction=None)
    found: Found = []
    for place, lexeme in enumerate(days):
        number = _digits(lexeme)
        named = weekdays.get(lexeme)
        start, end = (named or lexeme).start, lexeme.end
        if place == 0:
            start = match.start
        if place == len(days) - 1:
            if month.end > end:
                end = month.end
            if told is not None or match.lexemes[-1] is written_year:
                end = match.end
        of_first = reading.weekday if place == 0 else None
        weekday = int(named.value) if named else of_first
        member = reading._replace(day=number, weekday=weekday)
        found += make(match, member, start=start, end=end)
    return found


def month_year(match: CalendarMatch) -> Found:
    """Read "May 2019", "October of last year"."""
    month = match.number(*MONTHS)
    written = match.first("year", "short_year")
    if written is not None:
        return make(match, Reading(year=year_of(written), month=month), mod=phase(match))
    point = last_pointer(match)
    assert point is not None
    return make(match, Reading(shift=Shift("Y", point[0], point[1]), month=month), mod=phase(match))


def week_of(match: CalendarMatch) -> Found:
    """The week that holds a named day, or its weekend."""
    day = _date(match, match.number(*DAYS))
    return make(match, day._replace(week_of=True, weekend=match.has("weekend")))


def nth_week(match: CalendarMatch) -> Found:
    """Read "The last week of March"."""
    nth = match.number("ordinal", "ordinal_word")
    if match.has("second"):
        nth = 2
    month = match.number(*MONTHS)
    year = year_of(match.first("year", "short_year"))
    # The day by which ISO 8601 counts a week is its Thursday: the nth one, or the last.
    day = {1: 4, 2: 11, 3: 18, 4: 25}.get(nth or 0, 27)
    direction = None if year else match.scene.direction(match.start)
    reading = Reading(year=year, month=month, day=day, direction=direction, week_of=True)
    return make(match, reading)


def month(match: CalendarMatch) -> Found:
    """A month without its year."""
    named = match.first(*MONTHS)
    assert named is not None
    if not _is_month(named, match.scene, numbered=len(match.lexemes) > 1):
        return []
    point = pointer(match)
    direction = point[2] if point else match.scene.direction(match.start)
    if point is None and direction in ("future", "ahead") and _is_of_known(match, named):
        direction = None
    reading = Reading(month=int(named.value), direction=direction)
    return make(match, reading, mod=phase(match))


def _is_of_known(match: CalendarMatch, named: Lexeme) -> bool:
    """As in "will sell it under a June agreement": the verb does not say when that was."""
    tokens = match.scene.tokens
    token = tokens.at(named.start)
    noun = tokens.heads[token]
    return noun > token and tokens.tags[noun][:2] == "NN" and tokens.deps[noun] == "pobj"


_MONTH_PREPOSITIONS = lexicon.words("near_dates.month_prepositions")


def _is_month(lexeme: Lexeme, scene: Scene, *, numbered: bool) -> bool:
    """Whether the name of a month is one here, and no first name, verb or street."""
    if lexeme.kind == "short_month":
        return numbered or scene.text[lexeme.end : lexeme.end + 1] == "."
    if numbered:
        return True
    if lexeme.kind == "month":
        return True
    tokens, token = scene.tokens, scene.tokens.at(lexeme.start)
    label = tokens.labels[token]
    if not tokens.tags[token].startswith("NN") or label in ("PERSON", "FAC"):
        return False
    before = tokens.tags[token - 1] if token else ""
    if before in ("JJ", "NN", "NNP") and scene.word_before(lexeme.start) not in _MONTH_PREPOSITIONS:
        return False  # Theresa May, the long March
    if lexeme.value == "3" and _MARCHED.match(scene.text, lexeme.end):
        return False  # a march with a capital
    return label == "DATE" or scene.word_before(lexeme.start) in _MONTH_PREPOSITIONS


_MARCHED = re.compile(
    r" (?:of|for|on|against|(?:to|through|into|past) (?:the|a|an|[A-Z]\w+[^\w ]))\b"
)


# Words that make a weekday the name of one day in history or in the year of the church.
_NAMING_DAYS = lexicon.words("near_dates.naming_days")


def _is_title(match: CalendarMatch) -> bool:
    """The Sunday Times, Friday Night Lights."""
    tokens = match.scene.tokens
    label, following = match.scene.label(match.end - 1), tokens.at(match.end - 1) + 1
    if label not in ("ORG", "WORK_OF_ART") or following == len(tokens):
        return False
    return tokens.labels[following] == label and tokens.texts[following][0].isupper()


def nth_weekday(match: CalendarMatch) -> Found:
    """Read "The last Thursday of this month"."""
    named = next(i for i, lexeme in enumerate(match.lexemes) if lexeme.kind == "weekday")
    rest = match._replace(lexemes=match.lexemes[named + 1 :])
    nth = 2 if match.has("second") else match.number("ordinal", "ordinal_word") or -1
    if nth > 5:
        return []
    reading = Reading(weekday=int(match.lexemes[named].value), nth=nth)
    month = rest.number(*MONTHS)
    if month is not None:
        year = year_of(rest.first("year", "short_year"))
        direction = None if year else match.scene.direction(match.start)
        return make(match, reading._replace(month=month, year=year, direction=direction))
    point = pointer(rest)
    number, base = (point[0], point[1]) if point else (0, "story")
    return make(match, reading._replace(shift=Shift("M", number, base)))


def _is_any_day(match: CalendarMatch) -> bool:
    """Whether "a Sunday" is some Sunday; in "a Sunday service" the article is the noun's."""
    return match.lexemes[0].kind == "weekday" and match.scene.tag_after(match.end)[:1] not in (
        "N",
        "J",
    )


def day_of_this_month(match: CalendarMatch) -> Found:
    """Read "The 15th of this month"."""
    point = pointer(match)
    day = match.number("ordinal", "ordinal_word")
    if match.lexemes[1].kind == "last":
        return _last_of_month(match)
    if point is not None:
        return make(match, Reading(shift=Shift("M", point[0], point[1]), day=day))
    scene = match.scene
    names_day = scene.word_before(match.start) in _DAY_PREPOSITIONS and day and day <= 31
    if not names_day or scene.tag_after(match.end)[:1] in ("N", "J", "C"):
        return []  # "the 4th try"
    return make(match, Reading(shift=Shift("M", 0, "story"), day=day))


def _last_of_month(match: CalendarMatch) -> Found:
    """Read "The last day of this month"."""
    rest = match._replace(lexemes=match.lexemes[3:])
    month_ = rest.number(*MONTHS)
    if month_ is not None:
        year = year_of(rest.first("year", "short_year"))
        direction = None if year else match.scene.direction(match.start)
        return make(match, Reading(month=month_, year=year, nth=-1, direction=direction))
    point = pointer(rest)
    number, base = (point[0], point[1]) if point else (0, "story")
    return make(match, Reading(shift=Shift("M", number, base), nth=-1))


_DAY_PREPOSITIONS = frozenset({"on", "by", "until", "till", "since", "of"})


def weekday(match: CalendarMatch) -> Found:
    """A weekday, in the direction of its pointing word or verb."""
    named = match.first(*WEEKDAYS)
    assert named is not None
    if match.scene.word_before(match.start) in _NAMING_DAYS or _is_title(match):
        return []
    if named.kind == "short_weekday" and not _is_weekday(match, named):
        return []
    if match.before is not None and match.before.kind in ("ordinal", "ordinal_word", "second"):
        return []  # "the first Sunday after Easter"
    if match.lexemes[0].kind == "following":  # "following Saturday's defeat": after it
        match = match._replace(lexemes=match.lexemes[1:])
    point = pointer(match)
    part = match.first("part")
    if match.has("week") and point is not None:
        reading = Reading(
            weekday=int(named.value),
            shift=Shift("W", point[0], point[1]),
            part=part.value if part else None,
        )
        return make(match, reading, "TIME" if part else "DATE")
    if match.scene.word_before(match.start) == "a" and _is_any_day(match):
        value = f"XXXX-WXX-{named.value}"
        start = match.before.start if match.before else None
        return make(match, Reading(fixed=value), start=start)
    direction = point[2] if point else match.scene.direction(match.start)
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


_WORDS_TOO = frozenset("sun sat mon wed".split())


def _is_weekday(match: CalendarMatch, named: Lexeme) -> bool:
    """Whether a short name is that of a weekday: "Weds", "Sun night", but not "the sun sat"."""
    written = match.scene.text[named.start : named.end]
    dotted = match.scene.text[named.end : named.end + 1] == "."
    beside = [x.kind for x in (match.before, match.after) if x is not None]
    ranged = "dash" in beside or "to" in beside
    return written[0].isupper() and (
        match.has("part") or dotted or ranged or written.lower() not in _WORDS_TOO
    )


def week_from_weekday(match: CalendarMatch) -> Found:
    """Read "Thursday week", "a week on Sunday", "two weeks from Tuesday"."""
    today, named = match.first("today"), match.first(*WEEKDAYS)
    unit = match.first("week", "weeks", "fortnight")
    assert unit is not None
    count = amount([x for x in match.lexemes if x not in (today, named, unit)]) or Amount("1")
    if count.vague or match.scene.word_before(match.start) == "for":
        return []
    weeks = float(count.value) * (2 if unit.kind == "fortnight" else 1)
    if not weeks.is_integer():
        return []
    days = 7 * int(weeks)
    if today is not None and today.value != "-1":
        return make(match, Reading(shift=Shift("D", int(today.value) + days)))
    if named is None:
        return []
    if match.has("last"):
        reading = Reading(weekday=int(named.value), direction="last", days_on=-days)
    else:
        ahead: Direction = "next" if match.has("next") else "present"
        reading = Reading(weekday=int(named.value), direction=ahead, days_on=days)
    return make(match, reading)


def holiday(match: CalendarMatch) -> Found:
    """A named day, of a year when one is written."""
    named = match.first("holiday")
    assert named is not None
    single = " " not in match.scene.text[named.start : named.end]
    if single and match.scene.label(named.start) in ("PERSON", "GPE"):
        return []  # Christmas Jones, Easter Island
    beside = match.first("before", "after")
    unit = match.first("day", "week", "weekend")
    point = pointer(match) if beside is None else None
    shift = None
    if beside is not None and unit is not None:  # "the day after Christmas"
        shift = Shift(as_unit(unit.value), -1 if beside.kind == "before" else 1)
    year_ = year_of(match.first("year"))
    direction = None if year_ else point[2] if point else match.scene.direction(match.start)
    part = match.first("part")
    reading = Reading(
        holiday=named.value,
        year=year_,
        direction=direction,
        week_of=match.has("week") and shift is None,
        shift=shift,
        part=part.value if part else None,
    )
    return make(match, reading, "TIME" if part else "DATE")


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "month-day-list": day_list,
        "day-month-list": day_list,
        "nth-weekday-of-month": nth_weekday,
        "day-of-this-month": day_of_this_month,
        "day-month-code": day_month_code,
        "month-day": month_day,
        "day-month": day_month,
        "month-year": month_year,
        "week-of": week_of,
        "nth-week-of-month": nth_week,
        "month": month,
        "week-from-weekday": week_from_weekday,
        "weekday": weekday,
        "holiday": holiday,
    }
)
