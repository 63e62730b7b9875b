"""Events: which triggers are right, which events match, and what of their slots is counted."""

from typing import Any

import pytest
from annotated import Line, counts, line, score, span_of

MARKED = (
    "[[Rusu|person-1]] attacked [[Oslo|place-1]] on [[May 8|date DATE 2025-05-08]]; the attack "
    "killed 26 people. [[Ana|person-2]] met envoys in [[Brno|place-2]]."
)


def gold(*events: Line, marked: str = MARKED) -> Line:
    built = line(marked)
    return built | {"events": [{"id": f"event-{n}", **one} for n, one in enumerate(events, 1)]}


TEXT = gold()["text"]


def part(words: str, **values: Any) -> Line:
    return {"span": span_of(TEXT, words), **values}


def attack(**fields: Any) -> Line:
    return {
        "type": "attack",
        "triggers": [span_of(TEXT, "attacked"), span_of(TEXT, "attack killed")],
        "participants": [part("Rusu", role="agent", ref="person-1")],
        "place": part("Oslo", ref="place-1"),
        "date": "date-1",
        "quantities": [],
        "status": "happened",
        "asserted_in": None,
    } | fields


MEETING = {
    "type": "meeting",
    "triggers": [span_of(TEXT, "met")],
    "participants": [part("Ana", role="agent", ref="person-2")],
    "status": "planned",
}


def test_equal_events_are_right_in_everything() -> None:
    scores = score(gold(attack(), MEETING), gold(attack(), MEETING))
    assert all(figure.value == 1 for figure in scores.figures if figure.layer == "events.triggers")
    assert counts(scores, "events.triggers.overlap") == (3, 3, 3)
    assert counts(scores, "events.participants.overlap") == (2, 2, 2)
    assert counts(scores, "events.place.overlap") == (1, 1, 1)
    assert counts(scores, "events.date.overlap") == (1, 1, 1)
    assert scores["events.status.of-matched"].value == scores["events.grouping"].value == 1


def test_a_trigger_of_another_type_is_wrong_and_an_open_type_is_any() -> None:
    other = attack(type="death")
    assert counts(score(gold(attack()), gold(other)), "events.triggers.overlap") == (2, 2, 0)
    untyped = gold(attack(type=None))
    assert counts(score(untyped, gold(other)), "events.triggers.overlap") == (2, 2, 2)
    (outcomes,) = score(gold(attack()), gold(other)).layers["events.triggers"].outcomes
    assert {outcome.verdict for outcome in outcomes} == {"kind"}


def test_an_event_torn_in_two_costs_grouping_alone() -> None:
    first, second = attack()["triggers"]
    torn = gold(attack(triggers=[first]), attack(triggers=[second], participants=[]))
    scores = score(gold(attack()), torn)
    assert counts(scores, "events.triggers.overlap") == (2, 2, 2)
    assert scores["events.grouping"].recall == 0.5
    assert scores["events.grouping"].precision == 1
    assert counts(scores, "events.participants.overlap") == (1, 1, 1)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([part("Rusu", role="patient")], (1, 1, 0)),
        ([part("26 people", role="agent")], (1, 1, 0)),
        ([], (1, 0, 0)),
        ([part("Rusu", role="agent"), part("26 people", role="patient")], (1, 2, 1)),
    ],
)
def test_participants_are_compared_by_role_and_words(
    found: list[Line], expected: tuple[int, int, int]
) -> None:
    scores = score(gold(attack()), gold(attack(participants=found)))
    assert counts(scores, "events.participants.overlap") == expected


def test_a_role_outside_ours_is_neither_demanded_nor_counted() -> None:
    wanted = [part("Rusu", role="agent"), part("26 people", role="other")]
    scores = score(gold(attack(participants=wanted)), gold(attack()))
    assert counts(scores, "events.participants.overlap") == (1, 1, 1)
    found = [part("Rusu", role="agent"), part("26 people", role="patient")]
    scores = score(gold(attack(participants=wanted)), gold(attack(participants=found)))
    assert counts(scores, "events.participants.overlap") == (1, 1, 1)


def test_another_name_or_role_that_gold_allows_is_right() -> None:
    wanted = [part("26 people", role="patient", or_role="agent", same_as=[span_of(TEXT, "Rusu")])]
    scores = score(gold(attack(participants=wanted)), gold(attack()))
    assert counts(scores, "events.participants.overlap") == (1, 1, 1)


def test_what_refers_to_another_row_is_no_right_reference() -> None:
    found = [part("Rusu", role="agent", ref="person-2")]
    scores = score(gold(attack()), gold(attack(participants=found)))
    assert counts(scores, "events.participants.overlap") == (1, 1, 1)
    assert counts(scores, "events.references") == (1, 1, 0)


def test_empty_slots_are_not_counted_and_an_open_status_is_not_compared() -> None:
    open_ = attack(place=None, date=None, status=None)
    scores = score(gold(open_), gold(attack(status="failed")))
    assert counts(scores, "events.place.overlap") == (0, 1, 0)
    assert counts(score(gold(open_), gold(open_)), "events.date.overlap") == (0, 0, 0)
    assert scores["events.status.of-matched"].tally.compared == 0


def test_a_status_and_whose_word_it_is_are_shares_of_matched_events() -> None:
    found = attack(status="possible", asserted_in="statement-1")
    scores = score(gold(attack(), MEETING), gold(found, MEETING))
    assert scores["events.status.of-matched"].value == 0.5
    assert scores["events.asserted"].value == 0.5


def test_quantities_agree_in_kind_and_value() -> None:
    def dead(value: int, kind: str = "dead") -> Line:
        return attack(quantities=[part("26", kind=kind, value=value)])

    assert counts(score(gold(dead(26)), gold(dead(26))), "events.quantities") == (1, 1, 1)
    assert counts(score(gold(dead(26)), gold(dead(25))), "events.quantities") == (1, 1, 0)
    assert counts(score(gold(dead(26)), gold(dead(26, "injured"))), "events.quantities")[2] == 0


def test_disputed_events_are_neither_missed_nor_invented() -> None:
    disputed = gold(attack(optional=True), MEETING)
    for found in (gold(MEETING), gold(attack(), MEETING)):
        assert counts(score(disputed, found), "events.triggers.overlap") == (1, 1, 1)


def test_gold_of_one_part_is_scored_in_that_part_alone() -> None:
    wanted = gold(attack()) | {"annotated": ["events.place"]}
    layers = {figure.layer for figure in score(wanted, gold(attack())).figures}
    assert layers == {"events.place"}
