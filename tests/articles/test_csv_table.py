import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.articles import delimiters_found, read_articles
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


def test_an_encoding_without_its_mark_or_of_no_texts_is_told(read, write):
    (error,) = read(write("news.csv", "text\nThe mayor spoke.\n"), encoding="utf-16").errors
    assert error.kind == "encoding"
    assert error.message.startswith("not UTF-16 (UTF-16 stream does not start with BOM)")
    for name in ("idna", "punycode", "undefined", "base64"):
        with pytest.raises(UsageError, match="no encoding"):
            read("news.csv", encoding=name)


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


TWO = ["Rain fell, snow fell; then it thawed.", 'The mayor said: "No | never".']


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_the_delimiter_is_found_by_the_header(read, folder, delimiter, ending):
    with (folder / f"news.{ending}").open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([("id", "title, or head", "text"), *(("007", "", text) for text in TWO)])
    found = read(f"news.{ending}")
    assert [article.text for article in found.articles] == TWO[:1]
    assert found.kinds == [(3, "duplicate-id")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_text_as_spreadsheets_save_it(read, write, encoding):
    content = "id\ttext\r\n1\tČapek, a mayor; resigned\r\n2\t€\r\n".encode(encoding)
    found = read(write("news.csv", content))
    assert [article.text for article in found.articles] == ["Čapek, a mayor; resigned", "€"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_first_line_may_state_the_delimiter(read, write, mark):
    found = read(write("news.csv", mark + b"sep=~\r\nid~text\r\n1~Rain, snow\r\n~b~c\r\n"))
    assert [(a.id, a.text) for a in found.articles] == [("1", "Rain, snow")]
    assert found.kinds == [(4, "csv")]


def test_a_delimiter_is_found_by_columns_of_other_names(read, write):
    content = "doc;a, b, c and d;body\n1;x;Rain fell.\n"
    (article,) = read(write("news.csv", content), columns={"text": "body", "id": "doc"}).articles
    assert (article.id, article.metadata) == ("1", {"a, b, c and d": "x"})


def test_a_quoted_name_hides_no_delimiter(read, write):
    content = 'id;"place, text, date";text\n1;x;Rain fell.\n'
    (article,) = read(write("news.csv", content)).articles
    assert article.metadata == {"place, text, date": "x"}


def test_the_delimiter_may_be_stated(read, write):
    write("news.csv", "id~text\n1~Rain fell.\n")
    assert read("news.csv", delimiter="~").ids == ["1"]
    write("tabs.csv", "id\ttext\n1\tRain fell.\n")
    assert read("tabs.csv", delimiter="tab").ids == ["1"]
    with pytest.raises(UsageError, match=r"news\.csv: no column 'text'.*read with commas between"):
        read_articles(["news.csv"])
    for wrong in (";;", "", '"', "\n"):
        with pytest.raises(UsageError, match="--delimiter"):
            read_articles(["news.csv"], delimiter=wrong)


def test_the_delimiter_taken_is_said(write, read):
    names = [write("a.csv", "id;text\n1;x\n"), write("b.csv", "id,text\n1,x\n")]
    names.append(write("c.tsv", "id\ttext\n1\tx\n"))
    said = list(delimiters_found([*names, "-", "none.csv", "."], {}, None))
    assert said == ["a.csv: read with semicolons between cells; --delimiter names another"]
    write("a.csv", "id;text\n1;x;y\n")
    assert "cells end at a semicolon" in read("a.csv").errors[0].message


def test_delimiters_at_the_end_of_lines_make_no_cells(read, write):
    content = "id,text,published,,\n1,a,2025-06-17\n2,b,2025-06-18,,\n3,c,,,\n4,d,,x,\n"
    found = read(write("news.csv", content))
    assert [(a.id, a.published) for a in found.articles] == [
        ("1", "2025-06-17"),
        ("2", "2025-06-18"),
        ("3", None),
    ]
    assert found.kinds == [(5, "csv")]


@pytest.mark.parametrize(
    ("line", "hint"),
    [(b"caf\xe9", "try --encoding cp1252"), (b"caf\x81", "give it with --encoding")],
)
def test_the_encoding_of_windows_is_suggested_and_never_guessed(read, write, line, hint):
    found = read(write("news.csv", b"text\n" + line + b"\n"), write("a.txt", line))
    assert not found.articles
    assert [hint in error.message for error in found.errors] == [True, True]
    assert read("news.csv", encoding="cp1252").ids == (["news-2"] if hint[0] == "t" else [])


def test_a_header_in_another_encoding_is_told_once(read, write):
    name = write("news.csv", "text,préface\na,b\nc,d\n".encode("cp1252"))
    found = read(name)
    assert (found.ids, found.kinds) == ([], [(1, "encoding")])
    assert "try --encoding cp1252" in found.errors[0].message
    assert read(name, encoding="cp1252").articles[1].metadata == {"préface": "d"}


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
