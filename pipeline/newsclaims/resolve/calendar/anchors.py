"""The day on which the article speaks."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from newsclaims.extract.dates import TimeExpression
from newsclaims.resolve.calendar.values import is_day

# An own date that lies farther from the publication date is a heading or a caption of an old event.
_FARTHEST_DATELINE = 31  # days


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


def speech_anchor(expressions: Sequence[TimeExpression], published: str | None) -> Anchor | None:
    """The day on which the article speaks.

    A full date alone on its line or in the dateline comes first: the article says so itself. Else
    the publication date counts; without either the day is unknown.
    """
    day = publication_day(published)
    for index, expression in enumerate(expressions):
        own = _full_day(expression) if expression.heads_article else None
        if own is not None and (day is None or abs((own - day).days) <= _FARTHEST_DATELINE):
            return Anchor(own, index)
    return Anchor(day, "published") if day else None


def _full_day(expression: TimeExpression) -> date | None:
    reading = expression.reading
    year, month, day = reading.year or 0, reading.month or 0, reading.day or 0
    if year < 1 or reading.order_open or not is_day(year, month, day):
        return None
    return date(year, month, day)
