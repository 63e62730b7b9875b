"""Years, their parts, and longer stretches."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from newsclaims import lexicon
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.lexemes import Lexeme
from newsclaims.extract.dates.making import PHASES, Builder, Found, make, phase, pointer, year_of
from newsclaims.extract.dates.readings import Direction, Reading, Shift
from newsclaims.extract.dates.scene import Scene


def _stretch_base(match: CalendarMatch) -> tuple[int | None, Shift | None]:
    """The year that a quarter, half or season is of: written, or told by its distance."""
    year = year_of(match.first("year", "short_year"))
    if year is not None:
        return year, None
    place = next((i for i, lexeme in enumerate(match.lexemes) if lexeme.kind == "of"), None)
    if place is None:
        return None, None
    point = pointer(match._replace(lexemes=match.lexemes[place:]))
    return None, Shift("Y", point[0], point[1]) if point else Shift("Y", 0)


def quarter(match: CalendarMatch) -> Found:
    """A quarter, of a year when one is named."""
    nth = match.number("ordinal", "ordinal_word", "quarter_code")
    if match.has("second"):
        nth = 2
    year, shift = _stretch_base(match)
    if match.has("last") and nth is None:
        if year is None and shift is None:
            return make(match, Reading(shift=Shift("Q", -1)))
        nth = 4
    if nth is None or nth > 4 or not _is_quarter(match, year, shift):
        return []
    direction = None if year or shift else match.scene.direction(match.start)
    reading = Reading(year=year, shift=shift, quarter=nth, direction=direction)
    # In "the second-quarter report" the article is the report's.
    start = match.lexemes[1].start if match.lexemes[0].kind == "the" and match.has("dash") else None
    return make(match, reading, start=start, mod=phase(match._replace(lexemes=match.lexemes[:2])))


def _is_quarter(match: CalendarMatch, year: int | None, shift: Shift | None) -> bool:
    """The quarters of a game are not those of a year."""
    return bool(year or shift) or match.scene.word_after(match.end).lower() not in _GAME_WORDS


_GAME_WORDS = frozenset("touchdown touchdowns lead goal points pass run finals finalists".split())


def half_year(match: CalendarMatch) -> Found:
    """A half of a year."""
    if match.lexemes[-1].kind == "half" and match.has("dash"):
        return _half_of_accounts(match)
    code = match.number("half_code")
    if code is not None:
        return make(match, Reading(year=year_of(match.first("year")), half=code))
    nth = (
        2
        if match.has("second", "last") or match.number("ordinal_word") == 4
        else match.number("ordinal", "ordinal_word")
    )
    year, shift = _stretch_base(match)
    if nth not in (1, 2):
        return []
    return make(match, Reading(year=year, shift=shift, half=nth))


_ACCOUNTS = lexicon.words("near_dates.accounts")


def _half_of_accounts(match: CalendarMatch) -> Found:
    """As in "first-half profit"; a first-half goal is of a game."""
    nth = 2 if match.has("second") else match.number("ordinal", "ordinal_word")
    if nth not in (1, 2) or match.scene.word_after(match.end).lower() not in _ACCOUNTS:
        return []
    return make(match, Reading(half=nth, direction=match.scene.direction(match.start)))


def season(match: CalendarMatch) -> Found:
    """A season, of a year when one is named."""
    named = match.first("season")
    assert named is not None
    year = year_of(match.first("year"))
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
    code = match.first("fiscal_code")
    year = year_of(code._replace(value=code.value[2:]) if code else match.first("year"))
    return make(match, Reading(year=year, fiscal=True))


def decade(match: CalendarMatch) -> Found:
    """Read "The 1980s", "the sixties"."""
    word = match.first("decade_word")
    if word is not None:
        return make(match, Reading(decade=190 + int(word.value)), mod=phase(match))
    written = match.first("decade", "short_decade")
    assert written is not None
    if match.scene.is_weather(match.start):
        return []  # temperatures
    if written.kind == "short_decade":
        if match.scene.word_before(match.start) in ("his", "her", "their", "my", "your"):
            return []  # of a person's age, or the temperature
        marked = match.has("the", *PHASES) or written.value[0] in "'’"
        listed = match.before is not None and match.before.kind in ("and", "or", "to", "comma")
        if not marked and not listed:
            return []
        digit = int(written.value.strip("'’")[0])
        tens = 190 + digit if digit > 2 else 200 + digit
    else:
        tens = int(written.value[:3])
    return make(match, Reading(decade=tens), mod=phase(match))


def century(match: CalendarMatch) -> Found:
    """Read "The 20th century"."""
    nth = match.number("ordinal", "ordinal_word")
    if match.has("second"):
        nth = 2
    tens = match.number("tens")
    number = (nth or 0) + (tens or 0)
    if not 1 <= number <= 30:
        return []
    if match.has("era"):
        return make(match, Reading(fixed=f"BC{number - 1:02d}"), mod=phase(match))
    # In "the 20th-century novel" the article is the novel's.
    start = match.lexemes[1].start if match.lexemes[0].kind == "the" and match.has("dash") else None
    return make(match, Reading(century=number - 1), start=start, mod=phase(match))


def bc_year(match: CalendarMatch) -> Found:
    """Read "44 BC"."""
    number = match.number("year", "plain", "small")
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
    if (
        before in _NUMBERED
        or match.scene.word_after(match.end).lower() in _COUNTED
        or _glued(match)
    ):
        return []
    if number < 1900 and match.scene.tag_after(match.end)[:2] == "NN":
        return []
    if len(match.lexemes) == 1 and _counts(match, before):
        return []
    mod = "AFTER" if match.has("post") else "BEFORE" if match.has("pre") else phase(match)
    return make(match, Reading(year=number), mod=mod)


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
    first, last = match.lexemes[match.has("the") :][0:3:2]
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
        "half-year": half_year,
        "season": season,
        "fiscal-year": fiscal_year,
        "decade": decade,
        "century": century,
        "bc-year": bc_year,
        "year": year,
        "year-range": year_range,
    }
)
