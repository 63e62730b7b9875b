from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from newsclaims.articles import read_articles
from newsclaims.articles.counting import count_articles
from newsclaims.errors import UsageError
from pyarrow import parquet


def test_typed_columns_become_fields(read, folder):
    table = pa.table(
        {
            "id": [1, None, 3],
            "text": ["Rain fell.", "Snow fell.", None],
            "published": pa.array([date(2025, 6, 1), None, None]),
            "seen": pa.array([datetime(2025, 6, 1, 10, 30), None, None], pa.timestamp("us")),
            "tags": pa.array([["a"], None, None], pa.list_(pa.string())),
        }
    )
    parquet.write_table(table, folder / "news.parquet")
    found = read("news.parquet")
    assert found.ids == ["1", "news-2"]
    assert found.articles[0].published == "2025-06-01"
    assert found.articles[0].metadata == {"seen": "2025-06-01T10:30:00", "tags": '["a"]'}
    assert found.kinds == [(3, "text")]


def test_more_rows_than_a_batch(read, folder):
    parquet.write_table(
        pa.table({"body": [f"Text {n}." for n in range(700)]}), folder / "n.parquet"
    )
    found = read("n.parquet", columns={"text": "body"})
    assert found.ids[0] == "n-1"
    assert found.ids[-1] == "n-700"
    assert len(found.ids) == 700


def test_no_text_column_is_wrong_usage(folder):
    parquet.write_table(pa.table({"body": ["a"], "day": ["b"]}), folder / "news.parquet")
    with pytest.raises(UsageError, match=r"no column 'text'.*'body', 'day'"):
        read_articles(["news.parquet"])


def test_broken_files_are_errors(read, folder, write):
    parquet.write_table(pa.table({"text": ["a"] * 100}), folder / "whole.parquet")
    write("cut.parquet", (folder / "whole.parquet").read_bytes()[:-20])
    write("none.parquet", b"")
    found = read("cut.parquet", "none.parquet", "whole.parquet")
    assert [error.kind for error in found.errors] == ["parquet", "parquet"]
    assert len(found.articles) == 100


def test_bytes_that_are_no_text_cost_one_row(read, folder):
    text = pa.array([b"good", b"b\xe9d", b"last"]).cast(pa.binary())
    strings = pa.Array.from_buffers(pa.string(), 3, text.buffers())
    parquet.write_table(pa.table({"text": strings}), folder / "news.parquet")
    found = read("news.parquet")
    assert [article.text for article in found.articles] == ["good", "last"]
    assert found.kinds == [(2, "encoding")]


def test_a_column_name_that_is_not_utf8_is_named(read, folder):
    parquet.write_table(
        pa.table({"text": ["Rain fell."], "zqzq": ["x"]}), "a.parquet", store_schema=False
    )
    content = Path("a.parquet").read_bytes()
    Path("a.parquet").write_bytes(content.replace(b"zqzq", b"zq\xff\x81"))
    (error,) = read("a.parquet").errors
    assert error.kind == "parquet"
    assert count_articles([folder / "a.parquet"]) is None


def test_numbers_that_are_none_are_missing(read, folder):
    table = {"text": ["Rain fell."], "a": [float("nan")], "b": [float("-inf")], "c": [2.5]}
    parquet.write_table(pa.table(table), folder / "a.parquet")
    (article,) = read("a.parquet").articles
    assert article.metadata == {"c": "2.5"}
