import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.records import Article, Mention, Span, SpanError, text_sha256
from newsclaims.schema import LAYERS, ArticleHead, ArticleRecord, Date, Person, Role
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


@pytest.mark.parametrize(
    ("value", "identity"),
    [("a1", "a1"), (17, "17"), (17.0, "17"), (np.int64(17), "17")],
)
def test_an_id_is_a_string_or_a_whole_number(value: object, identity: str) -> None:
    assert Article(id=value, text="x").id == identity


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (date(2025, 5, 8), "2025-05-08"),
        (datetime(2025, 5, 8, 7, 30, tzinfo=UTC), "2025-05-08T07:30:00+00:00"),
        (pd.Timestamp("2025-05-08 07:30", tz="Europe/Berlin"), "2025-05-08T07:30:00+02:00"),
        (np.datetime64("2025-05-08"), "2025-05-08"),
        ("June 17, 2025", "2025-06-17"),
        ("", None),
        *((missing, None) for missing in (None, float("nan"), pd.NaT, pd.NA, np.datetime64("NaT"))),
    ],
)
def test_a_date_of_publication_of_any_library(value: object, published: str | None) -> None:
    assert Article(id="a", text="x", published=value).published == published


def test_missing_values_of_data_frames_are_none() -> None:
    article = Article(id="a", text="x", title=float("nan"), source=pd.NA, url=None)
    assert (article.title, article.source, article.url) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "a"}, "article 'a': the text is missing"),
        ({"id": "a", "text": float("nan")}, "article 'a': the text is missing"),
        ({"id": "a", "text": 3}, "article 'a': the text is of type int, not a string"),
        ({"text": "x"}, "id is missing"),
        ({"id": pd.NA, "text": "x"}, "the id is missing"),
        ({"id": 1.5, "text": "x"}, "the id is of type float, not a string or a whole number"),
        ({"id": True, "text": "x"}, "the id is of type bool, not a string or a whole number"),
        ({"id": " ", "text": "x"}, "the id is nothing but white space"),
        ({"id": "a", "text": "x\ud800"}, "half a character .a lone surrogate. at 1"),
        ({"id": "a", "text": "x", "published": "soon"}, "publication date 'soon' is no date"),
        ({"id": "a", "text": "x", "published": 1750147200}, "bare number"),
        ({"id": "a", "text": "x", "title": 3}, "article 'a': title is not a string"),
        ({"id": "a", "text": "x", "body": 3}, "article 'a': body is no field of an article"),
    ],
)
def test_what_is_wrong_with_an_article_is_one_sentence(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message) as told:
        Article(**fields)
    assert "\n" not in str(told.value)


def test_a_record_knows_its_text_but_neither_writes_nor_compares_it(
    extract: Callable[..., ArticleRecord],
) -> None:
    record = extract("Mayor Ada Holm left Oslo on 8 May 2025.")
    read = ArticleRecord.model_validate_json(record.model_dump_json())
    assert (read, hash(read)) == (record, hash(record))
    assert record.text == "Mayor Ada Holm left Oslo on 8 May 2025."
    assert record.sentences == (0,)
    assert read._repr_html_() is None
    with pytest.raises(ValueError, match="test: the record has no text"):
        read.show()
    with pytest.raises(ValueError, match="not the text"):
        read.with_text("Another text.")
    assert read.with_text(record.text).show() == record.show() == record._repr_html_()


def test_a_record_is_shown_with_all_its_layers(extract: Callable[..., ArticleRecord]) -> None:
    record = extract("Mayor Ada Holm of the Harbour Board said on 8 May 2025 that Oslo was dry.")
    shown = unescape(record.show())
    for layer in LAYERS.values():
        for row in getattr(record, layer.name):
            assert f"{layer.label(layer.anchor)}, {row.id}: " in shown
    assert {"people", "dates", "roles", "statements"} <= {
        name for name in LAYERS if getattr(record, name)
    }
