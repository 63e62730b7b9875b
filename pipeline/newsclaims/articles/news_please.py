"""Articles as the crawler news-please writes them: one JSON object an article."""

from collections.abc import Collection, Mapping
from typing import Any

from newsclaims.articles.rows import Fields

_NAMES = {"maintext": "text", "date_publish": "published", "source_domain": "source"}


def is_news_please(item: Collection[str]) -> bool:
    """Whether a JSON object has the names by which news-please writes text and date."""
    return "maintext" in item and "date_publish" in item


def news_please_fields(item: Mapping[str, Any]) -> Fields:
    """The fields under the names of articles; what the crawler found nothing for is missing."""
    fields = {
        _NAMES.get(name, name): None if value in ("None", "NULL") else value
        for name, value in item.items()
    }
    return {**fields, "id": None}
