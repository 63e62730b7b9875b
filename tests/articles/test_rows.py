"""The column of the text, as HTML."""

import json

import pandas as pd
import pytest
from newsclaims.errors import UsageError

HTML = "<p><q>Rain &amp; hail,</q> she said.</p><p>It <b>snowed</b>.</p>"
TEXT = "“Rain & hail,” she said.\nIt snowed."


@pytest.mark.parametrize("name", ["news.jsonl", "news.csv", "news.parquet"])
def test_every_table_may_hold_html(read, write, name):
    frame = pd.DataFrame([{"id": "a", "body": HTML, "title": "Rain &#038; hail", "n": "<b>"}])
    if name.endswith("jsonl"):
        write(name, frame.to_json(orient="records", lines=True))
    elif name.endswith("csv"):
        frame.to_csv(name, index=False)
    else:
        frame.to_parquet(name)
    found = read(name, columns={"text": "body"}, text_is="html", any_language=True)
    (article,) = found.articles
    assert (article.text, article.title, article.metadata) == (TEXT, "Rain & hail", {"n": "<b>"})
    assert not found.warnings


@pytest.mark.parametrize("kind", ["plain", None])
def test_nothing_is_read_as_html_unasked(read, write, kind):
    write("news.jsonl", json.dumps({"text": HTML}))
    assert read("news.jsonl", text_is=kind, any_language=True).articles[0].text == HTML


def test_files_of_one_article_know_what_they_hold(read, write):
    write("note.txt", "Rain <b>fell</b>.")
    assert read("note.txt", text_is="html", any_language=True).articles[0].text == (
        "Rain <b>fell</b>."
    )


@pytest.mark.parametrize(
    ("html", "kind"),
    [("<p> </p><img src=a.png>", "text"), ("<p>a\0b</p>", "nul"), ("<p>a\ud800</p>", "surrogate")],
)
def test_columns_without_a_text_are_refused(read, write, html, kind):
    write("news.jsonl", json.dumps({"text": html}) + "\n" + json.dumps({"text": "Rain fell."}))
    found = read("news.jsonl", text_is="html", any_language=True)
    assert found.kinds == [(1, kind)]
    assert found.ids == ["news-2"]


def test_html_nested_too_deeply_is_refused(read, write):
    html = "<b>" * 3000 + "Rain fell."
    write("news.jsonl", json.dumps({"text": html}))
    found = read("news.jsonl", text_is="html", any_language=True)
    assert found.articles == []
    assert [item.message for item in found.errors] == [
        "the text is HTML nested too deeply to be read"
    ]


def test_other_kinds_are_wrong_usage(read, write):
    write("news.jsonl", json.dumps({"text": HTML}))
    with pytest.raises(UsageError, match="--text-is: 'markdown' is none of plain, html"):
        read("news.jsonl", text_is="markdown")
