"""RSS of all versions and Atom: an article an item, with what the item itself holds of it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

from newsclaims.articles.markup import fragment_text
from newsclaims.articles.rows import Fields, RefusedError, Row, Rows
from newsclaims.articles.xml_tree import Document, Fault, element_text, first_date

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_MODULES = {
    "atom": _ATOM[0],
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}

# The first of these elements that has a text gives the field. The whole goes before the summary,
# publication before a later version.
_PATHS = {
    "text": ("content:encoded", "content", "description", "summary", "dc:description"),
    "title": ("title", "dc:title"),
    "source": ("source/title", "source"),
    "author": ("author/name", "dc:creator", "author"),
    "guid": ("guid", "id"),
}
_ITEMS = ("{*}item", "{*}entry")
_DATES = (
    "pubDate",
    "published",
    "issued",
    "atom:published",
    "dcterms:issued",
    "dc:date",
    "updated",
    "modified",
    "atom:updated",
)


def feed_rows(document: Document) -> Rows:
    """One row for each item, numbered from 1; an item in which a fault stands is refused.

    A fault outside of all items is the last row.
    """
    items = list(document.root.iter(*_ITEMS))
    channel = _channel_title(document.root)
    broken = _broken(document, items) if document.faults else {}
    for number, item in enumerate(items, 1):
        try:
            if number in broken:
                raise RefusedError("xml", f"not well-formed XML in line {broken[number][0]}")
            yield Row(number, _item_fields(item, channel))
        except RefusedError as refused:
            yield Row(number, refused)
    placed = {fault for faults in broken.values() for fault in faults}
    for fault in document.faults:
        if fault not in placed:
            raise fault.refused()


def _broken(document: Document, items: Sequence[Any]) -> dict[int, list[Fault]]:
    """The faults in each item that has any, by its number.

    Items that stand in one line with a fault have it all, but for those that end before it: which
    of them it is in cannot be told.
    """
    whole = document.ended_before_faults(_ITEMS)
    starts = [item.sourceline for item in items]
    broken = {
        number: [fault for fault in document.faults if start <= fault.line < max(end, start + 1)]
        for number, (start, end) in enumerate(pairwise([*starts, float("inf")]), 1)
        if number > whole
    }
    return {number: faults for number, faults in broken.items() if faults}


def _channel_title(root: Any) -> str | None:
    spaces = _spaces(root)
    for path in ("channel/title", "title"):
        for element in root.iterfind(path, spaces):
            return _line(_value(element)) or None
    for channel in root.iterfind("{*}channel"):
        for element in channel.iterfind("{*}title"):
            return _line(_value(element)) or None
    return None


def _item_fields(item: Any, channel: str | None) -> Fields:
    fields: dict[str, Any] = {
        name: next(_values(item, paths), None) for name, paths in _PATHS.items()
    }
    for name in ("title", "source", "author"):
        fields[name] = _line(fields[name])
    return {
        **fields,
        "id": None,
        "published": first_date(_values(item, _DATES)),
        "source": fields["source"] or channel,
        "url": _link(item, fields["guid"]),
        "categories": list(_categories(item)) or None,
    }


def _spaces(element: Any) -> dict[Any, str]:
    """The modules' namespaces, and the element's as that of plain names."""
    namespace = element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""
    return {**_MODULES, **({None: namespace} if namespace else {})}


def _values(item: Any, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        for element in item.iterfind(path, _spaces(item)):
            if value := _value(element):
                yield value


def _value(element: Any) -> str:
    """The text of an element: Atom says of what type it is, RSS leaves it open."""
    if len(element):
        return element_text(element)
    text = element.text or ""
    atom = element.tag.startswith(tuple(f"{{{namespace}}}" for namespace in _ATOM))
    plain = "text" if atom else None
    is_plain = element.get("type", plain) in ("text", "text/plain")
    return text.strip() if is_plain else fragment_text(text)


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) if value else None


def _link(item: Any, guid: str | None) -> str | None:
    """The address of the item: its link, else the guid where that is one."""
    spaces = _spaces(item)
    for link in (*item.iterfind("link", spaces), *item.iterfind("atom:link", spaces)):
        address = str(link.get("href") or link.text or "").strip()
        if address and link.get("rel", "alternate") == "alternate":
            return urljoin(str(link.base or ""), address)
    about = item.get(f"{{{_MODULES['rdf']}}}about")
    return next((str(name) for name in (guid, about) if name and name.startswith("http")), None)


def _categories(item: Any) -> Iterator[str]:
    for element in item.iterfind("{*}category"):
        if name := element.get("label") or element.get("term") or _line(element.text):
            yield name
