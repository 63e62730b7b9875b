import json

import pytest
from newsclaims.articles.page_text import main_text

BODY = """<nav><a href="/">Home</a></nav><article><h1>Bridge opens</h1>{time}
<p>Mayor Ada Lindqvist opened the café bridge on Monday.</p>
<p>“It is a good day,” she said.</p></article><footer>All rights reserved</footer>"""


def page(head: str = "", time: str = "", charset: str = "utf-8") -> bytes:
    head = f'<meta charset="{charset}">{head}'
    content = (
        f"<!DOCTYPE html><html><head>{head}</head><body>{BODY.format(time=time)}</body></html>"
    )
    return content.encode(charset)


def json_ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_main_text_one_paragraph_a_line(read, write):
    (article,) = read(write("a.html", page())).articles
    assert article.text == (
        "Bridge opens\nMayor Ada Lindqvist opened the café bridge on Monday.\n"
        "“It is a good day,” she said."
    )


def test_nothing_is_guessed_where_nothing_is_declared(read, write):
    (article,) = read(write("a.html", page("<title>Bridge opens | Post</title>"))).articles
    assert article.title == "Bridge opens"
    assert (article.url, article.source, article.published) == (None,) * 3


def test_json_ld_goes_before_meta_tags(read, write):
    head = json_ld(
        **{
            "@graph": [
                {"@type": "WebSite", "name": "not this"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "The bridge opens",
                    "datePublished": "2025-03-02T10:00:00+01:00",
                    "publisher": {"name": "Harbour Post"},
                    "mainEntityOfPage": {"@id": "http://www.example.org/bridge/?utm_source=feed"},
                },
            ]
        }
    )
    head += '<meta property="og:title" content="Bridge opens - Harbour Post">'
    head += '<link rel="canonical" href="https://example.org/bridge">'
    (article,) = read(write("a.html", page(head))).articles
    assert article.title == "The bridge opens"
    assert article.published == "2025-03-02T10:00:00+01:00"
    assert article.source == "Harbour Post"
    assert article.url == "https://example.org/bridge"


def test_meta_tags(read, write):
    head = """<meta property="og:title" content="Bridge opens"><meta name="DC.date" content="x">
    <meta property="og:site_name" content="Harbour Post"><meta name="publisher" content="no">
    <meta property="og:url" content="https://example.org/a">
    <meta property="article:published_time" content="2025-03-02">
    <script type="application/ld+json">{broken</script>"""
    (article,) = read(write("a.html", page(head))).articles
    assert article.title == "Bridge opens"
    assert article.source == "Harbour Post"
    assert article.url == "https://example.org/a"
    assert article.published == "2025-03-02"


def test_time_of_the_article(read, write):
    time = '<time datetime="2025-03-02">2 March</time>'
    (article,) = read(write("a.html", page(time=time))).articles
    assert article.published == "2025-03-02"


def test_a_date_that_can_be_read_goes_before_one_that_cannot(read, write):
    head = '<meta name="date" content="last Tuesday">'
    (article,) = read(write("a.html", page(head, '<time datetime="2025-03-02">x</time>'))).articles
    assert article.published == "2025-03-02"


def test_an_unreadable_date_is_a_warning(read, write):
    found = read(write("a.html", page('<meta name="date" content="last Tuesday">')))
    assert found.articles[0].published is None
    assert [warning.kind for warning in found.warnings] == ["date"]


@pytest.mark.parametrize("charset", ["windows-1252", "utf-16", "gb18030"])
def test_declared_encodings_are_honoured(read, write, charset):
    (article,) = read(write("a.html", page(charset=charset)), encoding="koi8-r").articles
    assert "café bridge" in article.text
    assert "“It is" in article.text


def test_latin_1_means_windows_1252_in_a_page(read, write):
    content = page(charset="cp1252").replace(b"cp1252", b"iso-8859-1")
    assert "“It is a good day,”" in read(write("a.html", content)).articles[0].text


def test_an_xml_declaration(read, write):
    content = '<?xml version="1.0" encoding="windows-1251"?>'
    content += "<html><body><p>Мост open to all.</p></body></html>"
    (article,) = read(write("a.xhtml", content.encode("cp1251"))).articles
    assert article.text == "Мост open to all."


def test_the_encoding_option_for_a_page_that_declares_none(read, write):
    content = "<html><body><p>The café is open to all of us.</p></body></html>".encode("cp1252")
    assert read(write("a.html", content)).kinds == [(1, "encoding")]
    assert "café" in read("a.html", encoding="cp1252").articles[0].text


@pytest.mark.parametrize(
    ("content", "kind"),
    [("", "html"), ("<html><body></body></html>", "html"), ("<p>NUL \0</p>", "nul")],
)
def test_pages_without_a_text(read, write, content, kind):
    assert read(write("a.html", content)).kinds == [(None, kind)]


def test_entities_that_a_page_declares_are_not_expanded() -> None:
    tens = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    host = '<!ENTITY host SYSTEM "file:///etc/hostname">'
    page = f"<!DOCTYPE html [{tens}{host}]><html><body><p>One &e9; &host;</p></body></html>"
    text = main_text(page)
    assert text is not None
    assert "&e9; &host;" in text


TEXT = "<p>Mayor Ada Lindqvist opened the café bridge on Monday, and it rained all day.</p>" * 5


@pytest.mark.parametrize(
    ("large", "told"),
    [
        ("<p " + " ".join(f"a{i}" for i in range(3000)) + ">x</p>", "1,000 attributes"),
        ("<p " + " ".join(f'a{i}=">"' for i in range(3000)) + ">x</p>", "1,000 attributes"),
        ("<br>" * 60_000, "50,000 elements"),
    ],
    ids=["attributes", "quoted", "elements"],
)
def test_a_page_whose_reading_takes_the_square_of_its_size_is_refused(read, write, large, told):
    read_page = read(write("a.html", f"<html><body>{large}{TEXT}</body></html>".encode()))
    (error,) = read_page.errors
    assert error.kind == "unreadable"
    assert told in error.message


@pytest.mark.parametrize(
    "long",
    [
        "<script>if (a<b) {" + "x = 1; " * 5000 + "}</script>",
        "<!-- <p " + "a=1 " * 5000 + "-->",
        f'<img src="data:{"a b " * 5000}">',
        "a < b " + "and c " * 5000,
    ],
    ids=["script", "comment", "data", "less-than"],
)
def test_what_only_looks_like_many_attributes_is_read(read, write, long):
    (article,) = read(write("a.html", f"<html><body>{TEXT}{long}</body></html>".encode())).articles
    assert "Ada Lindqvist" in article.text


def test_a_long_list_is_read_in_full(read, write):
    items = "".join(f"<li>Bridge {i} opened in the town on Monday." for i in range(11_000))
    (article,) = read(write("a.html", f"<html><body>{TEXT}{items}</body></html>".encode())).articles
    assert "Bridge 10999 opened" in article.text
