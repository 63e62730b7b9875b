import gzip
import io
import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsclaims.articles import encodings, read_articles
from newsclaims.articles.jsonl import read_jsonl
from newsclaims.articles.rows import Settings
from newsclaims.errors import UsageError
from newsclaims.records import Article


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_fields_and_other_columns(read, write):
    row = {"id": "a", "text": "Rain fell.", "title": "Rain", "published": "2025-06-01"}
    row |= {"source": "Gazette", "url": "https://example.org/a", "desk": "local", "page": 3}
    row |= {"tags": ["x", "y"], "checked": True, "editor": None}
    (article,) = read(write("news.jsonl", lines(row))).articles
    assert article.title == "Rain"
    assert article.published == "2025-06-01"
    assert article.source == "Gazette"
    assert article.url == "https://example.org/a"
    assert article.metadata == {
        "desk": "local",
        "page": "3",
        "tags": '["x", "y"]',
        "checked": "true",
    }


def test_ids_are_given_or_made_of_stem_and_line(read, write):
    name = write(
        "news.jsonl", lines({"text": "a"}) + "\n" + lines({"text": "b"}, {"id": 7, "text": "c"})
    )
    assert read(name).ids == ["news-1", "news-3", "7"]


def test_packed_lines(read, folder):
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(lines({"text": "a"}).encode()))
    assert read("news.jsonl.gz").ids == ["news-1"]


def test_packed_lines_cut_off_keep_what_came_before(read, folder):
    rows = lines(*({"text": f"Sentence {n * 7919 % 1000}."} for n in range(5000)))
    packed = gzip.compress(rows.encode())
    (folder / "news.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    found = read("news.jsonl.gz")
    assert len(found.articles) > 100
    assert found.kinds == [(len(found.articles) + 1, "gzip")]


def test_standard_input(read, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(lines({"text": "a"}, {"id": "b", "text": "b"}).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert read("-").ids == ["stdin-1", "b"]


def test_standard_input_without_text_is_wrong_usage(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(lines({"body": "a"}).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(UsageError, match=r"standard input: no column 'text'.*'body'"):
        read_articles(["-"])


def test_each_bad_line_is_named_and_the_rest_read(read, write):
    bad = [
        b'{"text": "broken"',
        b'["a list"]',
        b'{"id": "no-text"}',
        b'{"text": ""}',
        b'{"text": " \\n\\t"}',
        b'{"text": null}',
        b'{"text": 12}',
        b'{"text": "NUL \\u0000 byte"}',
        b'{"text": "half \\ud800"}',
        b'{"text": "caf\xe9"}',
        b'{"text": "t", "title": "\\udfff"}',
        b'{"id": true, "text": "t"}',
        b'{"id": 1.5, "text": "t"}',
        b'{"id": ["a"], "text": "t"}',
        b'{"id": "  ", "text": "t"}',
        b'{"id": "\\udc00", "text": "t"}',
        b'{"text": ' + b"[" * 100_000,
        b'{"text": "t", "n": ' + b"9" * 5000 + b"}",
    ]
    content = b'{"text": "first"}\n' + b"\n".join(bad) + b'\n{"text": "last"}\n'
    found = read(write("news.jsonl", content))
    assert [article.text for article in found.articles] == ["first", "last"]
    assert [kind for _, kind in found.kinds] == [
        *("json", "json", "text", "text", "text", "text", "text", "nul", "surrogate"),
        *("encoding", "surrogate", "id", "id", "id", "id", "surrogate", "json", "json"),
    ]
    assert [line for line, _ in found.kinds] == list(range(2, len(bad) + 2))
    assert found.errors[2].article == "no-text"
    assert "byte 0xE9 at character 14" in found.errors[9].message
    json.dumps([error.model_dump() for error in found.errors]).encode()


def test_nan_counts_as_missing(read, write):
    (article,) = read(write("news.jsonl", '{"text": "a", "title": NaN, "n": Infinity}')).articles
    assert article.title is None
    assert article.metadata == {}


def test_no_text_column_is_wrong_usage_that_lists_the_columns(write):
    name = write("news.jsonl", lines({"body": "a", "head": "b"}, {"body": "c", "day": "d"}))
    with pytest.raises(UsageError, match=r"no column 'text'.*'body', 'head', 'day'"):
        read_articles([name])


def test_line_ends_and_separators_inside_a_text_stay(read, write):
    content = '{"text": "a\\r\\nb\u2028c\u0085d"}\r\n{"text": "e"}'
    found = read(write("news.jsonl", content))
    assert [article.text for article in found.articles] == ["a\r\nb\u2028c\u0085d", "e"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide(read, write, encoding):
    content = '{"text": "Café Ċ\u0a0a"}\n{"text": "b"}\n'.encode(encoding)
    found = read(write("news.jsonl", content), encoding="cp1252")
    assert [article.text for article in found.articles] == ["Café Ċ\u0a0a", "b"]


def test_utf_16_cut_off_ends_the_file_with_an_error(read, write):
    content = '{"text": "a"}\n{"text": "b"}\n'.encode("utf-16")[:-1]
    found = read(write("news.jsonl", content))
    assert [article.text for article in found.articles] == ["a"]
    assert found.kinds == [(2, "encoding")]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_any_text_comes_back_as_it_was(text, ascii_only):
    line = (json.dumps({"text": text}, ensure_ascii=ascii_only) + "\n").encode()
    (row,) = read_jsonl(
        line.splitlines(keepends=True) if b"\r" not in line else [line], Settings({})
    )
    assert row.fields == {"text": text}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_through_the_door(folder, text):
    rows = [{"id": "a", "text": text + "."}, {"id": "b", "text": "." + text}]
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    found = list(read_articles(path, any_language=True))
    articles = [item for item in found if isinstance(item, Article)]
    assert [article.text for article in articles] == [text + ".", "." + text]


@pytest.mark.parametrize("encoding", ["idna", "punycode", "unicode_escape", "rot13", "undefined"])
def test_what_is_no_encoding_of_files_is_wrong_usage(read, write, encoding):
    with pytest.raises(UsageError, match="no encoding"):
        read(write("a.jsonl", lines({"text": "Rain fell."})), encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "hz"])
def test_a_file_in_another_encoding_than_was_said_is_named(read, write, encoding):
    content = '{"text": "Rain +fell."}\n{"text": "Caf+ ~ é"}\n'.encode()
    *_, error = read(write("a.jsonl", content), encoding=encoding).errors
    assert error.kind in ("encoding", "json", "nul")


def test_a_long_line_of_a_wide_encoding_is_read_whole(read, write):
    text = "Rain fell. ਊ " * 20_000  # its bytes hold those of a line feed
    content = lines({"text": text}, {"text": "Sun."}).encode("utf-16")
    assert [a.text for a in read(write("a.jsonl", content), encoding="utf-16").articles] == [
        text,
        "Sun.",
    ]


def test_a_line_that_fills_the_memory_is_refused(read, write, monkeypatch):
    monkeypatch.setattr(encodings, "LONGEST_LINE", 1000)
    bomb = gzip.compress(lines({"text": "Rain fell."}).encode() + b"0" * 100_000)
    result = read(write("a.jsonl.gz", bomb))
    assert [article.text for article in result.articles] == ["Rain fell."]
    assert result.kinds == [(2, "too-long")]
