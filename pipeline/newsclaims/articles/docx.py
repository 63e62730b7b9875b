"""Word documents: all the text, notes and tracked insertions with it, as mammoth converts it."""

from pathlib import Path
from typing import Any

from newsclaims.articles.archive import opened, refuse_attacks
from newsclaims.articles.markup import fragment_text
from newsclaims.articles.rows import Fields, RefusedError, Settings
from newsclaims.articles.xml_tree import first_text, parse_xml

_STYLES = "p[style-name='Title'] => h1:fresh"
_PROPERTIES = "docProps/core.xml"
_DUBLIN_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}


def read_docx(path: Path, settings: Settings) -> Fields:  # noqa: ARG001 - XML says its encoding
    """The text, and title, author and day of creation as the document's properties have them.

    When a document was made is not when it was published: that it does not say.
    """
    with opened(path, "docx") as archive:
        refuse_attacks(archive, "docx")
        properties = archive.read(_PROPERTIES) if _PROPERTIES in archive.namelist() else None
    fields = {} if properties is None else _declared(properties)
    tree = _converted(path)
    headings = (" ".join(heading.text_content().split()) for heading in tree.iter("h1"))
    return {
        **fields,
        "title": fields.get("title") or next(filter(None, headings), None),
        "text": fragment_text(_written(tree)),
    }


def _declared(properties: bytes) -> dict[str, str | None]:
    root = parse_xml(properties).root
    return {
        "title": first_text(root, ["dc:title"], _DUBLIN_CORE),
        "author": first_text(root, ["dc:creator"], _DUBLIN_CORE),
        "created": first_text(root, ["dcterms:created"], _DUBLIN_CORE),
    }


def _converted(path: Path) -> Any:
    """The document as HTML, without the marks of its notes."""
    import mammoth
    from lxml.html import fromstring

    try:
        with path.open("rb") as file:
            page = mammoth.convert_to_html(
                file,
                style_map=_STYLES,
                include_embedded_style_map=False,
                convert_image=mammoth.images.img_element(lambda _: {}),
            ).value
    except Exception as error:  # the library has no error of its own
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise RefusedError(
            "docx", f"no Word document that can be read: {type(error).__name__}: {error}"
        ) from None
    tree = fromstring(f"<div>{page}</div>")
    for mark in tree.xpath("//a[contains(@href, 'note-')]"):
        mark.drop_tree()
    return tree


def _written(tree: Any) -> str:
    from lxml.html import tostring

    return str(tostring(tree, encoding="unicode"))
