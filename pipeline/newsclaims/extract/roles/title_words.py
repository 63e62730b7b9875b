"""Which nouns and adjectives before a head are the title's own ("deputy trade minister").

Each sorter looks at one unit; see `newsclaims.extract.roles.phrase`.
"""

from newsclaims.extract.roles import words
from newsclaims.extract.roles.names_before import DETERMINERS, NO_NAMES, modifies_office, runs_on
from newsclaims.extract.roles.noun_phrases import NOUNS
from newsclaims.extract.roles.phrase import DONE, Phrase
from newsclaims.extract.roles.words import Sort

_NAMES = frozenset({"NNP", "NNPS"})
_ADJECTIVES = frozenset({"JJ", "JJR", "JJS"})
_AND = frozenset({"and", "&"})
# Adjectives of field and level that no list needs to hold ("cardiac", "mechanical").
_FIELD_ENDINGS = ("al", "ic", "ary", "ular", "ative", "utive", "ory")
_OF_BODIES = frozenset({Sort.OFFICE, Sort.POSITION})
# "teachers union president": whose it is says which.
_MEMBERED = frozenset({"union", "association", "federation"})
_FIELDS_AND_BODIES = words.FIELDS | words.BODIES
_FIELD_ADJECTIVES = words.LEVELS | words.RELIGIONS
# Before a body these are no part of what it is called.
_NO_BODY = words.DROPPED | NO_NAMES
_OPENERS = DETERMINERS | {","}
_BEFORE_PARTICIPLE = DETERMINERS | {"'s", "newly"}
_WHOLE_BODIES = words.words("whole_bodies")
_MINISTERS = words.words("minister_heads")


