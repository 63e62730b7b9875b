"""What is said once of each layer holds of its rows, of those with parts too."""

import pytest
from newsclaims.records import Span, fields_of
from newsclaims.schema import (
    LAYERS,
    SCORED,
    TABLES,
    ArticleRecord,
    Event,
    EventPlace,
    Participant,
    Quantity,
)
from traps import entry

RECORD = entry(0).record
TEXT = "Rusu met 26 envoys in Oslo."


def event(**fields: object) -> Event:
    made = {
        "type": "meeting",
        "triggers": (Span.of(TEXT, 5, 8),),
        "participants": (
            Participant(role="agent", span=Span.of(TEXT, 0, 4), ref="person-1"),
            Participant(role="agent", span=Span.of(TEXT, 9, 18)),
        ),
        "place": EventPlace(span=Span.of(TEXT, 22, 26), ref="place-1"),
        "quantities": (Quantity(kind="participants", span=Span.of(TEXT, 9, 11), value=26),),
        "status": "happened",
        "status_cue": None,
    }
    return Event.of("hash", id="event-1", **made | fields)


def test_a_record_has_a_field_for_each_layer_in_order() -> None:
    fields = [name for name in ArticleRecord.model_fields if name in LAYERS]
    assert fields == list(LAYERS)
    for name, layer in LAYERS.items():
        assert fields_of(ArticleRecord)[name].item is layer.row


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_speaks_of_fields_and_columns_that_there_are(name: str) -> None:
    layer = LAYERS[name]
    fields = {one for names in layer.says for one in names.split("|")}
    assert fields | set(layer.row.KEYED) <= set(layer.fields)
    assert set(layer.indexed) <= {column.name for column in TABLES[name]}
    assert set(layer.tables) <= set(TABLES)
    assert all(one.partition(".")[0] == name for one in layer.scored)
    assert {of for held in layer.references.values() for of in held.keys} <= set(LAYERS)


@pytest.mark.parametrize("name", LAYERS)
def test_a_row_has_one_key_and_the_same_spans_as_a_model_and_as_json(name: str) -> None:
    layer, (row,) = LAYERS[name], RECORD[name]
    model = layer.row.model_validate(row)
    assert layer.key_of(row, RECORD["article"]["text_sha256"]) == row["key"]
    spans = [(field, span.model_dump(mode="json")) for field, span in model.spans()]
    assert list(layer.spans_of(row)) == spans
    assert layer.anchors_of(row)


def test_a_key_tells_of_spans_and_values_of_parts_and_not_of_what_they_refer_to() -> None:
    agent = Participant(role="agent", span=Span.of(TEXT, 0, 4))
    patient = Participant(role="patient", span=Span.of(TEXT, 0, 4))
    other = Participant(role="agent", span=Span.of(TEXT, 0, 4), ref="person-7")
    assert event(participants=(agent,)).key == event(participants=(other,)).key
    assert event(participants=(agent,)).key != event(participants=(patient,)).key
    assert event(place=None).key != event().key


def test_references_are_changed_wherever_they_stand() -> None:
    seen: list[str] = []

    def change(row_id: str, _: object) -> str | None:
        seen.append(row_id)
        return None if row_id == "person-1" else "place-9"

    changed = LAYERS["events"].refer(event().model_dump(mode="json"), change)
    assert seen == ["person-1", "place-1"]
    assert [one["ref"] for one in changed["participants"]] == [None, None]
    assert changed["place"]["ref"] == "place-9"
    assert changed["participants"][0]["span"]["text"] == "Rusu"


def test_a_word_that_is_no_id_stays() -> None:
    date = RECORD["dates"][0] | {"anchor": "published"}
    assert LAYERS["dates"].refer(date, lambda *_: None) == date
    assert LAYERS["dates"].refer(date | {"anchor": "date-2"}, lambda *_: None)["anchor"] is None


def test_a_row_is_told_by_names_and_words() -> None:
    names = {"person-1": "Ana Popescu"}
    told = {name: LAYERS[name].told(RECORD[name][0], names.get) for name in LAYERS}
    assert told["roles"] == ["Ana Popescu", "Finance Minister", "Oslo Bank", "current"]
    assert told["statements"][0] == "Ana Popescu"
    assert told["events"] == [
        "meeting",
        "is well … is two",
        "Oslo Bank … all",
        "in Oslo",
        "planned",
    ]


def test_what_gold_may_annotate_is_named_once() -> None:
    assert len(set(SCORED)) == len(SCORED)
    assert {one.partition(".")[0] for one in SCORED} == set(LAYERS)
