"""XML as a tree, parsed without entities and network; its elements as text, one block a line."""

import html
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any, NamedTuple

from newsclaims.articles.markup import NAMES, fragment_text
from newsclaims.articles.rows import RefusedError
from newsclaims.published import UnreadableDateError, read_published

# Elements of NITF that HTML calls otherwise. What neither knows is inline: a name, a number.
_AS_HTML = {
    **dict.fromkeys(("hl1", "hl2", "hedline"), "h2"),
    **dict.fromkeys(
        "abstract block body body.content body.end body.head byline credit dateline distributor fn "
        "html media-caption media-producer nitf-table note tagline".split(),
        "div",
    ),
    "bq": "blockquote",
    "media": "figure",
}
_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_PIECE = 16  # bytes, fewer than can stand between the end of an element and a fault in the next

# What the parser says of the commonest fault is a name of its own.
_SPOKEN = {"xmlParseEntityRef: no name": "an & that is not written &amp;"}
_NOT_SHOWN = frozenset(("media-metadata", "media-object", "media-reference"))


class Fault(NamedTuple):
    """Where XML is not well formed, and why."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"

    def refused(self) -> RefusedError:
        return RefusedError("xml", f"not well-formed XML: {self.message}", line=self.line)


class Document(NamedTuple):
    """The root of an XML document, and its faults, around which the parser found its way."""

    root: Any
    faults: list[Fault]
    data: bytes

    def refuse_faults(self) -> None:
        """Raise `RefusedError` where the document is not well formed."""
        if self.faults:
            raise self.faults[0].refused()

    def ended_before_faults(self, names: Iterable[str]) -> int:
        """How many of the elements of these names ended before the first fault."""
        from lxml import etree

        parser = etree.XMLPullParser(events=("end",), tag=tuple(names), **_OPTIONS)
        pieces = (self.data[at : at + _PIECE] for at in range(0, len(self.data), _PIECE))
        with suppress(etree.XMLSyntaxError):
            for piece in pieces:
                parser.feed(piece)
        return sum(1 for _ in parser.read_events())


def parse_xml(data: bytes) -> Document:
    """An XML document as a tree.

    No entity is expanded, and nothing outside of `data` is read.

    Raises:
        RefusedError: when there is no root, or when the document declares entities.
    """
    from lxml import etree

    body = data.lstrip(b"\xef\xbb\xbf \t\r\n")  # a blank line before the declaration is no harm
    lines_before = data[: len(data) - len(body)].count(b"\n")
    parser = etree.XMLParser(recover=True, **_OPTIONS)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise Fault((error.lineno or 1) + lines_before, error.msg).refused() from None
    faults = [
        Fault(entry.line + lines_before, _SPOKEN.get(entry.message, entry.message))
        for entry in parser.error_log
        if entry.level >= etree.ErrorLevels.ERROR
    ]
    if root is None:
        raise (faults or [Fault(1, "there is no element")])[0].refused()
    _refuse_declared_entities(root.getroottree())
    _replace_references(root)
    return Document(root, faults, body)


def _refuse_declared_entities(tree: Any) -> None:
    declared = tree.docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise RefusedError("xml", "the document declares entities of its own; they are not read")


def _replace_references(root: Any) -> None:
    """Put characters in place of references such as ``&nbsp;``, which only a DTD would explain."""
    from lxml import etree

    for reference in list(root.iter(etree.Entity)):
        character = html.unescape(reference.text)
        if character == reference.text:
            raise RefusedError("xml", f"the entity {reference.text} is not known")
        parent, before = reference.getparent(), reference.getprevious()
        written = character + (reference.tail or "")
        if before is None:
            parent.text = (parent.text or "") + written
        else:
            before.tail = (before.tail or "") + written
        reference.tail = None
        parent.remove(reference)


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def element_text(element: Any) -> str:
    """The text in an element of NITF or XHTML as a browser shows it, one block a line."""
    from lxml import etree

    copied = deepcopy(element)
    copied.tail = None
    for part in list(copied.iter(etree.Element)):
        name = local_name(part)
        if name in _NOT_SHOWN and part is not copied:
            part.tag = "template"  # which HTML does not show; its tail stays
        else:
            part.tag = _AS_HTML.get(name) or (name if name in NAMES else "span")
        part.attrib.clear()
    copied.tag = "div"
    etree.cleanup_namespaces(copied)
    return fragment_text(etree.tostring(copied, encoding="unicode", method="html"))


def first_text(element: Any, paths: Iterable[str], namespaces: Any = None) -> str | None:
    """The text at the first of these paths that has any."""
    return next(texts(element, paths, namespaces), None)


def texts(element: Any, paths: Iterable[str], namespaces: Any = None) -> Iterator[str]:
    """The texts at these paths of elements and attributes, in their order."""
    for path in paths:
        for value in element.xpath(path, namespaces=namespaces):
            if text := value.strip() if isinstance(value, str) else element_text(value):
                yield str(text)


def first_date(written: Iterable[str]) -> str | None:
    """The first date that can be read, as ISO 8601; else the first as it stands, to be named."""
    dates = list(written)
    for date in dates:
        with suppress(UnreadableDateError):
            return read_published(date)
    return dates[0] if dates else None
