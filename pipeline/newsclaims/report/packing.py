"""What the page holds, made small: ten thousands of rows say much that stands there already.

Rows, spans and errors travel as lists, names that come again by their number in ``names``, and
words of the text by the span that holds them. `page/unpack.js` makes objects of them again.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from newsclaims.report.offsets import browser_slice
from newsclaims.report.rows import PageRow


class _Numbers(dict[str, int]):
    """Names by their number, given as they come."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def pack(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a page as it travels."""
    names = _Numbers()
    articles = [_article(article, names) for article in data["articles"]]
    gold = data["gold"]
    if gold is not None:
        gold = {**gold, "errors": [_error(error, names) for error in gold["errors"]]}
    return {**data, "articles": articles, "gold": gold, "names": list(names)}


def _article(article: Mapping[str, Any], names: _Numbers) -> dict[str, Any]:
    words = browser_slice(article["text"])
    packed = {**article, "rows": [_row(row, words, names) for row in article["rows"]]}
    if "gold" in article:  # such rows are shown as marks in the text alone
        packed["gold"] = [
            _short([row["layer"], _spans(row, names), row.get("optional")])
            for row in article["gold"]
        ]
    return packed


def _row(row: PageRow, words: Callable[[int, int], str], names: _Numbers) -> list[Any]:
    span_of = {words(start, end): n for n, (_, start, end) in enumerate(row["spans"])}
    return _short(
        [
            row["layer"],
            _spans(row, names),
            row["key"],
            [span_of.get(part, part) for part in row["says"]],
            names[row["rule"]],
            row.get("sentence"),
            _flat((names[name], value) for name, value in row.get("fields", {}).items()),
            row.get("corrected"),
        ]
    )


def _spans(row: PageRow, names: _Numbers) -> list[Any]:
    return _flat((names[name], start, end) for name, start, end in row["spans"])


def _error(error: Mapping[str, Any], names: _Numbers) -> list[Any]:
    numbered = [names[error[name]] for name in ("layer", "class", "rule", "detail")]
    return [*numbered, error["article"], _side(error["gold"]), _side(error["found"])]


def _side(side: Mapping[str, Any] | None) -> list[Any] | None:
    return None if side is None else _short([*side["span"], side["row"], side["says"]])


def _flat(groups: Iterable[Iterable[Any]]) -> list[Any]:
    return [value for group in groups for value in group]


def _short(values: list[Any]) -> list[Any]:
    """The values without the empty ones at their end."""
    while values[-1] in (None, "", []):
        values.pop()
    return values
