import pytest

SPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
ITEM = """<newsItem {space} guid="urn:1"><itemMeta><itemClass qcode="ninat:{kind}"/>{meta}
</itemMeta><contentMeta>{about}</contentMeta><contentSet>{content}</contentSet></newsItem>"""
PARTS = {"space": SPACE, "kind": "text", "meta": "", "about": ""}
PLAIN = '<inlineData contenttype="text/plain">Rain fell.\n\n1 &lt; 2.</inlineData>'


def item(**parts):
    return ITEM.format(**PARTS | {"content": PLAIN} | parts)


def test_what_an_item_says_of_itself(read, write):
    meta = (
        "<provider><name>Harbour Wire</name></provider><title>slug</title>"
        "<firstCreated>2025-03-01</firstCreated><versionCreated>2025-03-02T10:00:00Z"
        '</versionCreated><pubStatus qcode="stat:usable"/>'
    )
    about = "<headline>Rain</headline><by>Ann Ek</by><dateline>OSLO</dateline>"
    (article,) = read(write("a.xml", item(meta=meta, about=about))).articles
    assert (article.id, article.title, article.source) == ("a", "Rain", "Harbour Wire")
    assert article.published == "2025-03-02T10:00:00Z"
    assert article.text == "Rain fell.\n\n1 < 2."
    assert article.metadata == {
        "byline": "Ann Ek",
        "dateline": "OSLO",
        "guid": "urn:1",
        "status": "stat:usable",
    }


XHTML = (
    '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>slug</title></head>'
    "<body><p>Rain <b>fell</b>.</p><p>Snow.</p></body></html></inlineXML>"
)
NITF = (
    '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head/>'
    "<body.content><p>Rain fell.</p></body.content></body></nitf></inlineXML>"
)
HTML = '<inlineData contenttype="text/html">&lt;p&gt;Rain&lt;br&gt;fell.&lt;/p&gt;</inlineData>'


@pytest.mark.parametrize(
    ("content", "text"),
    [(XHTML, "Rain fell.\nSnow."), (NITF, "Rain fell."), (HTML, "Rain\nfell.")],
)
def test_the_content_in_any_form(read, write, content, text):
    content = '<remoteContent href="https://wire.example/a.jpg"/>' + content
    assert read(write("a.xml", item(content=content))).articles[0].text == text


def test_each_item_of_a_message(read, write):
    items = [
        item(content='<remoteContent href="a"/>'),
        item(),
        item(kind="picture"),
        f"<packageItem {SPACE}/>",
    ]
    message = f"<newsMessage {SPACE}><itemSet>{''.join(items)}</itemSet></newsMessage>"
    found = read(write("a.xml", message))
    assert found.ids == ["a-2"]
    assert found.kinds == [(1, "text")]
    assert [(warning.line, warning.kind) for warning in found.warnings] == [
        (3, "skipped"),
        (4, "skipped"),
    ]


def test_an_item_without_a_text(read, write):
    found = read(write("a.xml", item(kind="picture", content='<remoteContent href="a"/>')))
    assert found.kinds == [(None, "text")]
    assert "ninat:picture" in found.errors[0].message
