import json

import pytest
from newsclaims.articles.text_warnings import text_warnings


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<p>Rain fell.</p>", ["tags"]),
        ('A <a href="https://post.example/">link</a>, or a line<br/>end', ["tags"]),
        ("One<!-- two -->", ["tags"]),
        ("&quot;Rain&quot; fell, Hale &amp; Sons said.", ["entities"]),
        ("It&#39;s and it&#x2019;s", ["entities"]),
        ("\x93Rain fell,\x94 she said.", ["mojibake"]),
        ("Rain fell in MÃ¡laga.", ["mojibake"]),
        ("â€œRain fell,â€\x9d she said; thatâ€™s that.", ["mojibake"]),
        ("Â£5 and \u00f0\u0178\u2122\u201a", ["mojibake"]),
        ("Rain fell in M\ufffdlaga.", ["mojibake"]),
        ("<b>It&#39;s MÃ¡laga</b>", ["tags", "entities", "mojibake"]),
    ],
)
def test_what_was_not_read_as_it_was_meant(text, kinds):
    assert [kind for kind, _ in text_warnings(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Profits < losses, 5 > 3, I <3 you, <ana@post.example>, <Okoye> and <sic>",
        "AT&T; R&D; Hale & Sons; &c. and &nonsense;",
        "São Tomé, CAFÉ” and IRMÃ” – À LA CARTE Â » est là, Ängelholm, Ñandú",
        "Łódź, Đặng, Москва, 北京 “quoted” ‘thus’ … €5",
        "Line one.\n\n\tLine two.\u00a0Three.\u200b\ufeff",
    ],
)
def test_texts_that_are_as_they_should_be(text):
    assert list(text_warnings(text)) == []


def test_a_warning_counts_and_shows_the_first():
    ((_, message),) = text_warnings("Rain &amp; hail &amp; snow")
    assert message.startswith("the text holds 2 HTML character references, the first '&amp;' at ch")
    assert "at character 6; " in message
    assert "--text-is html" in message


def test_the_article_comes_all_the_same_and_its_text_is_as_it_was(read, write):
    text = "<p>Rain &amp; hail fell.</p>"
    write("news.jsonl", json.dumps({"id": "a", "title": "Rain &amp; hail", "text": text}))
    found = read("news.jsonl", any_language=True)
    assert [(article.text, article.title) for article in found.articles] == [
        (text, "Rain &amp; hail")
    ]
    assert [(item.line, item.article, item.kind) for item in found.warnings] == [
        (1, "a", "tags"),
        (1, "a", "entities"),
    ]
    assert not found.errors
