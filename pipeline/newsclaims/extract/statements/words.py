"""The reporting words: each form with the frames that it takes, from the lexicon."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from newsclaims import lexicon
from newsclaims.schema import StatementSort


class Frame(StrEnum):
    """What a reporting word takes as its content."""

    QUOTING = "quoting"  # a quotation or a clause, before, around or after it
    QUOTED = "quoted"  # a quotation alone
    CLAUSE = "clause"  # a clause after it
    INFINITIVE = "infinitive"  # an infinitive with the same subject
    ORDER = "order"  # somebody, and an infinitive
    OBJECT = "object"  # its object, with what is said of it
    PREPOSITION = "preposition"  # what a preposition names
    TOLD = "told"  # somebody who hears, and what a preposition names
    BLAME = "blame"  # somebody, and what a preposition says of him
    REGARD = "regard"  # its object, and what that is taken for
    RAISED = "raised"  # as a passive: its subject and an infinitive
    NOUN = "noun"
    PHRASE = "phrase"  # as a noun behind "in" or "by": the sentence around it
    ADJECTIVE = "adjective"


class Cue(NamedTuple):
    """One frame of a word: the sort of report, and the particles or prepositions that it needs."""

    sort: StatementSort
    words: frozenset[str] = frozenset()


Frames = Mapping[Frame, Sequence[Cue]]


def _entries(frame: Frame) -> Iterator[tuple[str, Cue]]:
    """The words of a frame's lists, each with its cue; speech comes first."""
    for sort in ("speech", "belief", "intention", "attitude"):
        name = f"statements.{sort}_{frame}"
        for word, needed in lexicon.values(name).items() if name in lexicon.CLASSES else ():
            for each in needed or ("",):
                yield word, Cue(sort, frozenset(each.split()))


def _verbs() -> dict[str, dict[Frame, list[Cue]]]:
    table: dict[str, dict[Frame, list[Cue]]] = {}
    for frame in Frame:
        if frame in (Frame.NOUN, Frame.PHRASE, Frame.ADJECTIVE):
            continue
        for word, cue in _entries(frame):
            for form in (word, *lexicon.forms_of(word, "verb")):
                table.setdefault(form, {}).setdefault(frame, []).append(cue)
    return table


def _nominals() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for noun, cue in _entries(Frame.NOUN):
        table.setdefault(noun, cue)
        for plural in lexicon.forms_of(noun, "noun"):
            table.setdefault(plural, cue)
    return table


VERBS: Mapping[str, Frames] = MappingProxyType(_verbs())
NOUNS: Mapping[str, Cue] = MappingProxyType(_nominals())
PHRASES: Mapping[str, Cue] = MappingProxyType(dict(_entries(Frame.PHRASE)))
ADJECTIVES: Mapping[str, Cue] = MappingProxyType(dict(reversed(list(_entries(Frame.ADJECTIVE)))))
DOCUMENTS = lexicon.with_forms("statements.documents")
SPEAKERS = lexicon.words("statements.speakers")
HEARERS = lexicon.words("statements.hearers")
HEARING = frozenset(("hear", *lexicon.forms_of("hear", "verb")))
EVIDENCE = lexicon.words("statements.evidence")
MEASURES = lexicon.words("statements.measures")
