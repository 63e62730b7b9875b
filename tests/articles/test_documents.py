import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.articles.documents import read_markdown, read_text
from newsclaims.articles.rows import Settings

HEADER = """---
id: 007
title: "Rain: a report"
published: 2025-06-01T23:30:00-05:00
desk: NO
tags: [a, b]
editor: ~
---
"""


def test_plain_text_is_taken_whole(read, write):
    content = "\r\n ---\r\nRain fell.\r\rSnow\u2028 fell.\n\n"
    (article,) = read(write("rain.txt", content)).articles
    assert article.id == "rain"
    assert article.text == content


def test_a_header_gives_fields_as_written(read, write):
    (article,) = read(write("rain.md", HEADER + "\n\nRain fell.\r\n")).articles
    assert article.id == "007"
    assert article.title == "Rain: a report"
    assert article.published == "2025-06-01T23:30:00-05:00"
    assert article.metadata == {"desk": "NO", "tags": '["a", "b"]'}
    assert article.text == "\n\nRain fell.\r\n"


def test_columns_name_fields_of_the_header_too(read, write):
    content = "---\nheadline: Rain\ndate: 2025-06-01\n---\nRain fell."
    columns = {"title": "headline", "published": "date"}
    (article,) = read(write("rain.md", content), columns=columns).articles
    assert (article.title, article.published) == ("Rain", "2025-06-01")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("No header.\n---\nNone here.", "No header.\n---\nNone here."),
        ("---\n---\nAn empty one.", "An empty one."),
        ("\ufeff---\r\ntitle: a\r\n---\r\nBody", "Body"),
        ("---\ntitle: a\n...\nBody", "Body"),
        (" ---\ntitle: a\n---\nBody", " ---\ntitle: a\n---\nBody"),
    ],
)
def test_where_the_body_begins(read, write, content, text):
    (article,) = read(write("rain.md", content)).articles
    assert article.text == text


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("---\ntitle: a\nBody", 1, "never closed"),
        ("---\ntitle: a: b\n---\nBody", 2, "mapping values are not allowed here"),
        ("---\nok: 1\ntitle: [a\n---\nBody", 4, "the header is not YAML"),
        ("---\njust words\n---\nBody", None, "not a list of fields"),
        ("---\na: &x [1]\nb: *x\n---\nBody", 3, "aliases are not read"),
        ("---\na: !!python/object:os.system {}\n---\nBody", 2, "could not determine a constructor"),
    ],
)
def test_a_broken_header_is_named_with_its_line(read, write, content, line, message):
    write("good.md", "Rain fell.")
    found = read(write("rain.md", content), "good.md")
    assert found.kinds == [(line, "front-matter")]
    assert message in found.errors[0].message
    assert found.ids == ["good"]


def test_a_file_in_another_encoding(read, write):
    content = "First line.\nThe café.".encode("cp1252")
    found = read(write("rain.txt", content))
    assert found.kinds == [(2, "encoding")]
    assert "byte 0xE9 at offset 19" in found.errors[0].message
    assert read("rain.txt", encoding="cp1252").articles[0].text == "First line.\nThe café."


def test_a_byte_order_mark_is_no_part_of_the_text(read, write):
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert (
            read(write("rain.txt", "Rain é\r\n".encode(encoding))).articles[0].text == "Rain é\r\n"
        )


def test_an_empty_file(read, write):
    found = read(write("rain.txt", ""))
    assert found.kinds == [(None, "text")]
    assert found.errors[0].article == "rain"


ANY = st.text(st.characters(exclude_categories=["Cs"]))


@given(ANY.filter(lambda text: not text.startswith("\ufeff")))
def test_any_plain_text_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(text.encode())
    assert read_text(path, Settings({}))["text"] == text


@given(ANY)
def test_any_body_equals_the_file_after_its_header(tmp_path_factory, body):
    path = tmp_path_factory.mktemp("text") / "a.md"
    path.write_bytes(HEADER.encode() + body.encode())
    text = read_markdown(path, Settings({}))["text"]
    assert HEADER.encode() + text.encode() == path.read_bytes()


def test_a_set_of_a_header_stands_as_it_was_written(read, write):
    content = "---\ntitle: T\ntags: !!set {delta, alpha, gamma}\n---\nRain fell."
    (article,) = read(write("a.md", content)).articles
    assert article.metadata["tags"] == '["delta", "alpha", "gamma"]'
