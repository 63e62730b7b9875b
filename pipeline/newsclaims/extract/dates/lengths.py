"""Ages, durations and sets."""

from collections.abc import Mapping
from types import MappingProxyType

from newsclaims import lexicon
from newsclaims.extract.dates.amounts import Amount, amount, duration, quantity_mod, range_of
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.making import (
    MONTHS,
    UNITS,
    UNITS_OF_MANY,
    UNITS_OF_ONE,
    Builder,
    Found,
    make,
    of_range,
)
from newsclaims.extract.dates.numbers_in_words import Lexeme
from newsclaims.extract.dates.readings import Reading
from newsclaims.extract.dates.scene import Scene


def age(match: CalendarMatch) -> Found:
    """Read "11-year-old", "45 years old"."""
    count = amount(match.lexemes)
    unit = match.first(*UNITS)
    assert unit is not None
    if count is None:
        return []
    value = duration(count, unit.value)
    return make(match, Reading(fixed=value), "DURATION", mod=quantity_mod(match.lexemes))


_EACH = MappingProxyType({"noon": "XXXX-XX-XXT{}", "part": "XXXX-XX-XXT{}", "season": "XXXX-{}"})


def set_each(match: CalendarMatch) -> Found:
    """Read "Every Friday", "every two weeks", "per month"."""
    weekdays = [lexeme for lexeme in match.lexemes if lexeme.kind == "weekday"]
    if weekdays:
        return [
            found
            for place, weekday in enumerate(weekdays)
            for found in _each_weekday(match, weekday, None if place else match.start)
        ]
    if match.has("workday"):
        return make(match, Reading(), "SET")
    month = match.number(*MONTHS)
    if month is not None:
        day = match.number("small")
        value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
        return make(match, Reading(fixed=value), "SET")
    for kind, form in _EACH.items():
        named = match.first(kind)
        if named is not None:
            return make(match, Reading(fixed=form.format(named.value)), "SET")
    if match.has("holiday"):
        return make(match, Reading(fixed="P1Y"), "SET")
    return _each_unit(match)


def _each_weekday(match: CalendarMatch, weekday: Lexeme, start: int | None) -> Found:
    """One of the weekdays that the match names, with the part of the day behind it."""
    behind = match.lexemes[match.lexemes.index(weekday) + 1 :][:1]
    part = next((x for x in behind if x.kind in ("part", "parts")), None)
    value = f"XXXX-WXX-{weekday.value}" + (f"T{part.value}" if part else "")
    end = (part or weekday).end
    begin = weekday.start if start is None else start
    return make(match, Reading(fixed=value), "SET", start=begin, end=end)


def set_alternate(match: CalendarMatch) -> Found:
    """Read "alternate Fridays", "alternate weeks"."""
    weekday = match.number("weekdays", "weekday")
    if weekday is not None:
        return make(match, Reading(fixed=f"XXXX-WXX-{weekday}"), "SET")
    if match.has("weekends"):
        return make(match, Reading(fixed="XXXX-WXX-WE"), "SET")
    return make(match, Reading(fixed=f"P2{match.lexemes[-1].value}"), "SET")


def _each_unit(match: CalendarMatch) -> Found:
    """Read "every two weeks", "per month"."""
    if match.scene.word_before(match.start) in _DISTANCES:
        return []  # a speed
    if match.scene.tag_after(match.end) in ("NN", "NNS", "JJ") and len(match.lexemes) == 2:
        return []  # "every day life"
    unit = match.first("weekend", *UNITS)
    assert unit is not None
    alternate = match.has("other")
    if unit.kind == "second" and len(match.lexemes) > 2:
        unit, alternate = match.lexemes[-1], True
    if unit.kind in ("weekend", "weekends"):
        return make(match, Reading(fixed="XXXX-WXX-WE"), "SET")
    count = amount([lexeme for lexeme in match.lexemes if lexeme.kind != "each"])
    value = duration(count, unit.value) if count else duration(None, unit.value, one=True)
    if alternate:
        value = duration(None, unit.value, one=True).replace("1", "2", 1)
    return make(match, Reading(fixed=value), "SET")


_DISTANCES = lexicon.words("near_dates.distances")


def set_frequency(match: CalendarMatch) -> Found:
    """Read "Daily", "annual"."""
    word = match.lexemes[0]
    written = match.scene.text[word.start : word.end]
    if written[0].isupper() and match.scene.text[match.end : match.end + 2].strip()[:1].isupper():
        return []  # The Daily Mail
    if written[0].isupper() and match.scene.label(word.start) in _NAMES:
        return []
    if word.value == "P1Y" and _is_of_event(match.scene, word.start):
        return []
    return make(match, Reading(fixed=word.value), "SET")


_NAMES = ("ORG", "WORK_OF_ART", "PERSON")

# An "annual meeting" names an event by its kind; an "annual loss" says how often it is counted.
_EVENTS = lexicon.words("near_dates.yearly_events")


def _is_of_event(scene: Scene, offset: int) -> bool:
    noun = scene.tokens.heads[scene.tokens.at(offset)]
    return scene.tokens.lower[noun] in _EVENTS or scene.tokens.tags[noun] == "NNP"


