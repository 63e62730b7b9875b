"""Time expressions + publication date -> TIMEX3 values, with their first and last day.

`reckoning` goes through the expressions. `anchors` finds the day on which the article speaks,
`choice` picks among the candidates of a partial date, `ranges` keeps the ends of a range in order,
`named_days` knows holidays, `spelling` spells readings, and `values` knows the days of each value.
`explaining` says in sentences how one value came about.
"""

from collections.abc import Sequence

from newsclaims.extract.dates import TimeExpression
from newsclaims.resolve.calendar.explaining import explain_date
from newsclaims.resolve.calendar.reckoning import Reckoner, ResolvedDate

__all__ = ["ResolvedDate", "explain_date", "resolve_dates"]


def resolve_dates(
    expressions: Sequence[TimeExpression], published: str | None
) -> list[ResolvedDate]:
    """One TIMEX3 an expression, in order.

    `published` is an ISO date or date-time; its local date as written is what counts.
    """
    return Reckoner(expressions, published).resolve()
