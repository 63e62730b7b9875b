"""newsclaims: who holds which office, where and when, and who said what, from news articles.

import newsclaims as nc

frames = nc.extract_frame(df, text="body", date="published", id="doc_id", workers=2)
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclaims.articles import read_articles
    from newsclaims.assemble import Pipeline
    from newsclaims.errors import UsageError
    from newsclaims.frames import Frames, extract_frame, to_frames
    from newsclaims.parse.model import ModelError
    from newsclaims.records import Article, InputError
    from newsclaims.schema import ArticleRecord
    from newsclaims.spacy_docs import to_doc

__version__ = "0.1.0"

# Loaded on first use: spaCy and pandas take seconds, and `newsclaims --help` needs neither.
_HOMES = {
    "Article": "newsclaims.records",
    "ArticleRecord": "newsclaims.schema",
    "Frames": "newsclaims.frames",
    "InputError": "newsclaims.records",
    "ModelError": "newsclaims.parse.model",
    "Pipeline": "newsclaims.assemble",
    "UsageError": "newsclaims.errors",
    "extract_frame": "newsclaims.frames",
    "read_articles": "newsclaims.articles",
    "to_doc": "newsclaims.spacy_docs",
    "to_frames": "newsclaims.frames",
}

__all__ = [
    "Article",
    "ArticleRecord",
    "Frames",
    "InputError",
    "ModelError",
    "Pipeline",
    "UsageError",
    "__version__",
    "extract_frame",
    "read_articles",
    "show",
    "to_doc",
    "to_frames",
]


def show(article: "Article", record: "ArticleRecord") -> str:
    """Draw an article with the spans of all layers of its record.

    Args:
        article: the article.
        record: its record, from a `Pipeline` or read from JSON.

    Returns:
        HTML that a notebook draws. It is a string too, to be written to a file.

    Raises:
        ValueError: the record was made from another text.
    """
    return record.with_text(article.text).show()


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'newsclaims' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
