"""Rows of records or gold as the page holds them: what a row says, its spans, its fields.

Offsets are those of browsers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newsclaims.report.offsets import browser_offsets
from newsclaims.schema import LAYERS, MENTIONED, Layer
from newsclaims.tables import rules_of, shown_part

Written = Mapping[str, Any]  # a row or record as JSON holds it
PageRow = dict[str, Any]


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
        self._names = {row["id"]: row.get("name") for name in MENTIONED for row in self._of(name)}

    def rows(self) -> Iterator[PageRow]:
        """All rows, layer by layer."""
        for number, layer in enumerate(LAYERS.values()):
            for row in self._of(layer.name):
                yield self._row(number, layer, row)

    def _of(self, layer: str) -> Iterable[Written]:
        return self._record.get(layer) or ()

    def _row(self, number: int, layer: Layer, row: Written) -> PageRow:
        spans = [(name, span) for name, span in layer.spans_of(row) if name != "references"]
        page: PageRow = {
            "key": row.get("key") or row["id"],
            "id": row["id"],
            "layer": number,
            "says": [part for part in layer.told(row, self._names.get) if part],
            "rule": " + ".join(rules_of(row)),
            "spans": [
                [name, self._offset(span["start"]), self._offset(span["end"])]
                for name, span in spans
            ],
        }
        if spans:
            shown = spans[:1] if layer.is_mentioned else spans
            start, end = min(s["start"] for _, s in shown), max(s["end"] for _, s in shown)
            around = shown_part(self._sentences, len(self._text), start, end)
            page["sentence"] = [self._offset(around.begin), self._offset(around.stop)]
        if fields := self._fields(layer, row):
            page["fields"] = fields
        if row.get("optional"):
            page["optional"] = True
        return page

    def _fields(self, layer: Layer, row: Written) -> dict[str, Any]:
        """What is not shown by other means and not null; ids of people, bodies, places by name."""
        shown = {"id", "key", "rule", "optional", layer.says[0].partition("|")[0], *layer.spans}
        return {
            name: self._names.get(value, value) if isinstance(value, str) else value
            for name, value in row.items()
            if name not in shown and value not in (None, [], "")
        }
