"""Role facts: who holds what where and how, each fact once an article."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsclaims.evaluate.matching import Pair, left_over, match_ranked
from newsclaims.evaluate.tally import (
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
from newsclaims.gold import Annotations, Role, Span

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

COMPARED = ("title", "organisation", "status")

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
    return not (
        one.mentions.isdisjoint(other.mentions) and one.last_words.isdisjoint(other.last_words)
    )


class Candidate(NamedTuple):
    """Two facts about one person whose titles share a word, and in which slots they agree."""

    rank: tuple[float, ...]
    pair: Pair
    strict: frozenset[str]
    lenient: frozenset[str]


def _candidates(golds: Sequence[Fact], finds: Sequence[Fact]) -> list[Candidate]:
    """The pairs of facts that may be matched: most equal slots first, then words, then place."""
    return [
        _candidate(gold, found, Pair(i, j))
        for i, gold in enumerate(golds)
        for j, found in enumerate(finds)
        if same_person(gold.person, found.person) and share_word(gold.title, found.title)
    ]


def _candidate(gold: Fact, found: Fact, pair: Pair) -> Candidate:
    equal = {slot for slot in COMPARED if getattr(gold, slot) == getattr(found, slot)}
    alike = equal | {"title"}
    if share_word(gold.organisation, found.organisation):
        alike.add("organisation")
    common = len(_words(gold) & _words(found))
    start, found_start = gold.row.title.start, found.row.title.start
    rank = (-len(equal), -common, abs(start - found_start), start, found_start)
    return Candidate(rank, pair, frozenset(equal), frozenset(alike))


def _words(fact: Fact) -> set[str]:
    return {*fact.title.split(), *(fact.organisation or "").split()}


def share_word(one: str | None, other: str | None) -> bool:
    """Whether two titles or organisations have a word in common; null has none."""
    return not set((one or "").split()).isdisjoint((other or "").split())


def _match(candidates: Iterable[Candidate], slots: tuple[str, ...], *, lenient: bool) -> list[Pair]:
    """Match the candidates that agree in title and in the slots."""
    needed = {"title", *slots}
    return match_ranked(
        (candidate.rank, candidate.pair)
        for candidate in candidates
        if needed <= (candidate.lenient if lenient else candidate.strict)
    )


def score_roles(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the role facts of one article in four combinations of slots, strict and lenient."""
    wanted, finds, disputed = facts(gold), facts(found), facts(gold, optional=True)
    tallies = {}
    for name, slots in SLOTS.items():
        some_wanted, some_finds = project(wanted, slots), project(finds, slots)
        candidates = _candidates(some_wanted, some_finds)
        for metric, lenient in ((name, False), (f"{name}-lenient", True)):
            pairs = _match(candidates, slots, lenient=lenient)
            unmatched = left_over(len(some_finds), (pair.found for pair in pairs))
            spared = sum(_is_disputed(some_finds[index], disputed) for index in unmatched)
            tallies[metric] = matches(len(some_wanted), len(some_finds) - spared, len(pairs))
    return LayerScore(tallies, _outcomes(wanted, finds, disputed))


def _is_disputed(find: Fact, disputed: Iterable[Fact]) -> bool:
    return any(
        same_person(find.person, fact.person) and share_word(find.title, fact.title)
        for fact in disputed
    )


def _outcomes(wanted: list[Fact], finds: list[Fact], disputed: list[Fact]) -> list[Outcome]:
    """Equal titles are paired first; what is left and shares a word has its title cut wrongly."""
    candidates = _candidates(wanted, finds)
    exact = [((0.0, *one.rank), one.pair) for one in candidates if "title" in one.strict]
    cut = [((1.0, *one.rank), one.pair) for one in candidates if "title" not in one.strict]
    pairs = match_ranked([*exact, *cut])
    outcomes = [_outcome(wanted[pair.gold], finds[pair.found]) for pair in pairs]
    lost = left_over(len(wanted), (pair.gold for pair in pairs))
    made = left_over(len(finds), (pair.found for pair in pairs))
    outcomes += [Outcome(MISSED, _side(wanted[index])) for index in lost]
    outcomes += [
        Outcome(INVENTED, None, _side(finds[index]), finds[index].row.rule)
        for index in made
        if not _is_disputed(finds[index], disputed)
    ]
    return outcomes


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
