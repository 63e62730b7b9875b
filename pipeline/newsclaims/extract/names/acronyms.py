"""Acronyms and what the article shows them to name.

In brackets they name what the full form before them names; elsewhere the initials of a body of the
article name it, and the agency of a dateline and the party in brackets behind a person are bodies.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsclaims.extract.finds import Kind
from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.vocabulary import GAME_WORDS
from newsclaims.extract.names.words import Words

RULES = ("introduced-acronym", "initials", "dateline-agency", "affiliation")

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,4}|[A-Z]{2,8}")
_PARTS = re.compile(r"[^\W_]+")
_AGENCY = re.compile(r"^[^\n(]{2,60}\(([A-Z]{2,6})\)\s*(?:--|[-–—])\s", re.MULTILINE)
_FEWEST_INITIALS = 3
# In the report of a game the letters behind a person are a country's.
_FEWEST_GAME_WORDS = 3
_OPENINGS = {"(": (")", ",", ";"), "|": ("|",)}


class Introduced(NamedTuple):
    """What a form names, and the rule that says so."""

    kind: Kind
    rule: str


def introduced_acronyms(
    words: Words,
    candidates: Sequence[Candidate],
    kinds: Sequence[Kind | None],
    without: frozenset[str] = frozenset(),
) -> Mapping[str, Introduced]:
    """Each form whose meaning the article shows; the earlier rule of `RULES` decides."""
    found: dict[str, dict[str, Kind]] = {rule: {} for rule in RULES}
    capitals = {text for text in words.texts if text.isupper() and len(text) >= _FEWEST_INITIALS}
    for candidate, kind in zip(candidates, kinds, strict=True):
        if kind is None:
            continue
        text = words.written(candidate.start, candidate.end)
        if rule_and_form := _behind(words, candidate.end, text, kind):
            rule, form = rule_and_form
            found[rule].setdefault(form, Kind.ORGANISATION if rule == "affiliation" else kind)
        if kind is Kind.ORGANISATION and capitals and candidate.end - candidate.start > 1:
            named = capitals & {form.upper() for form in _initials(text)}
            found["initials"] |= dict.fromkeys(named, kind)
    found["dateline-agency"] = dict.fromkeys(_AGENCY.findall(words.text), Kind.ORGANISATION)
    if found["affiliation"] and _reports_game(words):
        found["affiliation"] = {}
    return {
        form: Introduced(kind, rule)
        for rule in reversed(RULES)
        if rule not in without
        for form, kind in found[rule].items()
    }


def _behind(words: Words, end: int, full: str, kind: Kind) -> tuple[str, str] | None:
    """The form in brackets behind a name, and the rule that says what it names."""
    bracketed = _bracketed(words, end)
    if bracketed is None:
        return None
    opening, form = bracketed
    if opening == "(" and _shortens(full, form, kind):
        return "introduced-acronym", form
    if kind is Kind.PERSON and form.isupper() and _ACRONYM.fullmatch(form):
        return "affiliation", form
    return None


def _bracketed(words: Words, opening: int) -> tuple[str, str] | None:
    """The bracket, or bar of a table, at a token, and the one word behind it."""
    texts = words.texts
    if opening < len(texts) and texts[opening] == "*":
        opening += 1  # a note
    if opening + 2 >= len(texts) or texts[opening + 2] not in _OPENINGS.get(texts[opening], ()):
        return None
    return texts[opening], texts[opening + 1]


def _shortens(full: str, form: str, kind: Kind) -> bool:
    """Whether a form in brackets stands for the full form: "the Harbour Trust (HT)"."""
    if _ACRONYM.fullmatch(form) and form.lower() in _initials(full):
        return True
    if kind is not Kind.ORGANISATION or not form[:1].isupper() or len(form) < _FEWEST_INITIALS:
        return False
    # "Harbour Industry Trust (Hartrust)": its letters, in their order, from the first on.
    letters = iter(full.lower())
    return " " in full and form[0] == full[0] and all(letter in letters for letter in form.lower())


def _initials(full: str) -> set[str]:
    """The words' first letters in lower case, of all words and of those with a capital."""
    parts = _PARTS.findall(full)
    every = "".join(part[0] for part in parts)
    capitals = "".join(letter for letter in every if letter.isupper())
    return {every.lower(), capitals.lower()}


def _reports_game(words: Words) -> bool:
    return sum(word in GAME_WORDS for word in words.lower) >= _FEWEST_GAME_WORDS
