"""Sources that are titles without a name: "the minister", "the PM"."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from newsclaims.extract.finds import Offsets
from newsclaims.extract.names.vocabulary import DEMONYMS, TITLE_MODIFIERS
from newsclaims.lexicon import values
from newsclaims.resolve.speakers.phrase import DEFINITE, Phrase
from newsclaims.resolve.speakers.scene import OF_ANOTHER, Scene, Speaker
from newsclaims.schema import Role

_TITLE_WORDS = {word: full for word, (full,) in values("speakers.title_words").items()}
_SAME_OFFICE = {word: first for word, (first,) in values("speakers.same_offices").items()}
_MOST = 50  # roles of one office that are looked at, the nearest ones


class Titles:
    """The roles of an article by what their titles may be called again."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self._offices: dict[str, list[Role]] = {}
        self._letters: dict[str, list[Role]] = {}
        for role in sorted(roles, key=lambda role: role.title.start):
            words = role.title.text.lower().replace("-", " ").split()
            self._offices.setdefault(_office(_head(words)), []).append(role)
            initials = "".join(word[0] for word in words if word not in OF_ANOTHER)
            for length in range(2, len(initials) + 1):
                self._letters.setdefault(initials[:length], []).append(role)

    def by_letters(self, source: Offsets, words: Sequence[str]) -> Speaker | None:
        """The last holder of the title whose words begin with these letters, as in "the PM"."""
        if len(words) != 2 or words[0].lower() not in DEFINITE or not words[1].isupper():
            return None
        letters = words[1].strip(",").replace(".", "").lower()
        earlier, _ = _around(self._letters.get(letters, ()), source.start)
        return Speaker(earlier[-1].person, "title") if earlier else None

    def holder(self, scene: Scene, phrase: Phrase, offset: int) -> str | None:
        """Who has this title: with all the words said here, else the only or the nearest one."""
        roles = self._offices.get(_office(phrase.noun), ())
        earlier, later = (
            [role for role in part if not _of_another_body(phrase, role)]
            for part in _around(roles, offset)
        )
        if "former" not in phrase.before:
            earlier = [role for role in earlier if role.status != "former"] or earlier
            later = [role for role in later if role.status != "former"]
        for role in reversed(earlier):
            if phrase.before <= _said(role):
                return role.person
        people = {role.person for role in earlier or later if _may_be(phrase, role)}
        return people.pop() if len(people) == 1 else _nearest(scene, people, offset)


def _around(roles: Sequence[Role], offset: int) -> tuple[Sequence[Role], Sequence[Role]]:
    """The nearest roles whose titles stand before, and after, an offset."""
    at = bisect_left(roles, offset, key=lambda role: role.title.start)
    return roles[max(0, at - _MOST) : at], roles[at : at + _MOST]


def _head(title: Sequence[str]) -> str:
    """The noun of a title: "minister of health" has "minister"."""
    if list(title[:3]) == ["member", "of", "parliament"]:
        return "mp"
    small = (number for number, word in enumerate(title) if number and word in OF_ANOTHER)
    return title[next(small, len(title)) - 1]


def _office(noun: str) -> str:
    """The full form of a title's noun, or the first of those that name the same office."""
    noun = _TITLE_WORDS.get(noun, noun)
    return _SAME_OFFICE.get(noun, noun)


def _said(role: Role) -> set[str]:
    """The words that the text gives with a title."""
    spans = (role.title, role.qualifier, role.organisation)
    return {role.status, *(word for span in spans if span for word in span.text.lower().split())}


def _of_another_body(phrase: Phrase, role: Role) -> bool:
    """Whether the phrase names a body or place that is not the one of the role."""
    named = phrase.names - DEMONYMS
    return bool(named) and role.organisation is not None and named.isdisjoint(_said(role))


def _may_be(phrase: Phrase, role: Role) -> bool:
    """Whether the words before the noun leave the office as it is: "exiled", not "deputy"."""
    more = phrase.before - _said(role)
    words = role.title.text.lower().split()
    return not more or (words[0] == _head(words) and more.isdisjoint(TITLE_MODIFIERS))


def _nearest(scene: Scene, people: Iterable[str], offset: int) -> str | None:
    """The one of them in the nearest sentence that is about one of them."""
    wanted = set(people)
    for sentence in scene.back(offset) if wanted else ():
        here = wanted.intersection(scene.people_of(sentence, offset))
        if here:
            return here.pop() if len(here) == 1 else None
    return None
