"""newsclaims: who holds which office, where and when, and who said what, from news articles.

from pipeline import Pipeline, read_articles

records = list(Pipeline().pipe(read_articles(["articles.jsonl"])))
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.articles import read_articles
    from pipeline.assemble import Pipeline
    from pipeline.records import Article, ArticleRecord
    from pipeline.tables import to_frames

__version__ = "0.1.0"

# Loaded on first use: spaCy and pandas take seconds, and `newsclaims --help` needs neither.
_HOMES = {
    "Article": "pipeline.records",
    "ArticleRecord": "pipeline.records",
    "Pipeline": "pipeline.assemble",
    "read_articles": "pipeline.articles",
    "to_frames": "pipeline.tables",
}

__all__ = ["Article", "ArticleRecord", "Pipeline", "__version__", "read_articles", "to_frames"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
