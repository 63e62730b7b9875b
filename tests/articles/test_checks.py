import json

import pandas as pd
import pytest
from newsclaims.articles import REASONS
from newsclaims.articles.checks import article_id, publication_date
from newsclaims.articles.rows import RefusedError
from newsclaims.errors import UsageError
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
    ["2025-02-30", "June 1", "2025-06", "06/05/2025", "2025-W01-1", 1748736000, True, {}],
)
def test_other_dates_are_read_as_undated_with_a_warning(value):
    published, warning = publication_date(value)
    assert published is None
    assert warning.startswith("the publication date ")
    assert warning.endswith("; read as undated")


def test_the_order_of_dates_is_an_option(read, write):
    write("news.csv", "text,published\nRain fell.,05/06/2025\nSnow fell.,17/06/2025\n")
    found = read("news.csv")
    assert [article.published for article in found.articles] == [None, "2025-06-17"]
    assert "2025-05-06 or 2025-06-05; say which by --dates day-first" in str(found.warnings[0])
    found = read("news.csv", dates="day-first")
    assert [article.published for article in found.articles] == ["2025-06-05", "2025-06-17"]
    assert not found.warnings
    assert read("news.csv", dates="month-first").articles[0].published == "2025-05-06"
    with pytest.raises(UsageError, match="--dates: 'any' is none of day-first, month-first"):
        read("news.csv", dates="any")


@pytest.mark.parametrize("name", ["news.jsonl", "news.parquet", "note.md", "page.html"])
def test_every_format_reads_the_same_dates(read, write, name):
    fields = {"text": "Rain fell.", "published": "Tue, 17 Jun 2025 08:00:00 GMT"}
    if name == "news.parquet":
        pd.DataFrame([fields]).to_parquet(name)
    elif name == "news.jsonl":
        write(name, json.dumps(fields))
    elif name == "note.md":
        write(name, f"---\npublished: {fields['published']}\n---\nRain fell.")
    else:
        meta = f'<meta name="date" content="{fields["published"]}">'
        write(name, f"<html><head>{meta}</head><body><p>Rain fell.</p></body></html>")
    assert read(name, any_language=True).articles[0].published == "2025-06-17T08:00:00+00:00"


def test_moments_of_a_parquet_column(read, folder):
    frame = pd.DataFrame({"text": ["Rain fell."] * 2, "published": ["2025-06-17 08:00", None]})
    frame["published"] = pd.to_datetime(frame["published"])
    frame.to_parquet(folder / "news.parquet")
    found = read("news.parquet", any_language=True)
    assert [article.published for article in found.articles] == ["2025-06-17T08:00:00", None]
    assert not found.warnings


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
