"""ninjs 1 to 3, the IPTC's news in JSON: one item a file (https://iptc.org/std/ninjs/)."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsclaims.articles.encodings import decode
from newsclaims.articles.jsonl import parse_object
from newsclaims.articles.markup import fragment_text
from newsclaims.articles.news_please import is_news_please, news_please_fields
from newsclaims.articles.rows import Fields, RefusedError, Settings

# The text is that of this version, so its own date goes first.
_DATES = ("versioncreated", "firstcreated", "contentcreated")
_TAG = re.compile(r"</?(?:p|div|br|h\d|section|article)\b", re.IGNORECASE)

# Of ninjs 1, where each kind of body is a name of its own.
_BODIES_OF_1 = {"body_text": "text/plain", "body_html": "text/html", "body_xhtml": "text/html"}
_KEPT_ELSEWHERE = {*_DATES, *_BODIES_OF_1, "headline"}


def read_ninjs(path: Path, settings: Settings) -> Fields:
    """The fields of the item that a file holds, or of an article by news-please."""
    item = parse_object(decode(path.read_bytes(), settings.encoding))
    fields = news_item_fields(item)
    if fields is None:
        raise RefusedError(
            "ninjs",
            f"no ninjs item with bodies (its type: {item.get('type')}); a file of many articles is "
            "JSON Lines and ends in .jsonl",
        )
    return fields


def news_item_fields(item: Mapping[str, Any]) -> Fields | None:
    """The fields of a JSON object of ninjs or of news-please; None when it is neither."""
    if is_ninjs(item):
        return ninjs_fields(item)
    return news_please_fields(item) if is_news_please(item) else None


def is_ninjs(item: Collection[str]) -> bool:
    """Whether a JSON object, of which the names are enough, is a ninjs item with a body."""
    names = {name.lower() for name in item}
    is_item = bool(names & {"uri", "guid", "type", *_DATES})
    return "bodies" in names or (is_item and bool(names & _BODIES_OF_1.keys()))


def ninjs_fields(item: Mapping[str, Any]) -> Fields:
    """The body in plain text, else the text of the HTML body, and the item's metadata.

    Names are compared without regard to case, in which versions of ninjs differ
    (``versioncreated``, ``versionCreated``).
    """
    item = _lower_keys(item)
    uri = item.get("uri")
    scalars = {name: value for name, value in item.items() if isinstance(value, str)}
    sources = (source.get("name") for source in _entries(item.get("infosources")))
    return {
        **{name: value for name, value in scalars.items() if name not in _KEPT_ELSEWHERE},
        "id": None,
        "text": _text([*_entries(item.get("bodies")), *_bodies_of_1(item)]),
        "title": _main(_entries(item.get("headlines"))) or scalars.get("headline"),
        "published": next((item[name] for name in _DATES if item.get(name)), None),
        "source": next(filter(None, sources), scalars.get("source")),
        "url": uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else None,
    }


def _bodies_of_1(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"contenttype": kind, "value": item[name]}
        for name, kind in _BODIES_OF_1.items()
        if item.get(name)
    ]


def _text(bodies: Sequence[Mapping[str, Any]]) -> str:
    bodies = [body for body in bodies if body.get("role") == "main"] or bodies
    if (plain := _main([body for body in bodies if not _is_html(body)])) is not None:
        return plain
    page = _main(bodies)
    text = fragment_text(page) if page else None
    if not text:
        raise RefusedError("ninjs", "no body of this item holds a text")
    return text


def _is_html(body: Mapping[str, Any]) -> bool:
    kind = body.get("contenttype")
    if isinstance(kind, str) and kind:
        return not kind.lower().startswith("text/plain")
    return bool(_TAG.search(str(body.get("value"))))


def _main(entries: Sequence[Mapping[str, Any]]) -> str | None:
    """The value of the entry whose role is main, else of the first."""
    values = [entry for entry in entries if isinstance(entry.get("value"), str) and entry["value"]]
    mains = [entry for entry in values if entry.get("role") == "main"]
    return next((str(entry["value"]) for entry in [*mains, *values]), None)


def _entries(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, their names in lower case."""
    items = value if isinstance(value, list) else []
    return [_lower_keys(item) for item in items if isinstance(item, dict)]


def _lower_keys(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in item.items()}
