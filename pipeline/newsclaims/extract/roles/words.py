"""The vocabulary of titles, ready for look-up: head nouns with their kind and number, modifiers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from newsclaims import lexicon
from newsclaims.extract.own import TITLES_RULE, OwnTitle


class Sort(StrEnum):
    """What sort of position a head noun names; it decides what may be its organisation."""

    OFFICE = "office"
    RANK = "rank"
    POSITION = "position"
    ATHLETE = "athlete"
    OCCUPATION = "occupation"


class Head(NamedTuple):
    """A noun that can carry a title; `rule` names the user's list when it stands there."""

    singular: str
    sort: Sort
    plural: bool
    rule: str | None = None


class Compound(NamedTuple):
    """A fixed title of several words ("chief executive"), lower case, and its head."""

    parts: tuple[str, ...]
    head: Head


def words(*names: str) -> frozenset[str]:
    """The words of the named classes together, those of other extractors included."""
    classes = (name for each in names for name in (each, f"roles.{each}"))
    return lexicon.words(*(name for name in classes if name in lexicon.CLASSES))


def _listed_heads() -> dict[str, Head]:
    lists = {
        "occupations": Sort.OCCUPATION,
        "athletes": Sort.ATHLETE,
        "positions": Sort.POSITION,
        "ranks": Sort.RANK,
        "offices": Sort.OFFICE,
    }
    heads: dict[str, Head] = {}
    for name, sort in lists.items():
        for noun in words(name):
            heads[noun] = Head(noun, sort, plural=False)
    for noun, head in list(heads.items()):
        for plural in lexicon.forms_of(noun, "noun"):
            heads.setdefault(plural, head._replace(plural=True))
    return heads


_NO_HEADS = words("no_heads", "kin", "no_titles", "religions")

# "racist" and its like are listed as near-misses of these.
_ENDINGS = tuple(words("occupation_endings"))
_PREFIXES = words("title_prefixes")


@dataclass(frozen=True, slots=True)
class Heads:
    """The head nouns of titles: those listed, with the compounds by their first word."""

    listed: Mapping[str, Head]
    compounds: Mapping[str, tuple[Compound, ...]]

    def of(self, low: str) -> Head | None:
        """The head noun that a lower-case word is, from the list or by its ending."""
        found = self.listed.get(low)
        if found is not None:
            return found
        if low in _NO_HEADS:
            return None
        for singular in (low, low.removesuffix("s")) if len(low) >= 8 else ():
            if singular.endswith(_ENDINGS) and singular not in _NO_HEADS:
                return Head(singular, Sort.OCCUPATION, plural=singular != low)
        front, hyphen, tail = low.rpartition("-")
        if not hyphen:
            return None
        # "vice-treasurer", "singer-songwriter", "judge-executive"
        head = self.listed.get(tail)
        return head if head and (front in _PREFIXES or front in self.listed) else None

    def with_titles(self, titles: Iterable[OwnTitle]) -> "Heads":
        """These and the user's own, which come before any of the same words."""
        listed, compounds = dict(self.listed), dict(self.compounds)
        for form, singular, plural in titles:
            parts, base = tuple(form.split()), self.of(singular.split()[-1])
            sort = base.sort if base else Sort.POSITION
            head = Head(singular.split()[-1], sort, plural, TITLES_RULE)
            if len(parts) == 1:
                listed[form] = head
            else:
                known = (Compound(parts, head), *compounds.get(parts[0], ()))
                compounds[parts[0]] = tuple(sorted(known, key=lambda each: -len(each.parts)))
        return Heads(listed, compounds)


# Ranks that are heads in capitals only: in lower case they are other words, or none.
ABBREVIATED = {low: Head(low, Sort.RANK, plural=False) for low in words("initials_of_ranks")}
FORMER = words("former")
ACTING = words("acting")
INCOMING = words("incoming")
CANDIDATE = words("candidate_words")
PLAIN_CURRENT = words("plain_current")
EVALUATIVE = words("evaluative")
QUALIFIERS = words("qualifiers")
QUALIFIER_ENDINGS = tuple(words("qualifier_endings"))
HONORIFICS = words("honorifics")
LEVELS = words("levels")
PORTFOLIOS = words("portfolios")
FIELDS = LEVELS | PORTFOLIOS
DROPPED = EVALUATIVE | PLAIN_CURRENT
OF_LANGUAGES = words("language_heads")
BODIES = words("bodies")
ANAPHORS = words("anaphors")
BODIED_HEADS = words("bodied_heads")
PREMODIFYING_BODIES = words("premodifying_bodies")
DEMONYMS = words("demonyms", "short_states")
RELIGIONS = words("religions")
KIN = words("kin", "no_titles")
MEMBERS = words("members")
GIVING = words("appointing_verbs", "nominating_verbs")
RETIRED = words("retired")
ACTING_IN_BRACKETS = ACTING | words("acting_in_brackets")
OPENING_QUOTES = frozenset({'"', "“", "‘", "'", "``"})
CLOSING_QUOTES = frozenset({'"', "”", "’", "'", "''"})
DEGREES = words("degrees")
FORMERLY = words("formerly")

STATUS_PREFIXES = frozenset({"ex-", "then-", "now-"})
STATUS_ENDINGS = frozenset({"elect", "designate", "emeritus"})
# Abbreviations whose full stop the tokeniser cuts off.
DOTTED = frozenset(
    word.removesuffix(".") + ending
    for word in words("ranks", "offices", "positions", "honorifics")
    if word.endswith(".")
    for ending in ("", "s")
)


def _built_in() -> Heads:
    """The vocabulary's heads, and its fixed titles by their first word, longest first."""
    heads = Heads(MappingProxyType(_listed_heads()), {})
    phrases = [tuple(phrase.split()) for phrase in sorted(words("compound_heads"))]
    phrases += [(f"{p[0]}s", "general") for p in phrases if len(p) == 2 and p[1] == "general"]
    table: dict[str, list[Compound]] = {}
    for parts in sorted(phrases, key=len, reverse=True):
        head = heads.of("-".join(parts)) or heads.of(parts[-1]) or heads.of(parts[0])
        head = head or Head(parts[-1], Sort.POSITION, plural=False)
        table.setdefault(parts[0], []).append(Compound(parts, head))
    compounds = {word: tuple(found) for word, found in table.items()}
    return Heads(heads.listed, MappingProxyType(compounds))


HEADS = _built_in()


@lru_cache(maxsize=4)
def heads_with(titles: tuple[OwnTitle, ...]) -> Heads:
    """The built-in heads and the user's titles."""
    return HEADS.with_titles(titles) if titles else HEADS
