"""JSON Lines: one article a line, also packed with gzip, also from standard input."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newsclaims.articles.encodings import check_decoded, refuse_nul, text_lines
from newsclaims.articles.rows import RefusedError, Row, Rows, Settings, repeated

_PEEKED = 100  # rows without text before the file is said to have no text column


def read_jsonl(lines: Iterable[bytes], settings: Settings) -> Rows:
    """One row for each line that is not blank."""
    for number, line in _numbered(lines, settings):
        if not line.strip():
            continue
        try:
            yield Row(number, settings.rename(parse_object(line, settings.encoding)))
        except RefusedError as refused:
            yield Row(number, refused)


def _numbered(lines: Iterable[bytes], settings: Settings) -> Iterator[tuple[int, str]]:
    """Number the lines from 1; what ends the file early is placed on the line it happened."""
    number = 0
    try:
        for number, line in enumerate(text_lines(lines, settings.encoding), 1):
            yield number, line
    except RefusedError as refused:
        refused.line = number + 1
        raise


def parse_object(line: str, encoding: str | None = None) -> dict[str, Any]:
    """The JSON object that `line` is. NaN and Infinity, which are no JSON, count as missing."""
    check_decoded(line, encoding)
    try:
        # Files with byte order marks may have been put one after the other.
        value = json.loads(
            line.rstrip("\r\n").removeprefix("\ufeff"),
            parse_constant=_missing,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        refuse_nul("line", line)
        reason = error.msg.removesuffix(" at")
        raise RefusedError("json", f"not JSON: {reason} at character {error.pos + 1}") from None
    except RecursionError:
        raise RefusedError("json", "JSON nested too deeply to be read") from None
    except ValueError:
        raise RefusedError("json", "JSON with a number of thousands of digits") from None
    if not isinstance(value, dict):
        raise RefusedError("json", f"{kind_of(value)} stands here, not an object with fields")
    return value


def _missing(_: str) -> None:
    """What NaN and Infinity mean."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = repeated(name for name, _ in pairs)
        raise RefusedError("json", f"the name {twice!r} stands twice in one object")
    return fields


def kind_of(value: object) -> str:
    """What a JSON value is called in a message."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string"}
    names |= {list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), f"a value of type {type(value).__name__}")


def columns_without_text(lines: Iterable[bytes], settings: Settings) -> list[str] | None:
    """The columns of the first rows when none of them has a text column, else None.

    Reads only until a row with one is found. Rows that are broken say nothing.
    """
    columns: dict[str, None] = {}
    rows = (row.fields for row in read_jsonl(lines, Settings({}, settings.encoding)))
    objects = (fields for fields in rows if not isinstance(fields, RefusedError))
    for fields in islice(objects, _PEEKED):
        if settings.column("text") in fields:
            return None
        columns |= dict.fromkeys(fields)
    return list(columns) or None
