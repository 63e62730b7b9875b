"""Years, their parts, and longer stretches."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from newsclaims import lexicon
from newsclaims.extract.dates.amounts import amount, duration
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.making import (
    MONTHS,
    PHASES,
    UNITS_OF_MANY,
    Builder,
    Found,
    as_unit,
    century_of,
    make,
    phase,
    pointer,
    year_of,
)
from newsclaims.extract.dates.numbers_in_words import Lexeme
from newsclaims.extract.dates.readings import Direction, Reading, Shift, Unit
from newsclaims.extract.dates.scene import Scene

_CODE = re.compile(
    r"(?P<head>\d{4}[-/]?)?[QH]?(?P<nth>\d)[QH]?(?P<fiscal>[-/]?FY)?[-/'’]*(?P<year>\d{2,4})?", re.I
)


def _code_parts(code: str) -> tuple[int, int | None, bool]:
    """Number, year and whether of accounts of a code: Q3'23, 1Q24, 2021-Q4, Q2FY24."""
    parts = _CODE.fullmatch(code)
    assert parts is not None
    digits = (parts["head"] or "").strip("-/") or parts["year"]
    year = None if digits is None else int(digits) if len(digits) == 4 else century_of(int(digits))
    return int(parts["nth"]), year, parts["fiscal"] is not None


def _written_year(match: CalendarMatch) -> tuple[int | None, bool]:
    """The year that is written, and whether it is one of accounts."""
    code = match.first("fiscal_code")
    if code is not None:
        return _fiscal_year_of(code), True
    of_ten = match.first("decade")
    if of_ten is not None:  # "1990's third quarter"
        return int(of_ten.value[:4]), match.has("fiscal")
    written = match.first("year", "short_year")
    return year_of(written), written is not None and match.has("fiscal")


def _fiscal_year_of(code: Lexeme) -> int | None:
    """The year of FY24; FY2023-24 names two."""
    digits = code.value[2:].strip(" '’")
    return year_of(code._replace(value=digits)) if digits.isdigit() else None


def _stretch_base(match: CalendarMatch) -> tuple[int | None, Shift | None]:
    """The year that a quarter, half or season is of, where its distance tells it."""
    if not match.has("year_unit"):
        return None, None
    if match.has("dash") and match.has("ago", "earlier"):
        return -1, None
    place = next(i for i, lexeme in enumerate(match.lexemes) if lexeme.kind == "year_unit")
    point = pointer(match._replace(lexemes=match.lexemes[max(place - 3, 0) : place + 1]))
    return None, Shift("Y", point[0], point[1]) if point else Shift("Y", 0)


def _nth(match: CalendarMatch) -> int | None:
    """The number of a quarter or half; the last one is null."""
    named = next(
        (x for x in match.lexemes if x.kind in ("ordinal", "ordinal_word", "second")), None
    )
    if named is None:
        return None
    return 2 if named.kind == "second" else int("".join(filter(str.isdigit, named.value)))


def quarter(match: CalendarMatch) -> Found:
    """A quarter, of a year when one is named."""
    code = match.first("quarter_code")
    if code is not None:
        return _coded(match, code, "quarter")
    nth = _nth(match)
    year, of_accounts = _written_year(match)
    shift = None
    if year is None:
        year, shift = _stretch_base(match)
    if nth is None:
        if year is None and shift is None:
            return make(match, Reading(shift=Shift("Q", -1)))
        nth = 4
    if nth > 4 or not _is_quarter(match, year, shift):
        return []
    # In "the second-quarter report" the article is the report's.
    bare = not (year or shift) and match.lexemes[0].kind == "the" and match.has("dash")
    start = match.lexemes[1].start if bare else None
    mod = phase(match._replace(lexemes=match.lexemes[:2]))
    return make(
        match, _of_year("quarter", nth, year, shift, of_accounts, match), start=start, mod=mod
    )


def _of_year(
    part: Literal["quarter", "half"],
    nth: int,
    year: int | None,
    shift: Shift | None,
    of_accounts: bool,
    match: CalendarMatch,
) -> Reading:
    """A quarter or half of a year; those of a year of accounts are not the calendar's."""
    if year is not None and of_accounts:
        return Reading(fixed=f"FY{year:04d}-{part[0].upper()}{nth}")
    direction = None if year or shift else match.scene.direction(match.start)
    if direction in ("future", "ahead") and match.scene.tag_after(match.end)[:1] in ("N", "J"):
        direction = None  # "expects a third-quarter loss": that of the quarter just over
    if direction == "past" and _is_subject(match):
        direction = "over"  # "Q3 was weak"
    if year == -1:
        shift = Shift("Q" if part == "quarter" else "Y", None, "story")
    reading = Reading(year=year, shift=shift, direction=direction)
    return reading._replace(quarter=nth) if part == "quarter" else reading._replace(half=nth)


