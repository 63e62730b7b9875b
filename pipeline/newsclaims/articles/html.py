"""HTML pages: the main text, and metadata only where the page declares them of itself."""

from pathlib import Path

from newsclaims.articles.encodings import decode_page, refuse_nul
from newsclaims.articles.page_metadata import declared_metadata
from newsclaims.articles.page_text import load_page, main_text_of
from newsclaims.articles.rows import Fields, RefusedError, Settings


def read_html(path: Path, settings: Settings) -> Fields:
    """The main text and the declared title, source, url and publication date of a page."""
    page = decode_page(path.read_bytes(), settings.encoding)
    return read_page(page, settings)


def read_page(page: str, settings: Settings) -> Fields:
    """As `read_html`, of a page that is in memory.

    Raises:
        RefusedError: when there is no main text in it.
    """
    refuse_nul("page", page)
    tree = load_page(page)
    text = None if tree is None else main_text_of(tree)
    if text is None:
        raise RefusedError("html", "no main text was found in this page")
    return {**declared_metadata(tree, settings.dates), "text": text}
