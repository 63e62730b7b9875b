"""The vocabulary of titles, ready for look-up: head nouns with their kind and number, modifiers."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from pipeline.rules import load_rules

_BOOK = load_rules("extract/roles/words")


class Sort(StrEnum):
    """What sort of position a head noun names; it decides what may be its organisation."""

    OFFICE = "office"
    RANK = "rank"
    POSITION = "position"
    ATHLETE = "athlete"
    OCCUPATION = "occupation"


class Head(NamedTuple):
    """A noun that can carry a title."""

    singular: str
    sort: Sort
    plural: bool


def words(*names: str) -> frozenset[str]:
    """The words of the named lists together."""
    return _BOOK.words(*names)


def _plurals(noun: str) -> Iterable[str]:
    if noun.endswith("."):
        return
    if noun.endswith("man") and noun != "shaman":
        yield noun[:-3] + "men"
    elif noun.endswith(("s", "x", "ch", "sh")):
        yield noun + "es"
    elif noun.endswith("y") and noun[-2:-1] not in "aeou":
        yield noun[:-1] + "ies"
    else:
        yield noun + "s"
    head, hyphen, tail = noun.partition("-")
    if hyphen and tail in {"general", "in-chief", "of-staff"}:
        yield f"{head}s-{tail}"


def _heads() -> dict[str, Head]:
    lists = {
        "occupations": Sort.OCCUPATION,
        "athletes": Sort.ATHLETE,
        "positions": Sort.POSITION,
        "ranks": Sort.RANK,
        "offices": Sort.OFFICE,
    }
    heads: dict[str, Head] = {}
    for name, sort in lists.items():
        for noun in _BOOK.lists[name]:
            heads[noun] = Head(noun, sort, plural=False)
    for noun, head in list(heads.items()):
        for plural in _plurals(noun):
            heads.setdefault(plural, head._replace(plural=True))
    return heads


HEADS = MappingProxyType(_heads())
_NO_HEADS = words("no_heads", "family", "religions")

# "racist" and its like are listed as near-misses of these.
_ENDINGS = tuple(_BOOK.lists["occupation_endings"])
_PREFIXES = words("title_prefixes")


def head_of(low: str) -> Head | None:
    """The head noun that a lower-case word is, from the list or by its ending."""
    found = HEADS.get(low)
    if found is not None:
        return found
    if len(low) < 8 or low in _NO_HEADS:
        return None
    for singular in (low, low.removesuffix("s")):
        if singular.endswith(_ENDINGS) and singular not in _NO_HEADS:
            return Head(singular, Sort.OCCUPATION, plural=singular != low)
    front, hyphen, tail = low.rpartition("-")
    if not hyphen:
        return None
    # "vice-treasurer", "singer-songwriter", "judge-executive"
    head = HEADS.get(tail)
    return head if head and (front in _PREFIXES or front in HEADS) else None


FORMER = words("former")
ACTING = words("acting")
INCOMING = words("incoming")
CANDIDATE = words("candidate_words")
PLAIN_CURRENT = words("plain_current")
EVALUATIVE = words("evaluative")
QUALIFIERS = words("qualifiers")
QUALIFIER_ENDINGS = tuple(_BOOK.lists["qualifier_endings"])
HONORIFICS = words("honorifics")
LEVELS = words("levels")
PORTFOLIOS = words("portfolios")
BODIES = words("bodies")
ANAPHORS = words("anaphors")
BODIED_HEADS = words("bodied_heads")
PREMODIFYING_BODIES = words("premodifying_bodies")
DEMONYMS = words("demonyms")
RELIGIONS = words("religions")
FAMILY = words("family")
MEMBERS = words("members")
GIVING = words("appointing_verbs", "nominating_verbs")
RETIRED = words("retired")
OPENING_QUOTES = frozenset({'"', "“", "‘", "'", "``"})
CLOSING_QUOTES = frozenset({'"', "”", "’", "'", "''"})
DEGREES = words("degrees")
FORMERLY = words("formerly")

STATUS_PREFIXES = frozenset({"ex-", "then-", "now-"})
STATUS_ENDINGS = frozenset({"elect", "designate", "emeritus"})
# Abbreviations whose full stop the tokeniser cuts off.
DOTTED = frozenset(
    word.removesuffix(".")
    for word in words("ranks", "offices", "positions", "honorifics")
    if word.endswith(".")
)


def _compounds() -> dict[str, list[tuple[str, ...]]]:
    """Fixed titles of several words by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _BOOK.lists["compound_heads"]:
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append(parts)
        if len(parts) == 2 and parts[1] == "general":
            table.setdefault(f"{parts[0]}s", []).append((f"{parts[0]}s", "general"))
    for phrases in table.values():
        phrases.sort(key=len, reverse=True)
    return table


COMPOUND_STARTS = MappingProxyType(_compounds())
