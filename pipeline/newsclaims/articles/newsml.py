"""NewsML-G2, the IPTC's news in XML: one item, or a message of many."""

from typing import Any

from newsclaims.articles.markup import fragment_text
from newsclaims.articles.nitf import nitf_fields
from newsclaims.articles.rows import Fields, RefusedError, Row, Rows
from newsclaims.articles.xml_tree import Document, element_text, first_text, local_name

_NAMESPACE = {"g2": "http://iptc.org/std/nar/2006-10-01/"}

# The first of these paths that has a value gives the field. The text is that of this version, so
# its own date goes first.
_PATHS = {
    "title": ("g2:contentMeta/g2:headline", "g2:itemMeta/g2:title"),
    "published": (
        "g2:itemMeta/g2:versionCreated",
        "g2:itemMeta/g2:firstCreated",
        "g2:contentMeta/g2:contentCreated",
    ),
    "source": (
        "g2:contentMeta/g2:infoSource/g2:name",
        "g2:contentMeta/g2:infoSource/@literal",
        "g2:itemMeta/g2:provider/g2:name",
        "g2:itemMeta/g2:provider/@literal",
    ),
    "byline": ("g2:contentMeta/g2:by",),
    "dateline": ("g2:contentMeta/g2:dateline",),
    "guid": ("@guid",),
    "status": ("g2:itemMeta/g2:pubStatus/@qcode",),
}


def newsml_rows(document: Document) -> Rows:
    """The item of a document, or each item of a message, numbered from 1."""
    document.refuse_faults()
    root = document.root
    if local_name(root) == "newsItem":
        yield Row(None, _item_fields(root))
        return
    for number, item in enumerate(root.iterfind("g2:itemSet/*", _NAMESPACE), 1):
        try:
            _refuse_other_items(item)
            yield Row(number, _item_fields(item))
        except RefusedError as refused:
            yield Row(number, refused)


def _item_fields(item: Any) -> Fields:
    contents = item.iterfind("g2:contentSet/*", _NAMESPACE)
    text = next((text for content in contents if (text := _content_text(content))), None)
    if text is None:
        raise RefusedError("text", f"no content of this item, a {_class(item)}, holds a text")
    fields = {name: first_text(item, paths, _NAMESPACE) for name, paths in _PATHS.items()}
    return {**fields, "text": text}


def _refuse_other_items(item: Any) -> None:
    if local_name(item) != "newsItem":
        raise RefusedError("skipped", f"a {local_name(item)} holds no article")
    if not _class(item).endswith("text"):
        raise RefusedError("skipped", f"an item of class {_class(item)} holds no article")


def _class(item: Any) -> str:
    """What an item holds: ``ninat:text`` unless it says otherwise."""
    return first_text(item, ["g2:itemMeta/g2:itemClass/@qcode"], _NAMESPACE) or "ninat:text"


def _content_text(content: Any) -> str | None:
    """The text of an ``inlineXML`` or ``inlineData``; content that lies elsewhere has none."""
    if local_name(content) == "inlineData":
        plain = (content.get("contenttype") or "").startswith("text/plain")
        return content.text if plain else fragment_text(content.text or "")
    if local_name(content) != "inlineXML":
        return None
    nitf = [element for element in content if local_name(element) == "nitf"]
    return str(nitf_fields(nitf[0])["text"]) if nitf else element_text(content)
