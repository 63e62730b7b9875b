"""The rooms that know only the text, in order, each handed what earlier ones found."""

from dataclasses import dataclass

from newsclaims.extract.dates import TimeExpression, find_dates
from newsclaims.extract.engine import Attempt
from newsclaims.extract.finds import Kind, KnownPlaces, Name, RoleFind, StatementFind
from newsclaims.extract.given import NO_MENTIONS, Given, with_given
from newsclaims.extract.names import find_names
from newsclaims.extract.own import NOTHING, OwnRules
from newsclaims.extract.roles import find_roles
from newsclaims.extract.statements import find_statements
from newsclaims.text.tokens import Tokens

__all__ = ["BOOKS", "Finds", "extract"]

# The books of the rules that make rows, in the order of the rooms.
BOOKS = (
    "extract/names/names",
    "extract/dates/dates",
    "extract/roles/roles",
    "extract/statements/statements",
)


@dataclass(frozen=True, slots=True)
class Finds:
    """What the rooms found in one article, each list in the order of the text."""

    people: list[Name]
    organisations: list[Name]
    places: list[Name]
    dates: list[TimeExpression]
    roles: list[RoleFind]
    statements: list[StatementFind]


def extract(
    tokens: Tokens,
    known_places: KnownPlaces,
    own: OwnRules = NOTHING,
    given: Given = NO_MENTIONS,
    trace: list[Attempt] | None = None,
) -> Finds:
    """Everything that the words alone say; `given` mentions and `own` rules come first.

    `trace` gets each attempt of a rule.
    """
    names = with_given(find_names(tokens, known_places, own), given)
    people, organisations, places = (_of_kind(names, kind) for kind in Kind)
    dates = find_dates(tokens, own.dates, own.without, trace)
    roles = find_roles(tokens, people, organisations, places, dates, own)
    statements = find_statements(tokens, names, own.without)
    return Finds(people, organisations, places, dates, roles, statements)


def _of_kind(names: list[Name], kind: Kind) -> list[Name]:
    return [name for name in names if name.kind is kind]