def set_plural(match: CalendarMatch) -> Found:
    """Read "Fridays", "Sunday mornings", "weekends", "the evenings"."""
    part = match.first("part", "parts")
    time = f"T{part.value}" if part is not None else ""
    if match.has("weekends", "weekend"):
        return make(match, Reading(fixed="XXXX-WXX-WE" + time), "SET")
    if match.has("workdays") or (match.has("workday") and part is not None):
        return make(match, Reading(), "SET")  # TimeML has no value for them
    weekday = match.number("weekdays", "weekday")
    if weekday is not None:
        return make(match, Reading(fixed=f"XXXX-WXX-{weekday}{time}"), "SET")
    if part is None or match.scene.word_before(match.start) not in ("in", "during"):
        return []
    return make(match, Reading(fixed=f"XXXX-XX-XX{time}"), "SET")


def relative_span(match: CalendarMatch) -> Found:
    """Read "The past 20 years", "the next few months"."""
    unit = match.first(*UNITS_OF_MANY, *UNITS_OF_ONE)
    assert unit is not None
    if unit.kind in UNITS_OF_ONE:
        value = duration(None, unit.value, one=True)
        return make(match, Reading(fixed=value), "DURATION")
    told = match.first("last", "past")
    if told is not None and match.scene.tag(told.start) not in ("JJ", "NN", "RB"):
        return []  # "it should last six weeks", "they walked past two houses"
    numbers = [x for x in match.lexemes if x.kind not in ("the", "last", "past", "next")]
    value = duration(amount(numbers), unit.value)
    return make(match, Reading(fixed=value), "DURATION", mod=quantity_mod(match.lexemes))


def half_unit(match: CalendarMatch) -> Found:
    """Read "Half an hour", "half-century"."""
    unit = match.lexemes[-1]
    if match.has("quarters"):
        three = match.lexemes[0].value == "3" and unit.value == "H"
        return make(match, Reading(fixed="PT45M"), "DURATION") if three else []
    halves = {
        "H": "PT30M", "D": "PT12H", "Y": "P6M", "10Y": "P5Y", "100Y": "P50Y", "TM": "PT30S",
        "M": "P0.5M", "W": "P0.5W", "S": "PT0.5S",
    }  # fmt: skip
    if unit.value not in halves:
        return []
    mod = quantity_mod(match.lexemes)
    return make(match, Reading(fixed=halves[unit.value]), "DURATION", mod=mod)


def one_or_two(match: CalendarMatch) -> Found:
    """Read "a day or two": two lengths."""
    place = next(i for i, lexeme in enumerate(match.lexemes) if lexeme.kind == "or")
    unit = match.lexemes[place - 1]
    many = match.lexemes[place + 2 :]
    count = amount([match.lexemes[place + 1]])
    if count is None or (many and many[0].value != unit.value):
        return []
    first = make(
        match,
        Reading(fixed=duration(Amount("1"), unit.value)),
        "DURATION",
        end=unit.end,
        mod=quantity_mod(match.lexemes[:place]),
    )
    second = Reading(fixed=duration(count, unit.value))
    return first + make(match, second, "DURATION", start=match.lexemes[place + 1].start)


def span_of_two(match: CalendarMatch) -> Found:
    """Read "Between 60 and 90 days": two lengths."""
    unit = match.lexemes[-1]
    ends = range_of(match.lexemes)
    if match.has("between"):
        middle = next(i for i, x in enumerate(match.lexemes) if x.kind == "and")
        ends = middle, middle + 1
    if ends is None:
        return []
    first = [x for x in match.lexemes[: ends[0]] if x.kind != "between"]
    second = match.lexemes[ends[1] :]
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


def length(match: CalendarMatch) -> Found:
    """Read "Three days", "16-hour", "two and a half years"."""
    units = [x for x in match.lexemes if x.kind in UNITS]
    unit = units[-1]
    if _is_fraction(match, unit):
        return []
    if match.lexemes[0].kind == "the":
        if match.has("dash") or unit.kind in UNITS_OF_ONE:
            return []  # in "the five-year plan" the article is the plan's
        rest = match._replace(lexemes=match.lexemes[1:])
        return [found._replace(start=match.start) for found in length(rest)]
    if match.lexemes[0].kind == "over" and _spans(match):
        match = match._replace(lexemes=match.lexemes[1:])
    if _is_some_day(match, unit):
        ahead = match.scene.direction(match.start) in ("future", "ahead")
        return make(match, Reading(fixed="FUTURE_REF")) if ahead else []
    count = amount([x for x in match.lexemes if x is not unit])
    if count is None or _in_title(unit, match.scene):
        return []
    if unit.kind in UNITS_OF_ONE and not _goes_with_singular(match):
        return []
    return make(
        match,
        Reading(fixed=duration(count, unit.value)),
        "DURATION",
        mod=quantity_mod(match.lexemes),
    )


