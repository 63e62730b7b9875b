"""HTML pages."""

from pathlib import Path

from pipeline.articles.rows import Fields, RefusedError, Settings


def read_html(path: Path, settings: Settings) -> Fields:
    """The main text and the declared metadata of a page."""
    raise RefusedError("html", "not there yet")
