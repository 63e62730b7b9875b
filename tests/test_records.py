import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.records import Mention, Span, SpanError, text_sha256
from newsclaims.schema import ArticleHead, ArticleRecord, Date, Person, Role
from pydantic import ValidationError

TEXT = "Minister Ana Țurcanu spoke. “Țurcanu is right,” Ion said."


def record(**layers: object) -> ArticleRecord:
    head = ArticleHead(id="a1", text_sha256=text_sha256(TEXT))
    return ArticleRecord(article=head, **layers)


def person(**changes: object) -> Person:
    mentions = (Mention.of(TEXT, 9, 20), Mention.of(TEXT, 29, 36))
    return Person(id="person-1", name="Ana Țurcanu", mentions=mentions).model_copy(update=changes)


def test_a_span_holds_the_characters_between_its_offsets() -> None:
    assert Span.of(TEXT, 9, 20) == Span(start=9, end=20, text="Ana Țurcanu")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 4), (0, len(TEXT) + 1)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(SpanError, match=f"{start}:{end}"):
        Span.of(TEXT, start, end)


def test_a_span_of_another_length_than_its_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="length"):
        Span(start=0, end=4, text="Ana")


@given(st.text(min_size=1), st.data())
def test_spans_count_code_points_of_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    assert text[span.start : span.end] == span.text


def test_a_record_with_a_span_that_the_text_contradicts_is_refused() -> None:
    shifted = person(mentions=(Mention(start=8, end=19, text="Ana Țurcanu"),))
    with pytest.raises(SpanError, match=r"a1: person-1 mentions: characters 8:19"):
        record(people=(shifted,)).check_spans(TEXT)
    assert record(people=(person(),)).check_spans(TEXT)


def test_records_are_frozen_and_refuse_unknown_fields() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        person().name = "Ion"
    with pytest.raises(ValidationError, match="extra"):
        Person(id="person-1", name="Ana", mentions=(), nickname="Anuța")


def test_a_key_depends_on_what_the_row_says_and_on_the_text_alone() -> None:
    key = person().expected_key("hash")
    assert person(id="person-9").expected_key("hash") == key
    ruled = tuple(mention.model_copy(update={"rule": "x"}) for mention in person().mentions)
    assert person(mentions=ruled).expected_key("hash") == key
    assert person(name="Țurcanu").expected_key("hash") != key
    assert person(mentions=person().mentions[:1]).expected_key("hash") != key
    assert person().expected_key("another") != key


def test_a_row_is_made_with_the_key_that_it_must_carry() -> None:
    made = Person.of("hash", id="person-1", name="Ana Țurcanu", mentions=person().mentions)
    assert made == person().keyed("hash")
    assert made.key == made.expected_key("hash") != ""


def test_rows_of_different_kinds_never_share_a_key() -> None:
    span = Span.of(TEXT, 0, 8)
    role = Role(id="role-1", person="person-1", holder=span, title=span)
    date = Date(id="date-1", span=span, type="DATE")
    assert role.expected_key("hash") != date.expected_key("hash")


def test_a_record_survives_json_and_writes_every_field() -> None:
    whole = record(people=(person(),))
    line = whole.model_dump_json()
    assert ArticleRecord.model_validate_json(line) == whole
    written = json.loads(line)
    assert written["statements"] == []
    assert written["people"][0]["references"] == []
    assert written["article"]["published"] is None
