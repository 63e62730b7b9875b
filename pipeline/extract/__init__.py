"""The rooms that know only the text, in order, each handed what earlier ones found."""

from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.extract.dates import TimeExpression, find_dates
from pipeline.extract.finds import KnownPlaces, Name, RoleFind, StatementFind
from pipeline.extract.names import find_names
from pipeline.extract.organisations import find_organisations
from pipeline.extract.own import NOTHING, OwnRules
from pipeline.extract.people import find_people
from pipeline.extract.places import find_places
from pipeline.extract.roles import find_roles
from pipeline.extract.statements import find_statements

__all__ = ["Finds", "extract"]


@dataclass(frozen=True, slots=True)
class Finds:
    """What the rooms found in one article, each list in the order of the text."""

    people: list[Name]
    organisations: list[Name]
    places: list[Name]
    dates: list[TimeExpression]
    roles: list[RoleFind]
    statements: list[StatementFind]


def extract(doc: Doc, known_places: KnownPlaces, own: OwnRules = NOTHING) -> Finds:
    """Everything that the words of `doc` alone say; the user's `own` rules come first."""
    names = find_names(doc, known_places, own)
    people = find_people(doc, names)
    organisations = find_organisations(doc, names)
    places = find_places(doc, names)
    dates = find_dates(doc, own.dates)
    roles = find_roles(doc, people, organisations, places, dates, own)
    statements = find_statements(doc)
    return Finds(people, organisations, places, dates, roles, statements)
