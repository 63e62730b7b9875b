"""What a page declares of itself, among what it declares of other stories."""

import json

import pytest
from newsclaims.articles.json_ld import parse_script
from newsclaims.articles.page_metadata import declared_metadata
from newsclaims.articles.page_text import load_page

URL = "https://post.example/pier"
OWN = {
    "@type": "NewsArticle",
    "headline": "Pier closed after storm",
    "datePublished": "2025-03-02T10:00:00Z",
    "url": URL,
}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Gala on the old pier",
    "datePublished": "2019-01-05",
    "url": "https://post.example/gala",
}
WITHOUT_URL = {key: value for key, value in OTHER.items() if key != "url"}
CANONICAL = f'<link rel="canonical" href="{URL}">'
TITLE = "<title>Pier closed after storm | The Post</title>"
META = '<meta property="article:published_time" content="2025-03-02T10:00:00Z">'
BODY = "<main><h1>Pier closed after storm</h1><p>It is closed.</p></main>"


def script(value: object, kind: str = "application/ld+json") -> str:
    written = value if isinstance(value, str) else json.dumps(value)
    return f"<script type='{kind}'>{written}</script>"


def declared(head: str, body: str = BODY, order: str | None = None) -> dict[str, str]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return declared_metadata(load_page(page), order)


@pytest.mark.parametrize(
    "data",
    [
        OWN,
        [OTHER, OWN],
        {"@graph": [OTHER, OWN]},
        {"@graph": [{"@type": "WebPage", "mainEntity": OWN}, OTHER]},
        {"@type": "WebPage", "mainEntity": OWN, "hasPart": [OTHER]},
        {"@type": "WebPage", "about": {"@type": "Thing", "subjectOf": OWN}},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}, OWN]},
        {**OWN, "@type": ["Thing", "https://schema.org/ReportageNewsArticle"]},
        {**OWN, "headline": ["Pier closed after storm"], "datePublished": ["2025-03-02T10:00:00Z"]},
        {**OWN, "headline": "Two beams fell", "url": f"{URL}/?utm_source=x#top"},
        {**OWN, "url": "/pier"},
        {**OWN, "url": None, "mainEntityOfPage": {"@id": "http://www.post.example/pier/"}},
        {**OWN, "url": None, "@id": f"{URL}#article"},
        {**OWN, "url": None},
        {**OWN, "relatedLink": [OTHER], "isPartOf": OTHER},
        {**OWN, "@type": "LiveBlogPosting", "liveBlogUpdate": [{**OTHER, "url": f"{URL}#p9"}]},
    ],
)
def test_the_article_that_the_page_is(data):
    fields = declared(TITLE + CANONICAL + script(data))
    assert fields["published"] == "2025-03-02T10:00:00Z"
    assert fields["url"] == URL


@pytest.mark.parametrize(
    "data",
    [
        OTHER,
        WITHOUT_URL,
        [OTHER, WITHOUT_URL],
        {"@graph": [OTHER]},
        {**OTHER, "@type": "BlogPosting", "headline": "Picks of the editor"},
        {**WITHOUT_URL, "@type": "SocialMediaPosting", "headline": "Look at the pier!"},
        {"@type": "SocialMediaPosting", "datePublished": "2019-01-05"},
        {"@type": "ItemList", "itemListElement": [{"item": OTHER}, {"item": WITHOUT_URL}]},
        {"@type": "WebPage", "hasPart": WITHOUT_URL},
        {"@type": "JobPosting", "title": "Pier closed after storm", "datePosted": "2019-01-05"},
        [{"@type": "NewsArticle", "datePublished": "2019-01-05"}] * 2,
        {"@type": "LiveBlogPosting", "liveBlogUpdate": [{**OTHER, "url": f"{URL}#p9"}]},
        {**WITHOUT_URL, "headline": "Pier closed after gala"},
        {**WITHOUT_URL, "headline": "closed after"},
    ],
)
@pytest.mark.parametrize("meta", ["", META])
def test_articles_that_the_page_is_not(data, meta):
    fields = declared(TITLE + CANONICAL + script(data) + meta)
    assert fields.get("published") == ("2025-03-02T10:00:00Z" if meta else None)
    assert (fields["title"], fields["url"]) == ("Pier closed after storm", URL)


def test_an_article_that_says_nothing_else_goes_behind_meta_elements():
    data = {"@type": "NewsArticle", "datePublished": "2025-03-01"}
    assert declared(CANONICAL + script(data))["published"] == "2025-03-01"
    assert declared(CANONICAL + script(data) + META)["published"] == "2025-03-02T10:00:00Z"


