"""The source of a statement -> the row that speaks, with a reason for each link and each null.

A name in the source decides; a title ("the minister") leads to the one who holds it, a description
("the company") to the body whose name has the word, and a pronoun to the person in focus: who spoke
or was named first in the nearest sentence before. Whom nothing points to stays null.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.finds import Offsets, StatementFind
from pipeline.records import Organisation, Person, Place, Role
from pipeline.rules import load_rules

Entity = Person | Organisation | Place


class Speaker(NamedTuple):
    """The id of the row that a source refers to, or None, and why."""

    row: str | None
    reason: str


class _Mark(NamedTuple):
    """A mention of a row."""

    start: int
    end: int
    row: str


_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself"})
_SECOND_PERSON = frozenset({"you", "your"})
_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_THINGS = frozenset({"it", "its", "they", "them", "their", "itself", "themselves"})
_UNTOLD = frozenset({"who", "that", "which", "one", "someone", "somebody", "anyone", "everyone"})
_BOOK = load_rules("resolve/speakers")
_NAMES = {
    **dict.fromkeys(_BOOK.lists["male_names"], "m"),
    **dict.fromkeys(_BOOK.lists["female_names"], "f"),
}
_HONORIFICS = {
    **dict.fromkeys(_BOOK.lists["male_titles"], "m"),
    **dict.fromkeys(_BOOK.lists["female_titles"], "f"),
}
_TITLE_WORDS = dict(entry.split() for entry in _BOOK.lists["title_words"])
# Behind these words stands somebody whom the source belongs to or speaks of.
_OF_ANOTHER = frozenset(
    "of for to with from in at by near about against on like under behind among and outside "
    "inside within over after before into through across between without around beside".split()
)
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
# Small words that may follow the name of the speaker himself.
_AFTER_NAME = _OF_ANOTHER | frozenset(
    "who whom whose which that himself herself itself themselves as or but then also now later "
    "when while again both too alone after before during since de da di du van von bin".split()
)
_DEFINITE = frozenset({"the", "this", "that"})
_FARTHEST = 5  # sentences back to the one that a pronoun refers to


def link_speakers(
    doc: Doc,
    text: str,
    finds: Sequence[StatementFind],
    people: Sequence[Person],
    bodies: Sequence[Organisation | Place],
    roles: Sequence[Role],
) -> list[Speaker]:
    """A speaker for each statement, in order."""
    if not finds:
        return []
    article = _Article(doc, text, finds, people, bodies, roles)
    return [article.link(find) for find in finds]


class _Article:
    """The names of one article by place, and who has spoken so far."""

    def __init__(
        self,
        doc: Doc,
        text: str,
        finds: Sequence[StatementFind],
        people: Sequence[Person],
        bodies: Sequence[Organisation | Place],
        roles: Sequence[Role],
    ) -> None:
        self.text = text
        begins = doc.to_array("SENT_START").tolist()
        self.sentences = [doc[token].idx for token, begin in enumerate(begins) if begin == 1]
        self.people = _marks(people)
        self.bodies = _marks(bodies)
        self.references = sorted(
            _Mark(span.start, span.end, row.id)
            for row in (*people, *bodies)
            if not isinstance(row, Place)
            for span in row.references
        )
        self.titles = _titles(roles)
        self.words = _name_words(bodies)
        self.genders = self._known_genders(people)
        contents = [piece for find in finds for piece in find.content]
        self.focus = self._focus(contents)
        self.spoke: list[tuple[int, str]] = []

    def link(self, find: StatementFind) -> Speaker:
        """The speaker of the next statement of the text."""
        speaker = self._speaker(find.source)
        if speaker.row is not None and find.source is not None:
            self.spoke.append((self._sentence(find.source.start), speaker.row))
        return speaker

    def _speaker(self, source: Offsets | None) -> Speaker:
        if source is None:
            return Speaker(None, "no source")
        words = self.text[source.start : source.end].lower().split()
        first = words[0].strip(".,’'")
        if first in _FIRST_PERSON or first in _SECOND_PERSON:
            return Speaker(None, "first person" if first in _FIRST_PERSON else "second person")
        if first in _GENDERS and len(words) == 1:
            return self._pronoun(source, _GENDERS[first])
        if first in _THINGS and len(words) == 1:
            return self._thing(source, plural=first.startswith("th"))
        if first in _UNTOLD and len(words) == 1:
            return Speaker(None, "unnamed")
        return self._named(source) or self._described(source, words)

    def _named(self, source: Offsets) -> Speaker | None:
        """The name that the source consists of, or has in apposition."""
        for marks in (self.people, self.bodies):
            inside = _within(marks, source)
            own = [mark for mark in inside if self._own(source, mark)]
            if own:
                joined = any(self._joined(own[0], mark) for mark in inside)
                return Speaker(None, "several") if joined else Speaker(own[0].row, "name")
        return None

    def _modifies(self, source: Offsets, mark: _Mark) -> bool:
        """Whether the name only modifies the noun behind it: "Okoye supporters"."""
        following = self.text[mark.end : source.end].split(maxsplit=1)
        if not following or not self.text[mark.end].isspace():
            return False
        return following[0].islower() and following[0].strip(",.") not in _AFTER_NAME

    def _joined(self, first: _Mark, second: _Mark) -> bool:
        """Whether both are people with "and" between their names and nothing of another's."""
        between = self.text[first.end : second.start].lower().replace(",", " ").split()
        if first.row == second.row or "and" not in between:
            return False
        return between == ["and"] or second.row.startswith("person")

    def _own(self, source: Offsets, mark: _Mark) -> bool:
        """Whether the name is the source's own, not the one of somebody it belongs to."""
        after = self.text[mark.end : mark.end + 2].replace("’", "'")
        if after in ("'s", "s'") or after[:1] == "-" or self._modifies(source, mark):
            return False
        before = self.text[source.start : mark.start].rpartition(",")[2].split()
        small = [n for n, word in enumerate(before) if word.lower() in _OF_ANOTHER | _RELATIVE]
        if not small:
            return True
        # "head of the Harbour Board chief engineer Ann Lee": a title stands before the name.
        title = before[small[-1] + 1 :]
        named = any(word[:1].isupper() for word in title[:-1])
        return named and title[-1].islower() and mark.row.startswith("person")

    def _described(self, source: Offsets, words: Sequence[str]) -> Speaker:
        """The holder of a title, or the body whose name has the noun of the description."""
        if words[0] not in _DEFINITE:
            return Speaker(None, "unnamed")
        noun, before = _description(words)
        holder = self._holder(noun, before, source.start)
        if holder is not None:
            return Speaker(holder, "title")
        for mark in self.references:
            if mark.start == source.start:
                return Speaker(mark.row, "description")
        named = {row for start, row in self.words.get(noun, ()) if start < source.start}
        if before or not named:
            return Speaker(None, "unnamed")
        return Speaker(None, "several") if len(named) > 1 else Speaker(named.pop(), "description")

    def _holder(self, title: str, before: frozenset[str], offset: int) -> str | None:
        """Who was last given this title, with all the words that stand before it here."""
        known = [role for role in self.titles.get(title, ()) if role.title.start < offset]
        current = [role for role in known if role.status != "former"]
        fitting = known if "former" in before else current or known
        for role in reversed(fitting):
            said = {*role.title.text.lower().split(), role.status}
            if role.qualifier is not None:
                said.update(role.qualifier.text.lower().split())
            if role.organisation is not None:
                said.update(role.organisation.text.lower().split())
            if before <= said:
                return role.person
        return None

    def _pronoun(self, source: Offsets, gender: str) -> Speaker:
        """The person in focus in the nearest sentence that has one of this gender."""
        here = self._sentence(source.start)
        for sentence in range(here, max(-1, here - _FARTHEST - 1), -1):
            spoke = [row for place, row in self.spoke if place == sentence]
            named = [mark.row for mark in self.focus.get(sentence, ()) if mark.start < source.start]
            for row in (*reversed(spoke), *named):
                if row.startswith("person") and self.genders.get(row, gender) == gender:
                    self.genders.setdefault(row, gender)
                    return Speaker(row, "pronoun")
        for mark in self.references:
            if mark.start == source.start:
                return Speaker(mark.row, "pronoun")
        return Speaker(None, "pronoun unresolved")

    def _thing(self, source: Offsets, *, plural: bool) -> Speaker:
        """The body that spoke or was named last, for "it"; for "they" only one that spoke."""
        here = self._sentence(source.start)
        for sentence in range(here, max(-1, here - _FARTHEST), -1):
            spoke = [row for place, row in self.spoke if place == sentence]
            if spoke:
                body = spoke[-1].startswith("organisation" if plural else ("organ", "place"))
                return Speaker(spoke[-1], "pronoun") if body else _UNRESOLVED
            begin, end = self._bounds(sentence)
            span = Offsets(begin, min(end, source.start))
            named = [
                mark.row
                for mark in _within(self.bodies, span)
                if self._own(Offsets(begin, mark.end), mark)
            ]
            if named and not plural:
                return Speaker(named[0], "pronoun")
        return _UNRESOLVED

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentences, offset) - 1

    def _bounds(self, sentence: int) -> tuple[int, int]:
        after = sentence + 1
        end = self.sentences[after] if after < len(self.sentences) else len(self.text)
        return self.sentences[max(sentence, 0)], end

    def _focus(self, contents: Iterable[Offsets]) -> Mapping[int, list[_Mark]]:
        """The people of each sentence, those outside of what is reported first."""
        reported = sorted(contents)
        starts = [piece.start for piece in reported]
        table: dict[int, list[_Mark]] = {}
        for mark in self.people:
            number = bisect_right(starts, mark.start) - 1
            if number < 0 or reported[number].end <= mark.start:
                table.setdefault(self._sentence(mark.start), []).append(mark)
        return table

    def _known_genders(self, people: Sequence[Person]) -> dict[str, str]:
        genders: dict[str, str] = {}
        for person in people:
            given = person.name.lower().split()
            if len(given) > 1 and given[0] in _NAMES:
                genders[person.id] = _NAMES[given[0]]
            for mention in person.mentions:
                before = self.text[max(0, mention.start - 10) : mention.start].lower().split()
                if before and before[-1] in _HONORIFICS:
                    genders[person.id] = _HONORIFICS[before[-1]]
            for reference in person.references:
                if reference.text.lower() in _GENDERS:
                    genders.setdefault(person.id, _GENDERS[reference.text.lower()])
        return genders


