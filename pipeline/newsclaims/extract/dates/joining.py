"""What an expression owes to its neighbours and to its place in the text."""

import re
from collections.abc import Sequence

from newsclaims.extract.dates.readings import TimeExpression
from newsclaims.extract.dates.scene import Scene

_JOINED = re.compile(
    r"\s*(?:-|–|—|to|and|or|&|,? ?and|through(?: to)?|till|until|up to|,)\s*", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:-|–|—|-?to-?|through|till|until)\s*", re.IGNORECASE)
_PARTS_OF_YEAR = ("month", "day", "season", "quarter")
_LONGEST_PLACE = 60  # characters before the date of a dateline
_BEFORE_DATELINE = re.compile(
    r"[^a-z\n]*[A-Z][^\n]*[,(] ?|[A-Z][A-Z.,' ]+|[A-Z][\w.,' -]*\([A-Z][\w .,/-]*\),? ?"
)
_AFTER_DATELINE = re.compile(r"[)\s]*(?:\(|[-–—_]{1,2}\s|/|:)")
_ABOVE_TEXT = 250  # characters from the beginning, within which the lines above a text lie
_MARKS = (",", "|", "-", "–", "—", "•", "·")
_SMALL_WORDS = frozenset("by of the and for in".split())
_AROUND_ALONE = re.compile(
    r"(?:(?:published|updated|posted|date)(?: on)?:?|at"
    r"|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?|[\s*|•·,.()-])*",
    re.IGNORECASE,
)


def in_place(scene: Scene, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions with what their neighbours and their place in the text add to them."""
    placed = [
        expression._replace(
            sentence=scene.sentence(expression.start),
            heads_article=_is_full_day(expression) and _stands_alone(scene.text, expression),
            cue=scene.cue(expression.start, expression.end) if expression.reading.direction else "",
        )
        for expression in expressions
    ]
    for place in range(len(placed) - 2, -1, -1):
        first, second = placed[place : place + 2]
        placed[place] = _with_year_of(first, second, scene.text)
        if _RANGE.fullmatch(scene.text, first.end, second.start):
            placed[place + 1] = second._replace(ends_range=True)
    return placed


def _with_year_of(first: TimeExpression, second: TimeExpression, text: str) -> TimeExpression:
    """As in "January 23 - March 9, 2014": the year at the end of a range or list holds for all."""
    one, two = first.reading, second.reading
    of_year = two.shift is not None and two.shift.unit == "Y" and two.month is not None
    if one.year is not None or one.shift or (two.year is None and not of_year):
        return first
    parts = [
        [getattr(reading, part) is not None for part in _PARTS_OF_YEAR] for reading in (one, two)
    ]
    if parts[0] != parts[1] or not any(parts[0]):
        return first
    if (one.month or 0, one.day or 0) > (two.month or 0, two.day or 0):
        return first
    if not _JOINED.fullmatch(text, first.end, second.start):
        return first
    return first._replace(reading=one._replace(year=two.year, shift=two.shift, direction=None))


def _is_full_day(expression: TimeExpression) -> bool:
    reading = expression.reading
    return (
        reading.year is not None
        and reading.month is not None
        and reading.day is not None
        and not reading.week_of
    )


def _names_source(before: str) -> bool:
    """As in "The Anytown Courier, Monday, July 8, 2019" and "By A. Writer | 8 July 2019"."""
    words = before.split()
    return (
        bool(words)
        and len(before) <= _LONGEST_PLACE
        and words[-1].endswith(_MARKS)
        and all(word[0].isupper() or word in (*_SMALL_WORDS, *_MARKS) for word in words)
        and ":" not in before
    )


def _stands_alone(text: str, expression: TimeExpression) -> bool:
    """Whether a date has its line for itself, or stands between a dateline's place and dash."""
    line_start = text.rfind("\n", 0, expression.start) + 1
    line_end = text.find("\n", expression.end)
    before = text[line_start : expression.start]
    after = text[expression.end : line_end if line_end >= 0 else len(text)]
    if _AROUND_ALONE.fullmatch(after) and (
        _AROUND_ALONE.fullmatch(before) or (line_start <= _ABOVE_TEXT and _names_source(before))
    ):
        return True
    return (
        len(before) <= _LONGEST_PLACE
        and _BEFORE_DATELINE.fullmatch(before) is not None
        and _AFTER_DATELINE.match(after) is not None
    )
