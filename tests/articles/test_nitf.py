import pytest

NITF = """<nitf{space}><head><title>slug</title>{head}</head><body>
<body.head>{top}</body.head><body.content>{content}</body.content>{end}</body></nitf>"""
PARTS = {"space": "", "head": "", "top": "", "content": "<p>Rain fell.</p>", "end": ""}


@pytest.fixture
def one(read, write):
    def one(**parts):
        found = read(write("a.xml", NITF.format(**PARTS | parts)))
        assert not found.errors
        return found.articles[0]

    return one


def test_dateline_and_content_are_the_text(one):
    article = one(
        top="<hedline><hl1>Rain</hl1><hl2>Much of it</hl2></hedline><byline>By Ann Ek</byline>"
        "<dateline><location><city>OSLO</city></location>, 2 March</dateline>"
        "<abstract><p>In short.</p></abstract>",
        content="<block><p>Rain <chron norm='x'>fell</chron>.</p><hl2>Snow</hl2><p>It <em>fell</em>"
        "<br/>too.</p></block><media><media-metadata name='a' value='b'>not shown</media-metadata>"
        "<media-caption>A cloud</media-caption></media><bq><block><p>So it was.</p></block></bq>",
        end="<body.end><tagline>desk</tagline></body.end>",
    )
    assert article.id == "a"
    assert article.title == "Rain"
    assert article.text == "OSLO, 2 March\nRain fell.\nSnow\nIt fell\ntoo.\nA cloud\nSo it was."
    assert article.metadata == {
        "subtitle": "Much of it",
        "byline": "By Ann Ek",
        "abstract": "In short.",
        "tagline": "desk",
    }


def test_the_title_of_the_head_where_there_is_no_headline(one):
    assert one().title == "slug"


def test_a_namespace_makes_no_difference(one):
    assert one(space=' xmlns="http://iptc.org/std/NITF/2006-10-18/"').text == "Rain fell."


@pytest.mark.parametrize(
    ("norm", "published"),
    [
        ("20250302T100000+0100", "2025-03-02T10:00:00+01:00"),
        ("20250302T100000Z", "2025-03-02T10:00:00Z"),
        ("20250302", "2025-03-02"),
        ("20250302000000-0500", "2025-03-02"),
        ("2025-03-02", "2025-03-02"),
    ],
)
def test_the_day_of_issue(one, norm, published):
    head = f"<docdata><date.release norm='20250309'/><date.issue norm='{norm}'/></docdata>"
    assert one(head=head).published == published


def test_the_source(one):
    assert one(top="<distributor>Harbour Wire</distributor>").source == "Harbour Wire"
    assert one(head="<pubdata name='The Wire' date.publication='20250302'/>").source == "The Wire"


def test_references_that_the_dtd_would_explain(read, write):
    content = NITF.format(**PARTS | {"content": "<p>Caf&eacute;&nbsp;<b>&mdash;</b>&rdquo; x</p>"})
    content = '<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">' + content
    assert read(write("a.nitf", content)).articles[0].text == "Café —” x"
    found = read(write("b.nitf", content.replace("&rdquo;", "&unheard;")))
    assert found.kinds == [(None, "xml")]
    assert "&unheard;" in found.errors[0].message


def test_a_document_without_a_text(read, write):
    assert read(write("a.xml", NITF.format(**PARTS | {"content": ""}))).kinds == [(None, "text")]
