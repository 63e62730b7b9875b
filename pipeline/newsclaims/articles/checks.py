"""From raw fields to an Article: every demand that is made of one, and its message."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite, isnan
from typing import Any

from newsclaims.articles.encodings import refuse_unwritable
from newsclaims.articles.jsonl import kind_of
from newsclaims.articles.rows import FIELDS, Fields, RefusedError
from newsclaims.published import UnreadableDateError, read_published
from newsclaims.records import Article

_EXACT = 2**53  # below it, a float is the very number that was written


def article_id(value: Any, default: str) -> str:
    """The id that `value` gives, or `default` where it is missing. Whole numbers become strings.

    Libraries of tables write whole numbers as floats, where one of the column is missing:

    >>> article_id(17.0, "news-1")
    '17'
    """
    if value is None or value == "" or (isinstance(value, float) and isnan(value)):
        value = default
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RefusedError(
            "id", f"the id is {kind_of(value)} ({_brief(value)}); ids are strings or whole numbers"
        )
    identity = str(value)
    if not identity.strip():
        raise RefusedError("id", "the id is nothing but white space")
    refuse_unwritable("id", identity)
    return identity


def article_text(fields: Fields, max_chars: int) -> str:
    """The text as it is, refused when it is missing, blank, too long, or no text at all."""
    text = fields.get("text")
    if isinstance(text, RefusedError):
        raise text
    if text is None:
        raise RefusedError("text", "there is no text")
    if not isinstance(text, str):
        raise RefusedError("text", f"the text is {kind_of(text)}, not a string")
    if text.isspace():
        raise RefusedError("text", "the text is nothing but white space")
    if len(text) > max_chars:
        raise RefusedError(
            "too-long",
            f"the text has {len(text):,} characters, more than the {max_chars:,} of --max-chars",
        )
    refuse_unwritable("text", text)
    return text


def build_article(
    identity: str, text: str, fields: Fields, dates: str | None = None
) -> tuple[Article, str | None]:
    """The article of these fields, and a warning when its date cannot be read."""
    published, warning = publication_date(fields.get("published"), dates)
    article = Article(
        id=identity,
        text=text,
        title=_string("title", fields.get("title")),
        published=published,
        source=_string("source", fields.get("source")),
        url=_string("url", fields.get("url")),
        metadata=dict(_metadata(fields)),
    )
    return article, warning


def publication_date(value: Any, order: str | None = None) -> tuple[str | None, str | None]:
    """A date of publication as ISO 8601, and a warning when `value` cannot be read.

    >>> publication_date("2025-06-01T23:30:00-05:00")
    ('2025-06-01T23:30:00-05:00', None)
    """
    try:
        return read_published(value, order), None
    except UnreadableDateError as error:
        return None, f"the publication date {_brief(value)} {error}; read as undated"


def _metadata(fields: Fields) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if name not in FIELDS:
            written = _string(name, value)
            if written is not None:
                refuse_unwritable("name of a column", name)
                yield name, written


def _string(name: str, value: Any) -> str | None:
    """`value` as a string; what is no scalar as JSON. None and the empty string are missing."""
    if value is None or value == "":
        return None
    if isinstance(value, RefusedError):
        raise value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        written = value
    else:
        try:
            written = json.dumps(value, ensure_ascii=False, default=str)
        except (ValueError, RecursionError):
            raise RefusedError("metadata", f"the column {name!r} is nested too deeply") from None
    refuse_unwritable(name, written)
    return written


def _brief(value: Any) -> str:
    """`value` short enough for a message, and writable."""
    written = value if isinstance(value, str) else json.dumps(value, default=str)
    written = written if len(written) <= 40 else written[:39] + "…"
    return repr(written) if isinstance(value, str) else written


def own_fields(fields: Fields) -> Mapping[str, Any]:
    """`fields` without those that are missing."""
    return {name: value for name, value in fields.items() if not _is_missing(value)}


def _is_missing(value: Any) -> bool:
    """Whether a cell is empty, or a number that is none: tables write NaN where they have none."""
    return value is None or value == "" or (isinstance(value, float) and not isfinite(value))
