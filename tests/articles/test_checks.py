import json

import pytest
from newsclaims.articles import REASONS
from newsclaims.articles.checks import article_id, publication_date
from newsclaims.articles.rows import RefusedError
from newsclaims.records import InputError


@pytest.mark.parametrize(
    ("value", "identity"),
    [(7, "7"), (1.0, "1"), (-3.0, "-3"), ("1.0", "1.0"), (float("nan"), "news-4"), ("", "news-4")],
)
def test_ids_that_are_whole_numbers(value, identity):
    assert article_id(value, "news-4") == identity


@pytest.mark.parametrize("value", [1.5, 1e300, float("inf"), True, [1], {}])
def test_ids_that_are_none(value):
    with pytest.raises(RefusedError, match="ids are strings or whole numbers"):
        article_id(value, "news-4")


@pytest.mark.parametrize(
    "written",
    ["2025-06-01", "2025-06-01T10:30:00Z", "2025-06-01 10:30:00", "2025-06-01T23:30:00.5-05:00"],
)
def test_iso_dates_stay_as_written(written):
    assert publication_date(written) == (written, None)


@pytest.mark.parametrize(
    "value",
    ["2025-02-30", "June 1, 2025", "2025-06", "20250601", "2025-W01-1", 1748736000, True, {}],
)
def test_other_dates_are_read_as_undated_with_a_warning(value):
    published, warning = publication_date(value)
    assert published is None
    assert "is not an ISO date or date-time" in warning


def test_a_wrong_date_is_a_warning_and_the_article_comes(read, write):
    write("news.jsonl", json.dumps({"id": "a", "text": "Rain fell.", "published": "yesterday"}))
    found = read("news.jsonl")
    assert found.articles[0].published is None
    assert not found.errors
    assert str(found.warnings[0]).startswith("news.jsonl, line 1, article a: the publication date")


def test_texts_over_the_greatest_length(read, write):
    write("news.jsonl", '{"text": "12345"}\n{"text": "123456"}\n')
    found = read("news.jsonl", max_chars=5)
    assert found.ids == ["news-1"]
    assert found.kinds == [(2, "too-long")]


def test_a_text_in_another_language(read, write):
    text = "La ministre a rencontré mardi son homologue allemand pour discuter de la situation."
    write("news.jsonl", json.dumps({"id": "a", "text": text}))
    found = read("news.jsonl")
    assert found.kinds == [(1, "language")]
    assert "looks like 'fr'" in found.errors[0].message
    assert read("news.jsonl", any_language=True).ids == ["a"]


def test_every_warning_has_a_reason():
    assert set(REASONS) >= InputError.WARNINGS
