"""The user's titles, people and rules at work on candidates: they come before the model."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from newsclaims.extract.finds import Kind
from newsclaims.extract.names.candidates import UNTAGGED, Candidate
from newsclaims.extract.names.vocabulary import ORGANISATION_NOUNS, PLACE_NOUNS
from newsclaims.extract.names.weights import Weight
from newsclaims.extract.names.words import Words
from newsclaims.extract.own import (
    PEOPLE_RULE,
    PLACES_RULE,
    TITLES_RULE,
    OwnPerson,
    OwnRule,
    OwnRules,
    OwnTitle,
    listed,
)

# What the groups of a pattern in the user's ``names.toml`` may be called, with the model's label.
GROUPS: Mapping[str, str] = MappingProxyType(
    {"person": "PERSON", "organisation": "ORG", "place": "GPE"}
)
SETTINGS: frozenset[str] = frozenset()

# Log-odds that no other evidence outweighs.
_CERTAIN = 40.0
WEIGHTS: Mapping[str, Weight] = MappingProxyType(
    {
        "own-person": Weight(_CERTAIN, -_CERTAIN, -_CERTAIN),
        "own-place": Weight(-_CERTAIN, _CERTAIN, -_CERTAIN),
        "own-organisation": Weight(-_CERTAIN, -_CERTAIN, _CERTAIN),
    }
)
_OF_TITLE = re.compile(r"[^\W_]+|-")
_TITLED = "title-before"


def check_settings(rule: OwnRule) -> None:
    """Raise ValueError unless the rule has a group that names something."""
    if not rule.pattern.groupindex:
        raise ValueError("its pattern has no group of a kind, such as (?P<person>...)")


class OwnCandidates(NamedTuple):
    """All candidates, and the user's people by the token at which they are named."""

    candidates: list[Candidate]
    people: Mapping[int, OwnPerson]


class _Range(NamedTuple):
    """Tokens, half-open, with the evidence and rule that they get, and whom they name."""

    start: int
    end: int
    kind: str
    rule: str
    person: OwnPerson | None = None


def with_own(words: Words, candidates: list[Candidate], own: OwnRules) -> OwnCandidates:
    """The candidates without the user's titles, and with the names that the user's rules find."""
    if not (own.titles or own.people or own.places or own.names):
        return OwnCandidates(candidates, {})
    candidates = _without_titles(words, candidates, own.titles)
    around = {token: each for each in candidates for token in range(each.start, each.end)}
    ranges = list(
        _apart(
            [
                *_people(words, around, own),
                *_by_rules(words, own.names),
                *_places(words, around, own),
            ]
        )
    )
    if not ranges:
        return OwnCandidates(candidates, {})
    taken = {token for each in ranges for token in range(each.start, each.end)}
    rest = [part for candidate in candidates for part in _outside(candidate, taken)]
    found = [Candidate(r.start, r.end, GROUPS[r.kind], r.rule, f"own-{r.kind}") for r in ranges]
    people = {each.start: each.person for each in ranges if each.person}
    return OwnCandidates(sorted([*rest, *found]), people)


def own_kind(candidate: Candidate) -> Kind | None:
    """The kind that the user's lists and rules give a candidate."""
    owner, _, kind = candidate.evidence.partition("-")
    return Kind(kind) if owner == "own" else None


# --- titles --------------------------------------------------------------------------------------


def _without_titles(
    words: Words, candidates: list[Candidate], titles: Iterable[OwnTitle]
) -> list[Candidate]:
    ranges = list(_title_ranges(words, titles))
    return [part for candidate in candidates for part in _cut(candidate, ranges)]


def _title_ranges(words: Words, titles: Iterable[OwnTitle]) -> Iterator[tuple[int, int]]:
    """Where the user's titles stand, the longest of those that begin at one token."""
    by_first: dict[str, list[list[str]]] = {}
    for title in titles:
        parts = _OF_TITLE.findall(title.form)
        by_first.setdefault(parts[0], []).append(parts)
    end = 0
    for token, word in enumerate(words.lower if by_first else ()):
        fits = [
            len(parts)
            for parts in by_first.get(word, ())
            if token >= end and words.lower[token : token + len(parts)] == parts
        ]
        if fits:
            end = token + max(fits)
            yield token, end


