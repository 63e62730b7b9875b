"""Events: their triggers, how these are grouped, and the slots of the events that match.

A found trigger is right when it shares a character with a gold trigger of its type; where gold
names no type, any will do. Two events match that have most right triggers in common, one to one;
slots are compared in matched events alone, and only where gold fills them in or is whole.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from newsclaims.evaluate.matching import Pair, left_over, match_ranked, overlapping, shared
from newsclaims.evaluate.people import b_cubed
from newsclaims.evaluate.tally import (
    BOUNDARY,
    F1,
    INVENTED,
    KIND,
    MISSED,
    RIGHT,
    SHARE,
    WRONG_SLOT,
    LayerScore,
    Outcome,
    Side,
    Tally,
    matches,
    share,
)
from newsclaims.gold import Annotations, Span

WORDS = {"overlap": F1}
STATUS = {"of-matched": SHARE}
WHOLE = {"grouping": F1, "references": F1, "quantities": F1, "asserted": SHARE}

OTHER = "other"  # a role outside ours: neither demanded nor, when found, counted


class Participant(NamedTuple):
    """Who takes part. `or_role` is a second right role, `same_as` other words for the same."""

    role: str
    span: Span
    ref: str | None = None
    or_role: str | None = None
    same_as: tuple[Span, ...] = ()


class Slot(NamedTuple):
    """Where an event happened."""

    span: Span
    ref: str | None = None


class Quantity(NamedTuple):
    """A number of an event."""

    kind: str
    span: Span
    value: float | None = None


class Event(NamedTuple):
    """A row of events; gold may leave type and status open."""

    id: str
    triggers: tuple[Span, ...]
    type: str | None = None
    participants: tuple[Participant, ...] = ()
    place: Slot | None = None
    date: str | None = None
    quantities: tuple[Quantity, ...] = ()
    status: str | None = None
    asserted_in: str | None = None
    optional: bool = False
    rule: str | None = None


class Trigger(NamedTuple):
    """One trigger of an event."""

    span: Span
    event: Event


class _Matched(NamedTuple):
    """The triggers of one article that count, which are right, and which events match."""

    wanted: list[Trigger]
    finds: list[Trigger]
    pairs: list[Pair]
    events: list[tuple[Event, Event]]


def _triggers(events: Iterable[Event]) -> list[Trigger]:
    """The triggers in the order of the text; a span given twice for one type once."""
    unique = {
        (span, str(event.type)): Trigger(span, event) for event in events for span in event.triggers
    }
    return [unique[key] for key in sorted(unique)]


def _overlapping(golds: Sequence[Trigger], finds: Sequence[Trigger]) -> list[Pair]:
    return list(overlapping([one.span for one in golds], [one.span for one in finds]))


def _match(gold: Annotations, found: Annotations) -> _Matched:
    rows = gold.read("events", Event)
    wanted = _triggers(row for row in rows if not row.optional)
    disputed = _triggers(row for row in rows if row.optional)
    finds = _triggers(found.read("events", Event))
    spared = {pair.found for pair in _overlapping(disputed, finds)}
    spared -= {pair.found for pair in _overlapping(wanted, finds)}
    finds = [one for index, one in enumerate(finds) if index not in spared]
    pairs = match_ranked(
        ((-shared(one.span, other.span), one.span.start, other.span.start), pair)
        for pair in _overlapping(wanted, finds)
        for one, other in [(wanted[pair.gold], finds[pair.found])]
        if one.event.type in (None, other.event.type)
    )
    return _Matched(wanted, finds, pairs, _match_events(wanted, finds, pairs))


def _match_events(
    wanted: Sequence[Trigger], finds: Sequence[Trigger], pairs: Iterable[Pair]
) -> list[tuple[Event, Event]]:
    """Events matched by the number of right triggers that they have in common."""
    golds = {one.event.id: one.event for one in wanted}
    founds = {one.event.id: one.event for one in finds}
    gold_order, found_order = list(golds), list(founds)
    common = Counter(
        Pair(
            gold_order.index(wanted[pair.gold].event.id),
            found_order.index(finds[pair.found].event.id),
        )
        for pair in pairs
    )
    matched = match_ranked(((-count, *pair), pair) for pair, count in common.items())
    return [(golds[gold_order[one]], founds[found_order[two]]) for one, two in matched]


def score_triggers(gold: Annotations, found: Annotations) -> LayerScore:
    """Score which events are told of, and by which words."""
    matched = _match(gold, found)
    sizes = len(matched.wanted), len(matched.finds)
    return LayerScore({"overlap": matches(*sizes, len(matched.pairs))}, list(_outcomes(matched)))


def _outcomes(matched: _Matched) -> Iterable[Outcome]:
    wanted, finds, _, _ = matched
    slots = {id(one): _wrong_slots(one, other) for one, other in matched.events}
    for pair in matched.pairs:
        one, other = wanted[pair.gold], finds[pair.found]
        wrong = slots.get(id(one.event), "")
        verdict = WRONG_SLOT if wrong else RIGHT if one.span == other.span else BOUNDARY
        yield Outcome(verdict, _side(one), _side(other), other.event.rule, wrong)
    lost = left_over(len(wanted), (pair.gold for pair in matched.pairs))
    made = left_over(len(finds), (pair.found for pair in matched.pairs))
    elsewhere = match_ranked(
        ((index,), Pair(*pair))
        for index, pair in enumerate(_overlapping(wanted, finds))
        if pair.gold in lost and pair.found in made
    )
    for pair in elsewhere:
        one, other = wanted[pair.gold], finds[pair.found]
        yield Outcome(KIND, _side(one), _side(other), other.event.rule)
    for index in sorted(set(lost) - {pair.gold for pair in elsewhere}):
        yield Outcome(MISSED, _side(wanted[index]))
    for index in sorted(set(made) - {pair.found for pair in elsewhere}):
        yield Outcome(INVENTED, None, _side(finds[index]), finds[index].event.rule)


def _side(trigger: Trigger) -> Side:
    event = trigger.event
    slots = (f"{one.role}: {one.span.text}" for one in event.participants)
    said = " | ".join((event.type or "-", *slots, event.status or "-"))
    return Side(trigger.span, f"{trigger.span.text}: {said}")


def _wrong_slots(one: Event, other: Event) -> str:
    """The slots of a matched event that gold fills in, and that the find has otherwise."""
    wrong = []
    if len(_same_participants(one, other)) < len(_demanded(one)):
        wrong.append("participants")
    if not _filled([(one, other)], _place, _place).recalled and one.place:
        wrong.append("place")
    if one.status and one.status != other.status:
        wrong.append("status")
    return ", ".join(wrong)


def _demanded(event: Event) -> list[Participant]:
    return [one for one in event.participants if one.role != OTHER]


def _words_shared(one: Participant, other: Participant) -> int:
    return max(shared(span, other.span) for span in (one.span, *one.same_as))


def _same_participants(one: Event, other: Event) -> list[tuple[Participant, Participant]]:
    """The participants of two events whose roles are equal and whose spans overlap."""
    wanted = _demanded(one)
    pairs = match_ranked(
        ((-common, i, j), Pair(i, j))
        for i, gold in enumerate(wanted)
        for j, find in enumerate(other.participants)
        if find.role in (gold.role, gold.or_role) and (common := _words_shared(gold, find))
    )
    return [(wanted[pair.gold], other.participants[pair.found]) for pair in pairs]


def _counted(one: Event, other: Event) -> int:
    """The participants found in an event, without those that gold has outside our roles."""
    outside = [each for each in one.participants if each.role == OTHER]
    within = _demanded(one)
    return sum(
        not any(_words_shared(each, find) for each in outside)
        or any(_words_shared(each, find) for each in within)
        for find in other.participants
    )


def score_participants(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the participants of matched events: equal role and spans that overlap."""
    events = _match(gold, found).events
    return LayerScore(
        {
            "overlap": matches(
                sum(len(_demanded(one)) for one, _ in events),
                sum(_counted(one, other) for one, other in events),
                sum(len(_same_participants(one, other)) for one, other in events),
            )
        }
    )


