"""Role facts: who holds what where and how, each fact once an article."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

from pipeline.evaluate.matching import Pair, match_best
from pipeline.evaluate.tally import (
    BOUNDARY,
    F1,
    INVENTED,
    MISSED,
    RIGHT,
    WRONG_SLOT,
    LayerScore,
    Outcome,
    Side,
    matches,
)
from pipeline.gold import Annotations, Role, Span

SLOTS = {
    "person+title": (),
    "person+title+organisation": ("organisation",),
    "person+title+status": ("status",),
    "all-four": ("organisation", "status"),
}
METRICS = {
    **dict.fromkeys(SLOTS, F1),
    **{f"{name}-lenient": F1 for name in SLOTS},
}

_LEADING = re.compile(r"(?:the|an?|his|her|its|their)\s+")
_FINAL = re.compile(r"(?:['\u2019]s|['\u2019.]|\s)+$")


class Holder(NamedTuple):
    """What a person is recognised by: the words of the mentions and the last word of the name."""

    mentions: frozenset[str]
    last_words: frozenset[str]


class Fact(NamedTuple):
    """A role fact in the form in which it is compared; `row` is where the text first has it."""

    row: Role
    person: Holder
    title: str
    organisation: str | None
    status: str


def plain(text: str) -> str:
    """Words as compared: casefolded, white space joined, determiner and possessive cut.

    >>> plain("the  Foreign Minister's")
    'foreign minister'
    """
    words = " ".join(text.casefold().split())
    return _FINAL.sub("", _LEADING.sub("", words, count=1)) or words


def facts(article: Annotations, *, optional: bool = False) -> list[Fact]:
    """The facts of an article in text order, repeated ones once.

    One without an organisation is dropped where the same person, title and status has one with it.
    """
    rows = sorted(
        (row for row in article.roles if row.optional is optional),
        key=lambda row: (row.title, row.holder or row.title, row.organisation or row.title),
    )
    people = {row.id: row for row in article.people}
    unique: dict[tuple[str, str, str | None, str], Fact] = {}
    for row in rows:
        organisation = plain(row.organisation.text) if row.organisation else None
        key = (row.person, plain(row.title.text), organisation, row.status)
        person = people.get(row.person)
        spans = [mention.span for mention in person.mentions] if person else []
        holder = _holder(person.name if person else "", [*spans, *filter(None, [row.holder])])
        unique.setdefault(key, Fact(row, holder, *key[1:]))
    with_body = {(key[0], key[1], key[3]) for key in unique if key[2] is not None}
    return [
        fact
        for key, fact in unique.items()
        if key[2] is not None or (key[0], key[1], key[3]) not in with_body
    ]


def project(facts: Iterable[Fact], slots: tuple[str, ...]) -> list[Fact]:
    """Facts that differ in person, title or one of the slots; of equal ones the first."""
    unique: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.row.person, fact.title, *(getattr(fact, slot) for slot in slots))
        unique.setdefault(key, fact)
    return list(unique.values())


def _holder(name: str, spans: Sequence[Span]) -> Holder:
    mentions = frozenset(plain(span.text) for span in spans)
    full = plain(name) if name else max(mentions, key=len, default="")
    return Holder(mentions, frozenset(full.split()[-1:]))


def same_person(one: Holder, other: Holder) -> bool:
    """Whether any mention of one equals any of the other, or their last words are equal."""
    return bool(one.mentions & other.mentions or one.last_words & other.last_words)


def _agree(lenient: bool, one: str | None, other: str | None) -> bool:
    """Whether two titles or organisations are the same; null is the same only as null."""
    if one is None or other is None:
        return one is other
    return bool(set(one.split()) & set(other.split())) if lenient else one == other


def _rank(
    slots: tuple[str, ...], lenient: bool, gold: Fact, found: Fact
) -> tuple[float, ...] | None:
    """Order of candidates for matching: most equal slots, most common words, nearest, first."""
    if not same_person(gold.person, found.person) or not _agree(lenient, gold.title, found.title):
        return None
    if "organisation" in slots and not _agree(lenient, gold.organisation, found.organisation):
        return None
    if "status" in slots and gold.status != found.status:
        return None
    equal = (
        (gold.title == found.title)
        + (gold.organisation == found.organisation)
        + (gold.status == found.status)
    )
    common = len(_words(gold) & _words(found))
    start, found_start = gold.row.title.start, found.row.title.start
    return (-equal, -common, abs(start - found_start), start, found_start)


def _words(fact: Fact) -> set[str]:
    return {*fact.title.split(), *(fact.organisation or "").split()}


def score_roles(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the role facts of one article in four combinations of slots, strict and lenient."""
    all_wanted, all_finds, disputed = facts(gold), facts(found), facts(gold, optional=True)
    tallies = {}
    for lenient, (name, slots) in product((False, True), SLOTS.items()):
        wanted, finds = project(all_wanted, slots), project(all_finds, slots)
        pairs = match_best(wanted, finds, partial(_rank, slots, lenient))
        unmatched = set(range(len(finds))) - {pair.found for pair in pairs}
        spared = sum(_is_disputed(finds[index], disputed) for index in unmatched)
        metric = f"{name}-lenient" if lenient else name
        tallies[metric] = matches(len(wanted), len(finds) - spared, len(pairs))
    return LayerScore(tallies, _outcomes(all_wanted, all_finds, disputed))


def _is_disputed(find: Fact, disputed: Iterable[Fact]) -> bool:
    return any(
        same_person(find.person, fact.person) and _agree(True, find.title, fact.title)
        for fact in disputed
    )


def _outcomes(wanted: list[Fact], finds: list[Fact], disputed: list[Fact]) -> list[Outcome]:
    """Pairs by equal titles first; of what is left, titles that share a word are cut wrongly."""
    pairs = match_best(wanted, finds, partial(_rank, (), False))
    rest_wanted = _unmatched(len(wanted), [pair.gold for pair in pairs])
    rest_finds = _unmatched(len(finds), [pair.found for pair in pairs])
    cut = match_best(
        [wanted[index] for index in rest_wanted],
        [finds[index] for index in rest_finds],
        partial(_rank, (), True),
    )
    pairs += [Pair(rest_wanted[pair.gold], rest_finds[pair.found]) for pair in cut]
    outcomes = [_outcome(wanted[pair.gold], finds[pair.found]) for pair in sorted(pairs)]
    lost = _unmatched(len(wanted), [pair.gold for pair in pairs])
    made = _unmatched(len(finds), [pair.found for pair in pairs])
    outcomes += [Outcome(MISSED, _side(wanted[index])) for index in lost]
    outcomes += [
        Outcome(INVENTED, None, _side(finds[index]), finds[index].row.rule)
        for index in made
        if not _is_disputed(finds[index], disputed)
    ]
    return outcomes


def _unmatched(count: int, matched: Iterable[int]) -> list[int]:
    return sorted(set(range(count)) - set(matched))


def _outcome(gold: Fact, found: Fact) -> Outcome:
    wrong = [
        slot for slot in ("organisation", "status") if getattr(gold, slot) != getattr(found, slot)
    ]
    if gold.title != found.title:
        return Outcome(BOUNDARY, _side(gold), _side(found), found.row.rule, ", ".join(wrong))
    verdict = WRONG_SLOT if wrong else RIGHT
    return Outcome(verdict, _side(gold), _side(found), found.row.rule, ", ".join(wrong))


def _side(fact: Fact) -> Side:
    row = fact.row
    who = row.holder.text if row.holder else row.person
    body = row.organisation.text if row.organisation else None
    return Side(row.title, " | ".join((who, row.title.text, body or "-", row.status)))
