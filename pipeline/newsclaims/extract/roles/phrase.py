"""The phrase around a title's head while it is read, from right to left, a unit at a time.

A sorter is a function of the phrase, a unit and its lower-case word. It does to the phrase what the
unit asks for and says which unit to look at next: `DONE` where the phrase begins, None when the
unit is none of its business.
"""

from newsclaims.extract.finds import Kind
from newsclaims.extract.roles import words
from newsclaims.extract.roles.units import Range, Units
from newsclaims.extract.roles.words import Head, Sort
from newsclaims.schema import Status

DONE = -1

_SCHOLARLY = words.words("scholarly_heads")


class Phrase:
    """Grows to the left of a head; `closed` once the title's own words have ended."""

    def __init__(self, units: Units, at: int, end: int, head: Head) -> None:
        self.units = units
        self.head = head
        self.head_end = end
        self.capital_head = units.capital(at)
        self.start = self.title_start = at
        self.closed = self.quoted = False
        self.organisation: Range | None = None
        self.status: Status = "current"
        self.cue: Range | None = None
        self.qualifier: Range | None = None
        self.determiner = ""

    def skip(self, unit: int) -> int:
        """Take a word into the phrase and none of the title's."""
        self.start, self.closed = unit, True
        return unit - 1

    def keep(self, unit: int) -> int:
        """Take a word into the title."""
        self.start = self.title_start = unit
        return unit - 1

    def organise(self, first: int, unit: int, *, takes: bool = True) -> int:
        """Take the words from `first` to `unit` as the organisation, where there is none yet."""
        if takes and self.organisation is None:
            self.organisation = (first, unit + 1)
        return self.skip(first)

    def takes(self, kind: Kind) -> bool:
        """Whether such a post is held for a body of this kind."""
        occupation = self.head.sort is Sort.OCCUPATION or self.head.singular in _SCHOLARLY
        if not occupation or kind is not Kind.PLACE:
            return True
        # "Iceland's chief seismologist" holds an office, a "Malaysian actor" does not.
        return "chief" in self.units.low[self.title_start : self.head_end]
