"""ninjs."""

from pathlib import Path

from pipeline.articles.rows import Fields, RefusedError, Settings


def read_ninjs(path: Path, settings: Settings) -> Fields:
    """The main text and the declared metadata of a page."""
    raise RefusedError("ninjs", "not there yet")
