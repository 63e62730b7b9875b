"""What the rooms hand on: character offsets into the article's text, and the rule that made them.

Plain named tuples, made by the thousand: the records that users see are built from them once, in
`newsclaims.assemble`, where each is checked against the text.
"""

from enum import StrEnum
from typing import NamedTuple, Protocol

from newsclaims.extract.own import OwnPerson
from newsclaims.schema import StatementKind, StatementModality, StatementSort, Status


class Kind(StrEnum):
    """The kinds of named things."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class Offsets(NamedTuple):
    """Half-open character offsets."""

    start: int
    end: int


class Name(NamedTuple):
    """A named mention: where it stands, what kind of thing it names, which rule says so.

    `listed` is whom it names of the people that the user has listed.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    confidence: float | None = None
    listed: OwnPerson | None = None


class RoleFind(NamedTuple):
    """One person, one title, one organisation, as one construction of the text asserts it.

    `since` and `until` are the offsets of the date expressions that bound the term.
    """

    holder: Name
    title: Offsets
    organisation: Offsets | None
    status: Status
    status_cue: Offsets | None
    rule: str
    qualifier: Offsets | None = None
    since: Offsets | None = None
    until: Offsets | None = None


class StatementFind(NamedTuple):
    """One report: its source, the reporting words and what they report, in one piece or more."""

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    kind: StatementKind
    sort: StatementSort
    modality: StatementModality | None
    rule: str


class KnownPlaces(Protocol):
    """What the rooms may ask of a gazetteer: how well known a place of this name is."""

    def prominence(self, name: str) -> float:
        """0.0 when no place bears the name, up to 1.0 for a large country."""
