"""ninjs 3, the IPTC's news in JSON: one item a file (https://iptc.org/std/ninjs/)."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsclaims.articles.encodings import decode
from newsclaims.articles.jsonl import parse_object
from newsclaims.articles.page_text import main_text
from newsclaims.articles.rows import Fields, RefusedError, Settings

# The text is that of this version, so its own date goes first.
_DATES = ("versioncreated", "firstcreated", "contentcreated")
_TAG = re.compile(r"</?(?:p|div|br|h\d|section|article)\b", re.IGNORECASE)


def read_ninjs(path: Path, settings: Settings) -> Fields:
    """The body in plain text, else the HTML body through the extractor, and its metadata.

    Names are compared without regard to case, in which versions of ninjs differ
    (``versioncreated``, ``versionCreated``).
    """
    item = _lower_keys(parse_object(decode(path.read_bytes(), settings.encoding)))
    bodies = _entries(item.get("bodies"))
    if not bodies:
        raise RefusedError(
            "ninjs",
            f"no ninjs item with bodies (its type: {item.get('type')}); a file of many articles is "
            "JSON Lines and ends in .jsonl",
        )
    uri = item.get("uri")
    scalars = {name: value for name, value in item.items() if isinstance(value, str)}
    return {
        **{name: value for name, value in scalars.items() if name not in _DATES},
        "id": None,
        "text": _text(bodies),
        "title": _main(_entries(item.get("headlines"))),
        "published": next((item[name] for name in _DATES if item.get(name)), None),
        "source": next((source.get("name") for source in _entries(item.get("infosources"))), None),
        "url": uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else None,
    }


def _text(bodies: Sequence[Mapping[str, Any]]) -> str:
    if (plain := _main([body for body in bodies if not _is_html(body)])) is not None:
        return plain
    page = _main(bodies)
    text = (
        None if page is None else main_text(f"<html><body><article>{page}</article></body></html>")
    )
    if text is None:
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