def _is_subject(match: CalendarMatch) -> bool:
    """Whether a quarter, or what it is part of, is what the verb speaks of."""
    tokens = match.scene.tokens
    token = tokens.at(match.end - 1)
    if tokens.deps[token] in ("compound", "nmod", "amod"):
        token = tokens.heads[token]
    return tokens.deps[token] in ("nsubj", "nsubjpass")


def _coded(match: CalendarMatch, code: Lexeme, part: Literal["quarter", "half"]) -> Found:
    """Read "Q3 2024", "1H24", "Q2 FY24"."""
    nth, year, of_accounts = _code_parts(code.value)
    if year is None:
        year, of_accounts = _written_year(match)
    if match.has("fiscal_code") and year is None:
        return make(match, Reading())  # of a year of accounts that two years name
    return make(match, _of_year(part, nth, year, None, of_accounts, match))


def _is_quarter(match: CalendarMatch, year: int | None, shift: Shift | None) -> bool:
    """The quarters of a game are not those of a year."""
    return bool(year or shift) or match.scene.word_after(match.end).lower() not in _GAME_WORDS


_GAME_WORDS = frozenset("touchdown touchdowns lead goal points pass run finals finalists".split())


def ordinal_list(match: CalendarMatch) -> Found:
    """Read "the first and third quarters of 2023", "the 18th and 19th centuries": one each."""
    unit = match.first("quarter", "quarters", "century_unit", "centuries_unit")
    assert unit is not None
    named = [x for x in match.lexemes if x.kind in ("ordinal", "ordinal_word", "second")]
    found: Found = []
    for place, lexeme in enumerate(named):
        start = match.start if place == 0 else lexeme.start
        end = match.end if lexeme is named[-1] else lexeme.end
        rest = match.lexemes[match.lexemes.index(unit) :]
        member = match._replace(lexemes=[lexeme, *rest])
        one = quarter(member) if unit.value == "Q" else century(member)
        found += [each._replace(start=start, end=end, rule=match.rule) for each in one[:1]]
    return found if len(found) == len(named) else []


def year_ago(match: CalendarMatch) -> Found:
    """Read "the year-ago quarter", "the year-earlier period", "the prior-year quarter"."""
    many = match.first(*UNITS_OF_MANY)
    if many is not None:
        numbers = match.lexemes[[x.kind for x in match.lexemes].index("dash") + 2 : -1]
        return make(match, Reading(fixed=duration(amount(numbers), many.value)), "DURATION")
    unit = match.first("quarter", "period", "month_unit", "week", "half")
    name: Unit | None = None
    if unit is not None and unit.kind not in ("period", "half"):
        name = as_unit(unit.value)
    reading = Reading(shift=Shift(name or "Q", None, "story"), year=-1, whole=name is None)
    # In "the year-ago results" the article is that of the results.
    bare = unit is None and match.lexemes[0].kind == "the"
    return make(match, reading, start=match.lexemes[1].start if bare else None)


def quarter_of_year(match: CalendarMatch) -> Found:
    """Read "the 2003 quarter": the one that the story speaks of, in that year."""
    year = year_of(match.first("year", "short_year"))
    return make(
        match, Reading(shift=Shift("Q", None, "story"), year=year, whole=match.has("period"))
    )


def latest(match: CalendarMatch) -> Found:
    """Read "the latest quarter", "the most recent period": the one of which the story speaks."""
    return make(match, Reading(shift=Shift("Q", None, "story"), whole=match.has("period")))


_ENDED = re.compile(
    r"\s+(?:that\s+|which\s+)?(?:end(?:ed|s|ing)\s+(?:on\s+)?(?=[A-Z\d])"
    r"|to\s+(?=[A-Z][a-z]{2,}\.?\s+\d|\d{1,2}\s+[A-Z]))"
)


