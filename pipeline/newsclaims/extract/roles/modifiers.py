"""What stands before a title's head: its own words, organisation, status, qualifier, determiner.

The words are looked at from right to left, and each is sorted by the first sorter that knows it;
the sorters are in `bodies_before`, `words_before` and `title_words`.
"""

from collections.abc import Callable
from typing import NamedTuple

from newsclaims.extract.roles import bodies_before, title_words, words_before
from newsclaims.extract.roles.noun_phrases import begins_title
from newsclaims.extract.roles.phrase import DONE, Phrase
from newsclaims.extract.roles.units import Range, Units
from newsclaims.extract.roles.words import HONORIFICS, Head
from newsclaims.schema import Status


class Modifiers(NamedTuple):
    """Where the phrase and the title in it start, and what else was found before the head.

    `determiner` is "the", "a", "possessive" or ""; `quoted` when a quotation mark opens the title.
    """

    start: int
    title_start: int
    organisation: Range | None
    status: Status
    cue: Range | None
    qualifier: Range | None
    determiner: str
    quoted: bool


_HONORIFICS = HONORIFICS - {"his"}
# How many units before the head may belong to its phrase.
_FURTHEST = 14

_SORTERS: tuple[Callable[[Phrase, int, str], int | None], ...] = (
    bodies_before.possessor,
    bodies_before.person,
    words_before.quotation,
    bodies_before.acronym,
    words_before.determining,
    words_before.status_word,
    words_before.qualifying,
    bodies_before.body,
    bodies_before.demonym,
    words_before.describing,
    title_words.coordination,
    title_words.acronym,
    title_words.capitalised,
    title_words.noun,
    title_words.adjective,
    words_before.adverb,
)


def read_modifiers(units: Units, at: int, end: int, head: Head, floor: int) -> Modifiers:
    """Sort the words before a head, which stands from `at` to `end`, from right to left.

    None before `floor` is looked at.
    """
    phrase = Phrase(units, at, end, head)
    unit, limit = at - 1, max(units.first[at], at - _FURTHEST, floor)
    while unit >= limit:
        unit = _sort(phrase, unit)
    return Modifiers(
        phrase.start,
        phrase.title_start,
        phrase.organisation,
        phrase.status,
        phrase.cue,
        phrase.qualifier,
        phrase.determiner,
        phrase.quoted,
    )


def _sort(phrase: Phrase, unit: int) -> int:
    word = phrase.units.low[unit]
    if (
        unit + 1 == phrase.title_start
        and phrase.units.body[unit + 1] < 0
        and phrase.units.heads.of(word)
        and begins_title(phrase.units, unit + 1)
    ):
        return DONE  # "Governor Prof. Doe": another title
    if word in _HONORIFICS and phrase.units.capital(unit):
        return DONE  # "Mr Justice Doe"
    for sorter in _SORTERS:
        following = sorter(phrase, unit, word)
        if following is not None:
            return following
    return DONE
