"""The day on which the article speaks, and the days that its story has spoken of."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.extract.dates import TimeExpression
from pipeline.resolve.calendar.values import is_day

# An own date that lies farther from the publication date is a heading or a caption of an old event.
_FARTHEST_DATELINE = 31  # days
_LONGEST_PLACE = 60  # characters before the date of a dateline
_BEFORE_DATELINE = re.compile(r"[^a-z\n]*[A-Z][^\n]*[,(] ?|[A-Z][A-Z.,' ]+")
_AFTER_DATELINE = re.compile(r"[)\s]*(?:\(|[-–—_]{1,2}\s|/|:)")
_AROUND_ALONE = re.compile(r"(?:(?:published|updated|posted|date)(?: on)?:?|[\s*|•·.()-])*", re.I)


class Anchor(NamedTuple):
    """A day to count from; `name` is "published" or the index of the expression that says it."""

    day: date
    name: str | int


def publication_day(published: str | None) -> date | None:
    """The local date, as written, of an ISO date or date-time; null when there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def speech_anchor(
    text: str, expressions: Sequence[TimeExpression], published: str | None
) -> Anchor | None:
    """The day on which the article speaks.

    A full date alone on its line or in the dateline comes first: the article says so itself. Else
    the publication date counts; without either the day is unknown.
    """
    day = publication_day(published)
    for index, expression in enumerate(expressions):
        own = _full_day(expression)
        if own is None or not _stands_alone(text, expression):
            continue
        if day is None or abs((own - day).days) <= _FARTHEST_DATELINE:
            return Anchor(own, index)
    return Anchor(day, "published") if day else None


def _full_day(expression: TimeExpression) -> date | None:
    _, _, _, year, _, _, month, day, *_ = expression.reading
    if year is None or month is None or day is None or expression.reading.week_of:
        return None
    return date(year, month, day) if year > 0 and is_day(year, month, day) else None


def _stands_alone(text: str, expression: TimeExpression) -> bool:
    line_start = text.rfind("\n", 0, expression.start) + 1
    line_end = text.find("\n", expression.end)
    before = text[line_start : expression.start]
    after = text[expression.end : line_end if line_end >= 0 else len(text)]
    if _AROUND_ALONE.fullmatch(before) and _AROUND_ALONE.fullmatch(after):
        return True
    return (
        len(before) <= _LONGEST_PLACE
        and _BEFORE_DATELINE.fullmatch(before) is not None
        and _AFTER_DATELINE.match(after) is not None
    )
