import json

import pytest


def item(**fields: object) -> str:
    base = {
        "uri": "https://example.org/items/1",
        "type": "text",
        "versionCreated": "2025-03-02T10:00:00Z",
        "headlines": [
            {"role": "short", "value": "Bridge"},
            {"role": "main", "value": "Bridge opens"},
        ],
        "infoSources": [{"name": "Harbour Wire"}],
        "by": "Ann Example",
        "people": [{"name": "Ada Lindqvist"}],
    }
    return json.dumps(base | fields)


PLAIN = {"contentType": "text/plain", "value": "Ada opened it.\r\n\r\nIt is long.\n"}
HTML = {"contentType": "text/html", "value": "<p>Ada opened it.</p><ul><li>It is long.</li></ul>"}


def test_plain_body_and_metadata(read, write):
    (article,) = read(write("a.json", item(bodies=[HTML, PLAIN]))).articles
    assert article.id == "a"
    assert article.text == PLAIN["value"]
    assert article.title == "Bridge opens"
    assert article.published == "2025-03-02T10:00:00Z"
    assert article.source == "Harbour Wire"
    assert article.url == "https://example.org/items/1"
    assert article.metadata["by"] == "Ann Example"


def test_an_html_body_as_text(read, write):
    (article,) = read(write("a.json", item(bodies=[HTML]))).articles
    assert article.text == "Ada opened it.\nIt is long."


@pytest.mark.parametrize(
    ("value", "text"),
    [("Ada opened <it>.", "Ada opened <it>."), ("<p>Ada opened it.</p>", "Ada opened it.")],
)
def test_a_body_that_does_not_say_what_it_is(read, write, value, text):
    (article,) = read(write("a.json", item(bodies=[{"value": value}]))).articles
    assert article.text == text


def test_names_in_the_lower_case_of_version_2(read, write):
    content = item(bodies=[{"contenttype": "text/plain", "value": "Ada opened it."}])
    content = content.replace("versionCreated", "versioncreated").replace(
        "infoSources", "infosources"
    )
    (article,) = read(write("a.json", content)).articles
    assert (article.published, article.source) == ("2025-03-02T10:00:00Z", "Harbour Wire")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"body_text": "Ada opened <it>."}, "Ada opened <it>."),
        ({"body_html": "<p>Ada opened it.</p><p>It is long.</p>"}, "Ada opened it.\nIt is long."),
        ({"body_xhtml": "<p>Ada <b>opened</b> it.</p>", "body_text": ""}, "Ada opened it."),
        ({"body_html": "<p>Longer.</p>", "body_text": "Ada opened it."}, "Ada opened it."),
    ],
)
def test_version_1(read, write, body, text):
    item = {"uri": "urn:1", "type": "text", "headline": "Bridge opens", "source": "Harbour Wire"}
    content = json.dumps(item | {"versioncreated": "2025-03-02T10:00:00Z"} | body)
    (article,) = read(write("a.json", content)).articles
    assert (article.title, article.text) == ("Bridge opens", text)
    assert (article.published, article.source) == ("2025-03-02T10:00:00Z", "Harbour Wire")
    assert article.metadata == {"uri": "urn:1", "type": "text"}


def test_the_main_body_goes_before_a_plain_one_of_another_role(read, write):
    summary = {"role": "summary", "contentType": "text/plain", "value": "In short."}
    content = item(bodies=[summary, HTML | {"role": "main"}])
    assert read(write("a.json", content)).articles[0].text == "Ada opened it.\nIt is long."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"type": "text", "headline": "Bridge opens"}', "ninjs"),
        ('{"body_text": "Ada opened it."}', "ninjs"),
        ("{", "json"),
        ('{"id": 1, "body": "a"}', "ninjs"),
        (item(type="picture"), "ninjs"),
        (item(bodies="text"), "ninjs"),
        (item(bodies=[{"contentType": "text/plain"}]), "ninjs"),
    ],
)
def test_what_is_no_article(read, write, content, kind):
    assert read(write("a.json", content)).kinds == [(None, kind)]
