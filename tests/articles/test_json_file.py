import json
import tracemalloc

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from newsclaims.articles import json_file, read_articles
from newsclaims.errors import UsageError

ROWS = [{"id": f"a{number}", "text": f"Rain fell {number} times."} for number in range(5)]
IDS = [row["id"] for row in ROWS]


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {"articles": ROWS},
        {"status": "ok", "total": 5, "response": {"tags": ["a"], "docs": ROWS, "next": None}},
        {"articles": ROWS, "sources": [{"name": "The Courier"}], "pages": [1, 2]},
        {"uri": "urn:x", "items": ROWS},
    ],
)
def test_a_list_of_articles(read, write, monkeypatch, value, indent, piece):
    monkeypatch.setattr(json_file, "_PIECE", piece)
    found = read(write("news.json", json.dumps(value, indent=indent) + "\n"))
    assert found.ids == IDS
    assert [article.text for article in found.articles] == [row["text"] for row in ROWS]
    assert not found.errors


def test_what_pandas_writes(read, folder):
    frame = pd.DataFrame(ROWS).assign(id=[1, 2, None, 4, 5], desk=["a", None, "b", "", "c"])
    ids = ["1", "2", None, "4", "5"]  # the column became one of floats
    frame.to_json("list.json", orient="records")
    frame.to_json("lines.jsonl", orient="records", lines=True)
    frame.to_parquet("table.parquet")
    for name in ("list.json", "lines.jsonl", "table.parquet"):
        found = read(name)
        default = f"{name.partition('.')[0]}-3"
        assert found.ids == [identity or default for identity in ids]
        assert not found.errors
    (folder / "nan.json").write_text(json.dumps(frame.to_dict("records")))
    assert read("nan.json").ids == ["1", "2", "nan-3", "4", "5"]


def test_items_are_numbered_and_each_bad_one_is_named(read, write):
    items = '{"text": "a"}', '"b"', '{"text": 1}', '{"id": 1, "id": 2}', '{"text": "c", "n": NaN}'
    found = read(write("news.json", f"[{', '.join(items)}]"))
    assert found.ids == ["news-1", "news-5"]
    assert found.kinds == [(2, "json"), (3, "text"), (4, "json")]


@pytest.mark.parametrize(
    "whole", ['[{"text": "a"}, {"text": "b"}', '{"n": {"docs": [{"text": "a"}']
)
@pytest.mark.parametrize("end", ["", ", ", ', {"text": "un', ", {]", " x"])
def test_what_stands_before_a_break_is_read(read, write, whole, end):
    found = read(write("news.json", whole + end))
    assert found.ids == ["news-1", "news-2"][: whole.count("text")]
    assert [kind for _, kind in found.kinds] == ["json"]
    assert "nothing after this was read" in found.errors[0].message


def test_a_break_in_the_middle_is_placed(read, write):
    content = '[{"text": "a"}, {"text": b}, ' + '{"text": "c"}, ' * 9000 + "{}]"
    found = read(write("news.json", content))
    assert found.kinds == [(2, "json")]
    assert "at character 26 of the file" in found.errors[0].message


def test_something_behind_the_end_is_an_error(read, write):
    found = read(write("news.json", '[{"text": "a"}]\n[{"text": "b"}]'))
    assert (found.ids, found.kinds) == (["news-1"], [(2, "json")])


def test_one_article_a_file_alone_or_in_a_folder(read, write):
    write("news/sub/a.json", '{"text": "Rain fell.", "title": "Rain"}')
    write("news/list.json", json.dumps(ROWS))
    found = read("news")
    assert [(article.id, article.title) for article in found.articles] == [("sub/a", "Rain")]
    assert [(w.input, w.kind) for w in found.warnings] == [("news/list.json", "skipped")]
    assert "give the file itself" in found.warnings[0].message
    write("body.json", '{"maintext": "Rain fell.", "url": "http://x.example"}')
    assert read("body.json", columns={"text": "maintext"}).ids == ["body"]


