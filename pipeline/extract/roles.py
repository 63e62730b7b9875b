"""Who holds which position: person, title, organisation and status, from how the text says it."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.extract.dates import TimeExpression
from pipeline.extract.finds import Name, RoleFind


def find_roles(
    doc: Doc,
    people: Sequence[Name],
    organisations: Sequence[Name],
    places: Sequence[Name],
    dates: Sequence[TimeExpression],
) -> list[RoleFind]:
    """The roles that `doc` asserts, in the order of the text."""
    return []