def ended(match: CalendarMatch) -> Found:
    """Read "the quarter ended Sept. 30", "the fiscal year ended June 30"."""
    text = match.scene.text
    behind = _ENDED.match(text, match.end)
    if behind is None:
        return _running(match)
    day = _ENDED_DAY.match(text, behind.end())
    calendar = day is not None and (day["month"][:3], day["day"]) == ("Dec", "31")
    if match.has("year_unit") and not (calendar and match.has("fiscal")):
        whole = match.lexemes[0].kind == "the"
        return make(match, Reading(fixed="P1Y"), "DURATION") if whole else []
    if day is None:
        return []
    month = _MONTHS_BY_NAME.get(day["month"].lower())
    if month is None:
        return []
    year = int(day["year"]) if day["year"] else None
    direction = None if year else match.scene.direction(behind.end())
    reading = Reading(
        year=year,
        month=month,
        day=int(day["day"]),
        direction=direction,
        ends="Y" if match.has("year_unit") else "Q",
    )
    return make(match, reading)


_QUARTER_NAMED = re.compile(
    r"\b(?:first|second|third|fourth|final|1st|2nd|3rd|4th)[- ]quarter|\bQ[1-4]\b|\bquarter ended",
    re.IGNORECASE,
)


def _running(match: CalendarMatch) -> Found:
    """As in "for the quarter", of which an article on results speaks, and "for the year"."""
    scene, before = match.scene, match.scene.word_before(match.start)
    if match.lexemes[0].kind != "the" or match.has("fiscal"):
        return []
    if match.has("quarter"):
        named = _QUARTER_NAMED.search(scene.text, 0, match.start) is not None
        if not named or before not in ("in", "for", "during", "of", "from"):
            return []
        return make(match, Reading(shift=Shift("Q", None, "story")))
    counted = scene.text.endswith(("months of ", "weeks of "), 0, match.start)
    if not counted and (before != "for" or scene.word_after(match.end) in ("to", "of", "that")):
        return []
    return make(match, Reading(shift=Shift("Y", 0, "story")))


_ENDED_DAY = re.compile(
    r"(?P<month>[A-Z][a-z]+)\.?\s+(?P<day>\d{1,2})(?:,?\s+(?P<year>\d{4}))?(?!\d)"
)
_MONTHS_BY_NAME = {
    name: int(value)
    for kind in MONTHS
    for name, (value,) in lexicon.values(f"dates.{kind}").items()
}


def half_year(match: CalendarMatch) -> Found:
    """A half of a year."""
    code = match.first("half_code")
    if code is not None:
        return _coded(match, code, "half")
    nth = 2 if match.has("last") and _nth(match) is None else _nth(match)
    if nth == 4:  # "the final half"
        nth = 2
    if nth not in (1, 2):
        return []
    year, of_accounts = _written_year(match)
    shift = None
    if year is None:
        year, shift = _stretch_base(match)
    if year is None and shift is None:
        return _half_of_accounts(match, nth)
    return make(match, _of_year("half", nth, year, shift, of_accounts, match))


_ACCOUNTS = lexicon.words("near_dates.accounts")


def _half_of_accounts(match: CalendarMatch, nth: int) -> Found:
    """As in "first-half profit"; a first-half goal is of a game."""
    if match.scene.word_after(match.end).lower() not in _ACCOUNTS:
        return []
    return make(match, Reading(half=nth, direction=match.scene.direction(match.start)))


def season(match: CalendarMatch) -> Found:
    """A season, of a year when one is named."""
    named = match.first("season")
    assert named is not None
    year = year_of(match.first("year", "short_year"))
    alone = len(match.lexemes) == 1
    if year is None and _is_of_name(match.scene, named):
        return []
    if match.scene.tag(named.start) not in ("NN", "NNP"):
        return []
    if match.scene.label(named.start) in ("PERSON", "GPE", "FAC", "ORG"):
        return []
    if year is None and pointer(match) is None and _is_a_fall(match):
        return []
    if alone and match.scene.word_before(match.start) not in _SEASON_PREPOSITIONS:
        return []
    _, shift = _stretch_base(match)
    if shift is not None:
        return make(match, Reading(shift=shift, season=named.value), mod=phase(match))
    point = pointer(match)
    direction: Direction | None = None
    if year is None:
        direction = point[2] if point else match.scene.direction(match.start)
    reading = Reading(year=year, season=named.value, direction=direction)
    return make(match, reading, mod=phase(match))


def _is_of_name(scene: Scene, named: Lexeme) -> bool:
    """As in "the Winter Games": a capital before another."""
    return scene.text[named.start].isupper() and scene.word_after(named.end)[:1].isupper()


_SEASON_PREPOSITIONS = lexicon.words("near_dates.season_prepositions")


def _is_a_fall(match: CalendarMatch) -> bool:
    """The fall of a wall, a fall in prices."""
    word = match.scene.text[match.lexemes[-1].start : match.end].lower()
    after = match.scene.word_after(match.end).lower()
    return word == "fall" and after in ("of", "from", "in", "guy")


