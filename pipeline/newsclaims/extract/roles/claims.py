"""What the clause constructions share: a claim about a person, and what makes it none."""

from collections.abc import Iterator
from typing import NamedTuple

from newsclaims.extract.roles.coordination import coordinated_after, share
from newsclaims.extract.roles.scene import Link, Scene
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.extract.roles.words import words
from newsclaims.schema import Status

NEGATIONS = words("negations")
HYPOTHETICAL = words("hypothetical")
FUTURE = frozenset({"will", "'ll", "shall"})
_CONDITIONS = frozenset({"if", "whether", "unless", "lest"})
_BE = frozenset({"was", "were", "been", "is", "be", "being", "are"})


class When(NamedTuple):
    """The status that a verb gives, and the words that say so; None where the title decides."""

    status: Status | None = None
    cue: Range | None = None


UNSAID = When()


def claim(scene: Scene, post: Post, person: int, when: When, rule: str) -> Iterator[Link]:
    """The links of one predicate: every title strung after `post`, for every person it is said of.

    A status that a title carries itself ("acting") wins over the verb's.
    """
    people = scene.names_before(person) if post.plural else [person]
    if post.plural and len(people) < 2:
        return
    for each in share([post, *coordinated_after(scene, post)]):
        said = when if each.status == "current" else UNSAID
        for holder in people:
            yield Link(each, holder, rule, said.status, said.cue)


def is_passive(scene: Scene, verb: int) -> bool:
    """Whether a form of "be" stands shortly before a verb."""
    return bool(_BE.intersection(scene.units.low[max(verb - 3, 0) : verb]))


def is_conditional(scene: Scene, unit: int) -> bool:
    """Whether an "if" stands shortly before `unit`."""
    units = scene.units
    return bool(_CONDITIONS.intersection(units.low[max(units.first[unit], unit - 6) : unit]))


def is_hypothetical(scene: Scene, verb: int) -> bool:
    """Whether a verb is negated, conditional or only possible."""
    units = scene.units
    before = units.low[max(units.first[verb], verb - 4) : verb]
    unreal = NEGATIONS.intersection(before) or HYPOTHETICAL.intersection(before)
    return bool(unreal) or is_conditional(scene, verb)
