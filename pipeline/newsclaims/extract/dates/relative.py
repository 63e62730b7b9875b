"""What is counted from the article or from the story, and the vague past, present and future."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from newsclaims import lexicon
from newsclaims.extract.dates.amounts import Amount, amount, duration, quantity_mod
from newsclaims.extract.dates.grammar import CalendarMatch
from newsclaims.extract.dates.lexemes import Lexeme
from newsclaims.extract.dates.making import (
    PHASES,
    UNITS,
    UNITS_OF_MANY,
    Builder,
    Found,
    as_unit,
    last_pointer,
    make,
    phase,
    pointer,
)
from newsclaims.extract.dates.readings import Base, Clock, Direction, Reading, Shift, Unit
from newsclaims.extract.dates.scene import Scene
from newsclaims.schema import TimexType


def day_before_yesterday(match: CalendarMatch) -> Found:
    """Two days, or other units, before or after the article."""
    if match.has("last", "next"):
        return _two_away(match, -2 if match.has("last") else 2)
    count = match.number("today")
    word = match.first("today")
    if word is None or not count or match.scene.text[word.start].isupper():
        return []
    return make(match, Reading(shift=Shift("D", 2 * int(word.value))))


def _two_away(match: CalendarMatch, count: int) -> Found:
    """Read "the week after next", "the night before last"."""
    unit, part = match.first(*UNITS), match.first("part")
    if part is not None:
        return make(match, Reading(shift=Shift("D", count), part=part.value), "TIME")
    if unit is None or unit.value in ("H", "TM", "S", "2W"):
        return []
    return make(match, Reading(shift=Shift(as_unit(unit.value), count)))


def today(match: CalendarMatch) -> Found:
    """Today, yesterday or tomorrow, with a part of the day when one follows."""
    word = match.first("today")
    assert word is not None
    if _inside_name(word, match.scene):
        return []
    shift = Shift("D", int(word.value))
    part = match.first("part")
    if part is not None:
        return make(match, Reading(shift=shift, part=part.value), "TIME")
    if match.has("noon"):
        return make(match, Reading(shift=shift, clock=Clock(12, 0)), "TIME")
    return make(match, Reading(shift=shift), mod=phase(match))


_QUOTES = "\"'“‘"
_QUOTES_AFTER = ('"', "'", "”", "’")


def _inside_name(word: Lexeme, scene: Scene) -> bool:
    """USA Today, Psychology Today, "Today"."""
    text = scene.text
    if not text[word.start].isupper() or not word.start:
        return False
    if text[word.start - 1] in _QUOTES and text[word.end : word.end + 1] in _QUOTES_AFTER:
        return True
    tokens, token = scene.tokens, scene.tokens.at(word.start)
    before = text[max(word.start - 2, 0) : word.start]
    return tokens.labels[token] == "ORG" or (
        before[:1].isalpha()
        and before[1:] == " "
        and token > 0
        and tokens.texts[token - 1][0].isupper()
        and not tokens.begins[token]
    )


def tonight(match: CalendarMatch) -> Found:
    """Read "Tonight", "this morning", "last night"."""
    part = match.first("part")
    if match.has("overnight"):
        tokens = match.scene.tokens
        dep = tokens.deps[tokens.at(match.start)]
        if match.scene.tag(match.start) not in ("RB", "NN") or dep not in ("advmod", "npadvmod"):
            return []
        return make(match, Reading(shift=Shift("D", -1), part="NI"), "TIME")
    if part is None:
        return make(match, Reading(shift=Shift("D", 0), part="NI"), "TIME")
    if match.has("last"):
        if part.value != "NI" and match.lexemes[0].kind == "last" and len(match.lexemes) > 2:
            return []
        return make(match, Reading(shift=Shift("D", -1), part=part.value), "TIME")
    return make(match, Reading(shift=Shift("D", 0), part=part.value), "TIME", mod=phase(match))


def ago(match: CalendarMatch) -> Found:
    """So many units before the article."""
    return _counted(match, sign=-1, base="speech")


def from_now(match: CalendarMatch) -> Found:
    """So many units after the article."""
    return _counted(match, sign=1, base="speech")


def later(match: CalendarMatch) -> Found:
    """So many units after or before the date that the story spoke of last."""
    return _counted(match, sign=-1 if match.has("earlier") else 1, base="story")


def _counted(match: CalendarMatch, *, sign: int, base: Base) -> Found:
    unit = match.first(*UNITS)
    assert unit is not None
    count = amount(match.lexemes)
    mod = quantity_mod(match.lexemes)
    if count is None and unit.kind in UNITS_OF_MANY:
        return make(match, Reading(fixed="PAST_REF" if sign < 0 else "FUTURE_REF"))
    if match.has("half") and not match.has("and"):
        count = Amount("0.5")  # "half a century ago"
    if count is None or count.vague:
        return make(match, Reading(fixed="PAST_REF" if sign < 0 else "FUTURE_REF"))
    name, number = _whole_units(float(count.value), unit.value)
    if name == "W" and match.has("today"):
        name, number = "D", 7 * number  # "three weeks from today" is a day
    if not number:
        return []
    timex: TimexType = "TIME" if name in ("H", "TM", "S") else "DATE"
    return make(match, Reading(shift=Shift(name, sign * number, base)), timex, mod=mod)


def _whole_units(count: float, unit: str) -> tuple[Unit, int]:
    """A count with a fraction, in the next smaller unit in which it is (nearly) whole."""
    if count.is_integer():
        if unit[0].isdigit():
            return as_unit(unit[-1]), int(count) * int(unit[:-1])
        return unit, int(count)  # type: ignore[return-value]
    smaller: Mapping[str, tuple[Unit, int]] = {
        "Y": ("M", 12), "W": ("D", 7), "M": ("D", 30), "D": ("H", 24), "H": ("TM", 60),
        "2W": ("D", 14),
        "10Y": ("Y", 10), "100Y": ("Y", 100),
    }  # fmt: skip
    name, factor = smaller.get(unit, ("D", 1))
    return name, round(count * factor)


def same_period(match: CalendarMatch) -> Found:
    """The same stretch a year before."""
    unit = match.lexemes[2]
    name: Unit = "M" if unit.kind == "period" else as_unit(unit.value)
    return make(match, Reading(shift=Shift(name, None, "story"), year=-1))


def end_of_unit(match: CalendarMatch) -> Found:
    """Read "The end of the year", "early next week"."""
    unit = match.lexemes[-1]
    phases = [i for i, lexeme in enumerate(match.lexemes) if lexeme.kind in PHASES]
    rest = match._replace(lexemes=match.lexemes[phases[0] + 1 :])
    point = last_pointer(rest) or (0, "speech", "this")
    if unit.kind == "day":
        if match.scene.word_before(match.start) == "at":
            return []  # "at the end of the day", all things considered
        point = (0, "story", "this")
    return make(
        match, Reading(shift=Shift(as_unit(unit.value), point[0], point[1])), mod=phase(match)
    )


def weekend(match: CalendarMatch) -> Found:
    """The weekend that the verb or a pointing word tells."""
    point = last_pointer(match)
    if match.lexemes[0].kind == "a":
        if match.scene.tag_after(match.end)[:1] in ("N", "J"):
            return weekend(match._replace(lexemes=match.lexemes[1:]))
        return make(match, Reading(fixed="P1WE"), "DURATION")
    if len(match.lexemes) == 1 and match.scene.word_before(match.start) not in ("the", "a"):
        return []
    direction: Direction | None = point[2] if point else None
    named = match.first("holiday")
    if named is not None:
        side = direction or match.scene.direction(match.start)
        return make(match, Reading(holiday=named.value, direction=side, weekend=True))
    if direction in (None, "this"):
        direction = match.scene.direction(match.start) or "past"
    start = match.start
    return make(match, Reading(weekend=True, direction=direction), start=start)


_BESIDE = frozenset("before after prior earlier previous following".split())


def _closes(scene: Scene, end: int) -> bool:
    """Whether "the day before" stands alone: before an event it counts from that event."""
    return not re.match(r"\s*[\w$'\"“‘(]", scene.text[end : end + 3])


def relative_unit(match: CalendarMatch) -> Found:
    """Read "Last week", "the following day", "this year"."""
    part = match.first("part")
    unit = match.first(*UNITS)
    leading = match.lexemes[0].kind in ("earlier", "later")
    rest = match._replace(lexemes=match.lexemes[1:]) if leading else match
    point = pointer(rest)
    assert point is not None
    count, base, _ = point
    if unit is None:
        assert part is not None
        return make(match, Reading(shift=Shift("D", count, "story"), part=part.value), "TIME")
    the = match.lexemes[0].kind == "the"
    if match.lexemes[-1].kind in _BESIDE and not _closes(match.scene, match.end):
        return []
    if unit.value in ("H", "TM", "S"):
        value = duration(None, unit.value, one=True)
        return make(match, Reading(fixed=value), "DURATION") if count else []
    if the and rest.has("next", "coming") and unit.value in ("D", "W"):
        base = "story"
    if the and rest.has("last", "next") and unit.value in ("10Y", "100Y"):
        return make(match, Reading(fixed=duration(None, unit.value, one=True)), "DURATION")
    if rest.has("last") and (unit.value == "D" or _is_the_final(match)):
        return []  # "on his last day"
    if unit.kind == "fortnight":
        return make(match, Reading(fixed="P2W"), "DURATION")
    reading = Reading(shift=Shift(as_unit(unit.value), count, base))
    if part is not None:
        return make(match, reading._replace(part=part.value), "TIME")
    return make(match, reading)


_FINAL_OF = re.compile(r" of (?![$£€]|US\$|\d)")


def _is_the_final(match: CalendarMatch) -> bool:
    """As in "the last year of his contract"."""
    definite = match.lexemes[0].kind == "the" or match.scene.word_before(match.start) == "the"
    return definite and _FINAL_OF.match(match.scene.text, match.end) is not None


_AT_PARTS = frozenset({("at", "MO"), ("at", "EV"), ("after", "EV"), ("after", "MO")})  # at dawn
_CLOSE_OF = lexicon.words("near_dates.close_of")


def _closes_or_goes_on(scene: Scene, end: int) -> bool:
    """Not before the noun or clause that says which day it was."""
    return scene.word_after(end).lower() not in ("of", "that", "when", "before", "after")


def part_of_day(match: CalendarMatch) -> Found:
    """Read "In the morning", "ended the day": of the day that the story speaks of."""
    part = match.first("part")
    before = match.scene.word_before(match.start)
    if part is None:
        scene = match.scene
        if before not in _CLOSE_OF or not _closes_or_goes_on(scene, match.end):
            return []
        if scene.text.endswith("end of", 0, match.start - 1):
            return []  # left to the rule of ends; "at the end of the day" is none
        unit: Unit = "D" if match.has("day") else "W"
        base: Base = "story" if unit == "D" else "speech"
        return make(match, Reading(shift=Shift(unit, 0, base)))
    if match.lexemes[0].kind == "part":
        if (
            before not in ("by", "before", "until", "since")
            and (before, part.value) not in _AT_PARTS
        ):
            return []
    elif before not in ("in", "during"):
        return []
    return make(match, Reading(shift=Shift("D", 0, "story"), part=part.value), "TIME")


def present(match: CalendarMatch) -> Found:
    """Read "Now", "currently"."""
    return make(match, Reading(fixed="PRESENT_REF"))


def past(match: CalendarMatch) -> Found:
    """Read "Recently", "the recent past"."""
    scene = match.scene
    if match.lexemes[-1].kind == "past" and (
        scene.tag(match.end - 1) not in ("NN", "JJ")
        or scene.tag_after(match.end)[:2] in ("NN", "CD", "JJ")
    ):
        return []  # "walked past the house", "the past season"
    return make(match, Reading(fixed="PAST_REF"))


def future(match: CalendarMatch) -> Found:
    """Read "The future", "the long term"."""
    scene = match.scene
    if match.lexemes[-1].kind == "future" and scene.tag_after(match.end)[:1] in ("N", "J"):
        return []  # "the future president"
    return make(match, Reading(fixed="FUTURE_REF"))


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
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
        "present": present,
        "past": past,
        "future": future,
        "part-of-day": part_of_day,
    }
)
