"""Sources that describe a speaker whom the article names elsewhere: "the minister", "the firm".

A description is definite where its reader knows already who is meant. The holder of the title
comes first, then the body whose name has the noun; what is left is the one who is in focus, unless
the article has brought in somebody without a name by the same noun ("a nurse … the nurse").
"""

import re
from collections.abc import Callable, Sequence

from newsclaims import lexicon
from newsclaims.extract.finds import Offsets
from newsclaims.extract.names.vocabulary import DEMONYMS, KIN, TITLES
from newsclaims.resolve.genders import WORDS
from newsclaims.resolve.speakers.phrase import DEFINITE, Phrase, read_phrase
from newsclaims.resolve.speakers.scene import Scene, Speaker, within
from newsclaims.resolve.speakers.titles import Titles

_LISTS = {
    name: lexicon.words(f"speakers.{name}")
    for name in ("people", "nameless", "companies", "bodies", "public", "others")
}
_PEOPLE = (TITLES | KIN | _LISTS["people"] | WORDS.keys()) - _LISTS["nameless"]
_BODIES = _LISTS["companies"] | _LISTS["bodies"]
_INTRODUCED = (
    r"(?:\b(?:an?|one|another|two|three|some|several|his|her|their|its)|['’]s)\s+(?:[\w-]+\s+){0,3}"
)
_MEMORY = 5_000  # characters back in which somebody without a name has been brought in
_NEAR = 2  # sentences back to the one that a mere description refers to
_APPOSED = (",", " is", " was", " as", " became")  # before "a nurse", who then has a name
_UNNAMED = Speaker(None, "unnamed")


def described(scene: Scene, titles: Titles, source: Offsets, words: Sequence[str]) -> Speaker:
    """Whom a source without a name or pronoun describes."""
    if words[0].lower() not in DEFINITE:
        return _UNNAMED
    phrase = read_phrase(words)
    if not phrase.noun or phrase.before & _LISTS["others"]:
        return _UNNAMED
    holder = titles.holder(scene, phrase, source.start)
    if holder is not None:
        return Speaker(holder, "title")
    known = scene.references.get(source.start)
    if known is not None:
        return Speaker(known.row, "description")
    return _body(scene, phrase, source) or _person(scene, phrase, source) or _UNNAMED


# --- people --------------------------------------------------------------------------------------


def _person(scene: Scene, phrase: Phrase, source: Offsets) -> Speaker | None:
    """The one person that the last sentences are about, where the noun may describe that person."""
    noun = phrase.noun.rpartition("-")[2]
    if (noun not in _PEOPLE and phrase.age is None) or _is_plural(noun):
        return None
    if phrase.age is not None:
        aged = scene.ages.get(phrase.age, set())
        if len(aged) == 1:
            return Speaker(next(iter(aged)), "description")
    if _brought_in(scene.text[max(0, source.start - _MEMORY) : source.start], phrase.noun):
        return None
    gender = WORDS.get(noun)
    lasting = phrase.age is not None or phrase.children
    here, *earlier = scene.back(source.start)
    if scene.people_of(here, source.start):
        return None  # "after meeting Lee, the captain said": somebody else
    for sentence in earlier if lasting else earlier[:_NEAR]:
        people = scene.people_of(sentence, source.start)
        if lasting:
            people = [row for row in people if scene.fits(row, gender)]
        if people:
            alone = len(people) == 1 and scene.fits(people[0], gender)
            fit = alone and not _has_office(scene, phrase, people[0])
            return Speaker(people[0], "description") if fit else None
    return None


def _is_plural(noun: str) -> bool:
    return noun.endswith("men") or (noun.endswith("s") and not noun.endswith("ss"))


def _brought_in(before: str, noun: str) -> bool:
    """Whether the text has spoken of somebody without a name by this noun."""
    return any(
        not before[: match.start()].rstrip().endswith(_APPOSED)
        for match in re.finditer(_INTRODUCED + re.escape(noun), before, re.IGNORECASE)
    )


def _has_office(scene: Scene, phrase: Phrase, person: str) -> bool:
    """Whether the noun is an office and the person is known to have other ones."""
    return phrase.noun in TITLES and person in scene.officers


# --- bodies --------------------------------------------------------------------------------------


def _body(scene: Scene, phrase: Phrase, source: Offsets) -> Speaker | None:
    """The body whose name has the noun, or the last one that the noun may stand for."""
    words = {phrase.noun, *phrase.before}
    of_name = {
        row
        for row in scene.by_word.get(phrase.noun, ())
        if scene.named_at[row] < source.start and words <= scene.name_words[row]
    }
    if len(of_name) == 1:
        return Speaker(of_name.pop(), "description")
    if of_name:
        last = _last_alone(scene, source.start, of_name.__contains__)
        return Speaker(last, "description" if last else "several")
    if phrase.noun not in _BODIES or phrase.names - DEMONYMS:
        return None
    unlike = _LISTS["public"] if phrase.noun in _LISTS["companies"] else _LISTS["public"] | _BODIES
    last = _last_alone(
        scene,
        source.start,
        lambda row: row in scene.name_words and scene.name_words[row].isdisjoint(unlike),
    )
    return Speaker(last, "description") if last is not None else None


def _last_alone(scene: Scene, offset: int, fits: Callable[[str], bool]) -> str | None:
    """The only row that fits in the nearest sentence before `offset` that mentions one."""
    for sentence in scene.back(offset):
        begin, end = scene.bounds(sentence)
        marks = within(scene.bodies, Offsets(begin, min(end, offset)))
        here = {mark.row for mark in marks if fits(mark.row)}
        if here:
            return here.pop() if len(here) == 1 else None
    return None
