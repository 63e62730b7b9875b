"""What is at hand when a source is looked up: mentions, sentences, roles, and who has spoken."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from newsclaims import lexicon
from newsclaims.extract.finds import Offsets, StatementFind
from newsclaims.resolve.genders import PRONOUNS, gender_of
from newsclaims.schema import Organisation, Person, Place, Role
from newsclaims.text.tokens import Tokens

FARTHEST = 5  # sentences back to the one that a pronoun or description refers to
# Behind these words stands somebody whom the phrase before belongs to or speaks of.
OF_ANOTHER = lexicon.words("speakers.of_another")
_AGE = re.compile(r"(?:, | \()(\d{1,3})\b")
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})


class Speaker(NamedTuple):
    """The id of the row that a source refers to, or None, and why."""

    row: str | None
    reason: str


class Mark(NamedTuple):
    """A mention of a row."""

    start: int
    end: int
    row: str


class Scene:
    """One article while its statements are looked at in order."""

    def __init__(
        self,
        tokens: Tokens,
        finds: Sequence[StatementFind],
        people: Sequence[Person],
        bodies: Sequence[Organisation | Place],
        roles: Sequence[Role],
    ) -> None:
        self.text = tokens.text
        self.titled_from = _titled_from(roles)
        self.officers = {role.person for role in roles}
        self._tokens = tokens
        self.sentences = tokens.sentences
        self.people = _marks(people)
        self.bodies = _marks(bodies)
        self.references = {
            span.start: Mark(span.start, span.end, row.id)
            for row in (*people, *bodies)
            if not isinstance(row, Place)
            for span in row.references
        }
        named = [body for body in bodies if isinstance(body, Organisation)]
        self.name_words = {body.id: frozenset(body.name.lower().split()) for body in named}
        self.named_at = {body.id: body.mentions[0].start for body in named}
        self.by_word = _by_key(
            (word, row) for row, words in self.name_words.items() for word in words
        )
        self.names = {person.id: person.name.split() for person in people}
        self.by_edge = _by_key(
            (word, row) for row, words in self.names.items() for word in (words[0], words[-1])
        )
        self.begins = {mark.start for mark in (*self.people, *self.bodies)}
        self.genders = _genders(tokens.text, people, roles)
        self.focus = self._focus([piece for find in finds for piece in find.content])
        self.spoke: dict[int, list[str]] = {}

    @cached_property
    def ages(self) -> Mapping[str, set[str]]:
        """Who is said to be how old: "Ann Lee, 43"."""
        table: dict[str, set[str]] = {}
        for mark in self.people:
            age = _AGE.match(self.text, mark.end)
            if age is not None:
                table.setdefault(age[1], set()).add(mark.row)
        return table

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return self._tokens.sentence_at(offset)

    def bounds(self, sentence: int) -> Offsets:
        """Where a sentence begins and ends."""
        after = sentence + 1
        end = self.sentences[after] if after < len(self.sentences) else len(self.text)
        return Offsets(self.sentences[max(sentence, 0)], end)

    def back(self, offset: int) -> Iterable[int]:
        """The sentences that a word at `offset` may refer to, the nearest first."""
        here = self.sentence(offset)
        return range(here, max(-1, here - FARTHEST - 1), -1)

    def people_of(self, sentence: int, offset: int) -> list[str]:
        """The people who speak or are named in a sentence before `offset`, each once."""
        named = [mark.row for mark in self.focus.get(sentence, ()) if mark.start < offset]
        spoke = [row for row in self.spoke.get(sentence, ()) if row.startswith("person")]
        return list(dict.fromkeys([*spoke, *named]))

    def fits(self, row: str, gender: str | None) -> bool:
        """Whether the row is a person who may be of this gender."""
        if not row.startswith("person"):
            return False
        return gender is None or self.genders.get(row, gender) == gender

    def _focus(self, contents: Iterable[Offsets]) -> Mapping[int, list[Mark]]:
        """The people of each sentence outside of what is reported, possessives last."""
        reported = sorted(contents)
        starts = [piece.start for piece in reported]
        table: dict[int, list[Mark]] = {}
        for mark in sorted([*self.people, *self._pronouns()]):
            number = bisect_right(starts, mark.start) - 1
            if number < 0 or reported[number].end <= mark.start:
                table.setdefault(self.sentence(mark.start), []).append(mark)
        for marks in table.values():
            marks.sort(key=self._is_aside)
        return table

    def _pronouns(self) -> Iterable[Mark]:
        """The pronouns that can only mean one person."""
        for mark in self.references.values():
            if self.text[mark.start : mark.end].lower() in PRONOUNS:
                yield mark

    def _is_aside(self, mark: Mark) -> bool:
        """Whether the name is a possessive."""
        return self.text[mark.end : mark.end + 2].replace("’", "'") == "'s"


def within(marks: Sequence[Mark], span: Offsets) -> list[Mark]:
    """The mentions inside a span."""
    found = []
    for number in range(bisect_left(marks, (span.start,)), len(marks)):
        mark = marks[number]
        if mark.start >= span.end:
            break
        if span.start <= mark.start and mark.end <= span.end:
            found.append(mark)
    return found


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The rows of each key, in order."""
    table: dict[str, list[str]] = {}
    for key, row in pairs:
        table.setdefault(key, []).append(row)
    return table


def _titled_from(roles: Sequence[Role]) -> dict[int, int]:
    """Where a name stands -> where the titles before it begin, bodies included."""
    starts: dict[int, int] = {}
    for role in roles:
        name = role.holder.start
        spans = (role.title, role.organisation, role.qualifier, role.status_cue)
        first = min(span.start for span in spans if span is not None)
        if role.title.start < name:
            starts[name] = min(first, starts.get(name, name))
    return starts


def _marks(rows: Sequence[Person] | Sequence[Organisation | Place]) -> list[Mark]:
    return sorted(Mark(span.start, span.end, row.id) for row in rows for span in row.mentions)


def _genders(text: str, people: Sequence[Person], roles: Sequence[Role]) -> dict[str, str]:
    """What the name, else a title, else pronouns that can only be this person's, tell."""
    genders: dict[str, str] = {}
    for person in people:
        told = gender_of(text, person.name, (mention.start for mention in person.mentions))
        if told is not None:
            genders[person.id] = told
    for role in roles:
        word = role.title.text.lower().split()[-1]
        gender = "f" if word.endswith("woman") else "m" if word.endswith("man") else None
        if gender is not None:
            genders.setdefault(role.person, gender)
    for person in people:
        for reference in person.references:
            if reference.text.lower() in PRONOUNS:
                genders.setdefault(person.id, PRONOUNS[reference.text.lower()])
    return genders
