"""Time expression + publication date -> TIMEX3 value, earliest and latest day."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.dates import TimeExpression
from pipeline.records import TimexType


class ResolvedDate(NamedTuple):
    """A TIMEX3. `anchor` is "text", "published", or the index of another date of the article."""

    start: int
    end: int
    type: TimexType
    value: str | None
    mod: str | None
    earliest: str | None
    latest: str | None
    anchor: str | int | None
    rule: str


def resolve_dates(
    doc: Doc, expressions: Sequence[TimeExpression], published: str | None
) -> list[ResolvedDate]:
    """One TIMEX3 an expression, in order."""
    return []
