"""How the value of one date came about, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from newsclaims.extract.dates import Direction, Reading, Shift, TimeExpression
from newsclaims.resolve.calendar.anchors import speech_anchor
from newsclaims.resolve.calendar.reckoning import Reckoner, ResolvedDate
from newsclaims.resolve.calendar.values import stretch
from newsclaims.rules import load_rules

_SIDES: Mapping[Direction, str] = MappingProxyType(
    {
        "past": "back",
        "over": "back",
        "present": "to the present or ahead",
        "future": "ahead",
        "ahead": "ahead",
        "last": "to the last one before",
        "next": "to the next one after",
        "this": "to the one that holds the reference",
        "since": "to the last one that has begun",
    }
)
_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter", "WE": "weekend",
        "10Y": "decade", "100Y": "century", "H": "hour", "TM": "minute", "S": "second",
    }
)  # fmt: skip
_NAMED = "year decade century month day weekday quarter half season holiday part nth clock".split()
_MODS: Mapping[str, str] = MappingProxyType(
    {"START": "its first third", "MID": "its middle third", "END": "its last third"}
)


def explain_date(
    text: str, expressions: Sequence[TimeExpression], index: int, published: str | None
) -> list[str]:
    """Sentences on expression `index` of an article: rule, reading, direction, anchor, value.

    Takes what `resolve_dates` takes, and the text to quote from; resolves the article anew, so
    that nothing is spent on steps that no one reads. Raises IndexError where there is no such
    expression.
    """
    expression = expressions[index]
    resolved = Reckoner(expressions, published).resolve()
    return [
        _rule(text, expression),
        *_reading(expression.reading),
        *_direction(expression),
        *_anchor(text, expressions, resolved, index, published),
        *_place(expression),
        *_value(resolved[index]),
    ]


def _quoted(text: str, expression: TimeExpression) -> str:
    return f'"{text[expression.start : expression.end]}"'


def _rule(text: str, expression: TimeExpression) -> str:
    rules = load_rules("extract/dates/dates").rules
    why = f": {rules[expression.rule].why}" if expression.rule in rules else ""
    return f"{_quoted(text, expression)} was found by the rule {expression.rule}{why}."


def _reading(reading: Reading) -> Iterator[str]:
    """What the words say by themselves."""
    if reading.fixed is not None:
        yield f"The words mean {reading.fixed}, whenever they are read."
    named = [
        f"{part} {_spelled(value)}"
        for part in _NAMED
        if (value := getattr(reading, part)) is not None and not (part == "year" and value < 0)
    ]
    if named:
        yield f"The words name its {', its '.join(named)}."
    if reading.shift is not None:
        yield _shift(reading.shift, reading.holiday)
    if reading.days_on:
        yield f"The words count {reading.days_on} days from that day."
    if reading.ends:
        yield f"The {_UNITS[reading.ends]} is called by the day on which it ends."
    if reading.order_open:
        yield (
            "Month and day may change places: the article's other dates decide, or the one order "
            "that falls beside its own day."
        )


def _spelled(value: object) -> str:
    if isinstance(value, tuple):  # a clock
        hour, minute, _, zone = value
        return f"{hour:02d}:{minute or 0:02d}{zone}"
    return str(value)


def _shift(shift: Shift, holiday: str | None) -> str:
    base = "the day on which the article speaks" if shift.base == "speech" else "the story's date"
    base = holiday or base
    unit = _UNITS[shift.unit]
    if shift.number is None:
        return f"The words point to the {unit} that the article reports."
    if not shift.number:
        return f"The words point to the {unit} of {base}."
    side = "after" if shift.number > 0 else "before"
    count = abs(shift.number)
    return f"The words count {count} {unit}{'' if count == 1 else 's'} {side} {base}."


def _direction(expression: TimeExpression) -> Iterator[str]:
    side = expression.reading.direction
    if side is None:
        return
    teller = f'"{expression.cue}" outside it points' if expression.cue else "Its own words point"
    yield f"{teller} {_SIDES[side]}."


def _anchor(
    text: str,
    expressions: Sequence[TimeExpression],
    resolved: Sequence[ResolvedDate],
    index: int,
    published: str | None,
) -> Iterator[str]:
    """From where it was counted."""
    anchor = resolved[index].anchor
    if anchor == "text":
        if expressions[index].reading.fixed is None:
            yield "The words alone fix the value."
    elif anchor is None:
        yield "Nothing says from where to count, so the unknown parts stay open."
    elif anchor == "published":
        yield f"It counts from the publication date, {(published or '')[:10]}."
    else:
        other = int(anchor)
        speech = speech_anchor(expressions, published)
        own = "the article's own date" if speech and speech.name == other else "the date"
        at = f"{_quoted(text, expressions[other])} at {expressions[other].start}"
        yield f"It counts from {own} {at}, {resolved[other].value}."


def _place(expression: TimeExpression) -> Iterator[str]:
    if expression.heads_article:
        yield "It stands alone on its line or in the dateline: the article speaks on this day."
    if expression.ends_range:
        yield "It ends a range, so it does not lie before the range's first date."


def _value(date: ResolvedDate) -> Iterator[str]:
    if date.mod == "INVALID":
        yield "No calendar has this day, so it has no value."
        return
    yield f"The value is {date.value}." if date.value else "TimeML has no value for it."
    if (
        date.mod is not None
        and date.mod in _MODS
        and date.value
        and stretch(date.value)[0] is not None
    ):
        yield f"{date.mod} narrows the value to {_MODS[date.mod]}."
    elif date.mod is not None:
        yield f"Its words add {date.mod}."
    if (date.earliest or date.latest) and date.earliest != date.latest:
        yield f"It lies between {date.earliest or 'any day'} and {date.latest or 'any day'}."
