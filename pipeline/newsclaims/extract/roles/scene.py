"""One article as the constructions see it: its units, its title phrases and its names."""

import re
from typing import NamedTuple

from newsclaims.extract.finds import Name
from newsclaims.extract.roles import words
from newsclaims.extract.roles.titles import Post, find_posts
from newsclaims.extract.roles.units import Range, Units
from newsclaims.schema import Status

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Marks that close an apposition.
CLOSING_MARKS = frozenset(", . ; : ) ( ] ? ! \" ” \u2019 ' \u2013 — -- - … ...".split())
# The party and state of an American legislator: "D-Maine", "R-Miss."
PARTY = re.compile(r"[dri]-[a-z]+\.?")
_REVEREND = words.words("reverend")
_MOST = words.words("most_reverend")


class Link(NamedTuple):
    """A title phrase joined with a person by a construction, which may know more than the phrase.

    `person` is the index of the mention. `status`, `cue` and `organisation` win over the phrase's
    own where they are given.
    """

    post: Post
    person: int
    rule: str
    status: Status | None = None
    cue: Range | None = None
    organisation: Range | None = None


class Scene:
    """Units, title phrases by where they start and end, and names without the titles in them."""

    def __init__(self, units: Units) -> None:
        self.units = units
        found = find_posts(units)
        self.posts = [post for post in found if not post.possessing]
        # "the mayor's daughter": these refer to a person and introduce none.
        self.possessors = [post for post in found if post.possessing]
        self.names = list(units.person_ranges)
        self.by_start: dict[int, Post] = {}
        self.by_end: dict[int, Post] = {}
        self.outer: dict[int, Post] = {}
        for post in self.posts:
            number = units.person[post.title[1] - 1]
            if number >= 0:  # "President Jane Doe" is marked as one name
                self.names[number] = (post.title[1], self.names[number][1])
            earlier = self.by_end.get(post.end)
            if earlier is not None and earlier.title[1] == post.title[1]:
                self.outer[post.end] = earlier  # "Chief of Staff to the Governor"
            self.by_start[post.start] = post  # of "chief" and "chief medical officer" the longer
            self.by_end[post.end] = post
            self.by_end.setdefault(post.bare_end, post)
        self.name_at = {first: number for number, (first, _) in enumerate(self.names)}
        self.name_until = {end: number for number, (_, end) in enumerate(self.names)}

    def holder(self, person: int) -> Name:
        """The mention, without a title that is marked as a part of it."""
        name = self.units.people[person]
        first = self.names[person][0]
        return name._replace(start=max(name.start, self.units.start[first]))

    def low(self, unit: int) -> str:
        """The lower-case word at `unit`, or "" outside the text."""
        return self.units.low[unit] if 0 <= unit < len(self.units) else ""

    def before_honorifics(self, unit: int) -> int:
        """Where a name that starts at `unit` starts with its honorifics ("Mr", "Sir")."""
        low, first = self.units.low, self.units.first[unit]
        while unit > first:
            if low[unit - 1] in words.HONORIFICS:
                unit -= 1
            elif low[unit - 1] in _REVEREND and low[unit - 2] in _MOST:
                unit -= 2  # "the Most Reverend", "the Rt Rev Dr"
            else:
                break
        return unit - (unit > first and low[unit] in _MOST and low[unit - 1] == "the")

    def before_name(self, first: int) -> int:
        """Where a name starts with its honorifics and the title right before it."""
        unit = self.before_honorifics(first)
        titled = self.by_end.get(unit)
        return titled.start if titled else unit

    def is_introduced(self, first: int) -> bool:
        """Whether a definite title and a comma stand before the name: "the mayor, Jane Doe"."""
        mark = self.before_name(first) - 1
        titled = self.by_end.get(mark) if self.low(mark) == "," else None
        return titled is not None and titled.determiner in {"the", "possessive"}

    def name_from(self, unit: int) -> int | None:
        """The name that starts at `unit`, honorifics skipped."""
        limit = min(unit + 4, len(self.units))
        while unit < limit and unit not in self.name_at and self.low(unit) in words.HONORIFICS:
            unit += 1
        return self.name_at.get(unit)

    def name_in_line(self, unit: int) -> int | None:
        """The name that starts at `unit`, in the sentence of the word before."""
        return self.name_from(unit) if self.units.same_sentence(unit - 1, unit) else None

    def belongs_to_name(self, post: Post) -> bool:
        """Whether a title phrase stands right before a name, whose title it is."""
        return self.name_from(post.bare_end) is not None

    def names_after(self, person: int) -> list[int]:
        """This name and those strung after it: "A, B and C"."""
        found = [person]
        unit = self.after_place(self.names[person][1])
        while self.units.same_sentence(unit - 1, unit) and self.low(unit) in {",", "and", "&"}:
            following = unit + 1 + (self.low(unit) == "," and self.low(unit + 1) in {"and", "&"})
            number = self.name_from(following)
            if number is None:
                break
            found.append(number)
            unit = self.after_place(self.names[number][1])
            if self.low(following - 1) in {"and", "&"}:
                break
        return found

    def after_place(self, unit: int) -> int:
        """Step over a place or brackets after a name: "Jane Doe in Springfield and John Roe"."""
        units = self.units
        if self.low(unit) == "(":
            close = next((at for at in range(unit, unit + 6) if self.low(at) == ")"), None)
            return close + 1 if close else unit
        if self.low(unit) == "," and PARTY.match(self.low(unit + 1)):
            return unit + 2
        if self.low(unit) in {"in", "of", "from"} and unit + 1 < len(units):
            number = units.body[unit + 1]
            return units.body_ranges[number][1] if number >= 0 else unit
        return unit

    def names_before(self, person: int) -> list[int]:
        """This name and those strung before it, the first of them first."""
        found = [person]
        unit = self.before_honorifics(self.names[person][0])
        while self.units.same_sentence(unit - 1, unit) and self.low(unit - 1) in {",", "and", "&"}:
            end = unit - 1
            if self.low(end - 1) == "," and self.low(end) != ",":
                end -= 1
            number = self.name_until.get(end)
            if number is None or not self.units.same_sentence(end - 1, unit):
                break
            found.insert(0, number)
            unit = self.before_honorifics(self.names[number][0])
        return found