@pytest.mark.parametrize(
    "value", [[{"body": "a", "day": "b"}], {"n": 1, "docs": [{"body": "a"}, {"day": "b"}]}]
)
def test_a_list_without_text_is_wrong_usage_that_lists_the_columns(read, write, value):
    name = write("news.json", json.dumps(value))
    with pytest.raises(UsageError, match=r"no column 'text'.*'body', 'day'"):
        read_articles([name])
    assert read(name, columns={"text": "body"}).articles[0].text == "a"


@pytest.mark.parametrize("news", [{"bodies": [{"value": 7}]}, {"maintext": "a", "by": [{"n": 1}]}])
def test_an_item_of_news_is_no_list(read, write, news):
    assert read(write("item.json", json.dumps(news))).kinds == [(None, "ninjs")]


def test_two_lists_of_articles_are_none(read, write):
    name = write("news.json", json.dumps({"new": ROWS, "old": ROWS}))
    assert read(name).kinds == [(None, "ninjs")]


def test_an_empty_list_holds_no_article(read, write):
    assert read(write("news.json", "[]")).kinds == [(None, "empty")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide(read, write, encoding):
    content = json.dumps([{"text": "Café Ċ\u0a0a"}], ensure_ascii=False).encode(encoding)
    assert read(write("news.json", content)).articles[0].text == "Café Ċ\u0a0a"


def test_bytes_that_are_not_in_the_encoding_cost_one_item(read, write):
    name = write("news.json", b'[{"text": "caf\xe9"}, {"text": "b"}]')
    found = read(name)
    assert (found.ids, found.kinds) == (["news-2"], [(1, "encoding")])
    assert read(name, encoding="cp1252").articles[0].text == "café"
    cut = json.dumps(ROWS).encode("utf-16")[:-1]
    assert read(write("news.json", cut)).kinds[-1][1] == "encoding"


def test_nesting_without_end_is_refused(read, write):
    found = read(write("a.json", "[" * 200_000), write("b.json", '{"a":' * 200_000))
    assert [kind for _, kind in found.kinds] == ["json", "json"]


def test_memory_does_not_grow_with_the_file(folder):
    row = json.dumps({"text": "Rain fell. " * 100})
    (folder / "news.json").write_text("[" + ", ".join([row] * 3000) + "]")
    tracemalloc.start()
    assert sum(1 for _ in read_articles(["news.json"], any_language=True)) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < (folder / "news.json").stat().st_size / 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.lists(VALUES), st.sampled_from([None, 1]), st.integers(1, 40))
@example([0, 12, 1.5, "\\"], None, 1)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_array_comes_apart_as_it_was_written(folder, items, indent, piece):
    path = folder / "any.json"
    path.write_text(json.dumps(items, indent=indent), encoding="utf-8")
    before, json_file._PIECE = json_file._PIECE, piece
    try:
        parts = list(json_file._parts(json_file._Scanner(path, None)))
    finally:
        json_file._PIECE = before
    assert [json.loads(part.written) for part in parts] == items
    assert [part.number for part in parts] == list(range(1, len(items) + 1))


NEWS = [
    {"uri": "urn:1", "type": "text", "headline": "Rain", "body_html": "<p>Rain fell.</p>"},
    {"maintext": "Snow fell.", "date_publish": "2025-03-02 10:00:00", "title": "Snow"},
    {"uri": "urn:2", "bodies": [{"contentType": "text/plain", "value": "Hail fell."}]},
    {"uri": "urn:3", "bodies": []},
]


@pytest.mark.parametrize("frame", ["{}", '{{"total": 4, "items": {}}}'])
def test_items_of_news_in_a_list(read, write, frame):
    found = read(write("a.json", frame.format(json.dumps(NEWS))))
    assert [article.text for article in found.articles] == [
        "Rain fell.",
        "Snow fell.",
        "Hail fell.",
    ]
    assert [article.title for article in found.articles] == ["Rain", "Snow", None]
    assert found.ids == ["a-1", "a-2", "a-3"]
    assert found.kinds == [(4, "ninjs")]


def test_an_item_of_news_with_one_list_of_objects(read, write):
    item = {
        "guid": "urn:1",
        "type": "text",
        "body_html": "<p>Rain.</p>",
        "subject": [{"name": "a"}],
    }
    assert read(write("a.json", json.dumps(item))).articles[0].text == "Rain."