def _is_some_day(match: CalendarMatch, unit: Lexeme) -> bool:
    """As in "will one day be free"."""
    words = [match.scene.text[lexeme.start : lexeme.end].lower() for lexeme in match.lexemes]
    if words != ["one", "day"]:
        return False
    tokens = match.scene.tokens
    token = tokens.at(unit.start)
    return tokens.deps[token] == "npadvmod" and tokens.tags[tokens.heads[token]][:2] == "VB"


def _is_fraction(match: CalendarMatch, unit: Lexeme) -> bool:
    """As in "three-quarters of the votes"."""
    if unit.kind != "quarters":
        return False
    of_whole = match.scene.word_after(match.end) == "of" and not match.has("straight")
    return match.has("dash") or of_whole


def _spans(match: CalendarMatch) -> bool:
    """Whether "over" is a preposition, as in "drilled over nine days", not "in over nine days"."""
    tokens = match.scene.tokens
    token = tokens.at(match.start)
    if not token or tokens.lower[token - 1] in _TAKE_TIME:
        return False
    return tokens.tags[token - 1][:2] in ("VB", "NN", "CD")


# Verbs that a length completes: "it took over two years" says how long, not during what.
_TAKE_TIME = lexicon.words("near_dates.taking_time")


def _in_title(unit: Lexeme, scene: Scene) -> bool:
    """As in "60 Minutes": a capital inside the name of a work or body."""
    return scene.text[unit.start].isupper() and scene.label(unit.start) in (
        "ORG",
        "WORK_OF_ART",
    )


def _goes_with_singular(match: CalendarMatch) -> bool:
    """A singular unit needs a hyphen, "one", or a noun: "five-year", "one day", "a 20 year low"."""
    return (
        match.has("dash", "single")
        or any(x.kind == "ones" and x.value == "1" for x in match.lexemes)
        or any(x.kind == "small" and x.value == "1" for x in match.lexemes)
        or match.has("more")
        or match.scene.tag_after(match.end)[:1] in ("N", "J")
    )


def set_rate(match: CalendarMatch) -> Found:
    """Read "$1 billion a year"; elsewhere "a year" is a length."""
    scene = match.scene
    if match.has("times", "times_word"):
        unit = match.lexemes[-1]
        return make(match, Reading(fixed=duration(None, unit.value, one=True)), "SET")
    if not match.start or scene.text[match.start - 1] != " ":
        return one_unit(match)
    before = scene.tokens.at(match.start - 2)
    counted = scene.tokens.tags[before] in ("NNS", "CD", "NN")
    rate = counted or scene.tokens.lower[before] in ("times", "once", "twice")
    if not rate or scene.word_after(match.end).lower() in ("ago", "later", "earlier", "after"):
        return one_unit(match)
    unit = match.lexemes[-1]
    return make(match, Reading(fixed=duration(None, unit.value, one=True)), "SET")


def one_unit(match: CalendarMatch) -> Found:
    """Read "A month", "another week", "day-long"."""
    unit = match.first(*UNITS)
    assert unit is not None
    value = duration(Amount("1.5" if match.has("half") else "1"), unit.value)
    if match.lexemes[-1].kind == "weekend" or unit.value == "Q":
        return []
    if match.scene.word_before(match.start) == "wait":
        return []  # "wait a minute", let me think
    if match.lexemes[0].kind == "the" and match.scene.word_before(match.start) != "within":
        return []  # "within the week", in less than one
    return make(match, Reading(fixed=value), "DURATION", mod=quantity_mod(match.lexemes))


def vague_length(match: CalendarMatch) -> Found:
    """Read "Years", "recent months", "decades-long"."""
    unit = match.first(*UNITS_OF_MANY)
    assert unit is not None
    if unit.kind in ("seconds", "quarters", "weekends") or _in_title(unit, match.scene):
        return []
    if match.scene.text[unit.start].isupper() and match.scene.text[unit.start - 1 :][:1] == " ":
        return []  # "60 Minutes"
    before, after = match.scene.word_before(match.start), match.scene.word_after(match.end)
    article = match.lexemes[0].kind == "the"
    counted = match.has("ordinal", "ordinal_word", "second")
    if article and not counted and after in _BOUNDS:
        return []  # in "the weeks before the vote" the article is that of the whole
    defined = article or before == "the"
    if unit.kind == "minutes" and defined:
        return []  # of a meeting
    if unit.kind == "hours" and article and not counted:
        return []
    if unit.kind == "hours" and (before in _HOURS_OF or (after == "of" and not article)):
        return []  # hours of opening, or of a part of the day
    return make(match, Reading(fixed=duration(None, unit.value)), "DURATION")


_BOUNDS = frozenset("before after that since until when of in".split())
_HOURS_OF = lexicon.words("near_dates.hours_of")


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "age": of_range(age),
        "one-or-two": one_or_two,
        "set-alternate": set_alternate,
        "set-each": of_range(set_each),
        "set-frequency": set_frequency,
        "set-plural": set_plural,
        "relative-span": of_range(relative_span),
        "half-unit": half_unit,
        "span-of-two": span_of_two,
        "length": length,
        "set-rate": set_rate,
        "one-unit": one_unit,
        "vague-length": vague_length,
    }
)