def _cut(candidate: Candidate, titles: Iterable[tuple[int, int]]) -> Iterator[Candidate]:
    """The parts of a candidate before and after titles; what follows one is a name by it."""
    start, evidence, rule = candidate.start, candidate.evidence, candidate.rule
    for first, end in titles:
        if end == start:
            evidence = _TITLED
        if first < candidate.end and end > start:
            if first > start:
                yield candidate._replace(start=start, end=first, label=UNTAGGED, rule=TITLES_RULE)
            start, evidence, rule = end, _TITLED, TITLES_RULE
    if start < candidate.end:
        yield candidate._replace(start=start, evidence=evidence, rule=rule)


# --- people and rules ----------------------------------------------------------------------------


def _people(words: Words, around: Mapping[int, Candidate], own: OwnRules) -> Iterator[_Range]:
    """The user's people, but for a word inside another name and what an organisation is named."""
    for start, end, person in listed(words.text, own.people):
        tokens = _tokens(words, start, end)
        if tokens is None:
            continue
        first, stop = tokens
        holder = around.get(first)
        longer = holder is not None and (holder.start < first or holder.end > stop)
        if holder is not None and longer and _names_another(words, holder, first, stop):
            continue
        yield _Range(first, stop, "person", PEOPLE_RULE, person)


def _places(words: Words, around: Mapping[int, Candidate], own: OwnRules) -> Iterator[_Range]:
    """The user's places where no name was seen, or a part of theirs: "North Bend depot".

    Of what was seen as the very name, evidence decides: a list of places makes no person one.
    """
    for start, end, _ in listed(words.text, own.places):
        tokens = _tokens(words, start, end)
        if tokens is None:
            continue
        first, stop = tokens
        holders = [around[token] for token in range(first, stop) if token in around]
        within = all(first <= each.start and each.end <= stop for each in holders)
        if within and (first, stop) not in {(each.start, each.end) for each in holders}:
            yield _Range(first, stop, "place", PLACES_RULE)


def _names_another(words: Words, holder: Candidate, start: int, end: int) -> bool:
    """Whether a longer name is another's: "Lena Okoro" is not "Okoro", nor "Okoro Foundation"."""
    last = words.lower[holder.end - 1]
    if end < holder.end and (last in ORGANISATION_NOUNS or last in PLACE_NOUNS):
        return True
    return end - start == 1 and holder.label in {"PERSON", UNTAGGED}


def _by_rules(words: Words, rules: Iterable[OwnRule]) -> Iterator[_Range]:
    for rule in rules:
        for match in rule.matches(words.text):
            for kind in GROUPS:
                span = match.span(kind) if kind in rule.pattern.groupindex else (-1, -1)
                tokens = _tokens(words, *span)
                if tokens is not None:
                    yield _Range(*tokens, kind, rule.name)


def _tokens(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The tokens that these characters are, or None where they cut one or are none."""
    first, stop = bisect_left(words.starts, start), bisect_left(words.starts, end)
    if not 0 <= start < end or first == stop or words.starts[first] != start:
        return None
    return (first, stop) if words.end(stop) == end else None


def _apart(ranges: Iterable[_Range]) -> Iterator[_Range]:
    """Those that overlap none given before them."""
    taken: set[int] = set()
    for each in ranges:
        tokens = range(each.start, each.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            yield each


def _outside(candidate: Candidate, taken: set[int]) -> Iterator[Candidate]:
    """The parts of a candidate that the user's names leave."""
    if taken.isdisjoint(range(candidate.start, candidate.end)):
        yield candidate
        return
    start = None
    for token in range(candidate.start, candidate.end + 1):
        free = token < candidate.end and token not in taken
        if free and start is None:
            start = token
        elif not free and start is not None:
            yield Candidate(start, token, UNTAGGED, "split")
            start = None