_SpanOf = Callable[[Event], Span | None]


def _filled(events: Iterable[tuple[Event, Event]], of_gold: _SpanOf, of_find: _SpanOf) -> Tally:
    """How often a slot is filled in, and how often with words that overlap."""
    slots = [(of_gold(one), of_find(other)) for one, other in events]
    return matches(
        sum(one is not None for one, _ in slots),
        sum(other is not None for _, other in slots),
        sum(bool(one and other and shared(one, other)) for one, other in slots),
    )


def _place(event: Event) -> Span | None:
    return event.place and event.place.span


def score_place(gold: Annotations, found: Annotations) -> LayerScore:
    """Score where matched events happened."""
    return LayerScore({"overlap": _filled(_match(gold, found).events, _place, _place)})


def _date_in(article: Annotations) -> _SpanOf:
    spans = {row.id: row.span for row in article.dates}
    return lambda event: spans.get(event.date or "")


def score_date(gold: Annotations, found: Annotations) -> LayerScore:
    """Score when matched events happened: dates whose spans overlap."""
    events = _match(gold, found).events
    return LayerScore({"overlap": _filled(events, _date_in(gold), _date_in(found))})


def score_status(gold: Annotations, found: Annotations) -> LayerScore:
    """Score whether matched events happened, where gold says so."""
    told = [pair for pair in _match(gold, found).events if pair[0].status is not None]
    same = sum(one.status == other.status for one, other in told)
    return LayerScore({"of-matched": share(len(told), same)})


