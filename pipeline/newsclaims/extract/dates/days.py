"""Days and months."""

from collections.abc import Mapping
from types import MappingProxyType

from newsclaims import lexicon
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.lexemes import Lexeme
from newsclaims.extract.dates.making import (
    DAYS,
    MONTHS,
    POINTERS,
    Builder,
    Found,
    as_unit,
    last_pointer,
    make,
    phase,
    pointer,
    year_of,
)
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
    day = after.number("small", "ordinal")
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


def day_month(match: CalendarMatch) -> Found:
    """Read "8 May", "the fourth of July 1976"."""
    month = match.first(*MONTHS)
    assert month is not None
    if month.kind == "other_month" and not match.scene.text[month.start].isupper():
        return []
    reading = _date(match, match.number(*DAYS))
    return make(match, reading._replace(day_first=True))


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
    ranged = match.lexemes[-2].kind in ("dash", "to")
    if match.lexemes[-1] is days[-1] and not ranged and match.scene.tag_after(match.end) == "NNS":
        days.pop()  # "May 8, 9 people": the last number counts people
    reading = _date(match, None)
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
    reading = Reading(month=int(named.value), direction=direction)
    return make(match, reading, mod=phase(match))


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
    if lexeme.value == "3" and scene.word_after(lexeme.end) in ("of", "for", "on", "against"):
        return False  # a march with a capital
    return label == "DATE" or scene.word_before(lexeme.start) in _MONTH_PREPOSITIONS


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
    named = match.first("weekday")
    assert named is not None
    if match.scene.word_before(match.start) in _NAMING_DAYS or _is_title(match):
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


def holiday(match: CalendarMatch) -> Found:
    """A named day, of a year when one is written."""
    named = match.first("holiday")
    assert named is not None
    if match.scene.label(named.start) in ("PERSON", "GPE"):
        return []
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
        "month-day": month_day,
        "day-month": day_month,
        "month-year": month_year,
        "week-of": week_of,
        "nth-week-of-month": nth_week,
        "month": month,
        "weekday": weekday,
        "holiday": holiday,
    }
)
