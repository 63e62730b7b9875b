"""The source of a statement -> the row that speaks, with a reason for each link and each null."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.extract.finds import Offsets
from pipeline.records import Organisation, Person, Place, Span


class Speaker(NamedTuple):
    """The id of the row that a source refers to, or None, and why."""

    row: str | None
    reason: str


class _Mark(NamedTuple):
    start: int
    end: int
    row: str
    named: bool


Entity = Person | Organisation | Place

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "who"}
)
_OF_ANOTHER = frozenset(
    "of for to with from in at by near about against on like under behind".split()
)


def link_speakers(
    text: str,
    sources: Iterable[Offsets | None],
    people: Sequence[Person],
    bodies: Sequence[Organisation | Place],
) -> list[Speaker]:
    """A speaker for each source, in order.

    A source is linked with the name that it consists of or has in apposition, or with the row that
    its pronoun or description was found to refer to. A name after a preposition or before a
    possessive is another's: "aides to Ms Lee", "Ms Lee's lawyer".
    """
    persons, others = _marks(people), _marks(bodies)
    return [_link(text, source, persons, others) for source in sources]


def _marks(rows: Sequence[Entity]) -> list[_Mark]:
    marks = []
    for row in rows:
        marks += [_Mark(span.start, span.end, row.id, named=True) for span in row.mentions]
        references: Sequence[Span] = getattr(row, "references", ())
        marks += [_Mark(span.start, span.end, row.id, named=False) for span in references]
    return sorted(marks)


def _link(
    text: str, source: Offsets | None, persons: Sequence[_Mark], others: Sequence[_Mark]
) -> Speaker:
    if source is None:
        return Speaker(None, "no source")
    start, end = source
    words = text[start:end].lower().split()
    if words[0] in _FIRST_PERSON:
        return Speaker(None, "first person")
    for marks in (persons, others):
        own = [m for m in marks if start <= m.start and m.end <= end and _own(text, start, m)]
        named = [mark for mark in own if mark.named]
        if named:
            if len({mark.row for mark in named}) > 1 and " and " in text[start : named[-1].end]:
                return Speaker(None, "several")
            return Speaker(named[0].row, "name")
    for mark in (*persons, *others):
        if not mark.named and mark.start < end and start < mark.end:
            return Speaker(mark.row, "pronoun" if words[0] in _PRONOUNS else "description")
    if words[0] in _PRONOUNS:
        return Speaker(None, "pronoun unresolved")
    return Speaker(None, "unnamed")


def _own(text: str, start: int, mark: _Mark) -> bool:
    """Whether the name is the source's own, not the one of somebody it belongs to."""
    if text[mark.end : mark.end + 2] in ("'s", "’s", "s'", "s’"):
        return False
    before = text[start : mark.start].lower().replace(",", " , ").split()
    return not any(word in _OF_ANOTHER for word in before[-3:]) or "," in before[-3:]
