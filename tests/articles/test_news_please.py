import json

ARTICLE = {
    "title": "Rain",
    "maintext": "Rain fell.",
    "date_publish": "2025-03-02 10:00:00",
    "date_download": "2025-03-05 10:00:00",
    "source_domain": "wire.example",
    "url": "https://wire.example/1",
    "authors": [],
    "image_url": None,
    "title_rss": "NULL",
}


def test_an_article(read, write):
    (article,) = read(write("a.json", json.dumps(ARTICLE))).articles
    assert (article.id, article.title, article.text) == ("a", "Rain", "Rain fell.")
    assert article.published == "2025-03-02 10:00:00"
    assert (article.source, article.url) == ("wire.example", "https://wire.example/1")
    assert article.metadata == {"date_download": "2025-03-05 10:00:00", "authors": "[]"}


def test_what_the_crawler_did_not_find_is_missing(read, write):
    content = json.dumps(ARTICLE | {"date_publish": "None", "title": None})
    found = read(write("a.json", content))
    assert not found.warnings
    assert (found.articles[0].published, found.articles[0].title) == (None, None)
    assert read(write("a.json", json.dumps(ARTICLE | {"maintext": None}))).kinds == [(None, "text")]
