"""newsclaims: who holds which office, where and when, and who said what, from news articles.

from newsclaims import Pipeline, read_articles

records = list(Pipeline().pipe(read_articles(["articles.jsonl"])))
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclaims.articles import read_articles
    from newsclaims.assemble import Pipeline
    from newsclaims.records import Article
    from newsclaims.schema import ArticleRecord
    from newsclaims.tables import to_frames

__version__ = "0.1.0"

# Loaded on first use: spaCy and pandas take seconds, and `newsclaims --help` needs neither.
_HOMES = {
    "Article": "newsclaims.records",
    "ArticleRecord": "newsclaims.schema",
    "Pipeline": "newsclaims.assemble",
    "read_articles": "newsclaims.articles",
    "to_frames": "newsclaims.tables",
}

__all__ = ["Article", "ArticleRecord", "Pipeline", "__version__", "read_articles", "to_frames"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'newsclaims' has no attribute {name!r}")
