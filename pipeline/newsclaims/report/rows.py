"""Rows of records or gold as the page holds them: what a row says, its spans, its fields.

Offsets are those of browsers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from newsclaims.report.offsets import browser_offsets
from newsclaims.schema import LAYERS
from newsclaims.tables import rules_of, sentence_bounds

Written = Mapping[str, Any]  # a row or record as JSON holds it
PageRow = dict[str, Any]

# The span that stands for a row, in the order in which they are tried.
LEADING = ("span", "title", "content", "mentions")

# Fields of a row that the page shows by other means.
_SHOWN = {"id", "key", "rule", "name", "mentions", "references", "optional", "person", "speaker"}


class PageRows:
    """Makes the page's rows of one article.

    Args:
        record: a line of ``records.jsonl`` or of a gold file.
        text: the article's text.
        sentences: offsets at which its sentences begin.
    """

    def __init__(self, record: Written, text: str, sentences: Sequence[int]) -> None:
        self._record = record
        self._text = text
        self._sentences = sentences
        self._offset = browser_offsets(text)
        rows = (row for layer in ("people", "organisations", "places") for row in self._of(layer))
        self._names = {row["id"]: row.get("name") or _first_words(row) for row in rows}

    def rows(self) -> Iterator[PageRow]:
        """All rows, layer by layer."""
        for number, layer in enumerate(LAYERS):
            for row in self._of(layer):
                yield self._row(number, layer, row)

    def _of(self, layer: str) -> Iterable[Written]:
        return self._record.get(layer) or ()

    def _row(self, number: int, layer: str, row: Written) -> PageRow:
        spans = list(_spans(row))
        leading = next((span for field in LEADING for name, span in spans if name == field), None)
        page: PageRow = {
            "key": row.get("key") or row["id"],
            "id": row["id"],
            "layer": number,
            "says": [part for part in _SAYS[layer](self, row) if part],
            "rule": " + ".join(rules_of(row)),
            "spans": [
                [name, self._offset(span["start"]), self._offset(span["end"])]
                for name, span in spans
            ],
        }
        if leading:
            around = self._around(layer, row, leading)
            page["sentence"] = [self._offset(offset) for offset in around]
        if fields := self._fields(row):
            page["fields"] = fields
        if row.get("optional"):
            page["optional"] = True
        return page

    def _around(self, layer: str, row: Written, leading: Written) -> tuple[int, int]:
        spans = [leading]
        if layer in {"roles", "statements"}:
            spans = [span for name, span in _spans(row)]
        start, end = min(span["start"] for span in spans), max(span["end"] for span in spans)
        return sentence_bounds(self._sentences, len(self._text), start, end)

    def _fields(self, row: Written) -> dict[str, Any]:
        """What is neither null nor a span; ids of people, bodies and places by name."""
        return {
            name: self._names.get(value, value) if isinstance(value, str) else value
            for name, value in row.items()
            if name not in _SHOWN and value not in (None, [], "") and not _is_span(value)
        }

    def _says_name(self, row: Written) -> Iterator[str | None]:
        yield row.get("name") or _first_words(row)
        yield row.get("country")

    def _says_date(self, row: Written) -> Iterator[str | None]:
        yield row["span"]["text"]
        yield row.get("value")
        yield row.get("mod")

    def _says_role(self, row: Written) -> Iterator[str | None]:
        yield self._names.get(row["person"])
        yield row["title"]["text"]
        yield row["organisation"]["text"] if row.get("organisation") else None
        yield row.get("status")

    def _says_statement(self, row: Written) -> Iterator[str | None]:
        speaker = self._names.get(row.get("speaker"))
        yield speaker or (row["source"]["text"] if row.get("source") else None)
        yield " … ".join(span["text"] for span in row["content"])


_SAYS: Mapping[str, Callable[[PageRows, Written], Iterator[str | None]]] = {
    "people": PageRows._says_name,
    "organisations": PageRows._says_name,
    "places": PageRows._says_name,
    "dates": PageRows._says_date,
    "roles": PageRows._says_role,
    "statements": PageRows._says_statement,
}


def _spans(row: Written) -> Iterator[tuple[str, Written]]:
    """All spans of a row with their fields, references to it left out."""
    for name, value in row.items():
        if _is_span(value):
            for span in value if isinstance(value, list) else [value]:
                if name != "references":
                    yield name, span


def _is_span(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, Mapping) and "start" in first


def _first_words(row: Written) -> str:
    return str(row["mentions"][0]["text"]) if row.get("mentions") else str(row["id"])
