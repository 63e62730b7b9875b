"""Mentions of one person or organisation -> one row.

Full names are compared first; a surname, first name or nickname then joins the one full name that
it can belong to, or the one that the text named last. Pronouns and descriptions are kept apart, as
references, and are linked only where a single candidate is left.
"""

import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsclaims import lexicon
from newsclaims.extract.finds import Name, Offsets
from newsclaims.extract.own import OwnPerson
from newsclaims.resolve.genders import WORDS, gender_of
from newsclaims.resolve.references import description_references, pronoun_references
from newsclaims.resolve.spellings import WordIndex, same_word
from newsclaims.text.tokens import Tokens


class Cluster(NamedTuple):
    """All mentions of one entity in the order of the text, and the fullest of them."""

    name: Name
    mentions: tuple[Name, ...]
    references: tuple[Offsets, ...] = ()


# --- people --------------------------------------------------------------------------------------

_SUFFIXES = lexicon.words("suffixes")
# Words that a family name may begin with.
_PARTICLES = lexicon.words("particles")
_NICKNAME = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class _Reading(NamedTuple):
    """What one mention says of the person's name."""

    words: tuple[str, ...]
    suffix: str | None
    nickname: str | None
    gender: str | None
    listed: OwnPerson | None = None


@dataclass(slots=True)
class _Person:
    """A person as far as the text has told."""

    number: int
    words: tuple[str, ...]
    mentions: list[Name] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    suffixes: set[str] = field(default_factory=set)
    nicknames: set[str] = field(default_factory=set)
    listed: OwnPerson | None = None

    def take(self, name: Name, reading: _Reading) -> None:
        self.mentions.append(name)
        insort(self.starts, name.start)
        self.listed = self.listed or reading.listed
        self.genders.update(filter(None, [reading.gender]))
        self.suffixes.update(filter(None, [reading.suffix]))
        self.nicknames.update(filter(None, [reading.nickname]))

    def contradicts(self, reading: _Reading) -> bool:
        """Whether the user's list, honorific or suffix say that this is somebody else."""
        return bool(
            (reading.listed and self.listed and reading.listed != self.listed)
            or (reading.gender and self.genders and reading.gender not in self.genders)
            or (reading.suffix and self.suffixes and reading.suffix not in self.suffixes)
        )


def group_people(tokens: Tokens, people: Sequence[Name]) -> list[Cluster]:
    """One cluster a person, by first mention."""
    text = tokens.text
    persons: list[_Person] = []
    index = WordIndex()
    listed: dict[OwnPerson, _Person] = {}
    # Longer names first, so that a short form meets the full one wherever it stands.
    readings = [(name, _read(text, name)) for name in people]
    for name, reading in sorted(readings, key=lambda pair: -len(pair[1].words)):
        person = listed.get(reading.listed) if reading.listed else None
        if person is None:
            alike = [persons[number] for number in index.candidates(reading.words)]
            person = _nearest(alike, name, reading)
        if person is None:
            person = _Person(len(persons), reading.words)
            persons.append(person)
            index.add(person.number, reading.words)
        person.take(name, reading)
        if reading.nickname:
            index.add(person.number, [reading.nickname])
        if reading.listed:
            listed[reading.listed] = person
    clusters = _clusters(text, [person.mentions for person in persons])
    return _with_references(tokens, clusters)


def _read(text: str, name: Name) -> _Reading:
    mention = text[name.start : name.end]
    nickname = _NICKNAME.search(mention)
    plain = _fold(_NICKNAME.sub(" ", mention))
    words = tuple(_WORD.findall(plain))
    suffix = words[-1] if len(words) > 1 and words[-1] in _SUFFIXES else None
    before = text[max(0, name.start - 12) : name.start].split()
    honorific = before[-1].lower() if before else ""
    return _Reading(
        words[:-1] if suffix else words,
        suffix,
        _fold(nickname[1]).strip() if nickname else None,
        WORDS.get(honorific),
        name.listed,
    )