@pytest.mark.parametrize(
    "written",
    [
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/{}/*]]>*/",
        "<![CDATA[{}]]>",
        "<!--\n{}\n-->",
        "{};",
        "{},",
        "\ufeff{}",
        "/* by {{hand}} */ {}",
        "// by hand\n{}",
        '{{"@type": "Organization", "name": "The Post",}}\n{}',
        "[{},]",
    ],
)
def test_faults_that_are_common_in_scripts(written):
    data = written.replace("{{", "<<").replace("}}", ">>").replace("{}", json.dumps(OWN))
    data = data.replace("<<", "{").replace(">>", "}")
    fields = declared(script(data, "Application/LD+JSON; charset=utf-8"))
    assert fields["published"] == "2025-03-02T10:00:00Z"


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ('{"a": "b, ] // c /* d */ <!-- e",}', [{"a": "b, ] // c /* d */ <!-- e"}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ('{"a": "two\nlines"}', [{"a": "two\nlines"}]),
        ('{"a": 1}{"b": 2};[3,]', [{"a": 1}, {"b": 2}, [3]]),
        ('{"a": 1', []),
        ("nothing", []),
        (r'{"a": "the mayor\'s b\"c"}', [{"a": "the mayor's b\"c"}]),
        ("", []),
        ("[" * 100_000, []),
        ("/*" * 100_000, []),
        (" " * 100_000 + "x", []),
    ],
)
def test_scripts_one_by_one(written, values):
    assert parse_script(written) == values


def test_entities_and_white_space_of_declared_titles():
    data = {**OWN, "headline": "Pier &amp; quay  closed\nafter storm"}
    assert declared(CANONICAL + script(data))["title"] == "Pier & quay closed after storm"


def test_a_publisher_named_elsewhere_in_the_page():
    data = {
        "@graph": [
            {**OWN, "publisher": {"@id": "#post"}},
            {"@type": "Organization", "@id": "#post", "name": "The Post"},
        ]
    }
    assert declared(CANONICAL + script(data))["source"] == "The Post"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel=canonical href="https://post.example/a">', "https://post.example/a"),
        (
            '<base href="https://post.example/"><link rel=canonical href="/a">',
            "https://post.example/a",
        ),
        ('<link rel=canonical href="/a">', None),
        (
            '<link rel="alternate canonical" href="https://post.example/a">',
            "https://post.example/a",
        ),
        (
            '<link rel=canonical href="https://a.example/"><link rel=canonical href="https://b.example/">',
            None,
        ),
        ('<link rel=alternate href="https://post.example/a">', None),
    ],
)
def test_the_address_of_the_canonical_link(head, url):
    assert declared(head).get("url") == url


SITE = '<meta property="og:site_name" content="The Post">'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Pier closed</title>", "<p>x</p>", "Pier closed"),
        (SITE + "<title>Pier closed | The Post</title>", "<p>x</p>", "Pier closed"),
        (SITE + "<title>Pier closed - The Post</title>", "<p>x</p>", "Pier closed"),
        (SITE + "<title>The Post: Pier closed</title>", "<p>x</p>", "Pier closed"),
        (SITE + "<title>Pier closed - again | The Post</title>", "<p>x</p>", "Pier closed - again"),
        (SITE + "<title>Pier closed | The Times</title>", "<p>x</p>", "Pier closed | The Times"),
        ("<title>Pier closed | The Post</title>", "<p>x</p>", "Pier closed | The Post"),
        (
            "<title>Pier closed again | The Post</title>",
            "<h1>Pier closed again</h1>",
            "Pier closed again",
        ),
        (
            SITE + "<title>The Post</title>",
            "<article><h1>Pier closed</h1></article>",
            "Pier closed",
        ),
        (SITE + "<title>Pier closed</title>", "<h1>The Post</h1>", "Pier closed"),
        ("<title>Pier closed</title>", "<header><h1>The Post</h1></header>", "Pier closed"),
        ("", "<h1>Pier closed</h1>", "Pier closed"),
        ("", "<h1>Pier closed</h1><h1>Quay open</h1>", None),
        ("<title></title>", "<p>x</p>", None),
        ("<title>Pier &amp;amp; quay</title>", "<p>x</p>", "Pier & quay"),
        ("<title>Pier closed</title>", "<svg><title>Logo</title></svg>", "Pier closed"),
        (
            '<meta property="og:title" content="Pier closed"><title>Pier is closed</title>',
            "<h1>Pier is closed</h1>",
            "Pier closed",
        ),
    ],
)
def test_titles(head, body, title):
    assert declared(head, body).get("title") == title


def test_meta_elements_of_other_stories():
    teaser = '<article><meta itemprop="datePublished" content="2019-01-05">'
    teaser += (
        '<meta name="date" content="2019-01-05"><meta itemprop="headline" content="Gala"></article>'
    )
    fields = declared("", BODY + teaser)
    assert "published" not in fields
    assert fields["title"] == "Pier closed after storm"


def test_an_ambiguous_date_is_handed_on_or_read_in_the_order_given():
    head = '<meta name="date" content="05/06/2025">'
    assert declared(head)["published"] == "05/06/2025"
    assert declared(head, order="day-first")["published"] == "2025-06-05"