def fiscal_year(match: CalendarMatch) -> Found:
    """Read "Fiscal year 2024"."""
    year, _ = _written_year(match)
    return make(match, Reading(fixed=f"FY{year:04d}" if year else None))


def decade(match: CalendarMatch) -> Found:
    """Read "The 1980s", "the sixties"."""
    word = match.first("decade_word")
    if word is not None:
        if match.scene.word_before(match.start) in _OF_PEOPLE:
            return []  # "in her early forties"
        hundreds = match.number("teens", "tens")
        if hundreds is not None and not 11 <= hundreds <= 20:
            return []
        return make(
            match, Reading(decade=10 * (hundreds or 19) + int(word.value)), mod=phase(match)
        )
    written = match.first("decade", "short_decade")
    assert written is not None
    if written.kind == "short_decade":
        if match.scene.is_weather(match.start):
            return []  # temperatures
        if match.scene.word_before(match.start) in _OF_PEOPLE:
            return []  # of a person's age, or the temperature
        marked = match.has("the", *PHASES) or written.value[0] in "'’"
        listed = match.before is not None and match.before.kind in ("and", "or", "to", "comma")
        if not marked and not listed:
            return []
        digit = int(written.value.strip("'’")[0])
        tens = 190 + digit if digit > 2 else 200 + digit
    else:
        tens = int(written.value[:3])
        if tens % 10 == 0 and tens < 200:  # "the 1800s"
            return make(match, Reading(century=tens // 10), mod=phase(match))
    return make(match, Reading(decade=tens), mod=phase(match))


_OF_PEOPLE = ("his", "her", "their", "my", "your", "our")


def century(match: CalendarMatch) -> Found:
    """Read "The 20th century"."""
    nth = match.number("ordinal", "ordinal_word")
    if match.has("second"):
        nth = 2
    number = nth or 0
    if not 1 <= number <= 30 or (
        match.rule == "century" and len(match.lexemes) == 2 and not _dates_noun(match, number)
    ):
        return []
    era = match.first("era")
    if era is not None and era.value == "BC":
        return make(match, Reading(fixed=f"BC{number - 1:02d}"), mod=phase(match))
    # In "the 20th-century novel" the article is the novel's.
    start = match.lexemes[1].start if match.lexemes[0].kind == "the" and match.has("dash") else None
    return make(match, Reading(century=number - 1), start=start, mod=phase(match))


def _dates_noun(match: CalendarMatch, number: int) -> bool:
    """As in "its 11th century temple"; a batsman's third century is a hundred runs."""
    return number > 4 and match.scene.tag_after(match.end)[:1] in ("N", "J")


def year_of_era(match: CalendarMatch) -> Found:
    """Read "44 BC", "AD 79"."""
    number, era = match.number("year", "plain", "small"), match.first("era")
    assert era is not None
    if not number or number > 9999:
        return []
    if era.value == "AD":
        return make(match, Reading(year=number))
    return make(match, Reading(fixed=f"BC{number:04d}"))


_COUNTED = lexicon.words("near_dates.counted")


# What carries a number as its name.
_NUMBERED = lexicon.words("near_dates.numbered")
_YEAR_PREPOSITIONS = lexicon.words("near_dates.year_prepositions")


def year(match: CalendarMatch) -> Found:
    """Four digits, or two after an apostrophe, that name a year."""
    written = match.first("year", "short_year")
    assert written is not None
    number = year_of(written)
    assert number is not None
    if match.lexemes[-2:-1] and match.lexemes[-2].kind == "the":
        return _year_of_season(match, number)
    before = match.scene.word_before(match.start)
    if written.kind == "short_year" and before not in _YEAR_PREPOSITIONS:
        return []
    if not 1900 <= number <= 2050 and not (
        match.has("year_unit") or before in _YEAR_PREPOSITIONS or match.has(*PHASES)
    ):
        return []
    thousands = "thousand" in match.scene.text[written.start : written.end].lower()
    if thousands and not match.has("year_unit") and _counts_in_words(match, before):
        return []
    if (
        before in _NUMBERED
        or match.scene.word_after(match.end).lower() in _COUNTED
        or _glued(match)
        or _is_of_street(match, before)
        or _is_of_product(match)
    ):
        return []
    if number < 1900 and match.scene.tag_after(match.end)[:2] == "NN":
        return []
    if len(match.lexemes) == 1 and _counts(match, before):
        return []
    mod = "AFTER" if match.has("post") else "BEFORE" if match.has("pre") else phase(match)
    return make(match, Reading(year=number), mod=mod)


def _counts_in_words(match: CalendarMatch, before: str) -> bool:
    """As in "two thousand and four men"; in "since two thousand and four" it is a year."""
    return match.scene.tag_after(match.end)[:1] == "N" or before not in _YEAR_PREPOSITIONS


_STREET = re.compile(r"(?: [NSEW]\.)?(?: [A-Z][\w.'’]*){1,3}")
_ROADS = lexicon.words("places.roads")


def _is_of_street(match: CalendarMatch, before: str) -> bool:
    """As in "at 1998 Elm Street"; in "in 1998 Elm Street was paved" it is a year."""
    if before in _IN_YEAR:
        return False
    ahead = _STREET.match(match.scene.text, match.end)
    words = ahead[0].split()[1:] if ahead else []
    return any(word in _ROADS or word.strip(".") in _ROADS for word in words)


_IN_YEAR = frozenset("in since by until during".split())


def _is_of_product(match: CalendarMatch) -> bool:
    """As in "the Orlo 2000": digits that end the name of a thing or body."""
    tokens = match.scene.tokens
    token = tokens.at(match.start)
    label = tokens.labels[token]
    if not token or tokens.labels[token - 1] != label or not tokens.texts[token - 1][0].isupper():
        return False
    inside = token + 1 < len(tokens) and tokens.labels[token + 1] == label
    return label == "PRODUCT" or (label in ("ORG", "FAC") and inside)


def _year_of_season(match: CalendarMatch, number: int) -> Found:
    """As in "the end of the 2024 season": the part is of the season, and its year of that."""
    season_ = _SEASON_OF_YEAR.match(match.scene.text, match.end)
    if season_ is None:
        return []
    return make(match, Reading(year=number), end=season_.end(), mod=phase(match))


_SEASON_OF_YEAR = re.compile(r" (?:season|campaign)(?![\w’'])")
_YEAR_BEFORE_PLURAL = frozenset("in since by until before after during from".split())


def _counts(match: CalendarMatch, before: str) -> bool:
    """As in "seized 1998 rifles", where "the 1998 riots" and "in 1998 prices" name the year."""
    scene = match.scene
    if scene.tag_after(match.end) != "NNS" or before in _YEAR_BEFORE_PLURAL:
        return False
    token = scene.tokens.at(match.start)
    return bool(token) and scene.tokens.tags[token - 1][:2] in ("VB", "IN", "RB")


def _glued(match: CalendarMatch) -> bool:
    """Whether the digits are part of a code: a model, a phone or flight number, a score."""
    ahead = match.scene.text[match.end : match.end + 2]
    if len(ahead) == 2 and ahead[0] in "-/.:" and ahead[1].isdigit():
        return not re.match(r"[-/]\d{4}(?!\d)", match.scene.text[match.end : match.end + 6])
    behind = match.scene.text[max(match.start - 2, 0) : match.start]
    return len(behind) == 2 and behind[1] == "-" and behind[0].isalpha()


_LONGEST_RANGE = 40  # years between the ends of 1939-45


def year_range(match: CalendarMatch) -> Found:
    """Read "2010-15": two years, but "the 2010-11 season" is one stretch."""
    numbers = [x for x in match.lexemes if x.kind in ("year", "small", "plain")]
    first, last = numbers
    century_, start = int(first.value[:2]), int(first.value[2:])
    end = int(last.value)
    if (
        len(last.value) != 2
        or not start < end <= start + _LONGEST_RANGE
        or not 18 <= century_ <= 20
    ):
        return []
    if match.has("fiscal"):
        return make(match, Reading())
    season_ = _SEASON_OF_TWO.match(match.scene.text, match.end)
    if season_ is not None and end == start + 1:
        return make(match, Reading(), end=season_.end())
    return make(match, Reading(year=int(first.value)), start=first.start, end=first.end) + make(
        match, Reading(year=century_ * 100 + end), start=last.start, end=last.end
    )


# What spans two years and is named by both; a word may stand between, as in "school year".
_SEASON_OF_TWO = re.compile(r" (?:[a-z]+ )?(?:season|campaign|year|term|edition)(?![\w’'])")


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "quarter": quarter,
        "ordinal-list": ordinal_list,
        "year-ago": year_ago,
        "quarter-of-year": quarter_of_year,
        "latest-quarter": latest,
        "ended-unit": ended,
        "half-year": half_year,
        "season": season,
        "fiscal-year": fiscal_year,
        "decade": decade,
        "century": century,
        "year-of-era": year_of_era,
        "year": year,
        "year-range": year_range,
    }
)