def _fold(text: str) -> str:
    """Lower case without diacritics and with one kind of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _nearest(persons: Iterable[_Person], name: Name, reading: _Reading) -> _Person | None:
    """The person that fits best; of several, the one that the text has named last before."""
    fits = _same_full_name if len(reading.words) > 1 else _part_of_name
    best: tuple[int, int, int] | None = None
    chosen = None
    for person in persons:
        fit = 0 if person.contradicts(reading) else fits(reading, person)
        if not fit:
            continue
        before = bisect_left(person.starts, name.start)
        rank = (fit, 1, person.starts[before - 1]) if before else (fit, 0, -person.starts[0])
        if best is None or rank > best:
            best, chosen = rank, person
    return chosen


def _same_full_name(reading: _Reading, person: _Person) -> int:
    """2 for the same words, 1 for a shorter, reordered or differently spelt form, else 0."""
    words, full = reading.words, person.words
    if words == full:
        return 2
    if sorted(words) == sorted(full):
        return 1  # family name first or last
    if len(words) == len(full):
        same = all(map(same_word, words, full)) and not _initials_only(words, full)
        return int(same and not _other_gender(words, full))
    return int(_is_shortened(words, full))


def _other_gender(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a first name differs in its last letter, as "Maria" and "Mario" do."""
    return any(
        left != right and len(left) == len(right) > 1 and left[:-1] == right[:-1]
        for left, right in zip(words[:-1], full[:-1], strict=True)
    )


def _initials_only(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether nothing but initials agrees, so that the family name is in doubt."""
    return len(words[-1]) == 1 or len(full[-1]) == 1


def _is_shortened(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether words are left out of the longer name, but not both its ends."""
    position = 0
    for word in shorter:
        while position < len(longer) and not same_word(word, longer[position]):
            position += 1
        if position == len(longer):
            return False
        position += 1
    return same_word(shorter[0], longer[0]) or same_word(shorter[-1], longer[-1])


def _part_of_name(reading: _Reading, person: _Person) -> int:
    """How well one word names a person: as surname, first name, nickname, or not at all."""
    if not reading.words:
        return 0
    (word,) = reading.words
    full = person.words
    if len(full) == 1:
        return 4 * (word == full[0]) or int(same_word(word, full[0]) and len(word) > 1)
    if word == full[-1]:
        return 4
    if word in person.nicknames or word == full[0]:
        return 3
    if word in full and word not in _PARTICLES:
        return 2
    return int(len(word) > 1 and same_word(word, full[-1]) and len(full[-1]) > 1)


def _clusters(text: str, groups: Sequence[Sequence[Name]]) -> list[Cluster]:
    """The groups by first mention, each with its fullest mention: most words, then longest."""
    found = []
    for group in groups:
        mentions = tuple(sorted(group))
        fullest = max(
            mentions,
            key=lambda name: (
                len(text[name.start : name.end].split()),
                name.end - name.start,
                -name.start,
            ),
        )
        found.append(Cluster(fullest, mentions))
    return sorted(found, key=lambda cluster: cluster.mentions[0])


def _with_references(tokens: Tokens, clusters: Sequence[Cluster]) -> list[Cluster]:
    text = tokens.text
    mentions = [cluster.mentions for cluster in clusters]
    genders = [
        gender_of(text, text[name.start : name.end], (mention.start for mention in named))
        for name, named, _ in clusters
    ]
    pronouns = pronoun_references(tokens, mentions, genders)
    descriptions = description_references(tokens, mentions)
    return [
        cluster._replace(references=tuple(sorted([*said, *described])))
        for cluster, said, described in zip(clusters, pronouns, descriptions, strict=True)
    ]


# --- organisations -------------------------------------------------------------------------------

# Legal forms, which the short form of a name leaves out.
_LEGAL_FORMS = lexicon.words("legal_forms")
_LITTLE_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "de", "la", "del"})


def group_organisations(tokens: Tokens, organisations: Sequence[Name]) -> list[Cluster]:
    """One cluster an organisation, by first mention."""
    text = tokens.text
    groups: dict[tuple[str, ...], list[Name]] = {}
    for name in organisations:
        groups.setdefault(_organisation_words(text[name.start : name.end]), []).append(name)
    forms = sorted(groups, key=lambda words: -len(words))
    merged: dict[tuple[str, ...], list[Name]] = {}
    fuller: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for words in forms:
        of_these = fuller.get(words, [])
        target = of_these[0] if len(of_these) == 1 else words
        if target is words:
            for short in _short_forms(words):
                fuller.setdefault(short, []).append(words)
        merged.setdefault(target, []).extend(groups[words])
    return _clusters(text, list(merged.values()))


def _organisation_words(mention: str) -> tuple[str, ...]:
    words = tuple(_WORD.findall(_fold(mention.replace(".", ""))))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return words or (_fold(mention),)


def _short_forms(full: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What may stand for a name: its beginning, or the first letters of its words."""
    beginnings = {full[:size] for size in range(1, len(full))}
    if len(full) == 1:
        return beginnings
    every = "".join(word[0] for word in full)
    main = "".join(word[0] for word in full if word not in _LITTLE_WORDS)
    return beginnings | {(letters,) for letters in (every, main) if len(letters) > 1}