def coordination(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "trade and industry minister": two modifiers of one head."""
    units, before = phrase.units, unit - 1
    if word not in _AND:
        return None
    if phrase.closed or unit + 1 != phrase.title_start or before < phrase.limit:
        return DONE
    if units.low[before] not in words.FIELDS or units.low[unit + 1] not in words.FIELDS:
        return DONE
    another = units.heads.of(units.low[before]) is not None and not units.capital(before)
    if another or units.low[unit + 1] in words.RANKING:
        return DONE  # "a director and cinema lecturer", "… of Justice and Deputy Director"
    comma = phrase.keep(before)
    while comma > units.first[unit] and units.low[comma] == ",":
        if units.low[comma - 1] not in words.FIELDS:
            break
        comma = phrase.keep(comma - 1)
    return comma


def acronym(phrase: Phrase, unit: int, word: str) -> int | None:
    """As in "ACTU secretary": initials that nothing has marked are a body's."""
    initials = phrase.units.word[unit].isupper() and word.isalpha() and len(word) > 1
    named = phrase.head.sort in _OF_BODIES and word not in words.FIELDS
    if not (initials and named) or phrase.units.heads.of(word) is not None:
        return None
    return phrase.organise(unit, unit)


def capitalised(phrase: Phrase, unit: int, word: str) -> int | None:
    """A capitalised word: the title's, or of a body that nothing has marked."""
    units, tag = phrase.units, phrase.units.tag[unit]
    if not units.capital(unit) or tag not in NOUNS | {"JJ", "VBG", "VBN", "FW"}:
        return None
    if not phrase.closed and _titular(phrase, unit, word):
        return phrase.keep(unit)
    if not phrase.closed and units.at_start(unit) and tag not in _NAMES:
        return None  # a common word that opens the sentence
    first = unit
    while first > units.first[unit] and runs_on(units, first - 1):
        first -= 1
    institution = words.BODIES.intersection(units.low[first : unit + 1])
    organised = phrase.head.sort is not Sort.OCCUPATION or bool(institution)
    return phrase.organise(first, unit, takes=organised)


def _titular(phrase: Phrase, unit: int, word: str) -> bool:
    """Whether a capitalised word belongs to a title ("Finance", before "Minister")."""
    language = phrase.head.singular in words.OF_LANGUAGES and unit + 1 == phrase.title_start
    kind = phrase.units.label(unit)
    if language and (word in words.DEMONYMS or kind in {"NORP", "LANGUAGE"}):
        return True
    if _speaks_for(phrase, word):
        return False
    if word in words.RELIGIONS and modifies_office(phrase.units, unit):
        return True  # an adjective that is always written so
    known = word in words.FIELDS
    minister = phrase.head.singular in _MINISTERS and word not in words.BODIES
    initials = len(word) > 1 and phrase.units.word[unit].isupper()  # "TV host"
    fits = phrase.capital_head or phrase.units.at_start(unit) or initials
    if fits and (known or minister) and modifies_office(phrase.units, unit):
        return True
    inner = phrase.units.heads.of(word)
    return phrase.capital_head and inner is not None and not inner.plural


def _speaks_for(phrase: Phrase, word: str) -> bool:
    """Whether a body before a speaker is whom he speaks for: "cabinet spokesman"."""
    return word in words.BODIES and phrase.head.singular.startswith("spokes")


def noun(phrase: Phrase, unit: int, word: str) -> int | None:
    """A common noun: the title's ("fighter pilot"), or a body ("assembly leader")."""
    tag = phrase.units.tag[unit]
    if tag not in NOUNS:
        return None
    if phrase.closed:
        return phrase.skip(unit)
    if phrase.capital_head and phrase.units.heads.of(word) is not None and word not in words.LEVELS:
        return DONE  # "spokesman Lt. Col. Doe": another title
    lower = phrase.capital_head and not phrase.units.capital(unit)
    if lower and word not in _FIELDS_AND_BODIES and not phrase.units.at_start(unit):
        return DONE  # "his son Emperor Doe"
    if tag == "NNS" and word not in words.FIELDS and not _opens(phrase, unit):
        return DONE  # perhaps a verb: "insists coach Doe"
    bodily = word in words.PREMODIFYING_BODIES or _is_whole_body(phrase, unit, word)
    if phrase.head.sort is Sort.RANK and phrase.capital_head and not phrase.units.capital(unit):
        return _lower_body(phrase, unit) if word in words.BODIES else DONE  # "police Sgt. Doe"
    if _speaks_for(phrase, word) or (bodily and phrase.head.singular in words.BODIED_HEADS):
        return _lower_body(phrase, unit)
    return phrase.keep(unit)


def _is_whole_body(phrase: Phrase, unit: int, word: str) -> bool:
    """Whether a body has a word that says which: "central bank governor", "works council head"."""
    units, before = phrase.units, unit - 1
    told = word in _WHOLE_BODIES or (word in _MEMBERED and units.tag[before] == "NNS")
    return (
        told
        and unit + 1 == phrase.title_start
        and before >= units.first[unit]
        and units.tag[before] in NOUNS | {"JJ"}
        and units.low[before] not in _NO_BODY
    )


def _opens(phrase: Phrase, unit: int) -> bool:
    """Whether a noun phrase plainly begins at `unit`: "a highways administrator"."""
    units, before = phrase.units, unit - 1
    while before > units.first[unit] and units.tag[before] in {"JJ", "NN", "VBN", "VBG"}:
        before -= 1
    if before < units.first[unit]:
        return False
    return units.low[before] in _OPENERS or units.tag[before] in {"POS", "PRP$"}


def _lower_body(phrase: Phrase, unit: int) -> int:
    """As in "Southern region police spokesman": a body that is no name."""
    units, first = phrase.units, unit
    while (
        first > units.first[unit]
        and units.tag[first - 1] in NOUNS | {"JJ"}
        and units.person[first - 1] < 0
        and units.low[first - 1] not in _NO_BODY
    ):
        first -= 1
    return phrase.organise(first, unit)


def adjective(phrase: Phrase, unit: int, word: str) -> int | None:
    """An adjective or participle: of field and level the title's, else dropped."""
    units, tag = phrase.units, phrase.units.tag[unit]
    if tag in _ADJECTIVES:
        field = word in _FIELD_ADJECTIVES or word.endswith(_FIELD_ENDINGS)
        return phrase.keep(unit) if field and not phrase.closed else phrase.skip(unit)
    if tag in {"VBG", "VBN"} and word in words.LEVELS and not phrase.closed:
        return phrase.keep(unit)
    if tag == "VBN" and unit and units.low[unit - 1] in _BEFORE_PARTICIPLE:
        return phrase.skip(unit)
    return None
