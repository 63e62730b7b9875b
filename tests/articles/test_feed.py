import pytest

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour Wire</title><link>https://wire.example/</link>
{}
</channel></rss>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://wire.example/">
<title type="html">Harbour &amp;amp; Wire</title><updated>2025-03-09T00:00:00Z</updated>
{}
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://wire.example/"><title>Harbour Wire</title></channel>
{}
</rdf:RDF>"""


@pytest.fixture
def one(read, write):
    """The article of a feed of this one item."""

    def one(frame, item):
        found = read(write("feed.xml", frame.format(item)))
        assert not found.errors
        (article,) = found.articles
        return article

    return one


def test_the_whole_text_goes_before_the_summary(one):
    article = one(
        RSS,
        "<item><title>Rain</title><description>In short.</description>"
        "<media:description>A picture.</media:description><media:title>Picture</media:title>"
        "<content:encoded><![CDATA[<p>Rain fell.</p><p>It <i>was</i> long.</p>]]>"
        "</content:encoded></item>",
    )
    assert (article.title, article.text) == ("Rain", "Rain fell.\nIt was long.")
    assert article.source == "Harbour Wire"
    assert article.id == "feed-1"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Rain fell &amp;amp; fell.", "Rain fell & fell."),
        ("Rain fell &lt;br/&gt;twice.", "Rain fell\ntwice."),
        ("Profits &lt; losses.", "Profits < losses."),
        ("<p>Rain <b>fell</b>.</p><p>Snow.</p>", "Rain fell.\nSnow."),
        ("&lt;script&gt;x()&lt;/script&gt;Rain.", "Rain."),
    ],
)
def test_a_description_may_be_html(one, written, text):
    assert one(RSS, f"<item><description>{written}</description></item>").text == text


def test_what_an_item_of_rss_says_of_itself(one):
    article = one(
        RSS,
        "<item><title>Rain &amp;amp; snow\n</title><guid>https://wire.example/1</guid>"
        "<pubDate>Sun, 02 Mar 2025 10:00:00 +0100</pubDate><dc:creator>Ann Ek</dc:creator>"
        '<category>sea</category><category>ice</category><source url="x">City Desk</source>'
        "<description>Rain fell.</description></item>",
    )
    assert (article.title, article.source) == ("Rain & snow", "City Desk")
    assert article.published == "2025-03-02T10:00:00+01:00"
    assert article.url == "https://wire.example/1"
    assert article.metadata == {
        "author": "Ann Ek",
        "guid": "https://wire.example/1",
        "categories": '["sea", "ice"]',
    }


def test_a_date_that_can_be_read_goes_before_one_that_cannot(one, read, write):
    item = "<item><pubDate>soon</pubDate>{}<description>Rain.</description></item>"
    assert one(RSS, item.format("<dc:date>2025-03-02</dc:date>")).published == "2025-03-02"
    found = read(write("feed.xml", RSS.format(item.format(""))))
    assert found.articles[0].published is None
    assert [warning.kind for warning in found.warnings] == ["date"]


def test_atom_says_of_what_type_its_texts_are(one):
    entry = "<entry><title>A &lt;b&gt;</title>{}</entry>"
    plain = one(ATOM, entry.format('<content type="text">1 &lt; 2 &amp;amp;\n\nRain.</content>'))
    assert (plain.title, plain.text) == ("A <b>", "1 < 2 &amp;\n\nRain.")
    assert plain.source == "Harbour & Wire"
    html = one(ATOM, entry.format('<content type="html">&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;</content>'))
    assert html.text == "1 < 2"
    xhtml = one(
        ATOM,
        entry.format(
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rain.</p>'
            "<ul><li>Snow.</li></ul></div></content>"
        ),
    )
    assert xhtml.text == "Rain.\nSnow."
    assert one(ATOM, entry.format('<content src="x"/><summary>Rain.</summary>')).text == "Rain."


def test_what_an_entry_of_atom_says_of_itself(one):
    article = one(
        ATOM,
        '<entry><id>urn:1</id><link rel="edit" href="edit/1"/><link href="news/1"/>'
        "<updated>2025-03-03T00:00:00Z</updated><published>2025-03-02T10:00:00Z</published>"
        '<author><name>Ann Ek</name></author><category term="sea"/>'
        "<source><title>City Desk</title></source><content>Rain.</content></entry>",
    )
    assert article.url == "https://wire.example/news/1"
    assert article.published == "2025-03-02T10:00:00Z"
    assert article.source == "City Desk"
    assert article.metadata == {"author": "Ann Ek", "guid": "urn:1", "categories": '["sea"]'}


def test_the_date_of_the_version_where_there_is_no_other(one):
    entry = "<entry><updated>2025-03-03T00:00:00Z</updated><content>Rain.</content></entry>"
    assert one(ATOM, entry).published == "2025-03-03T00:00:00Z"


def test_rss_1(one):
    article = one(
        RDF,
        '<item rdf:about="https://wire.example/1"><title>Rain</title>'
        "<description>Rain fell.</description><dc:date>2025-03-02</dc:date></item>",
    )
    assert (article.source, article.published) == ("Harbour Wire", "2025-03-02")
    assert article.url == "https://wire.example/1"


def test_an_item_without_a_text_does_not_cost_the_others(read, write):
    items = "<item><title>Rain</title></item>\n<item><description>Snow.</description></item>"
    found = read(write("a.rss", RSS.format(items)))
    assert found.kinds == [(1, "text")]
    assert found.ids == ["a-2"]


@pytest.mark.parametrize("spoiled", ["R & D", "&nbsp;", "<b>open", "\x01", "</description></x>"])
def test_an_item_that_is_not_well_formed_is_refused(read, write, spoiled):
    texts = ["Rain fell.", spoiled, "Snow fell."]
    items = "\n".join(f"<item>\n<description>{text}</description>\n</item>" for text in texts)
    found = read(write("a.rss", RSS.format(items)))
    assert "a-1" in found.ids
    assert "a-2" not in found.ids
    assert found.errors[0].line == 2
    assert found.errors[0].message.startswith("not well-formed XML in line 9: ")


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("cut", ["<item><desc", "<item><description>Hail", "<ite", "", "R & D"])
def test_a_feed_that_is_cut_off_or_broken_behind_an_item(read, write, between, cut):
    """The items before are whole, though all may stand in one line."""
    texts = ["Rain fell.", "Snow fell."]
    items = [f"<item><description>{text}</description></item>" for text in texts]
    found = read(write("a.rss", between.join(["<rss><channel>", *items, cut])))
    assert found.ids == ["a-1", "a-2"]
    assert [error.kind for error in found.errors] == ["xml"]


def test_a_fault_outside_of_the_items(read, write):
    found = read(write("a.rss", "<rss><channel><title>R & D</title>\n</channel></rss>"))
    assert found.kinds == [(1, "xml")]


def test_a_feed_without_items(read, write):
    assert read(write("a.rss", RSS.format(""))).kinds == [(None, "empty")]


def test_metadata_are_joined_to_items_by_id_and_not_by_the_file_of_all(read, write):
    write("meta.csv", "id,file,source\na-2,,City Desk\n,a.rss,Night Desk\n")
    items = "<item><description>Rain.</description></item>" * 2
    found = read(write("a.rss", RSS.format(items)), metadata="meta.csv")
    assert [article.source for article in found.articles] == ["Harbour Wire", "City Desk"]
    kinds = [(warning.line, warning.kind) for warning in found.warnings]
    assert kinds == [(1, "metadata-article"), (3, "metadata-row")]
