import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.articles import read_articles
from newsclaims.articles.csv_table import read_csv
from newsclaims.articles.rows import Settings
from newsclaims.errors import UsageError


def test_cells_are_strings_and_only_empty_ones_missing(read, write):
    content = "id,text,title,n\n007,NA,null,1.50\n8,None,,\n"
    first, second = read(write("news.csv", content)).articles
    assert (first.id, first.text, first.title, first.metadata) == (
        "007",
        "NA",
        "null",
        {"n": "1.50"},
    )
    assert (second.id, second.text, second.title, second.metadata) == ("8", "None", None, {})


def test_ids_count_the_line_on_which_a_row_begins(read, write):
    content = 'text\n"one\ntwo"\n\nthree\n'
    found = read(write("news.csv", content))
    assert found.ids == ["news-2", "news-5"]
    assert found.articles[0].text == "one\ntwo"


def test_line_ends_inside_a_cell_stay(read, write):
    (article,) = read(write("news.csv", b'\xef\xbb\xbftext\r\n"a\r\nb"\r\n')).articles
    assert article.text == "a\r\nb"


def test_encoding_option_and_rows_that_are_not_in_it(read, write):
    content = "text\ncafé\n".encode("cp1252") + b"x\x81y\nlast\n"
    found = read(write("news.csv", content), encoding="cp1252")
    assert [article.text for article in found.articles] == ["café", "last"]
    assert found.kinds == [(3, "encoding")]
    assert read("news.csv").kinds == [(2, "encoding"), (3, "encoding")]


def test_rows_of_another_width_are_refused(read, write):
    found = read(write("news.csv", "id,text\na\nb,one,two\nc,three\n"))
    assert found.ids == ["c"]
    assert found.kinds == [(2, "csv"), (3, "csv")]
    assert "3 cells stand under 2 columns" in found.errors[1].message


@pytest.mark.parametrize(
    ("rows", "ids", "lines"),
    [
        ('a,"He said "hello" to us"\nb,fine\n', ["b"], [2]),
        ('a,"never closed\nb,fine\nc,fine too\n', ["b", "c"], [2]),
        ('a,"never closed\nb,"fine, quoted"\nc,plain\n', ["b", "c"], [2]),
        ('a,fine\nb,"open', ["a"], [3]),
    ],
)
def test_a_quotation_mark_out_of_place_costs_one_row(read, write, rows, ids, lines):
    found = read(write("news.csv", "id,text\n" + rows))
    assert found.ids == ids
    assert found.kinds == [(line, "csv") for line in lines]


def test_columns_by_other_names(read, write):
    content = "doc_id,body,pub_dt,text\n1,Rain fell.,2025-06-01,ignored\n"
    columns = {"text": "body", "id": "doc_id", "published": "pub_dt"}
    (article,) = read(write("news.csv", content), columns=columns).articles
    assert (article.id, article.text, article.published) == ("1", "Rain fell.", "2025-06-01")
    assert article.metadata == {}


@pytest.mark.parametrize(
    ("header", "columns", "message"),
    [
        ("id,body", {}, "no column 'text' for the text; the columns are 'id', 'body'"),
        ("id,text", {"text": "body"}, "no column 'body'"),
        ("id,text", {"title": "headline"}, "names 'headline'; the columns are 'id', 'text'"),
        ("id,text,text", {}, "two columns are named 'text'"),
    ],
)
def test_columns_that_are_not_there_are_wrong_usage(write, header, columns, message):
    name = write("news.csv", header + "\n1,a\n")
    with pytest.raises(UsageError, match=message):
        read_articles([name], columns=columns)


@pytest.mark.parametrize("content", ["", "id,text\n"])
def test_a_file_without_rows_is_an_error(read, write, content):
    assert read(write("news.csv", content)).kinds == [(None, "empty")]


def test_cells_longer_than_the_library_allows_by_itself(read, write):
    found = read(write("news.csv", "text\n" + "word " * 60_000 + "\n"))
    assert len(found.articles[0].text) == 300_000


ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.lists(st.tuples(ANY, ANY), min_size=1))
def test_what_a_csv_writer_writes_comes_back(rows):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerows([("text", "title"), *rows])
    lines = io.BytesIO(buffer.getvalue().encode()).readlines()
    read = [(row.fields["text"], row.fields["title"]) for row in read_csv(lines, Settings({}))]
    assert read == rows
