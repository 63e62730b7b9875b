"""Mentions of one person or organisation -> one row.

Full names are compared first; a surname, first name or nickname then joins the one full name that
it can belong to, or the one that the text named last. Pronouns and descriptions are kept apart, as
references, and are linked only where a single candidate is left.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.finds import Name, Offsets
from pipeline.extract.own import OwnPerson
from pipeline.resolve.genders import WORDS, gender_of
from pipeline.resolve.references import description_references, pronoun_references
from pipeline.tokens import Tokens


class Cluster(NamedTuple):
    """All mentions of one entity in the order of the text, and the fullest of them."""

    name: Name
    mentions: tuple[Name, ...]
    references: tuple[Offsets, ...] = ()


# --- people --------------------------------------------------------------------------------------

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Words that a family name may begin with.
_PARTICLES = frozenset(
    "al el bin ibn bint ben van von der den de da dos das di du del della la le los ter st".split()
)
_NICKNAME = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Shorter words differ by one letter too easily ("Adil", "Adel").
_LETTERS_TO_VARY = 5


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

    fullest: _Reading
    readings: list[_Reading] = field(default_factory=list)
    mentions: list[Name] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    suffixes: set[str] = field(default_factory=set)
    nicknames: set[str] = field(default_factory=set)
    listed: OwnPerson | None = None

    def take(self, name: Name, reading: _Reading) -> None:
        self.mentions.append(name)
        self.listed = self.listed or reading.listed
        self.readings.append(reading)
        self.genders.update(filter(None, [reading.gender]))
        self.suffixes.update(filter(None, [reading.suffix]))
        self.nicknames.update(filter(None, [reading.nickname]))
        if len(reading.words) > len(self.fullest.words):
            self.fullest = reading

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
    readings = [_read(text, name) for name in people]
    persons: list[_Person] = []
    # Longer names first, so that a short form meets the full one wherever it stands.
    order = sorted(range(len(people)), key=lambda index: (-len(readings[index].words), index))
    for index in order:
        name, reading = people[index], readings[index]
        fits = _same_full_name if len(reading.words) > 1 else _part_of_name
        person = _nearest(persons, name, reading, fits)
        if person is None:
            person = _Person(reading)
            persons.append(person)
        person.take(name, reading)
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


Fits = Callable[[_Reading, _Person], int]


def _nearest(
    persons: Sequence[_Person], name: Name, reading: _Reading, fits: Fits
) -> _Person | None:
    """The person that fits best; of several, the one that the text has named last before."""
    best: tuple[int, int, int] | None = None
    chosen = None
    for person in persons:
        if reading.listed and reading.listed == person.listed:
            return person
        fit = 0 if person.contradicts(reading) else fits(reading, person)
        if not fit:
            continue
        starts = [mention.start for mention in person.mentions]
        earlier = [start for start in starts if start < name.start]
        rank = (fit, 1, max(earlier)) if earlier else (fit, 0, -min(starts))
        if best is None or rank > best:
            best, chosen = rank, person
    return chosen


def _same_full_name(reading: _Reading, person: _Person) -> int:
    """2 for the same words, 1 for a shorter, reordered or differently spelt form, else 0."""
    words, full = reading.words, person.fullest.words
    if words == full:
        return 2
    if sorted(words) == sorted(full):
        return 1  # family name first or last
    if len(words) == len(full):
        same = all(map(_same_word, words, full)) and not _initials_only(words, full)
        return int(same and not _other_gender(words, full))
    longer, shorter = (words, full) if len(words) > len(full) else (full, words)
    return int(_is_shortened(shorter, longer))


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
        while position < len(longer) and not _same_word(word, longer[position]):
            position += 1
        if position == len(longer):
            return False
        position += 1
    return _same_word(shorter[0], longer[0]) or _same_word(shorter[-1], longer[-1])


def _same_word(left: str, right: str) -> bool:
    """Whether two words are equal, an initial and its name, or one letter apart."""
    if left == right:
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return min(len(left), len(right)) >= _LETTERS_TO_VARY and _one_letter_apart(left, right)


def _one_letter_apart(left: str, right: str) -> bool:
    """Whether one insertion, deletion or substitution makes the words equal."""
    if abs(len(left) - len(right)) > 1 or left[0] != right[0]:
        return False
    same = 0
    while same < min(len(left), len(right)) and left[same] == right[same]:
        same += 1
    return left[same + (len(left) >= len(right)) :] == right[same + (len(right) >= len(left)) :]


def _part_of_name(reading: _Reading, person: _Person) -> int:
    """How well one word names a person: as surname, first name, nickname, or not at all."""
    if not reading.words:
        return 0
    (word,) = reading.words
    full = person.fullest.words
    if len(full) == 1:
        return 4 * (word == full[0]) or int(_same_word(word, full[0]) and len(word) > 1)
    if word == full[-1]:
        return 4
    if word in person.nicknames or word == full[0]:
        return 3
    if word in full and word not in _PARTICLES:
        return 2
    return int(len(word) > 1 and _same_word(word, full[-1]) and len(full[-1]) > 1)


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
_LEGAL_FORMS = frozenset(
    "inc corp corporation co company ltd limited llc plc gmbh ag sa spa nv bv holdings".split()
)
_LITTLE_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "de", "la", "del"})


def group_organisations(tokens: Tokens, organisations: Sequence[Name]) -> list[Cluster]:
    """One cluster an organisation, by first mention."""
    text = tokens.text
    groups: dict[tuple[str, ...], list[Name]] = {}
    for name in organisations:
        groups.setdefault(_organisation_words(text[name.start : name.end]), []).append(name)
    forms = sorted(groups, key=lambda words: -len(words))
    merged: dict[tuple[str, ...], list[Name]] = {}
    for words in forms:
        fuller = [full for full in merged if _names_same_body(words, full)]
        target = fuller[0] if len(fuller) == 1 else words
        merged.setdefault(target, []).extend(groups[words])
    return _clusters(text, list(merged.values()))


def _organisation_words(mention: str) -> tuple[str, ...]:
    words = tuple(_WORD.findall(_fold(mention.replace(".", ""))))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return words or (_fold(mention),)


def _names_same_body(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the short form begins the full one, or is made of its first letters."""
    if len(short) >= len(full):
        return False
    if full[: len(short)] == short:
        return True
    if len(short) > 1:
        return False
    every = "".join(word[0] for word in full)
    main = "".join(word[0] for word in full if word not in _LITTLE_WORDS)
    return len(short[0]) > 1 and short[0] in {every, main}
