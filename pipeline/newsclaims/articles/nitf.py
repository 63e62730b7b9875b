"""NITF, the IPTC's news in XML: one article a file (https://iptc.org/standards/nitf/)."""

import re
from typing import Any

from newsclaims.articles.rows import Fields, RefusedError, Row, Rows
from newsclaims.articles.xml_tree import Document, element_text, first_date, first_text, texts

# The first of these paths that has a value gives the field.
_PATHS = {
    "title": ("body/body.head//hl1", "head/title"),
    "source": (
        "head/pubdata/@name",
        "body/body.head/distributor",
        "head/docdata/doc.copyright/@holder",
    ),
    "subtitle": ("body/body.head//hl2",),
    "byline": ("body/body.head/byline",),
    "abstract": ("body/body.head/abstract",),
    "note": ("body/body.head/note",),
    "doc_id": ("head/docdata/doc-id/@id-string",),
    "tagline": ("body/body.end",),
}
_DATES = (
    "head/docdata/date.issue/@norm",
    "head/pubdata/@date.publication",
    "head/docdata/date.release/@norm",
)

# What NITF 3 writes when no time is available.
_NO_TIME = re.compile(r"(\d{8})000000(?:Z|[+-]\d\d:?\d\d)?")


def nitf_rows(document: Document) -> Rows:
    """The one article of an NITF document."""
    document.refuse_faults()
    yield Row(None, nitf_fields(document.root))


def nitf_fields(root: Any) -> Fields:
    """The fields of an ``nitf`` element; its dateline and its content are the text."""
    for element in root.iter():  # a namespace, which some versions have, is of no account
        element.tag = str(element.tag).rpartition("}")[2]
    blocks = [*root.iterfind("body/body.head/dateline"), *root.iterfind("body/body.content")]
    text = "\n".join(text for block in blocks if (text := element_text(block)))
    if not text:
        raise RefusedError("text", "there is no text in the body.content of this document")
    fields = {name: first_text(root, paths) for name, paths in _PATHS.items()}
    dates = (_NO_TIME.sub(r"\1", written) for written in texts(root, _DATES))
    return {**fields, "published": first_date(dates), "text": text}
