"""Time expressions + publication date -> TIMEX3 values, with their first and last day.

`anchors` finds the day from which an expression counts, `choice` picks among the candidates of a
partial date, `values` spells values and knows which days they cover, `named_days` knows holidays.
"""

from collections.abc import Sequence

from pipeline.extract.dates import TimeExpression
from pipeline.resolve.calendar.reckoning import Reckoner, ResolvedDate

__all__ = ["ResolvedDate", "resolve_dates"]


def resolve_dates(
    expressions: Sequence[TimeExpression], published: str | None
) -> list[ResolvedDate]:
    """One TIMEX3 an expression, in order.

    `published` is an ISO date or date-time; its local date as written is what counts.
    """
    return Reckoner(expressions, published).resolve()
