"""One article as the constructions see it: its units, its title phrases, its names, and how names
and titles are strung together.
"""

from typing import NamedTuple

from pipeline.extract.finds import Name
from pipeline.extract.roles import words
from pipeline.extract.roles.titles import Post, find_posts
from pipeline.extract.roles.units import Range, Units
from pipeline.extract.roles.words import Sort
from pipeline.records import Status


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


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
        self.posts = find_posts(units)
        self.names = list(units.person_ranges)
        self.by_start: dict[int, Post] = {}
        self.by_end: dict[int, Post] = {}
        for post in self.posts:
            number = units.person[post.title[1] - 1]
            if number >= 0:  # "President Jane Doe" is marked as one name
                self.names[number] = (post.title[1], self.names[number][1])
            self.by_start.setdefault(post.start, post)
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
        first = self.units.first[unit]
        while unit > first and self.units.low[unit - 1] in words.HONORIFICS:
            unit -= 1
        return unit

    def name_from(self, unit: int) -> int | None:
        """The name that starts at `unit`, honorifics skipped."""
        limit = min(unit + 4, len(self.units))
        while unit < limit and unit not in self.name_at and self.low(unit) in words.HONORIFICS:
            unit += 1
        number = self.name_at.get(unit)
        return number

    def person_from(self, unit: int) -> bool:
        """Whether a person is named from `unit` on, a title and honorifics before it included."""
        post = self.by_start.get(unit)
        if post is None:
            return self.name_from(unit) is not None
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

    def coordinated_before(self, post: Post) -> list[Post]:
        """The phrases strung before `post`, the nearest first: "lawyer, activist and …"."""
        found: list[Post] = []
        current, separators = post, {"and", "&"}
        while (
            self.units.same_sentence(current.start - 2, current.start)
            and self.low(current.start - 1) in separators
        ):
            end = current.start - 1
            if self.low(end) in {"and", "&"} and self.low(end - 1) == ",":
                end -= 1
            earlier = self.by_end.get(end)
            if earlier is None or earlier.plural != post.plural or earlier.start >= current.start:
                break
            if (
                earlier.determiner == "a"
                and not current.determiner
                and self.units.capital(current.title[0])
            ):
                break
            found.append(earlier)
            current, separators = earlier, {","}
        return found

    def coordinated_after(self, post: Post) -> list[Post]:
        """The phrases strung after `post`: ", chairman and chief executive"."""
        found: list[Post] = []
        current = post
        while True:
            unit = current.end
            if not self.units.same_sentence(unit - 1, unit):
                break
            word = self.low(unit)
            if word not in {",", "and", "&", "as", "but", "turned"}:
                break
            unit += 1
            if word == "as":
                if self.low(unit) != "well" or self.low(unit + 1) != "as":
                    break
                unit += 2
            if self.low(unit) == "as" and unit not in self.by_start:
                unit += 1  # "as a teacher and as a principal"
            if (
                self.low(unit) in {"and", "now", "also", "then", "later", "currently"}
                and unit not in self.by_start
            ):
                unit += 1
            later = self.by_start.get(unit)
            if (
                later is None
                or later.plural != post.plural
                or not self.units.same_sentence(current.end - 1, unit)
            ):
                break
            if self.person_from(unit) or self.name_from(later.end) is not None:
                break
            if (
                later.determiner
                and later.end < len(self.units)
                and self.units.tag[later.end] in _FINITE
            ):
                break  # "…, the founder, and the bishop is hers"
            found.append(later)
            current = later
        return found


# Posts that are held together in one body: "president and chief executive of Acme".
_HELD_TOGETHER = words.words("held_together_heads")


def share(posts: list[Post]) -> list[Post]:
    """Coordinated phrases in the order of the text, with what they share laid on each.

    Positions of one body share its organisation, and with it the status of the first.
    """
    shared = list(posts)
    for index in range(len(shared) - 1):
        first, second = shared[index], shared[index + 1]
        if not (_together(first) and _together(second)):
            continue
        if first.organisation is None and second.organisation is not None and not second.determiner:
            # "chairman and chief executive of Acme"
            shared[index] = first = first._replace(organisation=second.organisation)
            if second.status == "current" and second.cue is None:
                shared[index + 1] = second._replace(status=first.status, cue=first.cue)
        elif (
            first.organisation is not None and second.organisation is None and not second.determiner
        ):
            # "Acme chairman and chief executive"
            status = (
                (first.status, first.cue) if second.cue is None else (second.status, second.cue)
            )
            shared[index + 1] = second._replace(
                organisation=first.organisation, status=status[0], cue=status[1]
            )
    return shared


def _together(post: Post) -> bool:
    return post.head.sort is Sort.POSITION or post.head.singular in _HELD_TOGETHER
