"""XML: the name of the root element says whether it is a feed, NITF or NewsML-G2."""

from collections.abc import Callable, Mapping
from pathlib import Path

from newsclaims.articles.feed import feed_rows
from newsclaims.articles.newsml import newsml_rows
from newsclaims.articles.nitf import nitf_rows
from newsclaims.articles.rows import RefusedError, Rows, Settings
from newsclaims.articles.xml_tree import Document, local_name, parse_xml

_ROOTS: Mapping[str, Callable[[Document], Rows]] = {
    "rss": feed_rows,
    "RDF": feed_rows,
    "feed": feed_rows,
    "nitf": nitf_rows,
    "newsItem": newsml_rows,
    "newsMessage": newsml_rows,
}


def read_xml(path: Path, settings: Settings) -> Rows:  # noqa: ARG001 - XML says its encoding
    """The articles of an XML document: one row for a single one, numbered rows for many."""
    document = parse_xml(path.read_bytes())
    name = local_name(document.root)
    if name not in _ROOTS:
        document.refuse_faults()
        raise RefusedError(
            "xml",
            f"the root element <{name}> is not one that is read: {', '.join(_ROOTS)} "
            "(RSS, Atom, NITF, NewsML-G2)",
        )
    yield from _ROOTS[name](document)
