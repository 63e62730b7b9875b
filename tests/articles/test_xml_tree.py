"""Nothing but the file itself is read, and nothing in it is multiplied."""

import pytest
from newsclaims.articles.rows import RefusedError
from newsclaims.articles.xml_tree import element_text, first_date, parse_xml

FEED = '<?xml version="1.0"?>{}<feed><entry><title>{}</title><content>{}</content></entry></feed>'
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">'
    for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY i SYSTEM "file:///etc/hostname">',
        '<!ENTITY i "Rain fell.">',
        '<!ENTITY a "ha">' + LAUGHS,
        '<!ENTITY % i SYSTEM "http://127.0.0.1:9/x.dtd"> %i;',
    ],
)
@pytest.mark.parametrize("name", ["a.xml", "a.atom"])
def test_entities_are_not_read(read, write, declared, name):
    content = FEED.format(f"<!DOCTYPE feed [{declared}]>", "Rain", "&i;")
    found = read(write(name, content))
    assert found.articles == []
    assert found.kinds == [(None, "xml")]
    assert "entities" in found.errors[0].message


def test_a_document_type_elsewhere_is_not_fetched(read, write, monkeypatch):
    def connect(*_):
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.socket.connect", connect)
    doctype = '<!DOCTYPE feed SYSTEM "http://127.0.0.1:9/feed.dtd">'
    assert read(write("a.xml", FEED.format(doctype, "Rain", "Rain fell."))).ids == ["a-1"]


@pytest.mark.parametrize("start", [b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_what_stands_before_the_declaration(start):
    root, faults, _ = parse_xml(start + b'<?xml version="1.0"?><a>\n<b>&x</b></a>')
    assert root.tag == "a"
    assert [fault.line for fault in faults] == [2 + start.count(b"\n")]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_encoding_is_the_declared_one(encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?><a>café</a>'
    root, faults, _ = parse_xml(content.encode(encoding))
    assert (root.text, faults) == ("café", [])


@pytest.mark.parametrize("content", [b"", b" \n", b"Rain fell.", b"<a>" * 100_000])
def test_what_is_no_xml(content):
    with pytest.raises(RefusedError, match="not well-formed XML"):
        parse_xml(content).refuse_faults()


def test_text_of_elements():
    root = parse_xml(
        b"<p>Rain\n  <person>Ann <b>Ek</b></person> saw.<hr/><x:y/> &lt;b&gt;</p>"
    ).root
    assert element_text(root) == "Rain Ann Ek saw.\n<b>"


def test_the_first_date_that_can_be_read():
    assert first_date(["soon", "2 March 2025", "2025-03-03"]) == "2025-03-02"
    assert first_date(["soon", "later"]) == "soon"
    assert first_date([]) is None
