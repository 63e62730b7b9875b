"""The reporting words: each form with the frames that it takes, from ``cues.toml``."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.records import StatementSort
from newsclaims.rules import load_rules


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

_BOOK = load_rules("extract/statements/cues")
_VOWELS = "aeiou"


def _verb_forms(entry: str) -> list[str]:
    """The forms of a verb given as "base [past [participle]]".

    >>> _verb_forms("write wrote written")
    ['write', 'writes', 'writing', 'wrote', 'written']
    """
    base, *irregular = entry.split()
    consonant_y = base.endswith("y") and base[-2] not in _VOWELS
    if consonant_y:
        third = base[:-1] + "ies"
    else:
        third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    silent_e = base.endswith("e") and not base.endswith(("ee", "oe"))
    regular = base[:-1] + "ied" if consonant_y else base + ("d" if base.endswith("e") else "ed")
    stem = base[:-1] if silent_e else base
    if base in _DOUBLED or irregular[:1] == [base + base[-1] + "ed"]:  # planned, planning
        stem += base[-1]
    return list(dict.fromkeys([base, third, stem + "ing", *(irregular or [regular])]))


_DOUBLED = frozenset({"put", "begin", "bet", "hit", "forget"})


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _entries(frame: Frame) -> Iterator[tuple[str, Cue]]:
    """The words of a frame's lists, each with its cue; speech comes first."""
    for sort in ("speech", "belief", "intention", "attitude"):
        for entry in _BOOK.lists.get(f"{sort}_{frame}", ()):
            word, _, needed = entry.partition(": ")
            yield word, Cue(sort, frozenset(needed.split()))


def _verbs() -> dict[str, dict[Frame, list[Cue]]]:
    table: dict[str, dict[Frame, list[Cue]]] = {}
    for frame in Frame:
        if frame in (Frame.NOUN, Frame.PHRASE, Frame.ADJECTIVE):
            continue
        for word, cue in _entries(frame):
            for form in _verb_forms(word):
                table.setdefault(form, {}).setdefault(frame, []).append(cue)
    return table


def _nominals() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for noun, cue in _entries(Frame.NOUN):
        table.setdefault(noun, cue)
        table.setdefault(_plural(noun), cue)
    return table


VERBS: Mapping[str, Frames] = MappingProxyType(_verbs())
NOUNS: Mapping[str, Cue] = MappingProxyType(_nominals())
PHRASES: Mapping[str, Cue] = MappingProxyType(dict(_entries(Frame.PHRASE)))
ADJECTIVES: Mapping[str, Cue] = MappingProxyType(dict(reversed(list(_entries(Frame.ADJECTIVE)))))
DOCUMENTS = frozenset(form for noun in _BOOK.lists["documents"] for form in (noun, _plural(noun)))
SPEAKERS = _BOOK.words("speakers")
HEARERS = _BOOK.words("hearers")
HEARING = frozenset(_verb_forms("hear heard"))
EVIDENCE = _BOOK.words("evidence")
MEASURES = _BOOK.words("measures")
