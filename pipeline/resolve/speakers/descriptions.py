"""Sources that describe a speaker whom the article names elsewhere: "the minister", "the firm".

A description is definite where its reader knows already who is meant. The holder of the title
comes first, then the body whose name has the noun; what is left is the one who is in focus, unless
the article has brought in somebody without a name by the same noun ("a nurse … the nurse").
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.extract.finds import Offsets
from pipeline.extract.names.vocabulary import DEMONYMS, KIN, TITLE_MODIFIERS, TITLES
from pipeline.records import Organisation, Role
from pipeline.resolve.genders import WORDS
from pipeline.resolve.speakers.scene import OF_ANOTHER, RELATIVE, Scene, Speaker, within
from pipeline.rules import load_rules

DEFINITE = frozenset({"the", "this", "that"})
_BOOK = load_rules("resolve/speakers/speakers")
_LISTS = {name: frozenset(words) for name, words in _BOOK.lists.items()}
_TITLE_WORDS = dict(entry.split() for entry in _LISTS["title_words"])
_SAME_OFFICE = {
    word: words.split()[0] for words in _BOOK.lists["same_offices"] for word in words.split()
}
_PEOPLE = (TITLES | KIN | _LISTS["people"] | WORDS.keys()) - _LISTS["nameless"]
_BODIES = _LISTS["companies"] | _LISTS["bodies"]
_AGE = re.compile(r"(\d{1,3})-year-old")
_INTRODUCED = (
    r"(?:\b(?:an?|one|another|two|three|some|several|his|her|their|its)|['’]s)\s+(?:[\w-]+\s+){0,3}"
)
_CHILDREN = re.compile(r"(?:father|mother)[ -]of[ -](?:\w{3,5}|\d)")
_NEAR = 2  # sentences back to the one that a mere description refers to
_APPOSED = (",", " is", " was", " as", " became")  # before "a nurse", who then has a name
_UNNAMED = Speaker(None, "unnamed")


class Phrase(NamedTuple):
    """The noun of "the former minister of Chile", the words before it, and all names in it.

    `age` is the number of a "43-year-old"; `children` says that it is a "mother of two".
    """

    noun: str
    before: frozenset[str]
    names: frozenset[str]
    age: str | None
    children: bool


def read_phrase(words: Sequence[str]) -> Phrase:
    """A definite noun phrase, cut at its first comma or relative clause."""
    last = end = len(words)
    for number, word in enumerate(words[1:], 1):
        small = word.lower()
        if small in RELATIVE:
            end = number
            break
        if small in OF_ANOTHER:
            last = min(last, number)
        if word.endswith(","):
            end = number + 1
            break
    last = min(last, end)
    noun = words[last - 1].lower().strip(",").removesuffix(".") if last > 1 else ""
    before = [word.lower() for word in words[1 : last - 1]]
    if noun.endswith("-elect"):
        noun, before = noun.removesuffix("-elect"), [*before, "incoming"]
    names = {
        word.strip(",.").lower()
        for word in words[1:end]
        if word[:1].isupper() and not word.endswith("-based")
    }
    age = _AGE.search(" ".join([*before, noun]))
    children = _CHILDREN.fullmatch(" ".join(words[last - 1 : end]).strip(","))
    return Phrase(
        noun, frozenset(before), frozenset(names - {noun}), age[1] if age else None, bool(children)
    )


def described(scene: Scene, source: Offsets, words: Sequence[str]) -> Speaker:
    """Whom a source without a name or pronoun describes."""
    if words[0].lower() not in DEFINITE:
        return _UNNAMED
    phrase = read_phrase(words)
    if not phrase.noun or phrase.before & _LISTS["others"]:
        return _UNNAMED
    holder = _holder(scene, phrase, source.start)
    if holder is not None:
        return Speaker(holder, "title")
    known = scene.references.get(source.start)
    if known is not None:
        return Speaker(known.row, "description")
    return _body(scene, phrase, source) or _person(scene, phrase, source) or _UNNAMED


# --- titles --------------------------------------------------------------------------------------


def titled_by_letters(scene: Scene, source: Offsets, words: Sequence[str]) -> Speaker | None:
    """The holder of the title that letters stand for, as in "the PM"."""
    if len(words) != 2 or words[0].lower() not in DEFINITE or not words[1].isupper():
        return None
    letters = words[1].strip(",").replace(".", "").lower()
    for role in reversed(_before(scene.roles, source.start)):
        words_of_title = role.title.text.lower().replace("-", " ").split()
        title = [word for word in words_of_title if word not in OF_ANOTHER]
        initials = "".join(word[0] for word in title)
        if len(letters) > 1 and initials.startswith(letters):
            return Speaker(role.person, "title")
    return None


def _before(roles: Sequence[Role], offset: int) -> list[Role]:
    return [role for role in roles if role.title.start < offset]


def _holder(scene: Scene, phrase: Phrase, offset: int) -> str | None:
    """Who has this title: with all the words said here, else the only or the nearest one."""
    known = [
        role
        for role in scene.roles
        if _office(_last_word(role)) == _office(phrase.noun) and not _of_another_body(phrase, role)
    ]
    earlier = _before(known, offset)
    if "former" not in phrase.before:
        earlier = [role for role in earlier if role.status != "former"] or earlier
        known = [role for role in known if role.status != "former"]
    for role in reversed(earlier):
        if phrase.before <= _said(role):
            return role.person
    people = {role.person for role in earlier or known if _may_be(phrase, role)}
    return people.pop() if len(people) == 1 else _nearest(scene, people, offset)


def _last_word(role: Role) -> str:
    word = role.title.text.lower().split()[-1]
    return _TITLE_WORDS.get(word, word)


def _office(noun: str) -> str:
    """The noun, or the first of those that name the same kind of office."""
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
    return not more or (len(role.title.text.split()) == 1 and more.isdisjoint(TITLE_MODIFIERS))


def _nearest(scene: Scene, people: Iterable[str], offset: int) -> str | None:
    """The one of them in the nearest sentence that is about one of them."""
    wanted = set(people)
    for sentence in scene.back(offset) if wanted else ():
        here = wanted.intersection(_in_focus(scene, sentence, offset))
        if here:
            return here.pop() if len(here) == 1 else None
    return None


def _in_focus(scene: Scene, sentence: int, offset: int) -> list[str]:
    """The people who speak or are named in a sentence before `offset`, each once."""
    named = [mark.row for mark in scene.focus.get(sentence, ()) if mark.start < offset]
    spoke = [row for row in scene.spoke.get(sentence, ()) if row.startswith("person")]
    return list(dict.fromkeys([*spoke, *named]))


# --- people --------------------------------------------------------------------------------------


def _person(scene: Scene, phrase: Phrase, source: Offsets) -> Speaker | None:
    """The one person that the last sentences are about, where the noun may describe that person."""
    noun = phrase.noun.rpartition("-")[2]
    if noun not in _PEOPLE or noun.endswith("men") or (noun[-1] == "s" and noun[-2] != "s"):
        return None
    if phrase.age is not None:
        aged = {mark.row for mark in scene.people if _has_age(scene.text, mark.end, phrase.age)}
        if len(aged) == 1:
            return Speaker(aged.pop(), "description")
    if _brought_in(scene.text[: source.start], phrase.noun):
        return None
    gender = WORDS.get(noun)
    lasting = phrase.age is not None or phrase.children
    for sentence in islice(scene.back(source.start), None if lasting else _NEAR + 1):
        people = _in_focus(scene, sentence, source.start)
        if lasting:
            people = [row for row in people if scene.fits(row, gender)]
        if people:
            alone = len(people) == 1 and scene.fits(people[0], gender)
            fit = alone and not _has_office(scene, phrase, people[0])
            return Speaker(people[0], "description") if fit else None
    return None


def _has_age(text: str, end: int, age: str) -> bool:
    """Whether this age stands behind a name that ends at `end`."""
    following = text[end : end + len(age) + 3]
    return following.startswith((f", {age}", f" ({age}")) and not following[-1].isdigit()


def _brought_in(before: str, noun: str) -> bool:
    """Whether the text has spoken of somebody without a name by this noun."""
    return any(
        not before[: match.start()].rstrip().endswith(_APPOSED)
        for match in re.finditer(_INTRODUCED + re.escape(noun), before, re.IGNORECASE)
    )


def _has_office(scene: Scene, phrase: Phrase, person: str) -> bool:
    """Whether the noun is an office and the person is known to have other ones."""
    return phrase.noun in TITLES and any(role.person == person for role in scene.roles)


# --- bodies --------------------------------------------------------------------------------------


def _body(scene: Scene, phrase: Phrase, source: Offsets) -> Speaker | None:
    """The body whose name has the noun, or the last one that the noun may stand for."""
    before = [mark for mark in scene.bodies if mark.start < source.start]
    names = {
        mark.row: frozenset(row.name.lower().split())
        for mark in before
        if isinstance(row := scene.rows[mark.row], Organisation)
    }
    of_name = {row for row, words in names.items() if {phrase.noun, *phrase.before} <= words}
    if len(of_name) == 1:
        return Speaker(of_name.pop(), "description")
    if of_name:
        last = _last_alone(scene, of_name, source.start)
        return Speaker(last, "description" if last else "several")
    if phrase.noun not in _BODIES or phrase.names - DEMONYMS:
        return None
    unlike = _LISTS["public"] if phrase.noun in _LISTS["companies"] else _LISTS["public"] | _BODIES
    eligible = {row for row, words in names.items() if words.isdisjoint(unlike)}
    last = _last_alone(scene, eligible, source.start)
    return Speaker(last, "description") if last is not None else None


def _last_alone(scene: Scene, rows: set[str], offset: int) -> str | None:
    """The only one of the rows in the nearest sentence that mentions one of them."""
    for sentence in scene.back(offset):
        begin, end = scene.bounds(sentence)
        here = {mark.row for mark in within(scene.bodies, Offsets(begin, min(end, offset)))}
        if here & rows:
            return (here & rows).pop() if len(here & rows) == 1 else None
    return None