_UNRESOLVED = Speaker(None, "pronoun unresolved")


def _marks(rows: Sequence[Entity]) -> list[_Mark]:
    return sorted(_Mark(span.start, span.end, row.id) for row in rows for span in row.mentions)


def _within(marks: Sequence[_Mark], span: Offsets) -> list[_Mark]:
    """The mentions inside a span."""
    low = bisect_right(marks, (span.start - 1, 0, "~"))
    found = []
    for mark in marks[low:]:
        if mark.start >= span.end:
            break
        if span.start <= mark.start and mark.end <= span.end:
            found.append(mark)
    return found


def _titles(roles: Sequence[Role]) -> dict[str, list[Role]]:
    """The roles by the last word of their title, in the order of the text."""
    table: dict[str, list[Role]] = {}
    for role in sorted(roles, key=lambda role: role.title.start):
        word = role.title.text.lower().split()[-1]
        table.setdefault(_TITLE_WORDS.get(word, word), []).append(role)
    return table


def _name_words(bodies: Sequence[Organisation | Place]) -> dict[str, list[tuple[int, str]]]:
    """Each word of an organisation's name -> where which organisation was first named with it."""
    table: dict[str, list[tuple[int, str]]] = {}
    for body in bodies:
        if isinstance(body, Organisation):
            for word in dict.fromkeys(body.name.lower().split()):
                table.setdefault(word, []).append((body.mentions[0].start, body.id))
    return table


def _description(words: Sequence[str]) -> tuple[str, frozenset[str]]:
    """The noun of "the former minister of Chile", and the words between it and the article."""
    last = len(words) - 1
    for number, word in enumerate(words):
        if number and (word in _OF_ANOTHER or word in _RELATIVE):
            last = number - 1
            break
        if word.endswith(","):
            last = number
            break
    return words[last].strip(",."), frozenset(words[1:last])