def score_events(gold: Annotations, found: Annotations) -> LayerScore:
    """Score what only gold of whole events says: grouping, references, quantities, whose word."""
    wanted, finds, pairs, events = _match(gold, found)
    groups: tuple[dict[str, set[Span]], dict[str, set[Span]]] = {}, {}
    for pair in pairs:
        span = wanted[pair.gold].span  # what stands on both sides for the words
        groups[0].setdefault(wanted[pair.gold].event.id, set()).add(span)
        groups[1].setdefault(finds[pair.found].event.id, set()).add(span)
    same = [pair for both in events for pair in _same_participants(*both)]
    told = [[event.asserted_in is None for event in pair] for pair in events]
    return LayerScore(
        {
            "grouping": b_cubed(*({frozenset(row) for row in side.values()} for side in groups)),
            "references": matches(
                sum(len(_demanded(one)) for one, _ in events),
                sum(_counted(one, other) for one, other in events),
                sum(_same_row(gold, found, *pair) for pair in same),
            ),
            "quantities": _quantities(events),
            "asserted": share(len(told), sum(one == other for one, other in told)),
        }
    )


def _same_row(gold: Annotations, found: Annotations, one: Participant, other: Participant) -> bool:
    """Whether both name no row, or rows that share a mention."""
    rows = gold.entity(one.ref), found.entity(other.ref)
    if rows[0] is None or rows[1] is None:
        return rows[0] is rows[1]
    mentions = ({mention.span for mention in row.mentions} for row in rows if row)
    return bool(set.intersection(*mentions))


def _quantities(events: Iterable[tuple[Event, Event]]) -> Tally:
    """Numbers of one kind and value."""
    sides = [
        [Counter((one.kind, one.value) for one in event.quantities) for event in pair]
        for pair in events
    ]
    return matches(
        sum(one.total() for one, _ in sides),
        sum(other.total() for _, other in sides),
        sum((one & other).total() for one, other in sides),
    )
